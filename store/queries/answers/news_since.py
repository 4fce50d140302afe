"""What was written since a moment that is remembered by the newest entry of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, case, select, text

from store.persistence.journal import JOURNAL, Moment
from store.persistence.types import Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.persistence.reader import Reader

MOST: Final = 200
"""Entries of the journal beyond which nothing is known any more."""
_HEAD: Final = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
_HASH: Final = select(JOURNAL.c.hash).where(JOURNAL.c.seq == bindparam("seq"))
_FIRST: Final = bindparam("first", type_=Whole)
_OF_THE_DESK: Final = case((JOURNAL.c.number.is_(None), JOURNAL.c.body)).label("body")
"""Of orders it is enough which they are."""
_WRITTEN: Final = {
    kind: select(JOURNAL.c.fact, JOURNAL.c.number, _OF_THE_DESK).where(unknown).limit(MOST + 1)
    for kind, unknown in (
        ("sqlite", JOURNAL.c.seq >= _FIRST),
        ("postgresql", JOURNAL.c.xid >= _FIRST),
    )
}
"""On PostgreSQL numbers are not given in the order of commits, so there it is asked which
transactions were over."""
_XMIN: Final = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


def moment(reader: Reader) -> Moment | None:
    """As of when this transaction reads; None where nothing can tell what comes after it."""
    head = reader.conn.execute(_HEAD).one_or_none()
    if head is None:
        return None
    if reader.kind == "postgresql":
        return Moment(head.seq, head.hash, int(reader.conn.execute(_XMIN).scalar_one()))
    return Moment(head.seq, head.hash, head.seq + 1)


def written_since(reader: Reader, then: Moment) -> Sequence[Any] | None:
    """Every entry since; None where that is not known, or of another store, or too much."""
    if reader.conn.execute(_HASH, {"seq": then.seq}).scalar() != then.hash:
        return None
    news = reader.conn.execute(_WRITTEN[reader.kind], {"first": then.first}).all()
    return news if len(news) <= MOST else None
