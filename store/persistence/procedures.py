"""Procedures as they were imported: a row a version, which never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select, text

from store.domain.facts import Fact
from store.domain.finding.grams import folded
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
_EACH = select(_P.kind, func.max(_P.version).label("version")).group_by(_P.kind)
_THIS = select(*_COLUMNS).where(_P.kind == bindparam("kind"), _P.version == bindparam("version"))
_ONE = select(*_COLUMNS).where(_P.id == bindparam("id"))
_WITHOUT = (
    select(ORDER.c.number, ORDER.c.kind)
    .where(ORDER.c.number.in_(bindparam("numbers", expanding=True)))
    .where(ORDER.c.category.in_(["open", "waiting"]), ORDER.c.kind != "")
    .order_by(ORDER.c.number)
)
_KEEPING = (
    select(ORDER.c.kind, func.count().label("orders"))
    .where(text("live = 1"), ORDER.c.procedure.is_not(None))
    .group_by(ORDER.c.kind)
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


def called(kind: str) -> str:
    """A kind of work as it is compared: whoever writes LIFT means the lift, as dispatch does."""
    return folded(kind.strip())


def newest(conn: Connection, kind: str) -> Kept | None:
    """The newest version for a kind of work, however it is written; None where it never had one."""
    wanted = called(kind)
    if not wanted:
        return None
    held = [row for row in conn.execute(_EACH) if called(row.kind) == wanted]
    if not held:
        return None
    last = max(held, key=lambda row: (row.version, row.kind == kind))
    return Kept(*conn.execute(_THIS, {"kind": last.kind, "version": last.version}).one())


def by_id(conn: Connection, id_: int) -> Kept | None:
    """A version by its id."""
    row = conn.execute(_ONE, {"id": id_}).one_or_none()
    return None if row is None else Kept(*row)


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
    wanted = called(kind)
    return sum(row.orders for row in conn.execute(_KEEPING) if called(row.kind) == wanted)


def wanting(conn: Connection, numbers: Collection[int]) -> list[int]:
    """Of new orders those whose work is still to be done, and whose kind has a procedure."""
    kinds = {called(row.kind) for row in conn.execute(_EACH)} if numbers else set()
    if not kinds:
        return []
    found = conn.execute(_WITHOUT, {"numbers": list(numbers)})
    return [row.number for row in found if called(row.kind) in kinds]
