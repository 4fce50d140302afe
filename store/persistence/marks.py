"""Marks of the store itself: settings that belong to it and not to any one console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import StoreMetaRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

META = table_of(StoreMetaRow)

STARTED_EMPTY = "started_empty"
"""Somebody has chosen to begin with nothing; the value is when, in ISO 8601."""

_FOUND = select(META.c.value).where(META.c.name == bindparam("name"))


def find(conn: Connection, name: str) -> str | None:
    """What a mark says; None where it was never made."""
    found: str | None = conn.execute(_FOUND, {"name": name}).scalar_one_or_none()
    return found


def keep(conn: Connection, name: str, value: str) -> None:
    """Make a mark, or change it."""
    if find(conn, name) is None:
        send(conn, insert_into(META), [{"name": name, "value": value}])
    else:
        send(conn, update_by(META, ("name",), ("value",)), [{"k_name": name, "v_value": value}])
