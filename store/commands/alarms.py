"""Alarms: acknowledged, put on a shelf for a while, taken from it; the clocks run on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.commands.inputs import REASON, later, needed
from store.domain.alarm_refusals import ShelvedTooLong
from store.domain.bells import Heard
from store.domain.intents import Command, Done
from store.domain.timer_kinds import TIMERS, read_kind
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.work import Work

_OF_BACKUPS: Final = "\n"
"""Stands for the backups where calendars stand by their codes; no code is one."""

LONGEST: Final = timedelta(days=7)
"""How long an alarm may stand on the shelf at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    """Silence the alarms of some orders and calendars, or (with None) all that the asker sees."""

    numbers: tuple[int, ...] | None = None
    """None is every order and every calendar."""
    calendars: tuple[str, ...] = ()
    """By their codes, beside orders that are named."""
    backups: bool = False
    """Also the alarm that backups fail, beside what is named."""
    reminders: tuple[tuple[str, int], ...] = ()
    """Certificates and trainings by kind (see `Reminder`) and id, beside what is named."""
    complaints: tuple[int, ...] = ()
    """Also those of complaints, by their ids, beside what is named."""
    projects: tuple[int, ...] = ()
    """The same of projects."""
    rings: int | None = None
    """How often what is named had rung when the asker looked: what rang since goes on."""
    alarm: int | None = None
    """Which alarm of that order he saw, by its id: another one goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelveAlarm(Command):
    """Put the alarm of an order, or of a calendar, aside until a time, or until it gets worse."""

    number: int | None = None
    calendar: str | None = None
    """Its code; an order is meant where none is given."""
    until: datetime
    reason: str
    rings: int | None = None
    """How often it had rung when the asker looked."""
    alarm: int | None = None
    """Which alarm of the order he saw, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnshelveAlarm(Command):
    """Have a shelved alarm ring before its time."""

    number: int | None = None
    calendar: str | None = None
    """Its code; an order is meant where none is given."""


def acknowledge(work: Work, command: Acknowledge) -> Done:
    """Those that rang ring no more, until something worse comes; those that went are seen."""
    heard = Heard(rings=command.rings, alarm=command.alarm)
    seen = work.see_unseen(command.numbers, upto=command.alarm)
    silenced = work.acknowledge(command.numbers, heard=heard)
    everything = command.numbers is None
    calendars = work.acknowledge_horizons(
        None if everything else command.calendars, rings=command.rings
    )
    if (everything or command.backups) and work.acknowledge_backups():
        calendars = (*calendars, _OF_BACKUPS)
    complaints = work.acknowledge_complaints(
        None if everything else command.complaints, rings=command.rings
    )
    projects = work.acknowledge_projects(
        None if everything else command.projects, rings=command.rings
    )
    reminded = work.acknowledge_reminders(
        None if everything else command.reminders, rings=command.rings
    )
    sentence, facts = _said(work, silenced, calendars, seen, (complaints, projects))
    if reminded:
        others = len(calendars) + len(complaints) + len(projects) + len({*seen, *silenced})
        sentence, facts = _with_reminders(reminded, others)
    return Done(sentence=sentence, facts=facts, numbers=tuple(sorted({*seen, *silenced})))


def shelve_alarm(work: Work, command: ShelveAlarm) -> Done:
    """It comes back by a timer of its own."""
    until = later(command.until, N_("until"), than=work.at)
    if until - work.at > LONGEST:
        raise ShelvedTooLong(days=LONGEST.days)
    why = needed(command.reason, N_("reason"), limit=REASON)
    if command.calendar is not None:
        work.shelve_horizon(command.calendar, until=until, why=why, rings=command.rings)
        return Done(
            sentence=N_("alarm of the calendar {code} shelved until {until}"),
            facts={"code": command.calendar, "until": until},
        )
    number = command.number or 0
    heard = Heard(rings=command.rings, alarm=command.alarm)
    alarm = work.shelve(number, until=until, why=why, heard=heard)
    return Done(
        sentence=N_("alarm of #{number} shelved until {until}: {what}"),
        facts={"number": number, "until": until, "what": _called(alarm.kind)},
        numbers=(number,),
    )


def unshelve_alarm(work: Work, command: UnshelveAlarm) -> Done:
    """It stands among the others again, and nobody has acknowledged it."""
    if command.calendar is not None:
        work.unshelve_horizon(command.calendar)
        sentence = N_("alarm of the calendar {code} taken from the shelf")
        return Done(sentence=sentence, facts={"code": command.calendar})
    number = command.number or 0
    alarm = work.unshelve(number)
    return Done(
        sentence=N_("alarm of #{number} taken from the shelf: {what}"),
        facts={"number": number, "what": _called(alarm.kind)},
        numbers=(number,),
    )


def _said(
    work: Work,
    numbers: tuple[int, ...],
    calendars: tuple[str, ...],
    seen: tuple[int, ...],
    of_no_order: tuple[tuple[int, ...], tuple[int, ...]],
) -> tuple[str, dict[str, object]]:
    """One alarm is named with what it is about; several are counted."""
    over = [number for number in seen if number not in numbers]
    complaints, projects = of_no_order
    count = len(numbers) + len(calendars) + len(over) + len(complaints) + len(projects)
    if count > 1:
        return N_("{count} alarms acknowledged"), {"count": count}
    if projects:
        return N_("alarm of project {id} acknowledged"), {"id": projects[0]}
    if calendars or complaints:
        return _beside(calendars, complaints)
    if over:
        return N_("#{number}: seen that its alarm came and went"), {"number": over[0]}
    alarm = work.alarm_of(numbers[0]) if numbers else None
    if alarm is None:
        return N_("no alarm rings any more"), {}
    facts = {"number": numbers[0], "what": _called(alarm.kind)}
    return N_("alarm of #{number} acknowledged: {what}"), facts


def _with_reminders(reminded: tuple[str, ...], others: int) -> tuple[str, dict[str, object]]:
    """One is named with what it is about; several alarms are counted."""
    if len(reminded) == 1 and not others:
        return N_("reminder of {what} acknowledged"), {"what": reminded[0]}
    return N_("{count} alarms acknowledged"), {"count": len(reminded) + others}


def _beside(
    calendars: tuple[str, ...], complaints: tuple[int, ...]
) -> tuple[str, dict[str, object]]:
    """The one alarm that was about no order."""
    if _OF_BACKUPS in calendars:
        return N_("alarm of the backups acknowledged"), {}
    if complaints:
        return N_("alarm of complaint {id} acknowledged"), {"id": complaints[0]}
    return N_("alarm of the calendar {code} acknowledged"), {"code": calendars[0]}


def _called(name: str) -> str:
    kind = read_kind(name)
    return TIMERS[kind].label if kind in TIMERS else name
