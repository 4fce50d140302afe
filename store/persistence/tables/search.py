"""The search index: of every order the grams it can be found by.

On SQLite it is a table of FTS5 that keeps no text of its own, its rowid the order's number; on
PostgreSQL a side table with a tsvector, so that a changed text does not rewrite the order's row.
FTS5 answers from the newest on; PostgreSQL's index finds all in no order, and therefore knows of
each row the stretches of numbers that it lies in as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, event, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import UserDefinedType

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id

if TYPE_CHECKING:
    from sqlalchemy import Connection

DELETES_WITHOUT_TEXT = (3, 43)
"""From this SQLite on; before, FTS5 must keep the text to forget a row again."""

_FTS5 = "fts5(doc, {kept}tokenize=\"ascii tokenchars '_'\")"
"""Grams come as they shall be found, with spaces between; only ASCII signs separate."""


class Vector(UserDefinedType[str]):
    """A tsvector as its text."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """As PostgreSQL spells it."""
        return "TSVECTOR"


NEAR, FAR = 10, 15
"""A stretch holds two to the power of this many numbers; there are short and long ones."""

STRETCHES = f"(ARRAY[number >> {NEAR}, -1 - (number >> {FAR})])"
"""The short stretch that a row lies in and, below zero, the long one; a query must spell it so."""


class SearchRow(Base):
    """What one order can be found by; written with the order, read by no screen."""

    __tablename__ = "search"
    __table_args__ = (
        # The stretches first: whatever the words are, none is looked for outside of them.
        Index("ix_search_doc", text(STRETCHES), "doc", info={"using": "gin"}).ddl_if(
            dialect="postgresql"
        ),
        STRICT,
    )

    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    doc: Mapped[str] = mapped_column(Vector)


TERMS = "CREATE VIRTUAL TABLE search_terms USING fts5vocab(search, instance)"
"""Every gram of every row: how the doctor reads an index that keeps no text."""


def fts5(dialect: Any) -> str:
    """How the index is made in the SQLite that a dialect speaks to."""
    forgets = dialect.dbapi.sqlite_version_info >= DELETES_WITHOUT_TEXT
    kept = "content='', contentless_delete=1, " if forgets else ""
    return f"CREATE VIRTUAL TABLE search USING {_FTS5.format(kept=kept)}"


@event.listens_for(SearchRow.__table__, "after_create")
def _created(_table: Any, conn: Connection, **_options: Any) -> None:
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(TERMS)


@event.listens_for(SearchRow.__table__, "before_drop")
def _dropping(_table: Any, conn: Connection, **_options: Any) -> None:
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("DROP TABLE IF EXISTS search_terms")


@compiles(CreateTable, "sqlite")
def _create(element: CreateTable, compiler: Any, **options: Any) -> str:
    if element.element.name != SearchRow.__tablename__:
        told: str = compiler.visit_create_table(element, **options)
        return told
    return fts5(compiler.dialect)
