"""What a played drill came to: promises kept, alarms seen, orders held, customers told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from store.domain.drill.outage import HIDDEN, hidden
from store.domain.drill.own import begun
from store.domain.drill.spans import rung, sent, stood
from store.domain.lifecycle import MOVES, Move
from store.domain.moves_desk import PRIORITIES
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.drill.outage import Hidden
    from store.domain.drill.own import Begun
    from store.domain.drill.played import Asked, Play, Seen
    from store.domain.order import Clock

_MINUTE: Final = 60.0
TOLD: Final = frozenset({"updated_customer", "kept"})
"""Facts by which a customer has had word."""
_CREWS_OWN: Final = frozenset(
    MOVES[move].fact for move in (Move.ACCEPT, Move.DECLINE, Move.DEPART, Move.ARRIVE, Move.FINISH)
)
"""Steps that a technician tells the desk of."""


ANSWERS: Final[Mapping[str, tuple[bool, bool]]] = {
    "claim": (True, True),
    "overrun": (False, True),
    "department": (True, False),
    "no_access": (False, True),
}
"""By what happened: whether it is to be written down, and whether the customer is to be told."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of how many."""

    kept: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long something took, in seconds; what never came counts as `never` alone."""

    count: int
    never: int
    median_s: float | None
    worst_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of something that had to be answered."""

    asked: Asked
    written: bool | None
    """None where nothing was to be written down."""
    told: bool | None
    """None where nobody was to be told."""

    @property
    def right(self) -> bool:
        """Whether all that was owed was done in time."""
        return self.written is not False and self.told is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole."""

    clocks: Mapping[tuple[int, ClockKind], Kept]
    """By priority and kind."""
    told: Mapping[int, Kept]
    """Customers told in time, by priority: next words that were promised, and what was owed."""
    orphan_min: Mapping[int, float]
    """Minutes in which nobody had an order, of all orders together, by priority."""
    acknowledged: Waits
    sent: Waits
    """From a call to whoever is sent first."""
    answers: tuple[Answer, ...]
    hidden: tuple[Hidden, ...]
    """What was missed while the system was down."""
    uncovered: Mapping[str, Waits]
    """By what was missed, how long after it was that the player saw it."""
    orders: int
    """Calls of the drill."""
    begun: tuple[Begun, ...]
    """Orders that the player began himself."""
    decisions: int
    by_hand: int
    """Steps of technicians that the player took for them."""

    def of_kind(self, kind: ClockKind) -> Kept:
        """Over all priorities."""
        return _sum(kept for (_priority, one), kept in self.clocks.items() if one is kind)

    @property
    def all_told(self) -> Kept:
        """Over all priorities."""
        return _sum(self.told.values())


def scored(play: Play) -> Score:
    """What it came to; what was not decided within it counts neither way."""
    own = tuple(begun(play))
    noted = {one.answers for one in own}
    answers = tuple(
        _answer(asked, play, noted=asked in noted)
        for asked in play.asked
        if asked.until <= play.ended
    )
    clocks: dict[tuple[int, ClockKind], Counter[bool]] = defaultdict(Counter)
    for order in play.orders.values():
        for clock in order.clocks:
            kept = _kept(clock, play)
            if kept is not None:
                clocks[order.priority, clock.kind][kept] += 1
    counted = {key: Kept(found[True], found.total()) for key, found in clocks.items()}
    told = {
        priority: _sum(
            [
                counted.get((priority, ClockKind.NEXT_UPDATE), Kept()),
                *(
                    Kept(int(one.told), 1)
                    for one in answers
                    if one.told is not None and _priority(play, one.asked.number) == priority
                ),
            ]
        )
        for priority in PRIORITIES
    }
    decisions, missed = list(play.decisions()), hidden(play)
    return Score(
        clocks=counted,
        told=told,
        orphan_min=_orphans(play),
        acknowledged=_waits(rung(play), play.ended),
        sent=_waits(sent(play), play.ended),
        answers=answers,
        hidden=missed,
        uncovered={
            what: _waits(((one.at, one.seen_at) for one in missed if one.what == what), play.ended)
            for what in HIDDEN
        },
        orders=sum(one.fact == "created" and one.by in play.crew for one in play.entries),
        begun=own,
        decisions=len(decisions),
        by_hand=sum(one.fact in _CREWS_OWN for one in decisions),
    )


def _kept(clock: Clock, play: Play) -> bool | None:
    """Whether the promise was kept within the play; None where that was not decided in it."""
    if clock.met_at is not None:
        if not play.began < clock.met_at <= play.ended:
            return None
        late = clock.due_at is not None and clock.met_at > clock.due_at
        return not late and clock.breached_at is None
    missed = clock.breached_at or (clock.due_at if clock.running else None)
    return False if missed is not None and play.began < missed <= play.ended else None


def _answer(asked: Asked, play: Play, *, noted: bool) -> Answer:
    """`noted` where an order of the player's own was begun for it."""
    write, tell = ANSWERS[asked.what]
    done = [
        one
        for one in play.decisions()
        if one.number == asked.number and asked.at <= one.at <= asked.until
    ]
    written = noted or any(one.fact == "noted" or (one.fact in TOLD and _said(one)) for one in done)
    told = any(one.fact in TOLD for one in done)
    return Answer(asked=asked, written=written if write else None, told=told if tell else None)


def _said(entry: Seen) -> bool:
    return any(text for name, text in entry.words.items() if name != "salt")


def _orphans(play: Play) -> dict[int, float]:
    """Minutes by priority; an order is judged by the priority that it has in the end."""
    since = dict.fromkeys(play.orphans, play.began)
    spent = dict.fromkeys(PRIORITIES, 0.0)
    over = [(number, play.ended, False) for number in [*play.orders, *play.orphans]]
    for number, at, alone in [*stood(play), *over]:
        if alone:
            since.setdefault(number, max(at, play.began))
        elif (from_at := since.pop(number, None)) is not None:
            spent[_priority(play, number)] += (at - from_at).total_seconds() / _MINUTE
    return spent


def _waits(spans: Iterable[tuple[datetime, datetime | None]], ended: datetime) -> Waits:
    """The worst is at least as long as what never ended has lasted by the end."""
    told = list(spans)
    done = [(to - at).total_seconds() for at, to in told if to is not None]
    lasted = [((to or ended) - at).total_seconds() for at, to in told]
    return Waits(
        count=len(done),
        never=len(told) - len(done),
        median_s=median(lasted) if lasted else None,
        worst_s=max(lasted, default=None),
    )


def _priority(play: Play, number: int) -> int:
    order = play.orders.get(number)
    return order.priority if order is not None else max(PRIORITIES)


def _sum(parts: Iterable[Kept]) -> Kept:
    told = list(parts)
    return Kept(sum(one.kept for one in told), sum(one.of for one in told))
