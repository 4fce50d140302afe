"""Presence in the tables: one row a console, in transactions of its own, without the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, select

from store.domain.errors import OrderUnknown
from store.domain.presence import LEASE
from store.domain.who import Right, require
from store.persistence.admitting import admitted
from store.persistence.mapping import ORDER, table_of
from store.persistence.scoping import within
from store.persistence.statements import delete_by, insert_into, send, update_by
from store.persistence.tables import PresenceRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.presence import Presence
    from store.domain.who import Who
    from store.persistence.database import Database

PRESENCE = table_of(PresenceRow)
_PATIENCE: Final = 0.25
"""Seconds that commands of others may keep it waiting."""
_KEY: Final = ("console",)
_TOLD: Final = ("operator_id", "number", "doing", "since_at", "until_at")
_SEEN = select(ORDER.c.number).where(ORDER.c.number == bindparam("number"))
_OVER = delete(PRESENCE).where(PRESENCE.c.until_at < bindparam("before"))


def attend(
    database: Database, console: str, told: Presence | None, *, who: Who, at: datetime
) -> None:
    """Have the others know what a console has before it now; None for nothing.

    Raises `StoreTrouble`, soon: it is not worth waiting for. `NotAllowed` for who may do nothing
    here, `OrderUnknown` for an order that he does not see.
    """
    with database.writing(patience=_PATIENCE) as conn:
        asker = admitted(conn, who)
        require(asker, Right.DISPATCH)
        if told is None:
            leave(conn, console)
            return
        seen = _SEEN.where(within(asker.scope, ORDER.c.site_id, database.kind))
        if conn.execute(seen, {"number": told.number}).first() is None:
            raise OrderUnknown(number=told.number)
        tell(conn, console, told, by=asker.operator, at=at)


def tell(conn: Connection, console: str, told: Presence, *, by: int, at: datetime) -> None:
    """Say, or say again, what a console has before it."""
    row = {
        "operator_id": by,
        "number": told.number,
        "doing": told.doing,
        "since_at": told.since,
        "until_at": at + LEASE,
    }
    found = {f"v_{name}": value for name, value in row.items()}
    if not send(conn, update_by(PRESENCE, _KEY, _TOLD), [{"k_console": console, **found}]):
        send(conn, insert_into(PRESENCE), [{"console": console, **row}])


def leave(conn: Connection, console: str) -> None:
    """A console has nothing before it any more."""
    send(conn, delete_by(PRESENCE, _KEY), [{"k_console": console}])


def forget(conn: Connection, *, before: datetime) -> int:
    """Let go of what was over before then; how many."""
    return conn.execute(_OVER, {"before": before}).rowcount
