"""What of a query the search index can answer, said as each database wants to hear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, cast, column, literal_column, select, table, text
from sqlalchemy.types import UserDefinedType

from store.domain.finding.grams import Phrase

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

SEARCH = table("search", column("rowid"), column("number"), column("doc"))
_COMMON = text("""
SELECT gram FROM pg_stats, unnest(most_common_elems::text::text[]) AS gram
WHERE schemaname = current_schema() AND tablename = 'search' AND attname = 'doc'
AND starts_with(gram, :begun)
""")


class _Query(UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "TSQUERY"


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the marks behind an order's words."""

    gram: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of these, and none of those."""

    parts: tuple[Looked, ...]
    without: tuple[Looked, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """One of these."""

    parts: tuple[Looked, ...]


Looked = Phrase | Mark | Every | Some


def matching(kind: str, looked: Looked) -> ColumnElement[bool]:
    """Whether a row of the index fits."""
    if kind == "postgresql":
        return SEARCH.c.doc.op("@@", is_comparison=True)(_wanted(kind, looked))
    return literal_column("search").op("MATCH", is_comparison=True)(_wanted(kind, looked))


def _wanted(kind: str, looked: Looked) -> ColumnElement[Any]:
    if kind == "postgresql":
        return cast(bindparam("looked", as_query(looked), Text, unique=True), _Query)
    return bindparam("looked", _fts5(looked), Text, unique=True)


def numbers(kind: str, looked: Looked) -> Select[int]:
    """The numbers of the orders that fit."""
    return select(number(kind)).where(matching(kind, looked))


def begins(looked: Looked) -> bool:
    """Whether beginnings of words are looked for."""
    if isinstance(looked, Phrase):
        return looked.begins
    return isinstance(looked, Every | Some) and any(map(begins, looked.parts))


def common(conn: Connection, looked: Looked) -> Any:
    """The same without beginnings, by words that PostgreSQL knows to be common and that begin so.

    Its index is slow to find all that begins alike. What is found for this is found for the
    other too; None where nothing is known to be common.
    """
    if isinstance(looked, Phrase) and looked.begins:
        *lead, last = looked.grams
        whole = conn.execute(_COMMON, {"begun": last}).scalars()
        known = tuple(Phrase((*lead, gram)) for gram in whole)
        return Some(known) if known else None
    if isinstance(looked, Every):
        every = [common(conn, part) for part in looked.parts]
        return None if None in every else Every(tuple(every), looked.without)
    if isinstance(looked, Some):
        some = tuple(part for part in (common(conn, part) for part in looked.parts) if part)
        return Some(some) if some else None
    return looked


def number(kind: str) -> Any:
    """The column of the index that holds an order's number."""
    return SEARCH.c.number if kind == "postgresql" else SEARCH.c.rowid


def _fts5(looked: Looked) -> str:
    if isinstance(looked, Phrase):
        return f'"{" ".join(looked.grams)}"' + (" *" if looked.begins else "")
    if isinstance(looked, Mark):
        return f'"{looked.gram}"'
    if isinstance(looked, Some):
        return f"({' OR '.join(map(_fts5, looked.parts))})"
    wanted = f"({' AND '.join(map(_fts5, looked.parts))})"
    return f"({wanted} NOT {_fts5(Some(looked.without))})" if looked.without else wanted


def as_query(looked: Looked) -> str:
    """As PostgreSQL reads it."""
    if isinstance(looked, Phrase):
        said = " <-> ".join(f"'{gram}'" for gram in looked.grams)
        return f"({said}:*)" if looked.begins else f"({said})"
    if isinstance(looked, Mark):
        return f"'{looked.gram}'"
    if isinstance(looked, Some):
        return f"({' | '.join(map(as_query, looked.parts))})"
    without = (f"!{as_query(part)}" for part in looked.without)
    return f"({' & '.join([*map(as_query, looked.parts), *without])})"
