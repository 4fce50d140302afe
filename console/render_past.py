"""The past as parts: the line that says so, what happened then, an order as it stood; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.hanging import HANG
from console.i18n import _, _n
from console.looks import cut, spread, width
from console.render import technician_cell
from console.render_card import heading, when
from console.render_edits import Edits
from console.render_time import here, left, span
from console.render_told import promise_named
from console.render_trace import told_fact, trace_lines
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.board import BoardLine
    from store.queries.card import TraceEntry
    from store.queries.past import Then
    from store.queries.people import Named

HAPPENED_ROWS = 2
"""Lines that tell what happened at the moment."""


def past_line(
    then: datetime, found: Then | None, *, at: datetime, zone: tzinfo | None, cells: int
) -> Parts:
    """That this is the past, which moment, how long ago; and whether it is still being rebuilt."""
    moment = f"{here(then, zone):%Y-%m-%d %H:%M:%S}"
    ago = _("{time} ago").format(time=span(at - then))
    past = _("PAST")
    left_side: Parts = ((f" {past} ", "alarm"), (f" {moment}", "strong"), (f"  {ago}", ""))
    if found is None:
        return spread(left_side, ((_("rebuilding ... "), "soon"),), cells)
    said = _n("{count} alarm rang", "{count} alarms rang", found.ringing)
    rang = (said.format(count=found.ringing), "overdue" if found.ringing else "muted")
    untold: Parts = ()
    if found.untold:
        unread = _("{count} not readable").format(count=found.untold)
        untold = ((unread, "overdue"), ("  ", ""))
    return spread(left_side, (*untold, rang, (" ", "")), cells)


def imported_said(found: Then | None, *, at: datetime, zone: tzinfo | None) -> str:
    """Why orders stand at a moment at which no import had brought them yet; empty elsewhere."""
    if found is None or found.imported_at is None:
        return ""
    said = _("before the first import ({when}): its orders stand here by their own history")
    return said.format(when=when(found.imported_at, zone, at=at))


def imported_lines(found: Then | None, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """The same as a line of the screen, where there is something to say."""
    said = imported_said(found, at=at, zone=zone)
    return (((" ", ""), HANG, (said, "muted")),) if said else ()


def happened_lines(found: Then | None, *, zone: tzinfo | None) -> tuple[Parts, ...]:
    """What was done at the newest moment that is not later, in so many lines."""
    if found is None or found.happened_at is None:
        nothing = _("nothing had happened yet") if found is not None else ""
        return (((f" {nothing}", "muted"),), *((),) * (HAPPENED_ROWS - 1))
    clock = f"{here(found.happened_at, zone):%m-%d %H:%M:%S}"
    rows: list[Parts] = []
    for one in found.happened:
        edits = Edits((one.entry,), zone, at=found.happened_at)
        what = told_fact(one.entry, found.people, edits)
        by = one.entry.by_name or str(one.entry.by)
        rows.append(
            (
                (f" {clock}  ", "muted"),
                (f"#{one.number} {what}", ""),
                (f"  {by}", "muted"),
            )
        )
        clock = " " * len(clock)
    if len(rows) > HAPPENED_ROWS:
        more = len(rows) - HAPPENED_ROWS + 1
        text = _n("and {count} more entry", "and {count} more entries", more)
        rows[HAPPENED_ROWS - 1 :] = [((f" {clock}  {text.format(count=more)}", "muted"),)]
    return (*rows, *((),) * (HAPPENED_ROWS - len(rows)))


def past_keys(cells: int) -> Parts:
    """The keys of the scrubber, as many as there is room for."""
    rows = (
        ("\u2190 \u2192", _("entry")),
        ("< >", _("5 min")),
        ("PgUp PgDn", _("1 h")),
        ("T", _("time")),
        ("Enter", _("order")),
        ("Esc", _("back to now")),
        ("[ ]", _("queue")),
    )
    parts: list[tuple[str, str]] = [(" ", "")]
    for key, label in rows:
        pair = [(key, "key"), (f" {label}  ", "")]
        if width((*parts, *pair)) > cells + 2:  # half a key is none; the two are its margin
            break
        parts += pair
    return cut(parts, cells)


def order_lines(
    line: BoardLine,
    story: Sequence[TraceEntry],
    people: Mapping[int, Named],
    *,
    then: datetime,
    zone: tzinfo | None,
) -> tuple[Parts, ...]:
    """An order as it stood, and what had happened to it by then."""
    return (
        *_header(line, then, zone),
        *trace_lines(tuple(story), people, at=then, zone=zone),
    )


def _header(line: BoardLine, then: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    spec, cell = STATES[line.state], technician_cell(line)
    yield heading(f"#{line.number} {line.title}")
    yield (
        (f"{spec.sign} {_(spec.label)} P{line.priority}", "strong"),
        (_("  for {time}").format(time=span(then - line.state_since)), "muted"),
    )
    who = cell if isinstance(cell, str) else cell.text
    yield ((_("technician: {name}").format(name=who or "-"), ""),)
    places = (line.site_name, line.customer_name)
    yield ((_(", ").join(name for name in places if name), ""),)
    if line.next_deadline is not None and line.next_clock is not None:
        due = when(line.next_deadline, zone, at=then)
        rest = left(line.next_deadline, then).strip()
        kind = promise_named(line.next_clock, appointed=line.appointed)
        tone = "overdue" if line.overdue(then) else "soon" if line.at_risk(then) else ""
        yield (
            (_("{clock}: due {time}").format(clock=kind, time=due), tone),
            (f"  {rest}", tone),
        )
    else:
        yield ((_("nothing was due"), "muted"),)
    if line.severity is not None:
        if line.shelved:
            yield ((_("its alarm was on the shelf"), ""),)
        elif line.acknowledged:
            yield ((_("its alarm was acknowledged"), ""),)
        else:
            yield ((_("its alarm rang"), "overdue"),)
