"""What an administrator told every console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.tables import JournalRow, OperatorRow
from store.queries.notices import KEPT, Notice

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.notices import Notices

_MOST = 20


def notices(reader: Reader, _query: Notices) -> tuple[Notice, ...]:
    """The newest of them, in the order in which they came; without those whose words are gone."""
    asked = (
        select(JournalRow.seq, JournalRow.at, JournalRow.words, OperatorRow.name)
        .join(OperatorRow, OperatorRow.id == JournalRow.by)
        .where(JournalRow.number.is_(None), JournalRow.fact == "notice_sent")
        .where(JournalRow.at > reader.at - KEPT)
        .order_by(JournalRow.seq.desc())
        .limit(_MOST)
    )
    found = [row for row in reader.conn.execute(asked) if row.words and row.words.get("text")]
    return tuple(
        Notice(seq=row.seq, at=row.at, by=row.name, text=str(row.words["text"]))
        for row in reversed(found)
    )
