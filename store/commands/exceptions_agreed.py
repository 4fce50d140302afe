"""What is asked for in an exception, checked: its kind, how much, which clock, and its times."""

from __future__ import annotations

from datetime import timedelta
from math import isfinite
from typing import TYPE_CHECKING, Final

from store.commands.exceptions_asked import DECIDE_HOURS, VALID_DAYS
from store.commands.inputs import REASON, TITLE, between, later, needed, one_of
from store.domain.calendar_refusals import CalendarRefused
from store.domain.errors import BadInput
from store.domain.exception_refusals import ClockMissed, ClockOver, OrderOver
from store.domain.exceptions import DEVIATIONS, Deviation, Grant, OrderException
from store.domain.exceptions_said import clock_said, limit_used, what_said
from store.domain.lifecycle import STATES
from store.domain.replay import whole_ms
from store.domain.sop_steps import found
from store.domain.targets import ClockKind
from store.domain.waivers import is_missed
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.commands.exceptions_asked import AskException
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

LEAST, MOST_MONEY, MOST_HOURS = 0.01, 1_000_000_000.0, 10_000.0
_MOST: Final = {Deviation.PRICE: MOST_MONEY, Deviation.OVERTIME: MOST_HOURS}


def agreed(work: Work, command: AskException) -> OrderException:
    """What is asked for, not yet kept."""
    order = work.order(command.number)
    state = STATES[order.state]
    if state.final:
        raise OrderOver(number=order.number, state=state.label)
    kind = Deviation(one_of(command.kind, list(Deviation), N_("kind of exception")))
    spec, at = DEVIATIONS[kind], whole_ms(work.at)
    size = checked_size(kind.value, command.size) if spec.size else None
    if not spec.size and command.size is not None:
        raise BadInput(where=N_("size"), wrong=f"{command.size:g}", right=N_("this kind has none"))
    about = needed(command.about, spec.about, limit=TITLE) if spec.about else ""
    clock = _clock(order, about) if kind is Deviation.WAIVER else ""
    if kind is Deviation.STEP and order.steps:
        about = order.steps[found(order, about)].code  # by which alone it is skipped
    until = later(command.until or at + timedelta(days=VALID_DAYS), N_("until when"), than=work.at)
    if clock:
        _check_moves(order, clock, until, at)
    return OrderException(
        id=0,
        version=1,
        number=order.number,
        kind=kind.value,
        size=size,
        clock=clock,
        about="" if clock else about,
        reason=needed(command.reason, N_("reason"), limit=REASON),
        state=Grant.ASKED,
        asked_by=work.who.operator,
        asked_at=at,
        decide_by=min(_decide_by(work, order, command.decide_by), until),
        expires_at=until,
        zone=work.rules(order).hours.zone.key,
    )


def checked_size(kind: str, size: float | None) -> float:
    """Money or hours, to the cent; `BadInput` where nothing is given, or too much."""
    spec = DEVIATIONS[Deviation(kind)]
    if not spec.size:
        raise BadInput(where=N_("size"), wrong=f"{size:g}", right=N_("this kind has none"))
    if size is None or not isfinite(size):
        raise BadInput(where=spec.size, wrong=N_("nothing was given"), right=N_("a number"))
    between(size, LEAST, _MOST[Deviation(kind)], spec.size)
    return round(size, 2)


def limit_said(work: Work, one: OrderException) -> str:
    """By which limit one was granted."""
    name = "" if one.limit_of is None else str(work.operator(one.limit_of).name)
    return limit_used(one, name)


def _clock(order: WorkOrder, about: str) -> str:
    """The SLA clock that is waived; one that the order runs."""
    running = [clock.kind.value for clock in order.clocks if clock.running]
    wanted = about.strip().casefold()
    if wanted in set(ClockKind) and wanted not in running:
        raise BadInput(
            where=N_("which SLA clock"),
            wrong=wanted,
            right=N_("one that runs on this order: {running}").format(running=", ".join(running)),
        )
    return one_of(wanted, list(ClockKind), N_("which SLA clock"))


def _check_moves(order: WorkOrder, kind: str, until: datetime, at: datetime) -> None:
    """A waiver that ends before its clock is due would waive nothing, nor one of what is missed."""
    clock = next((c for c in order.clocks if c.running and c.kind == kind), None)
    if clock is not None and is_missed(clock, at):
        raise BadInput(
            where=N_("which SLA clock"),
            wrong=N_("{clock} is missed already").format(clock=clock_said(kind)),
            right=N_("one that is not due yet: what was missed stays missed"),
        )
    due = None if clock is None else clock.due_at
    if due is not None and until <= due:
        wrong = N_("until {until}").format(until=until)
        right = N_("a time after {due}, when it is due anyway").format(due=due)
        raise BadInput(where=N_("until when"), wrong=wrong, right=right)


def check_runs(work: Work, asked: OrderException) -> None:
    """`ClockOver` or `ClockMissed` where a waiver has nothing left to move."""
    if not asked.clock:
        return
    told = {"id": asked.id, "clock": clock_said(asked.clock), "number": asked.number}
    some = [c for c in work.order(asked.number).clocks if c.running and c.kind == asked.clock]
    if not some:
        raise ClockOver(**told)
    if any(is_missed(clock, work.at) for clock in some):
        raise ClockMissed(**told)


def waived_due(work: Work, one: OrderException) -> datetime | None:
    """When the clock of a waiver is due; None where it stands still or runs no more, or is none."""
    clocks = work.order(one.number).clocks
    return next((c.due_at for c in clocks if c.running and c.kind == one.clock), None)


def _decide_by(work: Work, order: WorkOrder, given: datetime | None) -> datetime:
    if given is not None:
        return later(given, N_("decided by when"), than=work.at)
    span = timedelta(hours=DECIDE_HOURS)
    try:
        return whole_ms(work.rules(order).hours.add(work.at, span))
    except CalendarRefused:  # its days run out, which the calendar's own alarm says
        return whole_ms(work.at + span)


__all__ = ["agreed", "checked_size", "limit_said", "what_said"]
