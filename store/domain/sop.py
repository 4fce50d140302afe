"""Standard procedures: what is done for a kind of work, by whom, by when, and what it gates; pure.

A procedure has a version; an order keeps the one that it was given. The order itself carries of
each step what its moves and its timers rest on, so that no door can leave that out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.evolve import evolve
from store.domain.lifecycle import STATES, Move, State, VisitState
from store.domain.moves_common import live_visits
from store.domain.order import OrderStep
from store.domain.reckon import worked_by
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.order import Visit, WorkOrder
    from store.domain.rules import Rules


class Stage(StrEnum):
    """In which of the five stages of the work a step is done."""

    CONSULTATION = "consultation"
    DESIGN = "design"
    SITE_WORK = "site-work"
    ACCEPTANCE = "acceptance"
    AFTERCARE = "aftercare"


STAGES: Final[Mapping[Stage, str]] = {
    Stage.CONSULTATION: N_("consultation"),
    Stage.DESIGN: N_("solution design"),
    Stage.SITE_WORK: N_("site work"),
    Stage.ACCEPTANCE: N_("acceptance"),
    Stage.AFTERCARE: N_("aftercare"),
}


class Evidence(StrEnum):
    """What shows that a step was done."""

    DONE = "done"
    READING = "reading"
    CHOICE = "choice"
    PHOTO = "photo"
    SIGNATURE = "signature"


class Outside(StrEnum):
    """What becomes of a reading that is out of its range."""

    REFUSE = "refuse"
    REASON = "reason"


class Since(StrEnum):
    """From which moment of the order a step's time counts."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    FINISHED = "finished"


SINCE: Final[Mapping[Since, str]] = {
    Since.OPENED: N_("the request"),
    Since.ASSIGNED: N_("assignment"),
    Since.ACCEPTED: N_("acceptance by the technician"),
    Since.DEPARTED: N_("departure"),
    Since.ARRIVED: N_("arrival"),
    Since.FINISHED: N_("the end of the work"),
}

