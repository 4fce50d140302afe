"""Seals: hashes over stretches of the journal across orders, each hanging on the one before.

A chain within each order shows an edited entry, but not an order taken out with its whole past;
the seals do. On PostgreSQL a sequence number may show late, so that only the part of the journal
below every transaction still under way is sealed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from store.persistence import newest_seal
from store.persistence.journal import JOURNAL
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import SealRow, StoreMetaRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

SEAL = table_of(SealRow)
_META = table_of(StoreMetaRow)

LONGEST = 100_000
"""Entries of one seal; more are sealed by the next."""

_LOCK = text("SELECT pg_advisory_xact_lock(7203412)")
_LAST = select(SEAL.c.last_seq, SEAL.c.hash).order_by(SEAL.c.id.desc()).limit(1)
_NEWEST = select(SEAL.c.id, SEAL.c.hash).order_by(SEAL.c.id.desc()).limit(1)
_MARK = "seal_mark"
_GIVEN = text("SELECT pg_sequence_last_value(pg_get_serial_sequence('journal', 'seq')::regclass)")
_UNDER_WAY = text(
    "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint"
    " FROM pg_current_snapshot() AS s"
)


def seal(conn: Connection, kind: str, *, at: datetime) -> int:
    """Seal what is settled and not sealed yet; how many entries that were."""
    if kind == "postgresql":
        conn.execute(_LOCK)
    newest_seal.check(conn, at=at)
    last, previous = conn.execute(_LAST).one_or_none() or (0, "")
    until = _settled(conn, kind)
    rows = conn.execute(
        select(JOURNAL.c.seq, JOURNAL.c.hash)
        .where(JOURNAL.c.seq > last, JOURNAL.c.seq <= until)
        .order_by(JOURNAL.c.seq)
        .limit(LONGEST)
    ).all()
    if not rows:
        return 0
    made = {
        "first_seq": last + 1,
        "last_seq": rows[-1].seq,
        "entries": len(rows),
        "hash": _hash(previous, rows),
        "at": at,
    }
    send(conn, insert_into(SEAL), [made])
    newest_seal.mark(conn)
    return len(rows)


def newest(conn: Connection) -> tuple[int, str] | None:
    """The newest seal's number and hash; None while nothing is sealed."""
    row = conn.execute(_NEWEST).one_or_none()
    return None if row is None else (row.id, row.hash)


def broken(conn: Connection) -> list[int]:
    """The ids of the seals that what they cover no longer matches."""
    faults: list[int] = []
    previous, expected_first = "", 1
    for row in conn.execute(select(*SEAL.c).order_by(SEAL.c.id)).all():
        covered = conn.execute(
            select(JOURNAL.c.seq, JOURNAL.c.hash)
            .where(JOURNAL.c.seq.between(row.first_seq, row.last_seq))
            .order_by(JOURNAL.c.seq)
        ).all()
        whole = row.first_seq == expected_first and len(covered) == row.entries
        if not whole or _hash(previous, covered) != row.hash:
            faults.append(row.id)
        previous, expected_first = row.hash, row.last_seq + 1
    return faults


def _settled(conn: Connection, kind: str) -> int:
    """The highest sequence number below which nothing can still appear."""
    if kind == "sqlite":
        return int(conn.execute(select(func.max(JOURNAL.c.seq))).scalar_one() or 0)
    return _settled_on_postgres(conn)


def _settled_on_postgres(conn: Connection) -> int:
    """As far as numbers were given when every transaction then under way has ended by now.

    A writer has its transaction id before its first number (see `journal.desk_head`), so whoever
    holds a number given out by now shows among the transactions that follow.
    """
    given = int(conn.execute(_GIVEN).scalar_one() or 0)
    oldest, newest = conn.execute(_UNDER_WAY).one()
    mark = conn.execute(select(_META.c.value).where(_META.c.name == _MARK)).scalar_one_or_none()
    row = {"name": _MARK, "value": f"{given}:{newest}"}
    if mark is None:
        send(conn, insert_into(_META), [row])
    else:
        changed = {"k_name": _MARK, "v_value": row["value"]}
        send(conn, update_by(_META, ("name",), ("value",)), [changed])
    if oldest >= newest:
        return given
    settled, until = map(int, (mark or "0:0").split(":"))
    return settled if oldest >= until else 0


def _hash(previous: str, rows: Iterable[Any]) -> str:
    made = hashlib.sha256(previous.encode())
    for row in rows:
        made.update(f"|{row.seq}:{row.hash}".encode())
    return made.hexdigest()
