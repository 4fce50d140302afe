"""Rows of the list of alarms: from an alarm to cells; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.actions_desk import NO_RING
from console.actions_moves import NO_ORDER
from console.hanging import HANG
from console.i18n import _, _n, coded
from console.looks import flat
from console.render import CLOCK_SIGNS, SHELVED, clock_sign
from console.render_calendar import horizon_said, mend_said
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Mark, Row, Tinted
from store.domain.alarms import LOUD, QUIET
from store.domain.backups import KIND as BACKUP
from store.domain.backups import LABEL as BACKUPS_FAIL
from store.domain.bells import AlarmState
from store.domain.projects import ALARMS as PROJECT_ALARMS
from store.domain.reminders import REMINDERS, Reminder
from store.domain.targets import ClockKind
from store.domain.timer_kinds import TIMERS, TimerKind, read_kind
from store.domain.voices import ERASED
from store.domain.voices import KIND as COMPLAINT
from store.domain.voices import LABEL as COMPLAINT_WAITS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.alarms import AlarmLine
    from store.queries.board import BoardLine

SEVERITY: Final = ("", "!!", "! ", "- ", ". ")
"""How bad an alarm is, in two cells."""


_LABELS: Final[Mapping[str, str]] = {
    BACKUP: BACKUPS_FAIL,
    COMPLAINT: COMPLAINT_WAITS,
    **PROJECT_ALARMS,
}
"""Alarms that no timer of an order raises."""


def alarm_said(alarm: AlarmLine) -> str:
    """What an alarm is about, and which clock."""
    if alarm.calendar is not None:
        return horizon_said(alarm)
    if alarm.kind in _LABELS:
        return _(_LABELS[alarm.kind])
    if alarm.reminder is not None:
        return reminder_said(alarm)
    spec = TIMERS.get(read_kind(alarm.kind))
    said = _(spec.label) if spec is not None else alarm.kind
    if alarm.clock in CLOCK_SIGNS and read_kind(alarm.kind) is not TimerKind.UPDATE_DUE:
        said = coded(said, _(clock_sign(ClockKind(alarm.clock), appointed=alarm.appointed)))
    return said


def reminder_said(alarm: AlarmLine) -> str:
    """What is to come, and how soon."""
    label = _(REMINDERS[alarm.kind]) if alarm.kind in REMINDERS else alarm.kind
    if alarm.kind != Reminder.CERTIFICATE:
        return label
    if not alarm.ahead_days:
        return _("certificate has ended")
    return _("certificate, ≤ {count} d left").format(count=alarm.ahead_days)


def why_no_shelf(alarm: AlarmLine) -> str | None:
    """Why an alarm cannot be put aside; None where it can."""
    if alarm.kind == BACKUP:
        return _("the alarm of the backups is over once one is made; it stands on no shelf")
    if alarm.reminder is not None:
        return _("a reminder is over once what it is about is done; it stands on no shelf")
    if alarm.complaint is not None:
        return _("the alarm of a complaint is over once it is answered; it stands on no shelf")
    if alarm.project is not None:
        return _("the alarm of a project is over once it is handed on; it stands on no shelf")
    return None


def why_no_order(alarm: AlarmLine) -> str:
    """Why Enter opens no order of an alarm that has none."""
    if alarm.kind == BACKUP:
        return _("this alarm is about backups, not about an order")
    if alarm.reminder is not None:
        return _("this reminder is about a person, not about an order")
    return _("this alarm is about a calendar, not about an order")


def silence_asked(worst: AlarmLine, line: BoardLine | None) -> str:
    """The question before an alarm is silenced that is not the chosen order's."""
    lack = NO_ORDER if line is None else NO_RING.format(number=line.number)
    said = alarm_said(worst)
    if worst.kind == BACKUP:
        asked = N_("{lack}; acknowledge that of the backups? {alarm}")
        return asked.format(lack=lack, alarm=said)
    if worst.reminder is not None:
        asked = N_("{lack}; acknowledge the reminder? {alarm}: {title}")
        return asked.format(lack=lack, alarm=said, title=worst.title)
    if worst.complaint is not None:
        asked = N_("{lack}; acknowledge that of complaint {id}? {alarm}: {title}")
        about = {"id": worst.complaint, "title": title_said(worst)}
        return asked.format(lack=lack, alarm=said, **about)
    if worst.project is not None:
        asked = N_("{lack}; acknowledge that of project {id}? {alarm}: {title}")
        about = {"id": worst.project, "title": worst.title}
        return asked.format(lack=lack, alarm=said, **about)
    if worst.number is None:
        asked = N_("{lack}; acknowledge that of the calendar? {alarm}")
        return asked.format(lack=lack, alarm=said)
    asked = N_("{lack}; acknowledge that of #{number}? {alarm}: {title}")
    return asked.format(lack=lack, number=worst.number, alarm=said, title=worst.title)


def alarm_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="sign", title="", width=2),
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="priority", title=_("P"), width=2),
        Column(name="what", title=_("alarm"), width=22, flexible=True),
        Column(name="since", title=_("due"), width=6, align="right", clock=True),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="site", title=_("site"), width=12, flexible=True, since=90),
        Column(name="seen", title=_("seen by"), width=9),
    )


def alarm_row(
    alarm: AlarmLine, *, at: datetime, zone: tzinfo | None, mark: Mark | None = None
) -> Row:
    """One alarm, where it belongs in the list, or at another `mark`."""
    rings = alarm.state is AlarmState.UNACKNOWLEDGED
    said = standing_said(alarm, at=at, zone=zone)
    cells = (
        severity_sign(alarm.severity) if rings else Tinted(STATE_SIGNS[alarm.state], "muted"),
        "" if alarm.number is None else str(alarm.number),
        "" if alarm.priority is None else f"P{alarm.priority}",
        said if rings else Tinted(said, "muted"),
        title_said(alarm),
        alarm.site_name or "",
        _seen_by(alarm),
    )
    place = alarm_mark(alarm) if mark is None else mark
    return Row(
        key=alarm_key(alarm), version=hash(cells), mark=place, cells=cells, due_at=alarm.since
    )


