"""The ledger of a clock as lines of text: why it is due when it is; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.hanging import HANG
from console.i18n import _, _n
from console.render_card import when
from console.render_time import here, rest
from console.render_told import clock_named, due_said
from store.domain.ledger import ENTRY_LABELS, Entry, EntryKind
from store.domain.targets import ClockKind
from store.domain.waivers import is_moved, own_due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.domain.order import Clock
    from store.queries.explain import Explanation


def ledger_lines(told: Explanation, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """Why this deadline, line by line, with the running total; on the calendar's wall clock."""
    clock, home, zone = told.clock, zone, _zone_of(told) or zone
    calendar = _(told.calendar) if told.calendar else _("every second counts")
    head: list[Parts] = [
        ((f"#{told.number} {told.title}", "strong"),),
        (
            (_("clock: {kind}").format(kind=clock_named(clock)), ""),
            (_("  calendar: {name} ({zone})").format(name=calendar, zone=told.zone), "muted"),
        ),
        (),
    ]
    if clock.ended_at is not None and clock.met_at is None:
        since = when(clock.ended_at, zone, at=at)
        head.append(
            ((_("this was no longer promised from {when} on").format(when=since), "strong"),)
        )
    if told.fixed:
        due = when(clock.fixed_due_at, zone, at=at)
        told_so = _("the due time {when} came from outside")
        if clock.kind is ClockKind.ARRIVE:
            told_so = _("the due time {when} is that of the appointment")
        head.append(((told_so.format(when=due), ""),))
    return (*head, *_entries(told.entries, at, zone), *_dues(clock, at, zone, home))


def _zone_of(told: Explanation) -> tzinfo | None:
    """Where the working hours are kept; None where every second counts, or nobody knows it."""
    if told.calendar is None:
        return None
    try:
        return ZoneInfo(told.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _entries(entries: Iterable[Entry], at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    told = [(entry, _stretch(entry, at, zone, dated=n == 0)) for n, entry in enumerate(entries)]
    cells = max((len(stretch) for _entry, stretch in told), default=0) + 1
    for entry, stretch in told:
        tone = {EntryKind.DUE: "strong", EntryKind.PAUSE: "muted"}.get(entry.kind, "")
        said = _(ENTRY_LABELS[entry.kind])
        if entry.stretches > 1:
            said = f"{said} ×{entry.stretches}"
        yield (
            (stretch.ljust(cells), "muted"),
            HANG,
            (f"{said}  ", tone),
            (_amount(entry), tone or "strong"),
        )


def _due_here(
    due: datetime | None, at: datetime, zone: tzinfo | None, home: tzinfo | None
) -> Iterator[Parts]:
    """A due time as every other screen shows it, where the calendar's clock is not the desk's."""
    if due is not None and here(due, zone).utcoffset() != here(due, home).utcoffset():
        said = _("that is {when} on the clock here").format(when=when(due, home, at=at))
        yield ((" " * 12, ""), (said, "strong"))


def _stretch(entry: Entry, at: datetime, zone: tzinfo | None, *, dated: bool) -> str:
    """From when to when; the end has its date exactly where it is not the day of the start.

    `dated` where the start says its day though it is today: on another zone's clock that is news.
    """
    begins = when(entry.from_at, zone, at=at).rjust(11)
    if dated and begins.startswith(" "):
        begins = here(entry.from_at, zone).strftime("%m-%d %H:%M")
    if entry.to_at == entry.from_at:
        return begins
    return f"{begins} - {when(entry.to_at, zone, at=entry.from_at)}"


def _amount(entry: Entry) -> str:
    if entry.days is not None:
        said = _n("{count} working day", "{count} working days", entry.days)
        return said.format(count=entry.days)
    if not entry.seconds:
        return ""
    total = "" if entry.kind is EntryKind.PAUSE else f"  = {rest(entry.running_total)}"
    return f"{rest(entry.seconds)}{total}"


def _dues(clock: Clock, at: datetime, zone: tzinfo | None, home: tzinfo | None) -> Iterator[Parts]:
    """The times beside the entries' last: on the clock here, by a waiver, as first promised."""
    yield from _due_here(own_due(clock), at, zone, home)
    if clock.due_at is not None and is_moved(clock):
        yield ()
        yield ((due_said(clock, when(clock.due_at, zone, at=at)), "strong"),)
        yield from _due_here(clock.due_at, at, zone, home)
    first = clock.original_due_at
    if first is not None and first != clock.due_at:
        yield ()
        yield ((_("first promised for {when}").format(when=when(first, zone, at=at)), "muted"),)
