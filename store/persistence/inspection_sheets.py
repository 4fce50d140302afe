"""Score sheets as they were imported: a row a version, which never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from store.domain.facts import Fact
from store.domain.inspection_sheet import ANY_KIND, sheet_kept, usual_sheet
from store.persistence.mapping import table_of
from store.persistence.procedures import called
from store.persistence.statements import insert_into
from store.persistence.tables import InspectionSheetRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.domain.inspection_sheet import Sheet
    from store.persistence.transaction import Transaction

SHEET = table_of(InspectionSheetRow)
_S = SHEET.c


class SheetKept(NamedTuple):
    """One version as it lies in the store."""

    id: int
    kind: str
    version: int
    source: str

    @property
    def sheet(self) -> Sheet | None:
        """What it says; None where a newer program has written it."""
        return sheet_kept(self.source)


def kept_sheets(conn: Connection) -> tuple[SheetKept, ...]:
    """All of them, by kind, the newest first."""
    asked = select(_S.id, _S.kind, _S.version, _S.source)
    rows = (SheetKept(*row) for row in conn.execute(asked))
    return tuple(sorted(rows, key=lambda one: (called(one.kind), -one.version, one.id)))


def same_kind(one: str, other: str) -> bool:
    """Whether two sheets are for the same kind of work, however it is written."""
    return called(one) == called(other)


def newest_sheet(sheets: tuple[SheetKept, ...], kind: str) -> SheetKept | None:
    """The sheet for a kind of work, however it is written, or for all; None: the program's own."""
    for wanted in (called(kind), ANY_KIND):
        found = next((one for one in sheets if wanted and called(one.kind) == wanted), None)
        if found is not None:
            return found
    return None


def sheet_of(conn: Connection, id_: int | None) -> Sheet | None:
    """What an inspection is scored by; None where a newer program has written it."""
    if id_ is None:
        return usual_sheet()
    source = conn.execute(select(_S.source).where(_S.id == id_)).scalar_one_or_none()
    return None if source is None else sheet_kept(source)


def put_sheet(work: Transaction, sheet: Sheet, source: str) -> None:
    """Keep a version that nobody has kept yet. Comes after `hold_desk`."""
    row = {
        "kind": sheet.kind,
        "version": sheet.version,
        "source": source,
        "imported_at": work.at,
        "imported_by": work.who.operator,
    }
    made = work.conn.execute(insert_into(SHEET), row).inserted_primary_key
    body = {
        "sheet": int(made[0]) if made is not None else 0,
        "version": sheet.version,
        "criteria": len(sheet.criteria),
    }
    work.record(Fact(name="sheet_imported", body=body, words={"kind": sheet.kind}))
