"""What each kind of timer does: from an order whose moment has come to the order after it.

Pure: a reaction changes nothing itself, so one that raises leaves the rest of its batch alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.daily import note_due
from store.domain.daily import rung as rung_daily
from store.domain.errors import TimerUnreadable
from store.domain.evolve import maker
from store.domain.survey_steps import rung
from store.domain.timers import TimerKind, catch_up, fire, means_something, rings, severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.timers import TimerAim


@dataclass(frozen=True, slots=True, kw_only=True)
class Come:
    """A timer whose moment has come, with the order as it stands."""

    order: WorkOrder
    rules: Rules
    aim: TimerAim
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """An alarm to raise: why, how bad, and when it was really due."""

    aim: TimerAim
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The order after the timer, what to journal, and the alarm if one rings."""

    order: WorkOrder
    facts: tuple[Fact, ...] = ()
    alarm: Ringing | None = None
    bell: TimerKind | None = None
    """Which timer of a standing alarm this was; None where it was one of the order's."""


_done, _rung = maker(Reaction), maker(Ringing)


def react(come: Come) -> Reaction:
    """Do what the timer's kind asks for; `TimerUnreadable` where that means nothing here."""
    kind, clock = come.aim.kind, come.aim.clock
    if not means_something(kind.value, clock):
        what = " ".join(filter(None, (kind.value, clock)))
        raise TimerUnreadable(number=come.order.number, what=what)
    return REACTIONS[kind](come)


def reach_level(come: Come) -> Reaction:
    """A clock reached a level; after a night switched off, the worst of those it passed."""
    aim = catch_up(come.order, come.aim, come.rules, at=come.at)
    after, facts = fire(come.order, aim)
    if after.clocks == come.order.clocks:
        return Reaction(order=come.order)
    return _done(after, facts, _ringing(come, aim), None)


def remind(come: Come) -> Reaction:
    """Something is to be done that no clock measures: ring for it."""
    return Reaction(order=come.order, alarm=_ringing(come, come.aim))


def ask_customer(come: Come) -> Reaction:
    """Nobody has asked the customer yet: ring, and again; at last the survey expires."""
    after, fact, rings_now = rung(come.order, come.rules, at=max(come.at, come.aim.due_at))
    if fact is None or come.order.survey_at != come.aim.due_at:
        return Reaction(order=come.order)
    return _done(after, (fact,), _ringing(come, come.aim) if rings_now else None, None)


def miss_note(come: Come) -> Reaction:
    """A working day passed without a note on running work: ring, and again on the next."""
    if note_due(come.order, come.rules) != come.aim.due_at:
        return Reaction(order=come.order)
    after, facts = rung_daily(come.order, come.rules, due_at=come.aim.due_at, at=come.at)
    return _done(after, facts, _ringing(come, come.aim), None)


def mind_alarm(come: Come) -> Reaction:
    """Its time on the shelf is over, or nobody has acknowledged it."""
    return Reaction(order=come.order, bell=come.aim.kind)


REACTIONS: Mapping[TimerKind, Callable[[Come], Reaction]] = {
    TimerKind.WARN: reach_level,
    TimerKind.BREACH: reach_level,
    TimerKind.NOT_ACCEPTED: reach_level,
    TimerKind.UPDATE_DUE: reach_level,
    TimerKind.OVERDUE_AGAIN: reach_level,
    TimerKind.WAKE: remind,
    TimerKind.ORPHAN: remind,
    TimerKind.FOLLOW_UP: remind,
    TimerKind.SILENCE: remind,
    TimerKind.SURVEY: ask_customer,
    TimerKind.ACTION: remind,
    TimerKind.EXCEPTION: remind,
    TimerKind.STEP: remind,
    TimerKind.DAILY: miss_note,
    TimerKind.UNSHELVE: mind_alarm,
    TimerKind.ESCALATE: mind_alarm,
}


def _ringing(come: Come, aim: TimerAim) -> Ringing | None:
    if not rings(aim.kind, level=aim.level, rules=come.rules):
        return None
    worth = severity(aim.kind, level=aim.level, priority=come.order.priority)
    return _rung(aim, worth)
