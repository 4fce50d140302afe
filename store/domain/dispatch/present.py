"""The board as it stands: who is there and has what, and which orders may still change hands.

Whoever has orders comes to them in one agreed way: what is under way first, then the urgent before
the less urgent, then by due time. That is how the desk reckons everywhere, so a plan decides who
goes, never in which order: once it is taken, the desk reckons the very times that it has shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Stop, Worker

CHANGE_PRICE: Final = 20.0
"""Minutes that a plan must be worth for each order that goes to another technician."""
ACCEPTED_PRICE: Final = 40.0
"""Minutes beside that where the one who has it has said yes: he counts on it, and may pack for it.
"""
AHEAD: Final = 2 * 24 * 60.0
"""An order that nobody comes to is reckoned as if it were done after so many minutes."""
_LEFT_OUT: Final = 8 * 60.0
"""What it costs beside that, so that also an order without a promise is given to somebody: no way
that a day has room for, and no day that is too full, is dearer than that nobody comes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An order that is not begun, and may go to somebody, or to somebody else."""

    stop: Stop
    holder: int | None = None
    """Who has it now."""
    accepted: bool = False
    """Whether he has said yes to it: it is not taken from him for what is not more urgent."""
    able: Mapping[int, float] = field(default_factory=dict)
    """Whom no rule bars whatever else he has, and by when it must be done there for his papers."""
    own: Mapping[int, float] = field(default_factory=dict)
    """By technician, what it costs that just he goes: his region, the customer's wish."""

    def left_out(self, prices: Prices) -> float:
        """What it costs that nobody comes to it: it is late by then, and waits as long as that."""
        late = max(0.0, AHEAD - self.stop.due)
        return self.stop.weight * (late + prices.waiting * AHEAD) + _LEFT_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """An order that several do together, begun by none of them; not all of those may have it yet.

    It is a stop of each who has it.
    """

    stop: Stop
    wants: int
    """How many it takes."""
    has: tuple[int, ...] = ()
    """Who has it now."""
    stays: bool = False
    """Whether it is locked to those who have it, and to its start."""
    able: Mapping[int, float] = field(default_factory=dict)
    own: Mapping[int, float] = field(default_factory=dict)
    """As of a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Such an order as a plan has it: who goes, all of them at one start."""

    number: int
    start: float
    had: tuple[int, ...]
    have: tuple[int, ...]

    @property
    def losing(self) -> tuple[int, ...]:
        """Who has it no more."""
        return tuple(who for who in self.had if who not in self.have)

    @property
    def gaining(self) -> tuple[int, ...]:
        """Who has it only then."""
        return tuple(who for who in self.have if who not in self.had)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Such an order that all have whom it takes, and that they cannot begin at one start."""

    number: int
    who: int
    """Who of them is free for it last."""
    free: float | None
    """When that is; None where he has no room for it at all."""
    locked: bool = False
    """Whether it is locked to its start, which he does not keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a plan for the whole board is made from; times are minutes from when it was read."""

    workers: tuple[Worker, ...]
    """Their stops are those that no plan moves: under way, locked to them, done by two."""
    tasks: tuple[Task, ...]
    upset: frozenset[int] = frozenset()
    """Technicians whose day is another than it was to be: what they come to late needs somebody."""
    travel: Travel = field(default_factory=Travel)
    prices: Prices = field(default_factory=Prices)
    change_price: float = CHANGE_PRICE
    accepted_price: float = ACCEPTED_PRICE
    joint: tuple[Joint, ...] = ()
    sent: tuple[Sent, ...] = ()
    """Those of them that the plan has sent: they stand in the way of what it moves."""
    apart: tuple[Apart, ...] = ()
    """Those of them for whose whole crew no common start was found."""
    past: float = 0.0
    """When it was read, in minutes after a whole one: common starts are told in whole minutes."""

    def going(self) -> tuple[Worker, ...]:
        """Everybody with what no plan moves, those who are sent together with that at its start."""
        if not self.sent:
            return self.workers
        stops = {one.stop.number: one for one in self.joint}
        gone: dict[int, set[int]] = {}
        more: dict[int, list[Stop]] = {}
        for one in self.sent:
            for who in one.had:
                gone.setdefault(who, set()).add(one.number)
            for who in one.have:
                more.setdefault(who, []).append(at_start(stops[one.number], who, one.start))
        return tuple(
            _with(worker, gone.get(worker.id, set()), more.get(worker.id, []))
            for worker in self.workers
        )


def at_start(joint: Joint, who: int, start: float) -> Stop:
    """The order as a stop of one of those who begin it together: nothing makes it begin later."""
    until = joint.able.get(who, inf)
    return replace(joint.stop, planned=start, ready=max(0.0, start), locked=True, until=until)


def _with(worker: Worker, gone: set[int], more: list[Stop]) -> Worker:
    if not gone and not more:
        return worker
    stops = [*(stop for stop in worker.stops if stop.number not in gone), *more]
    return replace(worker, stops=tuple(sorted(stops, key=urgency)))


def urgency(stop: Stop) -> tuple[bool, float, float, int]:
    """What comes before what among somebody's stops."""
    return not stop.under_way, -stop.weight, stop.due, stop.number
