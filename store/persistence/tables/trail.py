"""The journal and what guards it; receipts of commands; marks of the store itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Json, Whole

_FOLLOWS = where("deed IS NOT NULL")
_UNDONE = where("fact = 'undone'")
_CHOSEN = where("fact = 'chosen'")


class TransactionId(ColumnElement[int]):
    """The writing transaction's id on PostgreSQL, NULL on SQLite."""

    inherit_cache = True


@compiles(TransactionId)
def _nothing(_element: TransactionId, _compiler: Any, **_options: Any) -> str:
    return "NULL"


@compiles(TransactionId, "postgresql")
def _xid(_element: TransactionId, _compiler: Any, **_options: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


class JournalRow(Base):
    """One fact, never edited: audit trail, change feed, undo history and replay."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_number", "number", "seq"),
        Index("ix_journal_deed", "deed", "seq", **_FOLLOWS),
        Index("ix_journal_undone", "at", "number", **_UNDONE),
        Index("ix_journal_chosen", "at", "number", **_CHOSEN),
        Index("ix_journal_xid", "xid").ddl_if(dialect="postgresql"),
        {"sqlite_autoincrement": True, **STRICT},
    )

    seq: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(Whole)
    """The operator's id."""
    via: Mapped[str] = mapped_column(Text)
    number: Mapped[int | None] = mapped_column(Whole)
    """The order; NULL for facts of the desk itself (calendars, settings)."""
    fact: Mapped[str] = mapped_column(Text)
    body: Mapped[Any] = mapped_column(Json)
    """Ids, states and times; free text only as a salted digest of `words`."""
    words: Mapped[Any | None] = mapped_column(Json)
    """Free text and its salt; may be erased on request and the chain still holds."""
    hash: Mapped[str] = mapped_column(Text)
    """SHA-256 over the order's previous hash and this entry without `words`."""
    deed: Mapped[int | None] = mapped_column(Whole)
    """The first entry of the command that left this one too; NULL for the first itself."""
    xid: Mapped[int | None] = mapped_column(Whole, server_default=TransactionId())
    """PostgreSQL's transaction id, for readers that look behind; NULL on SQLite."""


class SealRow(Base):
    """A hash over all journal entries up to `last_seq`, chained to the seal before."""

    __tablename__ = "seal"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    first_seq: Mapped[int] = mapped_column(Whole)
    last_seq: Mapped[int] = mapped_column(Whole, unique=True)
    entries: Mapped[int] = mapped_column(Whole)
    hash: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class ReceiptRow(Base):
    """The answer of a command by its idempotency key: asked twice, done once."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_at", "at"), Index("ix_receipt_by", "by", "seq"), STRICT)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(Whole)
    """The operator who asked."""
    seq: Mapped[int] = mapped_column(Whole)
    """The command's newest journal entry; 0 where it left none."""
    answer: Mapped[Any] = mapped_column(Json)
    """What was answered, and the digest of what was `asked`."""


class ImportRow(Base):
    """How far the reading of a file came, so that it can go on."""

    __tablename__ = "import_run"
    __table_args__ = (UniqueConstraint("source", "digest"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    """SHA-256 of the file and of its map."""
    rows_done: Mapped[int] = mapped_column(Whole, default=0)
    rejected: Mapped[int] = mapped_column(Whole, default=0)
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class StoreMetaRow(Base):
    """Marks of the store: which programs may read and write it, and its settings."""

    __tablename__ = "store_meta"
    __table_args__ = STRICT

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
