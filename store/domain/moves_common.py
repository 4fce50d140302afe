"""What every step shares: the question, and the draft of the order that it changes."""

from __future__ import annotations

from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, Any

from store.domain.due_times import stops
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import AS_ORDER, LIVE_VISITS, MOVES, STATES, Move, State, VisitState
from store.domain.reckon import recomputed
from store.domain.replay import changes, epoch_ms
from store.domain.waivers import carried

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.domain.errors import MoveRefused
    from store.domain.order import Clock, Pause, Visit, WorkOrder
    from store.domain.rules import Rules
    from store.domain.targets import ClockKind

_FURTHER = {state: rank for rank, state in enumerate(LIVE_VISITS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One step that somebody asks for, with all he said."""

    move: Move
    at: datetime
    by: int
    rules: Rules
    technician: int | None = None
    reason: str = ""
    wake_at: datetime | None = None
    insist: bool = False
    duplicate_of: int | None = None
    also: bool = False
    instead: int | None = None
    """Whom of those who have it an assignment calls back; the others keep it."""
    recall: bool = False
    """Whether those who are called back are recalled: it shows until they have seen it."""
    start_at: datetime | None = None
    """When work is meant to begin, where somebody is assigned for a certain time."""
    asked_lately: bool | None = None
    """Whether whoever called was asked how content he is not long ago; None plans no survey, as
    where a past is told."""


class Draft:
    """An order under change: rows are edited here, and `done` gives the new order and its facts."""

    def __init__(self, order: WorkOrder, *, at: datetime, rules: Rules) -> None:
        self.before = order
        self.at = at
        self.rules = rules
        self.state = order.state
        self.visits = list(order.visits)
        self.pauses = list(order.pauses)
        self.clocks = list(order.clocks)
        self.steps = list(order.steps)
        self.set: dict[str, Any] = {}
        self.body: dict[str, Any] = {}
        self.first: list[Fact] = []
        self.side: list[Fact] = []

    def refused(self, why: type[MoveRefused], move: Move) -> MoveRefused:
        """A refusal of this order's step, filled in."""
        return refusal(self.before, why, MOVES[move].label)

    def live(self) -> list[Visit]:
        """The visits to come or under way, furthest along first, then in order of assigning."""
        return live_visits(self.visits)

    def edit_visit(self, visit: Visit, **values: Any) -> None:
        """Change one visit's row."""
        self.visits[visit.place - 1] = evolve(visit, **values)

    def end_visit(self, visit: Visit, state: VisitState, outcome: str | None = None) -> None:
        """End a visit now, in one of the states that are over."""
        self.edit_visit(visit, state=state, ended_at=self.at, outcome=outcome or visit.outcome)

    def withdraw_all(self, state: VisitState = VisitState.WITHDRAWN) -> None:
        """Call back everybody who still holds the order."""
        for visit in self.live():
            self.end_visit(visit, state)

    def open_pause(self, pause: Pause) -> None:
        """Stop the pausable clocks from `pause.from_at`; what was late by then is a miss."""
        self.pauses.append(pause)
        self._reckon_paused()

    def close_pauses(self) -> None:
        """End every pause that still stands, so that clocks can be measured."""
        for place, pause in enumerate(self.pauses):
            if pause.to_at is None:
                self.pauses[place] = evolve(pause, to_at=max(pause.from_at, self.at))
                self._reckon_paused()
        self.set["wake_at"] = None

    def meet(self, kind: ClockKind) -> None:
        """The promise is kept, or kept late: settle the running clock of a kind."""
        self._settle(lambda clock: clock.kind is kind, "met_at")

    def end_clocks(self, kind: ClockKind | None = None) -> None:
        """Stop running clocks (all, or of one kind) that will be neither kept nor awaited."""
        self._settle(lambda clock: kind is None or clock.kind is kind, "ended_at")

    def start(self, clock: Clock) -> None:
        """Add a clock, counted on from the last run of its kind."""
        runs = [old.run for old in self.clocks if old.kind is clock.kind]
        fresh = carried(evolve(clock, run=max(runs, default=0) + 1), self.clocks)
        self.put(len(self.clocks), recomputed(fresh, self.pauses, self.rules, at=self.at))

    def put(self, place: int, clock: Clock) -> None:
        """Set a clock's row (or a new one), and tell of a miss that it brings to light."""
        old = self.clocks[place] if place < len(self.clocks) else None
        self.clocks[place : place + 1] = [clock]
        if clock.breached_at is not None and (old is None or old.breached_at is None):
            self.side.append(missed(clock))

    def follow_visits(self, otherwise: State | None = None) -> None:
        """Take the state of the visit furthest along, or the given one when nobody holds it."""
        live = self.live()
        if live:
            self.state = AS_ORDER[live[0].state]
        else:
            self.state = otherwise or (State.REOPENED if self.before.reopened else State.NEW)

    def done(self, fact: str) -> tuple[WorkOrder, tuple[Fact, ...]]:
        """The new order, and the facts: the step with all that it changed, then what it implies."""
        before, live = self.before, self.live()
        if self.state is not before.state:
            self.set["state"] = self.state
            self.set["state_since"] = self.at
        self.set["technician"] = live[0].technician if live else None
        if not live:  # nobody has it whom it could be locked to
            self.set |= {"planned_at": None, "locked_by": None}
        after = evolve(
            before,
            **{
                **self.set,
                "visits": _kept(before.visits, self.visits),
                "pauses": _kept(before.pauses, self.pauses),
                "clocks": _kept(before.clocks, self.clocks),
                "steps": _kept(before.steps, self.steps),
            },
        )
        body, words = changes(before, after, self.set)
        told = Fact(name=fact, body=self.body | body, words=words or None)
        return after, (*self.first, told, *self.side)

    def _settle(self, wanted: Callable[[Clock], bool], mark: str) -> None:
        for place, clock in enumerate(self.clocks):
            if not clock.running or not wanted(clock):
                continue
            late = clock.breached_at is None and clock.due_at is not None and self.at > clock.due_at
            settled: dict[str, Any] = {mark: self.at}
            settled["breached_at"] = clock.due_at if late else clock.breached_at
            self.put(place, evolve(clock, **settled))

    def _reckon_paused(self) -> None:
        for place, clock in enumerate(self.clocks):
            # One that a pause held before it began has no due time, and heeds that pause no more.
            if clock.running and (clock.due_at is None or stops(clock, self.pauses)):
                self.put(place, recomputed(clock, self.pauses, self.rules, at=self.at))


def live_visits(visits: list[Visit] | tuple[Visit, ...]) -> list[Visit]:
    """The visits that are not over, furthest along first."""
    live = [visit for visit in visits if visit.state in _FURTHER]
    if len(live) > 1:
        live.sort(key=lambda visit: (-_FURTHER[visit.state], visit.place))
    return live


def refusal(order: WorkOrder, why: type[MoveRefused], label: str) -> MoveRefused:
    """A refusal of a step, with the facts that every such sentence may use."""
    return why(number=order.number, move=label, state=STATES[order.state].label)


def missed(clock: Clock) -> Fact:
    """The fact that a clock ran past its due time."""
    due = clock.breached_at
    assert due is not None
    return Fact(
        name="breached",
        body={"clock": clock.kind.value, "run": clock.run, "due_at": epoch_ms(due)},
    )


def _kept(old: tuple[Any, ...], new: list[Any]) -> tuple[Any, ...]:
    """The old tuple itself when no row of it changed, so that nothing is compared twice."""
    if len(old) == len(new) and all(map(is_, old, new)):
        return old
    return tuple(new)
