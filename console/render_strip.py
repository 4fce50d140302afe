"""The alarm strip below the orders as parts: the worst first, the rest summed; pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.i18n import _, _n
from console.looks import Parts, cut, spread
from console.render_alarms import (
    SEVERITY,
    STATE_SIGNS,
    alarm_said,
    is_left_alone,
    standing_said,
    title_said,
)
from console.render_flood import by_turns, group_said, is_fresh
from console.render_time import span
from store.domain.alarms import LOUD, QUIET
from store.domain.bells import AlarmState
from store.domain.floods import AlarmGroup, key_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from store.queries.alarms import AlarmLine, Strip


_FEW = 2
"""So many lines are too few for one that only counts, while there is a flood."""


def alarm_rows(
    strip: Strip,
    *,
    at: datetime,
    cells: int,
    rows: int,
    key: str = "",
    zone: tzinfo | None = None,
) -> tuple[Parts, ...]:
    """The alarms, worst first, and in the last line what is not shown one by one.

    `key` is the one that lists them all.
    """
    if not strip.standing:
        return (((_(" no alarms"), "muted"),),)
    if strip.groups:
        return _flooded(strip, at, cells, rows, key, zone)
    rest = strip.standing > min(rows, len(strip.alarms))
    shown = strip.alarms[: rows - 1 if rest else rows]
    wide = max((cell_len(_what(alarm, at, zone)) for alarm in shown), default=0)
    aged = max((len(span(at - alarm.since)) for alarm in shown), default=0)
    places = min(wide, cells // 2), aged
    lines = [cut(_alarm(alarm, at, zone, *places), cells) for alarm in shown]
    if rest:
        told = _rest(strip, len(shown), at)
        more = told if not key else _("{told} - {key} lists all").format(told=told, key=key)
        lines.append(cut(((more, "muted"),), cells))
    return tuple(lines)


def _flooded(
    strip: Strip, at: datetime, cells: int, rows: int, key: str, zone: tzinfo | None
) -> tuple[Parts, ...]:
    """More new alarms than can be read: the worst, a line for each site or cause, what else stands.

    The worst stands first by itself, for a key that silences the worst means that one. On two
    lines the second says where most of them ring, with the count of the rest at its end.
    """
    worst, others = strip.alarms[:1], [one for one in strip.alarms[1:] if not is_fresh(one, at)]
    by = strip.groups[0].by
    alone = {key_by(one, by): one for one in strip.alone}
    first = {one.id for one in worst}
    turns = (_itself(one, alone) for one in by_turns(strip.groups, others))
    rest = [one for one in turns if isinstance(one, AlarmGroup) or one.id not in first]
    shown = (*worst, *rest)[: max(1, rows if rows == _FEW else rows - 1)]
    drawn = [
        _group(one, at) if isinstance(one, AlarmGroup) else _alarm(one, at, zone) for one in shown
    ]
    lines = [cut(one, cells) for one in drawn]
    told = sum(one.count if isinstance(one, AlarmGroup) else 1 for one in shown)
    hold = {one.key for one in shown if isinstance(one, AlarmGroup)}
    told -= sum(is_fresh(one, at) and key_by(one, by) in hold for one in worst)  # told twice
    left = strip.standing - told
    if left > 0 and rows > 1:
        said = " + " + _n("{count} more alarm", "{count} more alarms", left).format(count=left)
        more = said if not key else _("{told} - {key} lists all").format(told=said, key=key)
        if rows == _FEW == len(lines):
            lines[-1] = spread(drawn[-1], ((more, "muted"),), cells)
        else:
            lines.append(cut(((more, "muted"),), cells))
    return tuple(lines)


def _itself(one: AlarmGroup | AlarmLine, alone: Mapping[str, AlarmLine]) -> AlarmGroup | AlarmLine:
    """The alarm instead of its group where no other is in it: it says more."""
    return alone.get(one.key, one) if isinstance(one, AlarmGroup) and one.count == 1 else one


def _group(group: AlarmGroup, at: datetime) -> Parts:
    many = _n("{count} new alarm", "{count} new alarms", group.count).format(count=group.count)
    said = _("{what}: {about}").format(what=group_said(group), about=many)
    tone = "alarm" if group.severity <= LOUD else "soon"
    return (
        (f" {SEVERITY[group.severity]}", tone),
        (f" {said}", "overdue"),
        (_(", the oldest {span}").format(span=span(at - group.since).strip()), ""),
    )


def _what(alarm: AlarmLine, at: datetime, zone: tzinfo | None) -> str:
    """Which order, and what is the matter with it; nothing of what is no order, which has words."""
    if alarm.number is None:
        return ""
    return f" P{alarm.priority} #{alarm.number} {standing_said(alarm, at=at, zone=zone)}"


def _alarm(
    alarm: AlarmLine, at: datetime, zone: tzinfo | None, wide: int = 0, aged: int = 0
) -> Parts:
    """One line; what it is takes `wide` cells and its age `aged`, to stand below another's."""
    rings = alarm.state is AlarmState.UNACKNOWLEDGED
    loud = "alarm" if alarm.severity <= LOUD else "soon" if alarm.severity < QUIET else "muted"
    tone = loud if rings else "muted"
    sign = SEVERITY[alarm.severity] if rings else f"{STATE_SIGNS[alarm.state]} "
    sign_part = (f" {sign}", tone)
    seen = ""
    if alarm.state is AlarmState.ACKNOWLEDGED:
        seen = _(" · seen by {name}").format(name=alarm.acknowledged_by or "?")
    if alarm.number is None:
        said, mend = alarm_said(alarm), title_said(alarm)
        return (
            sign_part,
            (f" {said}", "overdue" if rings else "muted"),
            (f"  {mend}{seen}", "muted"),
        )
    said = _what(alarm, at, zone)
    said += " " * (wide - cell_len(said))
    where = f" · {alarm.site_name}" if alarm.site_name else ""
    return (
        sign_part,
        (said, "muted" if tone == "muted" else "overdue"),
        (f" {span(at - alarm.since):>{aged}} ", ""),
        (_("nobody acknowledged · ") if is_left_alone(alarm) else "", "overdue"),
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
    # An order shows its alarm in its row, too; a calendar has no other place, nor have backups.
    hidden = (alarm for alarm in strip.alarms[shown:] if alarm.number is None)
    told = Counter(alarm_said(alarm) for alarm in hidden if alarm.acknowledged_at is None)
    said += [what if count == 1 else f"{what} ×{count}" for what, count in told.items()]
    return " + " + _(", ").join(said)
