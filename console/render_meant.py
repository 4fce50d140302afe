"""What the times of a filter mean, each with its whole date, while the filter is typed; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console.i18n import _, language
from console.render_time import here
from store.domain.finding.fields import FIELDS, Kind
from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import Here, Stretch, is_none, stretch
from store.domain.finding.times import When
from store.domain.finding.tree import Term, Times, leaves
from store.domain.finding.values import written_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

_INSTANT = timedelta(microseconds=1)


def field_said(name: str) -> str:
    """What a field is called in the operator's language."""
    field = FIELDS[name]
    names = (field.name, *field.names)
    return names[0] if language() == "en" else next(n for n in names if not n.isascii())


def times_meant(query: str, *, at: datetime, zone: tzinfo | None) -> tuple[str, ...]:
    """Each day and time of day in a filter as what is found by it: `due 11-27 18:00-24:00`.

    How far from now something is, `2h`, says itself. None where the filter cannot be read.
    """
    try:
        tree = parse(query)
    except QueryUnclear:
        return ()
    terms = (leaf for leaf in leaves(tree) if isinstance(leaf, Term))
    timed = (term for term in terms if FIELDS[term.field].kind is Kind.TIME)
    told = (one for term in timed for one in _term(term, Here(at=at, zone=zone)))
    return tuple(dict.fromkeys(told))


def _term(term: Term, now: Here) -> Iterator[str]:
    for value in term.values:
        if isinstance(value, When | Times):
            found = stretch(term.sign, value, now, ahead=FIELDS[term.field].ahead)
            if is_none(found):
                yield _("“{text}” ends before it begins").format(text=written_value(value))
            else:
                yield f"{field_said(term.field)} {stretch_said(found, now)}"


def stretch_said(found: Stretch, now: Here) -> str:
    """From when to when, with whole dates: `< 11-27 18:00`, `11-27 18:00-24:00`, `11-27..11-29`."""
    if found.start is None or found.end is None:
        end = found.start or found.end
        assert end is not None
        return f"{'<' if found.start is None else '>='} {_whole(here(end, now.zone), now)}"
    begins, ends = here(found.start, now.zone), here(found.end, now.zone)
    last = here(found.end - _INSTANT, now.zone)
    if found.end - found.start <= timedelta(minutes=1):
        return _whole(begins, now)
    if begins.hour == begins.minute == ends.hour == ends.minute == 0:
        first, until = _date(begins, now), _date(last, now)
        return first if first == until else f"{first}..{until}"
    if begins.date() == last.date():
        clock = f"{ends:%H:%M}" if ends.date() == begins.date() else "24:00"
        return f"{_whole(begins, now)}-{clock}"
    return f"{_whole(begins, now)}..{_whole(ends, now)}"


def _whole(wall: datetime, now: Here) -> str:
    return f"{_date(wall, now)} {wall:%H:%M}"


def _date(wall: datetime, now: Here) -> str:
    return f"{wall:%m-%d}" if wall.year == here(now.at, now.zone).year else f"{wall:%Y-%m-%d}"
