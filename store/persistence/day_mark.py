"""A mark of what some technicians have to do and when they are there: another one, another day."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.facts import canonical
from store.domain.lifecycle import LIVE_VISITS
from store.persistence import people_state
from store.persistence.mapping import ORDER, VISIT, as_kept
from store.persistence.people_state import SHIFT, TECHNICIAN
from store.persistence.statements import among
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Table

ABSENCE = metadata.tables["absence"]
_LIVE = [state.value for state in LIVE_VISITS]


def day_mark(conn: Connection, kind: str, technicians: Iterable[int], *, at: datetime) -> str:
    """Of their orders as they stand, their shifts and absences from now on, and where they are."""
    people = sorted(set(technicians))
    who = TECHNICIAN.c
    asked = (
        select(
            *(VISIT.c.technician_id, VISIT.c.number, VISIT.c.place, VISIT.c.state),
            *(ORDER.c.version, ORDER.c.state),
        )
        .join(ORDER, ORDER.c.number == VISIT.c.number)
        .where(among(VISIT.c.technician_id, "people", kind), VISIT.c.state.in_(_LIVE))
        .order_by(VISIT.c.technician_id, VISIT.c.number, VISIT.c.place),
        *(_spans(table, kind) for table in (SHIFT, ABSENCE)),
        select(who.id, who.active, who.state, who.home_site_id, who.latitude, who.longitude)
        .where(among(who.id, "people", kind))
        .order_by(who.id),
    )
    told = [
        [
            [_plain(value) for value in row]
            for row in conn.execute(one, {"people": people, "at": at})
        ]
        for one in asked
    ]
    return sha256(canonical(told).encode()).hexdigest()


def held_day_mark(conn: Connection, kind: str, technicians: Iterable[int], *, at: datetime) -> str:
    """The same, their rows locked: nobody gives them anything more until the end."""
    people = set(technicians)
    people_state.hold(conn, people)
    return day_mark(conn, kind, people, at=at)


def _spans(table: Table, kind: str) -> Any:
    span = table.c
    return (
        select(span.technician_id, as_kept(span.starts_at), as_kept(span.ends_at))
        .where(among(span.technician_id, "people", kind), span.ends_at > bindparam("at"))
        .order_by(span.technician_id, span.starts_at, span.ends_at)
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
