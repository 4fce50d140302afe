"""What a move on the schedule board would come to, in words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.hanging import HANG
from console.i18n import _, _n, fill
from console.render import LOCKED
from console.render_helps import name_of
from console.render_recommend import slip_said
from console.render_time import clock_said, here, span
from console.render_told import promise_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta, tzinfo

    from console.looks import Parts
    from store.domain.dispatch.weigh import DayCost
    from store.domain.targets import ClockKind
    from store.queries.arrange import Arrangement, DayWeighed, Placed
    from store.queries.days import Bar

_SLIPS: Final = 3
"""Orders that slip, told by name at most."""


def job_said(bar: Bar | None, *, at: datetime, zone: tzinfo | None) -> Parts:
    """The order at hand: when, and which promise it misses; its title last, as it may be long."""
    if bar is None:
        return ()
    mark = LOCKED if bar.locked else ""
    parts = [(f" {mark}#{bar.number}", "strong"), (f" P{bar.priority}" if bar.priority else "", "")]
    parts.append((f"  {_from_to(bar.from_at, bar.to_at, at, zone)}", ""))
    if bar.promise is not None:
        parts.append(("  " + _late_said(bar.promise, bar.late, appointed=bar.appointed), "overdue"))
    if bar.planned:
        parts.append(("  " + _("start planned"), "muted"))
    if bar.locked:
        parts.append(("  " + _("locked"), "soon"))
    return (*parts, (f"  {bar.title}", "strong"))


def weighed_lines(found: Arrangement, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """Where each order would come, what that costs, what it breaks, and which others would slip."""
    lines: list[Parts] = [_placed_said(one, at, zone) for one in found.placed]
    for one in found.placed:
        for rule in one.broken:
            why = _("{name}: {rule}").format(
                name=name_of(one.who), rule=fill(rule.sentence, rule.facts)
            )
            lines.append(((" ! ", "overdue"), HANG, (why, "overdue")))
    lines += [_day_said(day) for day in found.days]
    lines += _slips_said(found)
    return tuple(lines)


def _placed_said(one: Placed, at: datetime, zone: tzinfo | None) -> Parts:
    who = name_of(one.who)
    if one.beside:
        who = _("{name} (together)").format(name=who)
    where, title = f" #{one.number} \u2192 {who}", (f"  {one.title}", "strong")
    if one.start_at is None or one.done_at is None:
        return ((where, "strong"), ("  " + _("has no time for it"), "overdue"), title)
    parts = [(where, "strong")]
    parts.append((f"  {_from_to(one.start_at, one.done_at, at, zone)}", "strong"))
    if one.promise is not None:
        parts.append(("  " + _late_said(one.promise, one.late, appointed=one.appointed), "overdue"))
    if one.plan_at is not None:
        parts.append(("  " + _("start planned"), "muted"))
    return (*parts, title)


def _from_to(begins: datetime, ends: datetime, at: datetime, zone: tzinfo | None) -> str:
    """From when to when; the date once where both are of one day."""
    last = here(ends, zone)
    same = here(begins, zone).date() == last.date()
    until = f"{last:%H:%M}" if same else clock_said(ends, zone, at)
    return f"{clock_said(begins, zone, at)}-{until}"


def _late_said(promise: ClockKind, late: timedelta, *, appointed: bool) -> str:
    said = _("late by {span} ({clock})")
    return said.format(span=span(late), clock=promise_named(promise, appointed=appointed))


def _day_said(day: DayWeighed) -> Parts:
    """One person's day before and after, and by how much it costs more or less."""
    before, after = day.before, day.after
    more = round(after.total) - round(before.total)
    name = _("{name}: ").format(name=name_of(day.who))
    parts = [(f" {name}", "")]
    parts += [(_(", ").join(_changed(before, after)), "")]
    tone = "overdue" if more > 0 else "good" if more < 0 else "muted"
    cost = _("cost {before} \u2192 {after} ({more})")
    said = cost.format(before=round(before.total), after=round(after.total), more=f"{more:+d}")
    parts.append((f"  {said}", tone))
    return tuple(parts)


def _changed(before: DayCost, after: DayCost) -> Iterator[str]:
    names = {"lateness": _("lateness"), "travel": _("travel"), "overload": _("overload")}
    for name, label in names.items():
        was, now = round(getattr(before, name)), round(getattr(after, name))
        if was or now:
            yield f"{label} {was} \u2192 {now}" if was != now else f"{label} {now}"


def _slips_said(found: Arrangement) -> Iterator[Parts]:
    if not found.slips:
        return
    told = [slip_said(slip) for slip in found.slips[:_SLIPS]]
    if (more := len(found.slips) - _SLIPS) > 0:
        told.append(_n("{count} more", "{count} more", more).format(count=more))
    tone = "overdue" if any(slip.late > slip.late_before for slip in found.slips) else "soon"
    said = _("makes wait: {orders}").format(orders=_(", ").join(told))
    yield ((" ", ""), HANG, (said, tone))
