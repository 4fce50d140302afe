"""Answers about saved views."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.tables import metadata
from store.persistence.tables.views import SHARED
from store.queries.views import ListViews, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.persistence.reader import Reader
    from store.queries.views import CountViews

VIEWS = metadata.tables["view"]


def list_views(reader: Reader, _query: ListViews) -> tuple[View, ...]:
    """His own and those of all."""
    columns = (VIEWS.c.id, VIEWS.c.name, VIEWS.c.query, VIEWS.c.sort, VIEWS.c.descending)
    asked = (
        select(*columns, VIEWS.c.owner_id)
        .where(VIEWS.c.owner_id.in_([SHARED, reader.who.operator]))
        .order_by(VIEWS.c.owner_id.desc(), VIEWS.c.name)
    )
    return tuple(
        View(
            id=row.id,
            name=row.name,
            query=row.query,
            sort=row.sort,
            descending=row.descending,
            shared=row.owner_id == SHARED,
        )
        for row in reader.conn.execute(asked)
    )


def count_views(reader: Reader, query: CountViews) -> Mapping[int, int | None]:
    """Each as `FindOrders` would have rows."""
    views = list_views(reader, ListViews())
    counts: dict[int, int | None] = {}
    if not views:
        return counts
    from store.domain.finding.refusal import QueryUnclear  # not for a desk without views
    from store.queries.answers.finding import count_orders
    from store.queries.finding import CountOrders

    for view in views:
        with suppress(QueryUnclear):
            counts[view.id] = count_orders(reader, CountOrders(text=view.query, zone=query.zone))
    return counts
