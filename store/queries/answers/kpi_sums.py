"""Sums over a stretch of time: from those of whole days by UTC, and rows at both of its ends.

A stretch is taken to the nearest midnights by UTC, where days are summed already. What lies between
those and its true ends is added or taken away row by row: half a day at most on each side, whatever
the zone. That comes to the same numbers as going through all rows, which `plain` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.sums import SUMS
from store.persistence.kpi_rows import ask
from store.persistence.kpi_sql import ADDS, OPENED_BY
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut

    Sums = dict[str, dict[str, int]]
    """By group and by name."""

_TOLD = ", ".join(f"sum({adds})" for adds in ADDS.values())
_KEPT = ", ".join(f"sum({name})" for name in SUMS)


def summed(reader: Reader, cut: Cut, more: str = "") -> Sums:
    """Every sum of the cohort, group by group; `more` is a further condition, in SQL."""
    if cut.since >= cut.until:
        return {}
    days = _days_of(cut)
    if cut.plain or more or cut.cohort is Cohort.OPENED or days is None:
        return _named(SUMS, [(1, row) for row in _rows(reader, cut, f"{_TOLD}", more)])
    first, last = days
    found = [(1, row) for row in _stored(reader, cut, first, last, _KEPT)]
    for sign, edge in edges(cut, first * DAY_MS, last * DAY_MS):
        found += [(sign, row) for row in _rows(reader, edge, _TOLD)]
    return _named(SUMS, found)


def opened(reader: Reader, cut: Cut) -> dict[str, int]:
    """How many were opened, group by group."""
    cut = _by_opening(cut)
    days = _days_of(cut)
    if cut.plain or days is None or cut.dim not in OPENED_BY:
        found = [(1, row) for row in _rows(reader, cut, "count(*)")]
    else:
        first, last = days
        found = [(1, row) for row in _stored(reader, cut, first, last, "sum(opened)")]
        for sign, edge in edges(cut, first * DAY_MS, last * DAY_MS):
            found += [(sign, row) for row in _rows(reader, edge, "count(*)")]
    return {key: sums["opened"] for key, sums in _named(("opened",), found).items()}


def edges(cut: Cut, first: int, last: int) -> Iterator[tuple[int, Cut]]:
    """What a stretch has more, or less, than the one between two other instants."""
    if cut.since < first:
        yield 1, cut.only(cut.since, first)
    elif cut.since > first:
        yield -1, cut.only(first, cut.since)
    if cut.until > last:
        yield 1, cut.only(last, cut.until)
    elif cut.until < last:
        yield -1, cut.only(cut.until, last)


def _by_opening(cut: Cut) -> Cut:
    from dataclasses import replace

    return replace(cut, cohort=Cohort.OPENED)


def _days_of(cut: Cut) -> tuple[int, int] | None:
    """The nearest whole days; None where days are not summed so: of some sites' kinds, people."""
    if cut.sites is not None and cut.dim not in {"", "site"}:
        return None
    return (cut.since + DAY_MS // 2) // DAY_MS, (cut.until + DAY_MS // 2) // DAY_MS


def _stored(
    reader: Reader, cut: Cut, first: int, last: int, told: str
) -> Sequence[tuple[str, ...]]:
    dim, where = cut.dim, ""
    if cut.sites is not None:
        dim = "site"
        where = f' AND "key" IN ({", ".join(repr(str(site)) for site in cut.sites) or "NULL"})'
    text = f'SELECT "key", {told} FROM kpi_day WHERE dim = ? AND day >= ? AND day < ?{where}'
    rows = ask(reader.conn, reader.kind, f'{text} GROUP BY "key"', dim, first, last)
    return [("" if cut.dim == "" else row[0], *row[1:]) for row in rows]


def _rows(reader: Reader, cut: Cut, told: str, more: str = "") -> Sequence[tuple[str, ...]]:
    where = f"{cut.column} >= ? AND {cut.column} < ? AND counts = 1{cut.here}{more}"
    text = f"SELECT {cut.key}, {told} FROM kpi_order WHERE {where} GROUP BY 1"
    return list(ask(reader.conn, reader.kind, text, cut.since, cut.until))


def _named(names: Sequence[str], found: Iterable[tuple[int, Sequence[object]]]) -> Sums:
    sums: Sums = {}
    for sign, (key, *values) in found:
        mine = sums.setdefault(str(key), dict.fromkeys(names, 0))
        for name, value in zip(names, values, strict=True):
            mine[name] += sign * int(str(value or 0))
    return sums