def alarm_key(alarm: AlarmLine) -> int | str:
    """By which it is known again: its order, its calendar, or what else it is about."""
    if alarm.number is not None:
        return alarm.number
    return alarm.calendar or f"\n{alarm.kind} {_own(alarm)}"


def _own(alarm: AlarmLine) -> int | str:
    """The id of what else than an order it is about."""
    return alarm.reminder or alarm.complaint or alarm.project or ""


def title_said(alarm: AlarmLine) -> str:
    """The order's title; of a calendar how to mend it, of backups why they fail.

    Of a complaint its words, or that they were erased.
    """
    if alarm.calendar is not None:
        return mend_said(alarm)
    ours = alarm.kind == BACKUP or (alarm.complaint is not None and alarm.title == ERASED)
    return _(alarm.title) if ours else alarm.title


def _seen_by(alarm: AlarmLine) -> str | Tinted:
    if is_left_alone(alarm):
        return Tinted(_("nobody"), "overdue")
    if alarm.state in {AlarmState.UNACKNOWLEDGED, AlarmState.CLEARED}:
        return ""
    shelved = alarm.state is AlarmState.SHELVED
    return Tinted((alarm.shelved_by if shelved else alarm.acknowledged_by) or "?", "muted")


STATE_SIGNS: Final[Mapping[AlarmState, str]] = {
    AlarmState.ACKNOWLEDGED: "✓",
    AlarmState.SHELVED: SHELVED,
    AlarmState.CLEARED: "~",
}
"""How alarms that do not ring are marked, in two cells."""


def standing_said(alarm: AlarmLine, *, at: datetime, zone: tzinfo | None) -> str:
    """What an alarm is about, and how it stands where that is more than a sign."""
    said = alarm_said(alarm)
    if alarm.state is AlarmState.CLEARED:
        return _("over, unseen · {what}").format(what=said)
    if alarm.state is AlarmState.SHELVED:
        until = when(alarm.shelved_until, zone, at=at)
        shelf = _("shelved until {until}: {why} · {what}")
        return shelf.format(what=said, until=until, why=alarm.shelved_why or "")
    return said


def is_left_alone(alarm: AlarmLine) -> bool:
    """Whether it rings, and for so long that the supervisor was called."""
    return alarm.escalated_at is not None and alarm.state is AlarmState.UNACKNOWLEDGED


def shelf_told(alarm: AlarmLine, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """Until when an alarm stands on the shelf, by whom it was put there, and all of why."""
    until = when(alarm.shelved_until, zone, at=at)
    who = _("shelved until {until} by {by}").format(until=until, by=alarm.shelved_by or "?")
    return (((f" {who}", "strong"),), ((" ", ""), HANG, (flat(alarm.shelved_why or ""), "")))


def how_many(alarms: Sequence[AlarmLine], most: int) -> Part:
    """How many stand, and how many of them nobody has acknowledged."""
    count = len(alarms)
    rings = sum(alarm.state is AlarmState.UNACKNOWLEDGED for alarm in alarms)
    shelved = sum(alarm.state is AlarmState.SHELVED for alarm in alarms)
    if not count:
        return _("no alarms"), "muted"
    said = _n("{count} alarm", "{count} alarms", count).format(count=count)
    if count >= most:
        said = _("the {count} worst alarms").format(count=count)
    said += _(", {count} not acknowledged").format(count=rings)
    said += _(", {count} shelved").format(count=shelved) if shelved else ""
    return said, "strong"


def list_keys(cells: int, *, opened: bool | None) -> str:
    """The keys that make sense on a row, in so many cells; `opened` of a group, else None."""
    if opened is None:
        told = _("Enter order, a acknowledge, S shelve, Esc back "), _("a, S, Esc; ? help ")
    else:
        whole = _("Enter closes; a, S: all; Esc back "), _("Enter opens; a, S: all; Esc back ")
        told = whole[0 if opened else 1], _("a, S: all; ? help ")
    return next((one for one in told if cell_len(one) <= cells), told[-1])


def severity_sign(severity: int) -> Tinted:
    """How bad an alarm is, by a sign and its colour."""
    tone = "alarm" if severity <= LOUD else "soon" if severity < QUIET else "muted"
    return Tinted(SEVERITY[severity], tone)


def alarm_mark(alarm: AlarmLine) -> Mark:
    """Its place: what rings, then what went unseen, then the shelved, then the acknowledged.

    Of each the worst first; of those as bad what the supervisor was called for.
    """
    called = _CALLED_FOR if alarm.escalated_at is not None else _ALONE
    return (_TURNS[alarm.state], alarm.severity, called, *among_equals(alarm))


def among_equals(alarm: AlarmLine) -> Mark:
    """Its place among those as bad: what rang first, then what is due longest; no two share it."""
    own = alarm.id or _own(alarm) or 0
    return alarm.raised_at, alarm.due_at, own, alarm.calendar or ""


GROUPED, _CALLED_FOR, _ALONE = range(3)
"""What of those as bad comes first: the groups of a flood, what the supervisor was called for."""
_TURNS = {
    AlarmState.UNACKNOWLEDGED: 0,
    AlarmState.CLEARED: 1,
    AlarmState.SHELVED: 2,
    AlarmState.ACKNOWLEDGED: 3,
}
