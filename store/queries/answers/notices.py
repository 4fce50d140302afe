"""What an administrator told every console, and which pack is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.packs import written_scope
from store.persistence.tables import JournalRow, OperatorRow
from store.queries.notices import KEPT, Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.notices import Notices

_MOST = 20
_SAID, _PACK = "notice_sent", "pack_written"


def notices(reader: Reader, _query: Notices) -> tuple[Notice, ...]:
    """The newest of them, in the order in which they came; without those whose words are gone.

    Of packs, those of just the asker's sites.
    """
    asked = (
        select(JournalRow.seq, JournalRow.at, JournalRow.fact, JournalRow.words, OperatorRow.name)
        .add_columns(JournalRow.body)
        .join(OperatorRow, OperatorRow.id == JournalRow.by)
        .where(JournalRow.number.is_(None), JournalRow.fact.in_([_SAID, _PACK]))
        .where(JournalRow.at > reader.at - KEPT)
        .order_by(JournalRow.seq.desc())
    )
    found: list[Notice] = []
    for row in reader.conn.execute(asked):
        if row.fact == _PACK:
            found += _ready(reader, row)
        elif row.words and row.words.get("text"):
            text = str(row.words["text"])
            found.append(Notice(seq=row.seq, at=row.at, by=row.name, text=text))
        if len(found) == _MOST:
            break
    return tuple(reversed(found))


def _ready(reader: Reader, row: Any) -> Iterator[Notice]:
    if row.body.get("scope") == written_scope(reader.who.scope):
        period, kind = str(row.body["period"]), str(row.body["kind"])
        yield Notice(seq=row.seq, at=row.at, by=row.name, text=period, pack=kind)
