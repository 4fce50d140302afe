"""A desk whose day goes faster: what it promises, and what its technicians do, so many times."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from store.domain.distance import distance_km
from store.domain.drill.calls import Call, fated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.distance import Position
    from store.domain.drill.assumed import Assumed
    from store.domain.drill.calls import Case, Visit

WORKING_DAY_S: Final = 8 * 3600
"""What a target in working days comes to where no office closes."""
_WALL: Final = {"orphan_after_s": 900, "escalate_after_s": 900, "silent_after_s": None}
"""Spans of a policy, with what they are where it names none."""
_ACCEPTS_MIN, _SETS_OUT_MIN, _DRIVES_MIN = 3.0, 4.0, 18.0
"""On average, of life: to say yes, to get going, and on the road where a place is unknown."""
_DECLINES: Final = 0.07
_MINUTE: Final = 60.0
_SHUT_OUT_MIN: Final = 10.0


def faster(policy: Mapping[str, Any], speed: float) -> dict[str, Any]:
    """The policy of a service level with every span so many times shorter, a second at least."""
    targets = {
        priority: {clock: {"seconds": _part(_seconds(one), speed)} for clock, one in own.items()}
        for priority, own in policy.get("targets", {}).items()
    }
    spans = {
        name: None if (value := policy.get(name, usual)) is None else _part(value, speed)
        for name, usual in _WALL.items()
    }
    rings = sorted({_part(one, speed) for one in policy.get("after_s", ())})
    return {**policy, **spans, "targets": targets, "after_s": rings}


def _seconds(target: Mapping[str, int]) -> float:
    return target["seconds"] if "seconds" in target else target["days"] * WORKING_DAY_S


def _part(seconds: float, speed: float) -> int:
    return max(1, round(seconds / speed))


@dataclass(frozen=True, slots=True)
class Hands:
    """What technicians do with one order, in seconds of the play; dice thrown before it begins."""

    case: Case
    assumed: Assumed
    speed: float
    name: str
    """What the dice are thrown for: the same order of the same seed meets the same ones."""

    def accepts_s(self, attempt: int) -> float:
        """How long whoever is sent for the n-th time takes to say yes or no."""
        return self._in_play(_ACCEPTS_MIN * self._dice("accepts", attempt).uniform(0.3, 1.7))

    def declines(self, attempt: int) -> bool:
        """Whether he says no."""
        return self._dice("declines", attempt).random() < _DECLINES

    def sets_out_s(self, attempt: int) -> float:
        """How long he takes to get going."""
        return self._in_play(_SETS_OUT_MIN * self._dice("sets out", attempt).uniform(0.3, 1.7))

    def drives_s(self, here: Position | None, there: Position | None) -> float:
        """How long he is on the road."""
        how = self.assumed
        minutes = _DRIVES_MIN
        if here is not None and there is not None:
            km = distance_km(here, there)
            minutes = km * how.road_factor / how.speed_kmh * 60 + how.fixed_min
        return self._in_play(minutes)

    def visit(self, place: int) -> Visit:
        """What his visit is like; after the last that was thrown, like that one."""
        return self.case.visits[min(place, len(self.case.visits) - 1)]

    def works_s(self, place: int, *, opened: bool, times: float) -> float:
        """How long he is on site."""
        return self._in_play(self.visit(place).labour * times if opened else _SHUT_OUT_MIN)

    def waits_s(self) -> float:
        """How long it waits for a part, once; 0 for not at all."""
        return self._in_play(self.case.wait)

    def _in_play(self, minutes: float) -> float:
        return minutes * _MINUTE / self.speed

    def _dice(self, what: str, attempt: int) -> Random:
        return Random(f"{what} {self.name} {attempt}")


def hands_of(name: str, assumed: Assumed, *, speed: float, seed: int) -> Hands:
    """The dice of the order that is known by this name in a play."""
    call = Call(at=0, place=(0, 0), trade="", priority=1)
    own = Random(f"hands {seed} {name}").getrandbits(64)
    case = fated([call], assumed, seed=own)[0]
    return Hands(case=case, assumed=assumed, speed=speed, name=f"{seed} {name}")
