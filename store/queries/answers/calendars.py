"""Answers about calendars, and the alarms that their holidays run out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.errors import NameUnknown
from store.domain.horizon import KIND, rung
from store.domain.words import N_
from store.persistence.levels import SPEC, calendar_of, spec_of
from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine
from store.queries.answers.scope import checked_limit, holds
from store.queries.calendars import CalendarLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.calendars import CalendarNamed, ListCalendars

CALENDARS = metadata.tables["calendar"]
VERSIONS = metadata.tables["calendar_version"]
HORIZONS = metadata.tables["horizon"]
LEVELS = metadata.tables["service_level"]
OPERATORS = metadata.tables["operator"]
SHELVERS = OPERATORS.alias("shelver")

_LINES: Select[Any] = select(
    *(CALENDARS.c.id, CALENDARS.c.code, CALENDARS.c.name, VERSIONS.c.version),
    SPEC.label("spec"),
).join(VERSIONS, VERSIONS.c.id == CALENDARS.c.current_version_id)
_STANDING: Select[Any] = (
    select(
        *(HORIZONS, CALENDARS.c.code, CALENDARS.c.name),
        *(OPERATORS.c.name.label("seen_by"), SHELVERS.c.name.label("shelver")),
    )
    .join(CALENDARS, CALENDARS.c.id == HORIZONS.c.calendar_id)
    .outerjoin(OPERATORS, OPERATORS.c.id == HORIZONS.c.acknowledged_by)
    .outerjoin(SHELVERS, SHELVERS.c.id == HORIZONS.c.shelved_by)
    .where(HORIZONS.c.level > 0)
)


def list_calendars(reader: Reader, query: ListCalendars) -> tuple[CalendarLine, ...]:
    """Calendars are the whole desk's: everybody's deadlines are kept by them."""
    found = (
        _LINES.where(holds(query.text, CALENDARS.c.code, CALENDARS.c.name))
        .where(CALENDARS.c.id > query.after)
        .order_by(CALENDARS.c.id)
        .limit(checked_limit(query.limit))
    )
    return _lines(reader, found)


def calendar_named(reader: Reader, query: CalendarNamed) -> CalendarLine:
    """By its code alone: an edit must not meet another calendar of a like name."""
    found = _lines(reader, _LINES.where(CALENDARS.c.code == query.code))
    if not found:
        raise NameUnknown(what=N_("calendar"), name=query.code)
    return found[0]


def horizon_alarms(reader: Reader, text: str = "") -> list[AlarmLine]:
    """Calendars that have rung, in no order; none for an asker of some sites, who can mend none."""
    if reader.who.scope.sites is not None:
        return []
    asked = _STANDING.where(holds(text, CALENDARS.c.code, CALENDARS.c.name))
    rows = [(row, _day_of(row.known_until)) for row in reader.conn.execute(asked)]
    return [_alarm(row, day) for row, day in rows if day is not None]


def _lines(reader: Reader, found: Select[Any]) -> tuple[CalendarLine, ...]:
    rows = reader.conn.execute(found).all()
    levels: dict[int, list[str]] = defaultdict(list)
    asked = select(LEVELS.c.calendar_id, LEVELS.c.code).order_by(LEVELS.c.id)
    for calendar, code in reader.conn.execute(asked) if rows else ():
        levels[calendar].append(code)
    return tuple(_line(row, levels[row.id]) for row in rows)


def _line(row: Any, levels: Iterable[str]) -> CalendarLine:
    spec = spec_of(row.spec)
    return CalendarLine(
        id=row.id,
        code=row.code,
        name=row.name,
        zone=spec.get("zone", "?"),
        version=row.version,
        holidays=len(spec.get("holidays", ())),
        workdays=len(spec.get("workdays", ())),
        country=spec.get("country"),
        known_until=calendar_of(row.spec).horizon() if spec else None,
        levels=tuple(levels),
        spec=spec,
    )


def _day_of(text: str) -> date | None:
    """The day of a row; None where it is none, which the doctor tells."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _alarm(row: Any, known_until: date) -> AlarmLine:
    held = rung(row.level)
    return AlarmLine(
        number=None,
        calendar=row.code,
        known_until=known_until,
        title=row.name,
        priority=None,
        site_name=None,
        kind=KIND,
        clock="",
        level=row.level,
        severity=held.severity,
        due_at=held.due_at(row.ends_at),
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.seen_by,
        rings=row.rings,
        shelved_until=row.shelved_until,
        shelved_by=row.shelver,
        shelved_why=row.shelved_why,
    )
