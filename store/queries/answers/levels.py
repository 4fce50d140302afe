"""Answers about service levels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.persistence.levels import POLICY, STRANGE, read_level
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, holds
from store.queries.levels import LevelLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.levels import ListLevels

LEVELS = metadata.tables["service_level"]
CALENDARS = metadata.tables["calendar"]


def list_levels(reader: Reader, query: ListLevels) -> tuple[LevelLine, ...]:
    """Service levels are the whole desk's, as its calendars are; customers are not."""
    level = LEVELS.c
    theirs = (
        select(func.count())
        .where(CUSTOMERS.c.level_id == level.id, in_sight(reader, "customer", CUSTOMERS))
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        *(level.id, level.code, level.name, POLICY.label("policy")),
        *(CALENDARS.c.code.label("calendar"), theirs.label("customers")),
    )
    found = (
        select(*columns)
        .join(CALENDARS, CALENDARS.c.id == level.calendar_id)
        .where(holds(query.text, level.code, level.name), level.id > query.after)
        .order_by(level.id)
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(found).mappings()
    return tuple(LevelLine(**{**row, "policy": _plain(**row)}) for row in rows)


def _plain(*, id: int, code: str, policy: str, **_: Any) -> dict[str, Any] | None:  # noqa: A002  as the column
    try:
        read_level(id, code, 0, policy)
    except STRANGE:
        return None
    plain: dict[str, Any] = json.loads(policy)
    return plain
