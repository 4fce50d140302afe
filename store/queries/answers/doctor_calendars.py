"""The doctor's look at promises: levels, calendars, their horizons, and what was told of those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.horizon import KIND
from store.persistence.chain import ENTRIES
from store.persistence.horizons import derived
from store.persistence.journal import JOURNAL
from store.persistence.levels import (
    POLICY,
    SPEC,
    STRANGE,
    calendar_of,
    read_level,
    spec_of,
    why_strange,
)
from store.persistence.types import nearest, to_ms
from store.queries.answers.calendars import CALENDARS, HORIZONS, LEVELS, VERSIONS
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.persistence.reader import Reader

_FACTS = (
    *("rang", "acknowledged", "cleared", "shelved", "unshelved", "came_back"),
    "alarm_restored",
)
_ROWS = (
    select(CALENDARS.c.id, CALENDARS.c.code, SPEC.label("spec"), *HORIZONS.c)
    .join(VERSIONS, VERSIONS.c.id == CALENDARS.c.current_version_id)
    .outerjoin(HORIZONS, HORIZONS.c.calendar_id == CALENDARS.c.id)
    .order_by(CALENDARS.c.id)
)
_TOLD = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(_FACTS)).order_by(
    JOURNAL.c.seq
)


_VERSIONS = (
    select(CALENDARS.c.code, VERSIONS.c.version, SPEC.label("spec"))
    .join(VERSIONS, VERSIONS.c.calendar_id == CALENDARS.c.id)
    .order_by(CALENDARS.c.id, VERSIONS.c.version)
)
_LEVELS = select(LEVELS.c.id, LEVELS.c.code, POLICY.label("policy")).order_by(LEVELS.c.id)


def promises(reader: Reader) -> Iterator[Finding]:
    """Levels and versions of calendars that mean nothing here."""
    for level in reader.conn.execute(_LEVELS):
        try:
            read_level(level.id, level.code, 0, level.policy)
        except STRANGE as error:
            facts = {"code": level.code, "what": why_strange(error)}
            yield Finding(check=Check.LEVEL, facts=facts)
    for row in reader.conn.execute(_VERSIONS):
        try:
            calendar_of(row.spec)
        except STRANGE as error:
            facts = {"code": row.code, "version": row.version, "what": why_strange(error)}
            yield Finding(check=Check.CALENDAR, facts=facts)


def calendars(reader: Reader) -> Iterator[Finding]:
    """Each horizon as its calendar has it, each alarm as the journal tells it."""
    stories = _stories(reader)
    for row in reader.conn.execute(_ROWS):
        spec = spec_of(row.spec)
        if not spec:
            continue  # which `promises` tells
        wanted = derived(spec, level=row.level or 0)
        differing = [name for name, value in wanted.items() if getattr(row, name) != value]
        if differing:
            facts = {"code": row.code, "fields": ", ".join(differing)}
            yield Finding(check=Check.HORIZON, calendar=row.id, facts=facts)
        for what in _untold(row, stories.get(row.id, ())):
            facts = {"code": row.code, "what": what}
            yield Finding(check=Check.HORIZON_STORY, calendar=row.id, facts=facts)


def _untold(row: Any, story: Sequence[Any]) -> Iterator[str]:
    """What of a row the journal tells otherwise: how often it rang, how bad, who silenced it."""
    level, rings, seen, shelf = 0, 0, None, None
    for fact, at, by, body in story:
        if fact == "acknowledged":
            seen = (at, by)
            continue
        if fact == "shelved":
            shelf = (at, body.get("until_at"), by)
            continue
        if fact == "alarm_restored":
            seen, shelf = _restored(body.get("after") or {}, seen, shelf)
            continue
        level, seen, shelf = (0 if fact == "cleared" else body.get("level")), None, None
        rings += fact in {"rang", "came_back"}
    if ((row.level or 0), (row.rings or 0)) != (level, rings):
        yield "rang"
    if (row.acknowledged_at and (row.acknowledged_at, row.acknowledged_by)) != seen:
        yield "acknowledged"
    until = row.shelved_until and to_ms(row.shelved_until)
    if (until and (row.shelved_at, until, row.shelved_by)) != shelf:
        yield "shelved"


def _restored(after: Mapping[str, Any], seen: Any, shelf: Any) -> tuple[Any, Any]:
    """Who silenced and who shelved it, as a taking back says that it stands again."""
    if "acknowledged_at" in after:
        at = after["acknowledged_at"]
        seen = None if at is None else (nearest(at), after.get("acknowledged_by"))
    if "shelved_until" in after:
        until, at = after["shelved_until"], after.get("shelved_at")
        shelf = None if until is None else (at and nearest(at), until, after.get("shelved_by"))
    return seen, shelf


def _stories(reader: Reader) -> Mapping[int, Sequence[Any]]:
    told: dict[int, list[Any]] = {}
    for entry in reader.conn.execute(_TOLD):
        body = parsed(entry.body) or {}
        calendar = body.get("calendar")
        if body.get("kind") == KIND and isinstance(calendar, int):
            about = (entry.fact, entry.at, entry.by, body)
            told.setdefault(calendar, []).append(about)
    return told
