"""Medians and the like, exactly: sums say in which neighbourhood one lies, an index which it is.

How many closed orders of a month lasted about so long is kept for the desk and each site. The
wanted place falls into one such bucket, whose rows, a few in a hundred, an index gives in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.reckon import between, ranks
from store.domain.kpi.sums import SPREAD, bounds, month_of, month_starts
from store.persistence.kpi_rows import ask
from store.persistence.kpi_sql import bucket_sql
from store.queries.answers.kpi_sums import edges
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut

    Ranks = dict[str, tuple[int, dict[int, float]]]
    """By group how many there are, and in ms the value of which so many tenths do not pass."""

_SHORT: Final = 25 * DAY_MS
"""Stretches that are as soon gone through row by row."""


def ranked(reader: Reader, cut: Cut, measure: str, tenths: Iterable[int]) -> Ranks:
    """The places of one duration, group by group."""
    wanted, column = tuple(tenths), f"{measure}_ms"
    if (
        cut.plain
        or cut.filtered
        or cut.dim
        or cut.cohort is Cohort.OPENED
        or cut.until - cut.since < _SHORT
    ):
        return _gone_through(reader, cut, column, wanted)
    counts = _counts(reader, cut, column)
    count = sum(counts.values())
    if not count:
        return {}
    found = {}
    for tenth in wanted:
        low, high = ranks(count, tenth)
        values = _at(reader, cut, column, counts, low, high - low + 1)
        if len(values) == 1 and high != low:  # the next one lies in another neighbourhood
            values += _at(reader, cut, column, counts, high, 1)
        found[tenth] = between(values[0], values[-1], count, tenth)
    return {"": (count, found)}


def _gone_through(reader: Reader, cut: Cut, column: str, tenths: tuple[int, ...]) -> Ranks:
    where = f"{cut.column} >= ? AND {cut.column} < ? AND counts = 1 AND {column} IS NOT NULL"
    rows = (
        f"SELECT {cut.key} AS of_, {column} AS v,"
        f" row_number() OVER (PARTITION BY {cut.key} ORDER BY {column}) - 1 AS place,"
        f" count(*) OVER (PARTITION BY {cut.key}) AS n"
        f" FROM kpi_order WHERE {where}{cut.here}"
    )
    lows = [f"(n - 1) * {tenth} / 10" for tenth in tenths]
    places = " OR ".join(f"place = {low} OR place = {low} + 1" for low in lows)
    text = f"SELECT of_, n, place, v FROM ({rows}) AS told WHERE {places}"
    counts: dict[str, int] = {}
    values: dict[tuple[str, int], int] = {}
    for of, n, place, value in ask(reader.conn, reader.kind, text, cut.since, cut.until):
        counts[of], values[of, place] = n, value
    return {
        of: (
            n,
            {tenth: _between(values, of, n, tenth) for tenth in tenths},
        )
        for of, n in counts.items()
    }


def _between(values: dict[tuple[str, int], int], of: str, count: int, tenths: int) -> float:
    low, high = ranks(count, tenths)
    return between(values[of, low], values[of, high], count, tenths)


def _counts(reader: Reader, cut: Cut, column: str) -> dict[int, int]:
    """How many fall into each bucket; whole months, and what the stretch has more or less."""
    assert column in SPREAD, column
    first, last = _nearest(cut.since), _nearest(cut.until)
    dim, where = "", ""
    if cut.sites is not None:
        keys = ", ".join(repr(str(site)) for site in cut.sites) or "NULL"
        dim, where = "site", f' AND "key" IN ({keys})'
    text = (
        "SELECT bucket, sum(orders) FROM kpi_spread WHERE dim = ? AND measure = ? AND month >= ?"
        f" AND month < ?{where} GROUP BY bucket"
    )
    rows = ask(reader.conn, reader.kind, text, dim, column, first, last)
    counts = {place: int(orders) for place, orders in rows}
    for sign, edge in edges(cut, month_starts(first), month_starts(last)):
        said = f"SELECT {bucket_sql(column)}, count(*) FROM kpi_order WHERE closed_at >= ?"
        some = f"{said} AND closed_at < ?{cut.here} AND {column} IS NOT NULL GROUP BY 1"
        for place, orders in ask(reader.conn, reader.kind, some, edge.since, edge.until):
            counts[place] = counts.get(place, 0) + sign * int(orders)
    return counts


def _nearest(at: int) -> int:
    """The month whose beginning is nearest."""
    month = month_of(at)
    return month + (at - month_starts(month) > month_starts(month + 1) - at)


def _at(
    reader: Reader, cut: Cut, column: str, counts: dict[int, int], place: int, many: int
) -> list[int]:
    """The value at a place from 0, or up to so many from there on, as far as they lie together.

    They are counted from the end of their neighbourhood that is nearer.
    """
    for where in sorted(counts):
        if place < counts[where]:
            many = min(many, counts[where] - place)
            after = counts[where] - place - many
            way, skipped = ("DESC", after) if after < place else ("ASC", place)
            least, most = bounds(where)
            text = (
                f"SELECT {column} FROM kpi_order WHERE {column} >= ? AND {column} <= ?"
                f" AND closed_at >= ? AND closed_at < ?{cut.here}"
                f" ORDER BY {column} {way} LIMIT {many} OFFSET {skipped}"
            )
            given = (least, most, cut.since, cut.until)
            return sorted(row[0] for row in ask(reader.conn, reader.kind, text, *given))
        place -= counts[where]
    return []
