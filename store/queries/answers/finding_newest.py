"""The newest orders that words find on PostgreSQL, stretch after stretch, until there are enough.

Its index answers in no order and takes longest where most is found: but a page, and that more fit
than are counted, is told by the newest few. So it is asked for a few numbers first; what these
hold says how far down the next question goes, all the way where words are rare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from store.persistence.tables.search import FAR, NEAR, STRETCHES
from store.persistence.types import array_of
from store.queries.answers.finding_held import Held
from store.queries.answers.finding_words import as_query, begins, common
from store.queries.finding import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, TextClause

    from store.queries.answers.finding_held import Newest
    from store.queries.answers.finding_words import Every

_SHORT, _LONG = 1 << NEAR, 1 << FAR
"""Numbers in a stretch of each kind."""
_FIRST = 3 * _SHORT
"""So many are looked at first."""
_SPARE = 1.3
"""So many times as far as what was found says the next look goes, since words lie unevenly."""
_TOO_MANY = 2_500
"""Rows that one look brings at most: with more it says so, but not which are the newest."""
_WALKED = 50_000
"""So many numbers are gone through one by one for words that begin alike."""

_FITS = "doc @@ CAST(:looked AS tsquery)"
_FOUND = f"SELECT number FROM search WHERE {_FITS}"
_IN = f"AND {STRETCHES} && CAST(:stretches AS bigint[])"
_TOP = text("SELECT coalesce(max(number), 0) FROM search")
_LOOK = text(f"{_FOUND} {_IN} AND number + 0 <= :high LIMIT :most")
"""Plus nothing, lest the planner goes through the numbers."""
_LOOK_TO_END = text(f"{_FOUND} AND number + 0 <= :high LIMIT :most")
_COUNT = text(f"{_FOUND} LIMIT :most")
_WALK = text(f"""
SELECT number
FROM (SELECT number, doc FROM search WHERE number BETWEEN :low AND :high
      ORDER BY number DESC OFFSET 0) AS walked
WHERE {_FITS}""")
"""Whatever the planner thinks of words."""


@dataclass(frozen=True, slots=True)
class Downwards:
    """What was found on the way down."""

    numbers: list[int]
    """The newest first."""
    to_end: bool
    """Whether nothing that fits is older."""
    top: int
    """Where it began."""


def held_from_the_newest(conn: Connection, looked: Every, newest: Newest | None) -> Held | None:
    """The orders that fit, or of too many those of a page; None where that is not wanted."""
    sure = common(conn, looked) if begins(looked) else looked
    enough = max(MOST, newest.rows if newest is not None else 0)
    found = None if sure is None else downwards(conn, sure, enough=enough)
    if found is None or (found.to_end and sure is not looked):
        all_ = _numbers(conn, _COUNT, looked, {"most": MOST + 1})
        if len(all_) <= MOST:
            return Held(all_, all=True)
    elif found.to_end and len(found.numbers) <= MOST:
        return Held(found.numbers, all=True)
    if newest is None:
        return None
    if found is None or newest.upto is not None:
        found = downwards(conn, sure or looked, enough=newest.rows, upto=newest.upto)
    page = found if sure in {None, looked} else _with_beginnings(conn, looked, found, newest)
    return Held(page.numbers, all=False, upto=newest.upto, to_end=page.to_end)


def seem_many(conn: Connection, looked: Every) -> bool:
    """Whether clearly more fit than are counted, if they lie as they do among the newest."""
    sure = common(conn, looked) if begins(looked) else looked
    if sure is None:
        return False
    top = _top(conn)
    low = _edge(top, _FIRST)
    found = len(_look(conn, sure, low, top, most=2 * _FIRST))
    return found * top > 4 * MOST * (top - low + 1)


def downwards(
    conn: Connection, looked: Every, *, enough: int, upto: int | None = None
) -> Downwards:
    """The newest that fit, up to a number, until there are more than enough."""
    top = _top(conn) if upto is None else upto
    most = max(_TOO_MANY, 2 * enough)
    found: list[int] = []
    low, span, furthest = top + 1, _FIRST, top + 1
    while low > 0 and len(found) <= enough:
        high = low - 1
        edge = _edge(high, min(span, furthest))
        some = _look(conn, looked, edge, high, most=most + 1)
        if len(some) > most:  # the newest are not known to be among them; never in a short stretch
            span = furthest = max(_SHORT, (high - edge) // 8)
            continue
        found += sorted(some, reverse=True)
        low, furthest = edge, 4 * furthest
        span = _expected(top - low + 1, len(found), enough)
    return Downwards(found, low == 0, top)


def _with_beginnings(conn: Connection, looked: Every, sure: Downwards, newest: Newest) -> Downwards:
    """The page, no further down than it reaches with those alone that are sure."""
    if len(sure.numbers) >= newest.rows:
        low = sure.numbers[newest.rows - 1]
        if sure.top - low <= _WALKED:
            page = _numbers(conn, _WALK, looked, {"low": low, "high": sure.top})
            return Downwards(page, False, sure.top)
    return downwards(conn, looked, enough=newest.rows, upto=newest.upto)


def _top(conn: Connection) -> int:
    return int(conn.execute(_TOP).scalar_one())


def _look(conn: Connection, looked: Every, low: int, high: int, *, most: int) -> list[int]:
    """So many of those that fit from one number to another, in no order."""
    if low == 0:
        return _numbers(conn, _LOOK_TO_END, looked, {"high": high, "most": most})
    these = {"stretches": array_of(stretches(low, high)), "high": high, "most": most}
    return _numbers(conn, _LOOK, looked, these)


def _numbers(conn: Connection, asked: TextClause, looked: Every, more: dict[str, Any]) -> list[int]:
    return list(conn.execute(asked, {"looked": as_query(looked), **more}).scalars().all())


def _expected(seen: int, found: int, enough: int) -> int:
    """In how many more numbers enough lie, since so many were found among those seen."""
    return int(_SPARE * seen * (enough + 1 - found) / found) if found else 1 << 62


def _edge(high: int, span: int) -> int:
    """Where numbers begin, about so many, that end here; 0 where but few would remain."""
    low = high + 1 - span
    if low < span // 4:
        return 0
    return low - low % (_LONG if span > 2 * _LONG else _SHORT)


def stretches(low: int, high: int) -> list[int]:
    """The keys of these numbers in the index; `low` begins a stretch and `high` ends one."""
    return list(_stretches(low >> NEAR, high >> NEAR))


def _stretches(low: int, high: int) -> Iterator[int]:
    several = _LONG // _SHORT
    while low <= high:
        if low % several == 0 and low + several <= high + 1:
            yield -1 - low // several
            low += several
        else:
            yield low
            low += 1
