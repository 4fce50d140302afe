"""What is done to alarms and bells, as actions; acknowledging stands with what the desk does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import DESK, ORDERS, Action, Kind, Question
from console.actions_moves import NO_ORDER
from store.domain.backups import KIND as BACKUP
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.alarms import AlarmLine
    from store.queries.board import BoardLine

_UNTIL = Question(
    name="until",
    label=N_("shelve until (15:00, +30m, tomorrow 9:00)"),
    kind=Kind.WHEN,
    asks=N_("shelve until"),
    start="+30m",
)
_WHY = Question(name="why", label=N_("why"))


def _no_alarm(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    if line.severity is None:
        return N_("order {number} has no alarm to shelve").format(number=line.number)
    return None


def _shelve(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.alarms import ShelveAlarm

    if "calendar" in told:
        aside = {"until": told["until"], "reason": told["why"]}
        return ShelveAlarm(calendar=told["calendar"], **aside)
    assert line is not None
    return ShelveAlarm(
        number=line.number,
        until=told["until"],
        reason=told["why"],
        rings=line.rings,
        alarm=line.alarm,
    )


def _unshelve(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.alarms import UnshelveAlarm

    if "calendar" in told:
        return UnshelveAlarm(calendar=told["calendar"])
    assert line is not None
    return UnshelveAlarm(number=line.number)


def silencing(alarm: AlarmLine, _told: Told) -> Command:
    """An alarm of the list is acknowledged, as it was seen there."""
    from store.commands.alarms import Acknowledge

    return Acknowledge(
        numbers=() if alarm.number is None else (alarm.number,),
        calendars=() if alarm.calendar is None else (alarm.calendar,),
        backups=alarm.kind == BACKUP,
        reminders=() if alarm.reminder is None else ((alarm.kind, alarm.reminder),),
        complaints=() if alarm.complaint is None else (alarm.complaint,),
        projects=() if alarm.project is None else (alarm.project,),
        rings=alarm.rings,
        alarm=alarm.id,
    )


def shelving(alarm: AlarmLine, told: Told) -> Command:
    """An alarm of the list is put aside, as it was answered."""
    from store.commands.alarms import ShelveAlarm

    return ShelveAlarm(
        number=alarm.number,
        calendar=alarm.calendar,
        until=told["until"],
        reason=told["why"],
        rings=alarm.rings,
        alarm=alarm.id,
    )


def unshelving(alarm: AlarmLine, _told: Told) -> Command:
    """An alarm of the list is to ring again."""
    from store.commands.alarms import UnshelveAlarm

    return UnshelveAlarm(number=alarm.number, calendar=alarm.calendar)


ALARM_ACTIONS: tuple[Action, ...] = (
    Action(
        id="alarms",
        keys=("A",),
        words="alarms 告警",
        label=N_("Alarms"),
        help=N_("all that stand, the worst first; Enter opens the order of one"),
        group=DESK,
        footer=19,
    ),
    Action(
        id="shelve",
        keys=("S",),
        words="sh shelve 搁置",
        label=N_("Shelve"),
        help=N_("put the alarm aside until a time; it comes back earlier if it gets worse"),
        group=ORDERS,
        why_not=_no_alarm,
        questions=(_UNTIL, _WHY),
        make=_shelve,
        about_order=True,
    ),
    Action(
        id="unshelve",
        keys=("O",),
        words="unshelve 取回",
        label=N_("Unshelve"),
        help=N_("have a shelved alarm ring before its time"),
        group=ORDERS,
        why_not=_no_alarm,
        make=_unshelve,
        about_order=True,
    ),
    Action(
        id="figures",
        keys=("M",),
        words="figures 统计 告警统计",
        label=N_("Alarm figures"),
        help=N_("how fast alarms are acknowledged, how many come, and which cry wolf"),
        group=DESK,
    ),
    Action(
        id="flash",
        keys=("P",),
        words="flash 闪烁",
        label=N_("Flash"),
        help=N_("switch the flash of the first line off or on, for those who hear no bell"),
        group=DESK,
    ),
    Action(
        id="notify",
        keys=("N",),
        words="notify 通知",
        label=N_("Notify"),
        help=N_("switch the terminal's own notifications of new alarms off or on"),
        group=DESK,
    ),
)