GATES: Final = (
    *(Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY, Move.CLOSE),
)
"""Moves that a step may gate, in the order in which work goes through them.

Whoever comes to a later one has passed those before it, be it that he skipped them.
"""
_RANK: Final[Mapping[str, int]] = {move.value: rank for rank, move in enumerate(GATES)}
_PASSED: Final[Mapping[State, Move]] = {
    State.DONE: Move.FINISH,
    State.VERIFIED: Move.VERIFY,
    State.CLOSED: Move.CLOSE,
}
_ON_THE_WAY: Final[Mapping[VisitState, Move]] = {
    VisitState.ASSIGNED: Move.ASSIGN,
    VisitState.ACCEPTED: Move.ACCEPT,
    VisitState.EN_ROUTE: Move.DEPART,
    VisitState.ON_SITE: Move.ARRIVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as its procedure has it. Texts are from outside, already safe."""

    code: str
    """By which it is typed."""
    title: str
    stage: Stage = Stage.SITE_WORK
    role: str = ""
    """Who answers for it."""
    quality: str = ""
    """What the result must be like."""
    evidence: Evidence = Evidence.DONE
    unit: str = ""
    low: float | None = None
    high: float | None = None
    outside: Outside = Outside.REFUSE
    choices: tuple[str, ...] = ()
    gate: Move | None = None
    """Which move waits for it."""
    mandatory: bool = True
    since: Since | None = None
    within_s: int | None = None
    """Within how many seconds of that it is to be done."""
    working: bool = False
    """Whether these are seconds of working time, see `OrderStep`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version of what is done for a kind of work."""

    kind: str
    """The code of the kind, as orders have it; `stage:design` for a stage of projects."""
    version: int
    title: str = ""
    steps: tuple[Step, ...] = ()
    """None where new orders of the kind are to have none any more."""


OF_STAGE: Final = "stage:"
"""Stands before the stage where a procedure is for one of a project, and for no kind of work."""


def stage_of(kind: str) -> Stage | None:
    """The stage of projects that a procedure is for; None for one of a kind of work."""
    said = kind.removeprefix(OF_STAGE)
    return Stage(said) if said != kind and said in set(Stage) else None


def fresh(procedure: Procedure) -> tuple[OrderStep, ...]:
    """The steps as an order begins with them."""
    return tuple(
        OrderStep(
            code=step.code,
            gate="" if step.gate is None else step.gate.value,
            mandatory=step.mandatory,
            since="" if step.since is None else step.since.value,
            within_s=step.within_s,
            working=step.working,
        )
        for step in procedure.steps
    )


def again(step: OrderStep) -> OrderStep:
    """A step of an order that comes back: what showed that the work was good is found anew."""
    if not step.over or _RANK.get(step.gate, -1) < _RANK[Move.FINISH.value]:
        return step
    return cleared(step)


def cleared(step: OrderStep) -> OrderStep:
    """The step as nobody has done it."""
    return evolve(step, done_at=None, done_by=None, value="", reason="", sha256="", skipped=False)


def missing(order: WorkOrder, move: Move) -> tuple[OrderStep, ...]:
    """The steps without which the order cannot make a move: its own, and of moves before it."""
    rank = _RANK.get(move.value)
    if rank is None or not order.steps:
        return ()
    return tuple(step for step in order.steps if not step.over and 0 <= rank_of(step) <= rank)


def rank_of(step: OrderStep) -> int:
    """Where its gate stands among them; -1 where it gates nothing."""
    return _RANK.get(step.gate, -1) if step.mandatory else -1


def is_behind(order: WorkOrder, step: OrderStep) -> bool:
    """Whether the order has gone through the gate of a step, so that the step stays done."""
    moves = [_PASSED[order.state]] if order.state in _PASSED else []
    moves += [_ON_THE_WAY[visit.state] for visit in live_visits(order.visits)]
    passed = max((_RANK[move.value] for move in moves), default=-1)
    return 0 <= rank_of(step) <= passed


def is_left(step: OrderStep) -> bool:
    """Whether it must be done, and is not yet."""
    return step.mandatory and not step.over


def progress(steps: tuple[OrderStep, ...]) -> tuple[int, int]:
    """How many are over, of how many."""
    return sum(step.over for step in steps), len(steps)


def due_at(order: WorkOrder, step: OrderStep, rules: Rules) -> datetime | None:
    """By when a step is to be done; None where nothing says so, or its time has not begun.

    Of working time, which is that of the present calendar, also while the order waits, and where
    the calendar ends before.
    """
    if step.within_s is None or not step.since:
        return None
    began = _began(order, step.since)
    if began is None:
        return None
    span = timedelta(seconds=step.within_s)
    if not step.working:
        return began + span
    try:
        return worked_by(began, span, order.pauses, rules)
    except Refusal:  # of a calendar that ends, or one pause that no clock could heed
        return None


def awaited(order: WorkOrder, rules: Rules) -> tuple[datetime, ...]:
    """When steps that are still to be done are due, rising, one moment a second."""
    if not order.steps or STATES[order.state].final:
        return ()
    due = (due_at(order, step, rules) for step in order.steps if not step.over)
    seconds = {int(at.timestamp()): at for at in due if at is not None}
    return tuple(seconds[second] for second in sorted(seconds))


def _began(order: WorkOrder, since: str) -> datetime | None:
    if since == Since.OPENED:
        return order.opened_at
    if since == Since.FINISHED:
        return order.done_at
    field = f"{since}_at"
    if field not in _OF_VISITS:
        return None
    moments = (getattr(visit, field) for visit in order.visits if _counts(visit))
    return max((at for at in moments if at is not None), default=None)


_OF_VISITS: Final = frozenset({"assigned_at", "accepted_at", "departed_at", "arrived_at"})
_CAME_TO_NOTHING: Final = frozenset(
    {VisitState.DECLINED, VisitState.WITHDRAWN, VisitState.RECALLED}
)


def _counts(visit: Visit) -> bool:
    return visit.state not in _CAME_TO_NOTHING
