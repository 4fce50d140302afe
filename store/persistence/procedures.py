"""Procedures as they were imported: a row a version, which never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select, text

from store.domain.facts import Fact
from store.domain.sop_file import kept
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import insert_into
from store.persistence.tables import ProcedureRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from store.domain.sop import Procedure
    from store.persistence.transaction import Transaction

PROCEDURE = table_of(ProcedureRow)
_P = PROCEDURE.c
_COLUMNS = (_P.id, _P.kind, _P.version, _P.source)
_NEWEST = select(*_COLUMNS).where(_P.kind == bindparam("kind")).order_by(_P.version.desc()).limit(1)
_ONE = select(*_COLUMNS).where(_P.id == bindparam("id"))
_KINDS = select(_P.kind).distinct()
_WITHOUT = (
    select(ORDER.c.number)
    .where(ORDER.c.number.in_(bindparam("numbers", expanding=True)))
    .where(ORDER.c.category.in_(["open", "waiting"]), ORDER.c.kind.in_(_KINDS))
    .order_by(ORDER.c.number)
)
_KEEPING = (
    select(func.count())
    .select_from(ORDER)
    .where(ORDER.c.kind == bindparam("kind"), text("live = 1"))
    .where(ORDER.c.procedure.is_not(None))
)


class Kept(NamedTuple):
    """One version as it lies in the store."""

    id: int
    kind: str
    version: int
    source: str

    @property
    def procedure(self) -> Procedure | None:
        """What it says; None where a newer program has written it."""
        return kept(self.source)


def newest(conn: Connection, kind: str) -> Kept | None:
    """The newest version for a kind of work; None where it never had one."""
    row = conn.execute(_NEWEST, {"kind": kind}).one_or_none() if kind else None
    return None if row is None else Kept(*row)


def by_id(conn: Connection, id_: int) -> Kept | None:
    """A version by its id."""
    row = conn.execute(_ONE, {"id": id_}).one_or_none()
    return None if row is None else Kept(*row)


def any_kept(conn: Connection) -> bool:
    """Whether the desk has any procedure."""
    return conn.execute(_KINDS.limit(1)).one_or_none() is not None


def put(work: Transaction, procedure: Procedure, source: str) -> int:
    """Keep a version that nobody has kept yet; its id. Comes after `hold_desk`."""
    row = {
        "kind": procedure.kind,
        "version": procedure.version,
        "source": source,
        "imported_at": work.at,
        "imported_by": work.who.operator,
    }
    made = work.conn.execute(insert_into(PROCEDURE), row).inserted_primary_key
    id_ = int(made[0]) if made is not None else 0
    body = {"procedure": id_, "version": procedure.version, "steps": len(procedure.steps)}
    work.record(Fact(name="sop_imported", body=body, words={"kind": procedure.kind}))
    return id_


def running(conn: Connection, kind: str) -> int:
    """How many orders at the desk have a procedure of this kind of work."""
    return int(conn.execute(_KEEPING, {"kind": kind}).scalar_one())


def wanting(conn: Connection, numbers: Collection[int]) -> list[int]:
    """Of new orders those whose work is still to be done, and whose kind has a procedure."""
    if not numbers or not any_kept(conn):
        return []
    return list(conn.execute(_WITHOUT, {"numbers": list(numbers)}).scalars())
