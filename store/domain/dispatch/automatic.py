"""Automatic dispatch: in which mode the desk sends somebody to an order, and whether it may now.

Pure: what speaks for whom comes from a recommendation, what an order has been through from itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.declines import asked_already, often_declined, taken_back
from store.domain.lifecycle import LIVE_VISITS, STATES, State, VisitState
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from store.domain.order import Visit, WorkOrder


class Mode(StrEnum):
    """What the desk does about an order that nobody has."""

    OFF = "off"
    PROPOSE = "propose"
    ACT = "act"


MODE_WORDS: Final[Mapping[Mode, str]] = {
    Mode.OFF: N_("off"),
    Mode.PROPOSE: N_("propose"),
    Mode.ACT: N_("act"),
}
"""How a mode is called on the screen, the most careful first."""
_CAREFUL: Final = tuple(Mode)

MARGIN: Final = 15
"""Minutes of cost by which the best must beat the next one to be sent without asking.

As much as going to another region costs; and ways are reckoned by straight lines, which err by as
much: below it one is as good as the other.
"""
ACCEPT_S: Final = 600
"""Seconds that one technician has to say yes: three can be asked within the half hour in which an
order of the first priority is to be accepted."""

FIRST: Final = 1
"""The first priority: what has it goes to nobody by itself who is not there now."""

ALL_OPEN: Final = "all_open"
OVERDUE: Final = "overdue"
QUEUE_WORDS: Final[Mapping[str, str]] = {
    ALL_OPEN: N_("all open"),
    "at_risk": N_("at risk"),
    OVERDUE: N_("overdue"),
}
"""Queues that may have a mode of their own; else it is a view that has."""
UNASSIGNED: Final = "unassigned"
"""A queue of the board: what nobody has is all that any mode is about, so it means all."""
QUEUES: Final = tuple(QUEUE_WORDS)
"""The next before the one before it."""


class Why(StrEnum):
    """Why the desk asks where it might act."""

    CLOSE = "close"
    URGENT = "urgent"
    LATE = "late"
    OFF_SHIFT = "off_shift"
    TAKEN_BACK = "taken_back"
    CREW = "crew"
    FOLLOWED = "followed"
    BY_HAND = "by_hand"
    NOBODY_ELSE = "nobody_else"


WHY_WORDS: Final[Mapping[Why, str]] = {
    Why.CLOSE: N_("the next one would do nearly as well"),
    Why.URGENT: N_("it would make an order of the first priority late"),
    Why.LATE: N_("this order itself would be late"),
    Why.OFF_SHIFT: N_("the best one comes to it only in a later shift"),
    Why.TAKEN_BACK: N_("a sending was taken back"),
    Why.CREW: N_("it takes several people: who goes together is yours to say"),
    Why.FOLLOWED: N_("somebody follows it"),
    Why.BY_HAND: N_("who has it was sent by hand and has not accepted"),
    Why.NOBODY_ELSE: N_("who has it has not accepted in time, and nobody else is left to ask"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The mode for the orders of a queue, of one priority or of all."""

    queue: str
    """One of `QUEUES`, or what a view is called that everybody has."""
    view: bool = False
    priority: int = 0
    """0 for all of them."""
    mode: Mode
    margin: int = MARGIN
    accept_s: int = ACCEPT_S

    @property
    def expects_late(self) -> bool:
        """Whether it is meant for orders that are late whoever goes."""
        return self.queue == OVERDUE and not self.view


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One who may go, as far as it matters here."""

    worker: int
    cost: float
    """In minutes."""
    urgent_late: int
    """How many orders of the first priority that makes late, or later."""
    late: bool = False
    """Whether this order would miss its promise."""
    later: bool = False
    """Whether he comes to it only in a shift that has not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who should go, and why that is asked, if it is."""

    best: Candidate
    next: Candidate | None
    acts: bool
    why: Why | None = None
    """Why it is asked though the mode is to act."""

    @property
    def gap(self) -> float | None:
        """By how many minutes the best beats the next one; None where there is no other."""
        return None if self.next is None else self.next.cost - self.best.cost


def in_force(
    settings: Iterable[Setting], priority: int, holds: Callable[[Setting], bool]
) -> Setting | None:
    """The setting for an order: a view's before a queue's, one for its priority before one for all.

    Of several views the most careful mode counts. `holds` says whether its queue has the order.
    """
    fit = [one for one in settings if one.priority in {0, priority} and holds(one)]
    return max(fit, key=_comes_first, default=None)


def _comes_first(one: Setting) -> tuple[bool, int, bool, int]:
    place = QUEUES.index(one.queue) if one.queue in QUEUES and not one.view else 0
    return one.view, place, bool(one.priority), -_CAREFUL.index(one.mode)


def lapsed(order: WorkOrder, accept_s: float, *, at: datetime) -> Visit | None:
    """The visit that nobody has said yes to within the time for it; None for other orders."""
    if order.state is not State.ASSIGNED:
        return None
    asked = [visit for visit in order.visits if visit.state is VisitState.ASSIGNED]
    newest = max(asked, key=lambda visit: visit.place, default=None)
    if newest is None or newest.assigned_at + timedelta(seconds=accept_s) > at:
        return None
    return newest


def is_asked_for(order: WorkOrder, setting: Setting, *, at: datetime) -> bool:
    """Whether somebody is to be found for it now."""
    if setting.mode is Mode.OFF or often_declined(order):
        return False
    return STATES[order.state].orphan or lapsed(order, setting.accept_s, at=at) is not None


def decide(
    order: WorkOrder,
    offers: Sequence[Candidate],
    setting: Setting,
    *,
    sent: bool,
    held: int | None = None,
) -> Decision | None:
    """Who should go, the best first among the offers; None where nobody is left to ask.

    `sent` says whether it was the desk that sent whoever has it, so that it may send the next.
    Who is proposed already (`held`) stays so until another one is clearly better.
    """
    left = [one for one in offers if one.worker not in asked_already(order)]
    if not left:
        return None
    best, second = left[0], (left[1] if len(left) > 1 else None)
    why = None
    if setting.mode is Mode.ACT:
        why = _why_ask(order, best, second, setting, sent=sent)
        if why is None:
            return Decision(best=best, next=second, acts=True)
    kept = next((one for one in left if one.worker == held), best)
    if kept is not best and kept.cost - best.cost <= setting.margin:
        best, second = kept, best
    return Decision(best=best, next=second, acts=False, why=why)


def _why_ask(
    order: WorkOrder, best: Candidate, second: Candidate | None, setting: Setting, *, sent: bool
) -> Why | None:
    held = sum(visit.state in LIVE_VISITS for visit in order.visits)
    late, close = best.late and not setting.expects_late, False
    if second is not None:
        close = second.cost - best.cost < setting.margin
    reasons = {
        Why.TAKEN_BACK: taken_back(order),
        Why.CREW: order.crew > 1,
        Why.FOLLOWED: order.follower is not None,
        Why.BY_HAND: held > 1 or (held == 1 and not sent),  # it sends nobody beside another
        Why.URGENT: best.urgent_late > 0,
        Why.OFF_SHIFT: best.later and (best.late or order.priority == FIRST),
        Why.LATE: late,
        Why.CLOSE: close,
    }
    return next((why for why, holds in reasons.items() if holds), None)
