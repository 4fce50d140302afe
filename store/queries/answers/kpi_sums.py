"""Sums over a stretch of time: from those of whole days by UTC, and rows at both of its ends.

A stretch is taken to the nearest midnights by UTC, where days are summed already. What lies between
those and its true ends is added or taken away row by row: half a day at most on each side, whatever
the zone. That comes to the same numbers as going through all rows, which `plain` does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.sums import ASKED, SUMS
from store.persistence.kpi_rows import ask
from store.persistence.kpi_sql import ADDS, HEARD, OPENED_BY
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut

    Sums = dict[str, dict[str, int]]
    """By group and by name."""

_TOLD = ", ".join(f"sum({adds})" for adds in ADDS.values())
_KEPT = ", ".join(f"sum({name})" for name in SUMS)
_HEARD = ", ".join(f"sum({adds})" for adds in HEARD.values())
_HEARD_KEPT = ", ".join(f"sum({name})" for name in ASKED)


def summed(reader: Reader, cut: Cut, more: str = "") -> Sums:
    """Every sum of the cohort, group by group; `more` is a further condition, in SQL."""
    if cut.since >= cut.until:
        return {}
    if more or cut.cohort is Cohort.OPENED:
        return _named(SUMS, [(1, row) for row in _rows(reader, cut, _TOLD, more)])
    return _named(SUMS, _of_days(reader, cut, _TOLD, _KEPT))


def heard(reader: Reader, cut: Cut) -> Sums:
    """Every sum of the surveys that fell due in it, whatever the cohort, group by group."""
    cut = replace(cut, along="asked_at")
    return _named(ASKED, _of_days(reader, cut, _HEARD, _HEARD_KEPT))


def _of_days(reader: Reader, cut: Cut, told: str, kept: str) -> list[tuple[int, Sequence[object]]]:
    days = _days_of(cut)
    if cut.plain or days is None:
        return [(1, row) for row in _rows(reader, cut, told)]
    first, last = days
    found: list[tuple[int, Sequence[object]]] = []
    found += [(1, row) for row in _stored(reader, cut, first, last, kept)]
    for sign, edge in edges(cut, first * DAY_MS, last * DAY_MS):
        found += [(sign, row) for row in _rows(reader, edge, told)]
    return found


def opened(reader: Reader, cut: Cut) -> dict[str, int]:
    """How many were opened, group by group."""
    cut = replace(cut, along="opened_at", plain=cut.plain or cut.dim not in OPENED_BY)
    found = _of_days(reader, cut, "count(*)", "sum(opened)")
    return {key: sums["opened"] for key, sums in _named(("opened",), found).items()}


def closed(reader: Reader, cut: Cut) -> dict[str, int]:
    """How many were closed, group by group, and nothing else of them."""
    found = _of_days(reader, replace(cut, along="closed_at"), "count(*)", "sum(closed)")
    return {key: sums["closed"] for key, sums in _named(("closed",), found).items()}


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


def _days_of(cut: Cut) -> tuple[int, int] | None:
    """The nearest whole days; None where days are not summed so: of some sites' kinds, people."""
    if cut.filtered or (cut.sites is not None and cut.dim not in {"", "site"}):
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
