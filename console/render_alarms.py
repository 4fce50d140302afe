"""Rows of the list of alarms: from an alarm to cells; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render import CLOCK_SIGNS
from console.render_calendar import horizon_said, mend_said
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.alarms import LOUD, QUIET
from store.domain.targets import ClockKind
from store.domain.timer_kinds import TIMERS, read_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.looks import Part
    from store.queries.alarms import AlarmLine

SEVERITY: Final = ("", "!!", "! ", "- ", ". ")
"""How bad an alarm is, in two cells."""


def alarm_said(alarm: AlarmLine) -> str:
    """What an alarm is about, and which clock."""
    if alarm.calendar is not None:
        return horizon_said(alarm)
    spec = TIMERS.get(read_kind(alarm.kind))
    said = _(spec.label) if spec is not None else alarm.kind
    if alarm.clock in CLOCK_SIGNS:
        said = f"{said} ({_(CLOCK_SIGNS[ClockKind(alarm.clock)])})"
    return said


def alarm_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="sign", title="", width=2),
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="priority", title=_("P"), width=2),
        Column(name="what", title=_("alarm"), width=22, flexible=True),
        Column(name="since", title=_("due"), width=6, align="right", clock=True),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="site", title=_("site"), width=12, since=90),
        Column(name="seen", title=_("seen by"), width=9),
    )


def alarm_row(alarm: AlarmLine, place: int) -> Row:
    """One alarm, at its place in the list."""
    rings = alarm.acknowledged_at is None
    said = alarm_said(alarm)
    cells = (
        _sign(alarm) if rings else Tinted("✓", "muted"),
        "" if alarm.number is None else str(alarm.number),
        "" if alarm.priority is None else f"P{alarm.priority}",
        said if rings else Tinted(said, "muted"),
        alarm.title if alarm.calendar is None else mend_said(alarm),
        alarm.site_name or "",
        "" if rings else Tinted(alarm.acknowledged_by or "?", "muted"),
    )
    key = alarm.calendar if alarm.number is None else alarm.number
    return Row(key=key, version=hash(cells), mark=(place,), cells=cells, due_at=alarm.due_at)


def how_many(alarms: Sequence[AlarmLine], most: int) -> Part:
    """How many stand, and how many of them nobody has acknowledged."""
    count, rings = len(alarms), sum(alarm.acknowledged_at is None for alarm in alarms)
    if not count:
        return _("no alarms"), "muted"
    said = _n("{count} alarm", "{count} alarms", count).format(count=count)
    if count >= most:
        said = _("the {count} worst alarms").format(count=count)
    return said + _(", {count} not acknowledged").format(count=rings), "strong"


def _sign(alarm: AlarmLine) -> Tinted:
    tone = "alarm" if alarm.severity <= LOUD else "soon" if alarm.severity < QUIET else "muted"
    return Tinted(SEVERITY[alarm.severity], tone)
