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


NEAR = 10_000
"""Of so many newest orders the words are tested one by one: a common word fills a page there, and
of a rarer one the index finds so few that they are sorted quickly."""
_EXPECTED = text(
    "EXPLAIN (FORMAT JSON) SELECT number FROM search WHERE doc @@ CAST(:looked AS tsquery)"
)
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
        return cast(bindparam("looked", _vector(looked), Text, unique=True), _Query)
    return bindparam("looked", _fts5(looked), Text, unique=True)


def numbers(kind: str, looked: Looked) -> Select[int]:
    """The numbers of the orders that fit."""
    return select(number(kind)).where(matching(kind, looked))


def newest_numbers(kind: str, looked: Looked, *, upto: int | None, near: int = NEAR) -> Select[int]:
    """Of the newest orders the numbers of those that fit, whatever the planner thinks of words."""
    newest = select(SEARCH.c.number, SEARCH.c.doc).order_by(SEARCH.c.number.desc()).limit(near)
    if upto is not None:
        newest = newest.where(SEARCH.c.number <= upto)
    rows = newest.subquery()
    fits = rows.c.doc.op("@@", is_comparison=True)(_wanted(kind, looked))
    return select(rows.c.number).where(fits).order_by(rows.c.number.desc())


def common(conn: Connection, looked: Every) -> Every | None:
    """Only such as PostgreSQL knows to be common, without looking for beginnings.

    Their index is slow to find all that begins alike. What is found for this is found for the
    other too; None where nothing is known to be common.
    """
    parts: list[Looked] = []
    for part in looked.parts:
        if isinstance(part, Phrase) and part.begins:
            *lead, last = part.grams
            whole = conn.execute(_COMMON, {"begun": last}).scalars()
            known = tuple(Phrase((*lead, gram), begins=False) for gram in whole)
            if not known:
                return None
            parts.append(Some(known))
        else:
            parts.append(part)
    return Every(tuple(parts), looked.without)


def expected(conn: Connection, looked: Looked) -> int:
    """How many rows PostgreSQL thinks that fit; asking costs next to nothing."""
    told = conn.execute(_EXPECTED, {"looked": _vector(looked)}).scalar_one()
    return int(told[0]["Plan"]["Plan Rows"])


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


def _vector(looked: Looked) -> str:
    if isinstance(looked, Phrase):
        said = " <-> ".join(f"'{gram}'" for gram in looked.grams)
        return f"({said}:*)" if looked.begins else f"({said})"
    if isinstance(looked, Mark):
        return f"'{looked.gram}'"
    if isinstance(looked, Some):
        return f"({' | '.join(map(_vector, looked.parts))})"
    without = (f"!{_vector(part)}" for part in looked.without)
    return f"({' & '.join([*map(_vector, looked.parts), *without])})"
