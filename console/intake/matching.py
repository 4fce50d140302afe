"""Chooses which column fills which field, from header names and from what the columns hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.intake.fields import FIELDS, Shape
from console.intake.guess_dates import Guess, guess
from console.intake.guess_words import HEADERS, header_score, priority_of, state_of
from console.intake.phones import PHONES, looks_like_numbers
from console.intake.survey import Seen, changes_within, repeats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EVENTS_FROM = 1.3
"""Rows for each id from which a file is taken for one of events."""
_OF_EVENTS = ("opened_at", "due_at", "event_at")
"""Times that mean something on an event; others are those of the order's end, copied."""
_CHANGING = ("state", "reason", "sequence", "reopened")
"""What says nothing of an event when it is the same on all events of an order."""
_ONLY_EVENTS = ("event_at", "sequence", "reopened")
_MOST_SITES = 0.34
"""A column with more different values for each row than this is an address, not a site."""


@dataclass(slots=True)
class Match:
    """Which column fills which field, and how the times are written."""

    mode: str = "orders"
    columns: dict[str, Seen] = field(default_factory=dict)
    dates: dict[str, Guess] = field(default_factory=dict)
    """By column name, for every column of times."""


_EXACT = 2.0
"""Above this a header is a field's name, word for word."""


def match(columns: list[Seen]) -> Match:
    """The best guess for a whole table."""
    found = Match()
    for column in columns:
        named = any(header_score(name, column.name) for name in _times())
        date = guess(column.texts, named_as_time=named)
        if date is not None:
            found.dates[column.name] = date
    key = _key(columns, found)
    if key is not None:
        found.columns["external_id"] = key
        updated = any(_fits("event_at", c, found, key) for c in columns)
        if repeats(key) >= EVENTS_FROM and updated:
            found.mode = "events"
    _spread(columns, found, key)
    return found


def _key(columns: list[Seen], found: Match) -> Seen | None:
    """The id: named like one, filled; among those the best name, then the most values."""
    named = [
        (header_score("external_id", c.name), c.distinct, -c.place, c)
        for c in columns
        if c.share > _filled_enough(c)
        and c.name not in found.dates
        and header_score("external_id", c.name)
    ]
    if named:
        return max(named, key=lambda item: item[:3])[3]
    unique = [c for c in columns if c.filled and c.share > 0.98 and repeats(c) < 1.001]
    return next((c for c in unique if c.name not in found.dates), None)


def _filled_enough(column: Seen) -> float:
    """A header that is an id's own word stands with a few blanks; their rows are rejected."""
    return 0.5 if header_score("external_id", column.name) > _EXACT else 0.98


def _spread(columns: list[Seen], found: Match, key: Seen | None) -> None:
    """Fields take their columns, the surest pair first; each field one, each column one."""
    scored: list[tuple[float, str, Seen]] = []
    for name in HEADERS:
        if name == "external_id" or (found.mode != "events" and name in _ONLY_EVENTS):
            continue
        for column in columns:
            score = _fits(name, column, found, key)
            if score > 0:
                scored.append((score, name, column))
    taken = {key.name} if key is not None else set()
    for _, name, column in sorted(scored, key=lambda item: -item[0]):
        if name not in found.columns and column.name not in taken:
            found.columns[name] = column
            taken.add(column.name)
    _who_asked(found)
    if not {"title", "kind"} & found.columns.keys() and "description" in found.columns:
        found.columns["title"] = found.columns.pop("description")


def _who_asked(found: Match) -> None:
    """Whoever called is the customer where no other is told."""
    if "customer" in found.columns:
        return
    for asked, called in (("customer", "contact"), ("customer_phone", "contact_phone")):
        if asked not in found.columns and called in found.columns:
            found.columns[asked] = found.columns.pop(called)


def _fits(name: str, column: Seen, found: Match, key: Seen | None) -> float:
    score = header_score(name, column.name)
    is_time = FIELDS[name].shape is Shape.TIME
    if not score or not column.filled or is_time is not (column.name in found.dates):
        return 0
    if found.mode == "events" and key is not None and name in _CHANGING:
        score *= changes_within(column, key) > 0
    if is_time:
        return _fits_time(name, score, column, found, key)
    if name in _PEOPLE and _telephones(column):
        score *= not any(header_score(phone, column.name) for phone in PHONES)
    judge = _JUDGES.get(name)
    return score * judge(column) if judge is not None else score


def _fits_time(name: str, score: float, column: Seen, found: Match, key: Seen | None) -> float:
    if found.mode == "events" and name not in _OF_EVENTS:
        return 0
    if name == "event_at":
        return score * changes_within(column, key) if key is not None else 0
    return score * (0.5 + column.share / 2)


def _times() -> list[str]:
    return [name for name in HEADERS if FIELDS[name].shape is Shape.TIME]


def _numbers(column: Seen) -> float:
    good = 0
    for text in column.values:
        try:
            float(text)
            good += 1
        except ValueError:
            continue
    return float(good > 0.95 * len(column.values))


def _known(read: Callable[[str], object]) -> Callable[[Seen], float]:
    """The part of a column's rows whose value is understood; many values are no table."""

    def judge(column: Seen) -> float:
        if column.distinct > 40:
            return 0.0
        good = sum(n for text, n in column.values.items() if read(text) is not None)
        return good / column.filled if good > column.filled / 4 else 0.0

    return judge


def _few(column: Seen) -> float:
    """Places and the like come back: few values for many rows."""
    spread = column.distinct / column.filled
    if column.filled < 30:
        return 1.0
    return 0.0 if spread > _MOST_SITES else 1.2 - spread


def _telling(column: Seen) -> float:
    """A title tells orders apart; the same few words on thousands of rows are a category."""
    return 0.5 if column.filled > 200 and column.distinct < 30 else 1.0


def _many(column: Seen) -> float:
    return 1.0 if column.distinct / column.filled > _MOST_SITES else 0.0


def _telephones(column: Seen) -> float:
    return float(looks_like_numbers([text for text in column.texts if text]))


_PEOPLE = frozenset({"customer", "contact"})
_JUDGES: Mapping[str, Callable[[Seen], float]] = {
    "title": _telling,
    "priority": _known(priority_of),
    "state": _known(state_of),
    "site": _few,
    "region": _few,
    "technician": _few,
    "address": _many,
    "customer_phone": _telephones,
    "contact_phone": _telephones,
    "latitude": _numbers,
    "longitude": _numbers,
    "sequence": _numbers,
    "reopened": _numbers,
}
