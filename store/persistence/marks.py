"""Marks of the store itself: settings that belong to it and not to any one console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, or_, select, text

from store.persistence.mapping import table_of
from store.persistence.statements import delete_by, insert_into, send, update_by
from store.persistence.tables import StoreMetaRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

META = table_of(StoreMetaRow)

STARTED_EMPTY = "started_empty"
"""Somebody has chosen to begin with nothing; the value is when, in ISO 8601."""

PACE = "pace"
"""How fast the desk of a drill lives, as `Pace.written` has it; no mark where it is serious."""

DESK_HEAD = "desk_head"
"""The hash of the newest fact of the desk itself."""

NEWEST_SEAL = "newest_seal"
"""The seal made last: its number, its last entry and its hash, with colons between."""

NO_SEAL = "0:0:"
"""What that says before there is any seal."""

SEAL_LOST = "seal_lost"
"""What that said when a seal made last was first found missing or another; never changed again.

Before it, with a blank between, when that was, in ms since 1970.
"""

ROLES_OWED = "roles_owed"
"""Operators were made before there were roles: who saw everything is still to be told so."""

CODE = "code "
"""Before an operator's id: the digest of his one-time code and, behind a blank, its end in ms."""

RECKON = "reckon "
"""Before a level or calendar by its id, whose open orders an edit still owes new due times.

The value is the highest number that has been reckoned again.
"""

REINDEX = "reindex "
"""Before a register and an id (or `all 0`), whose orders the search index is still owed.

The value is the highest number that has been written again.
"""

MERGE = "merge "
"""Before a customer's id: how many of his orders have gone ahead to who he is found to be.

It stands until all that is his has gone.
"""

KPI = "kpi "
"""Before `all` or `add`: figures are owed to orders, all of them or those that came in bulk.

The value is the highest number that has been looked at.
"""

RADAR = "radar"
"""When the radar looked last, in ms since 1970."""

BACKUPS = "backups"
"""Where backups are made of this store by themselves, how often, and which are kept."""

BACKUP_LEASE = "backup_lease"
"""Who makes one now, and until when nobody else may."""

BACKUP_TOLD = "backup_told"
"""What came of the last ones."""

_FOUND = select(META.c.value).where(META.c.name == bindparam("name"))


def find(conn: Connection, name: str) -> str | None:
    """What a mark says; None where it was never made."""
    found: str | None = conn.execute(_FOUND, {"name": name}).scalar_one_or_none()
    return found


def several(conn: Connection, names: Sequence[str]) -> dict[str, str]:
    """What some marks say, by one statement; those never made are left out."""
    asked = select(META.c.name, META.c.value).where(META.c.name.in_(names))
    return {row.name: row.value for row in conn.execute(asked)}


def beginning(conn: Connection, words: str) -> list[tuple[str, str]]:
    """The marks that begin so, locked, by name: each with what it says."""
    asked = select(META.c.name, META.c.value).where(META.c.name.startswith(words))
    return [(row[0], row[1]) for row in conn.execute(asked.order_by(META.c.name).with_for_update())]


def standing(conn: Connection, beginnings: Sequence[str]) -> list[str]:
    """Those of some beginnings with which any mark begins, by one statement."""
    asked = select(META.c.name).where(or_(*map(META.c.name.startswith, beginnings)))
    names = conn.execute(asked).scalars().all()
    return [words for words in beginnings if any(name.startswith(words) for name in names)]


def drop(conn: Connection, name: str) -> None:
    """Take a mark away, if it stands."""
    send(conn, delete_by(META, ("name",)), [{"k_name": name}])


def keep(conn: Connection, name: str, value: str) -> None:
    """Make a mark, or change it."""
    if find(conn, name) is None:
        send(conn, insert_into(META), [{"name": name, "value": value}])
    else:
        send(conn, update_by(META, ("name",), ("value",)), [{"k_name": name, "v_value": value}])


_AMONG_MANY: Final = text(
    "INSERT INTO store_meta (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def keep_among_many(conn: Connection, name: str, value: str) -> None:
    """The same where others may make it in the same moment: whoever is second waits, and agrees."""
    conn.execute(_AMONG_MANY, {"name": name, "value": value})
