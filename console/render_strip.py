"""The alarm strip below the orders as parts: the worst first, the rest summed; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.looks import Parts, cut
from console.render_alarms import SEVERITY, alarm_said
from console.render_calendar import horizon_said, mend_said
from console.render_time import span
from store.domain.alarms import LOUD, QUIET

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.alarms import AlarmLine, Strip


def alarm_rows(
    strip: Strip, *, at: datetime, cells: int, rows: int, key: str = ""
) -> tuple[Parts, ...]:
    """The alarms, worst first, and in the last line what is not shown one by one.

    `key` is the one that lists them all.
    """
    if not strip.standing:
        return (((_(" no alarms"), "muted"),),)
    rest = strip.standing > min(rows, len(strip.alarms))
    shown = strip.alarms[: rows - 1 if rest else rows]
    lines = [cut(_alarm(alarm, at), cells) for alarm in shown]
    if rest:
        told = _rest(strip, len(shown), at)
        more = told if not key else _("{told} - {key} lists all").format(told=told, key=key)
        lines.append(cut(((more, "muted"),), cells))
    return tuple(lines)


def _alarm(alarm: AlarmLine, at: datetime) -> Parts:
    rings = alarm.acknowledged_at is None
    loud = "alarm" if alarm.severity <= LOUD else "soon" if alarm.severity < QUIET else "muted"
    tone = loud if rings else "muted"
    sign_part = (f" {SEVERITY[alarm.severity]}" if rings else " ✓ ", tone)
    seen = "" if rings else _(" · seen by {name}").format(name=alarm.acknowledged_by or "?")
    if alarm.calendar is not None:
        said, mend = horizon_said(alarm), mend_said(alarm)
        return (
            sign_part,
            (f" {said}", "overdue" if rings else "muted"),
            (f"  {mend}{seen}", "muted"),
        )
    said = alarm_said(alarm)
    where = f" · {alarm.site_name}" if alarm.site_name else ""
    return (
        sign_part,
        (f" P{alarm.priority} #{alarm.number} {said}", "muted" if tone == "muted" else "overdue"),
        (f" {span(at - alarm.due_at)} ", ""),
        (f"{alarm.title}{where}{seen}", "" if rings else "muted"),
    )


def _rest(strip: Strip, shown: int, at: datetime) -> str:
    seen = sum(alarm.severity == QUIET for alarm in strip.alarms[:shown])
    quiet = strip.quiet.count - seen
    more = strip.standing - quiet - shown
    said = []
    if more > 0:
        said.append(_n("{count} more alarm", "{count} more alarms", more).format(count=more))
    if quiet:
        said.append(_("{count} quiet").format(count=quiet))
    if strip.quiet.oldest_at is not None and not seen:
        said.append(_("the oldest {span}").format(span=span(at - strip.quiet.oldest_at)))
    # An order shows its alarm in its row, too; a calendar has no other place.
    hidden = (alarm for alarm in strip.alarms[shown:] if alarm.calendar is not None)
    said += [horizon_said(alarm) for alarm in hidden if alarm.acknowledged_at is None]
    return " + " + _(", ").join(said)
