"""Twelve months' figures over closed orders: from what is kept, against going through all rows.

Run `python -m tests.bench kpi`; with `PAIDAN_BENCH_KPI=1000000` in the environment, of a million.
The peer is the same question asked of the narrow rows one by one, in the same run. The restricted
mean goes through all rows either way, and is measured by itself.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from console.demo.generate import Wish, generate
from store.clock import monotonic
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Counted, Each, Fall, Fixed, Heard, Kept, Mean, Rank
from store.domain.who import THE_DESK
from store.queries.kpi import Kpis
from store.records import open_records
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.kpi_fill import answers, multiply
from tests.bench.million import AT, SITES, TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

FROM_SUMS = (Counted, Each, Fall, Fixed, Heard, Kept, Mean, Rank)
ORDERS, QUICK, OPEN = 200_000, 20_000, 1_000
LIVED = 40_000
"""So many orders at most come with their whole lives."""
ALL_ROWS = "resolve_restricted_mean_s"
KEPT = tuple(name for name, spec in KPIS.items() if isinstance(spec.way, FROM_SUMS))
"""Those that rest on sums."""
FIRST_ROWS_MS = 150
"""What twelve months may take at the 95th percentile, all figures together."""


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    orders = int(os.environ.get("PAIDAN_BENCH_KPI", QUICK if quick else ORDERS))
    return on_both(partial(_rows, orders=orders))


def filled(url: str, orders: int) -> tuple[Records, float]:
    """A desk of so many orders, nearly all closed, whose figures are made; and seconds for that.

    Beyond `LIVED` the rest are copies of the narrow rows that figures are reckoned from, moved in
    time, and all sums are made anew of those; that they are right is looked at.
    """
    records = open_records(url, feed=False)
    lived = min(orders, LIVED)
    wish = Wish(orders=lived, open=OPEN, technicians=TECHNICIANS, sites=SITES, seed=7, weeks=52)
    generate(records, wish, who=THE_DESK, at=AT)
    if orders > LIVED:
        with records.database.writing() as conn:
            answers(conn)
    begun = monotonic()
    records.reckon_on(at=AT)
    seconds = (monotonic() - begun) / lived
    if orders > LIVED:
        multiply(records.database, orders)
    if records.database.kind == "postgresql":
        vacuum(records.database)
    if orders > LIVED:
        alike(records)
    return records, seconds * orders


def alike(records: Records) -> None:
    """The sums tell of some stretches what the orders tell, one by one."""
    dice = Random(3)
    for days in (365, dice.randrange(30, 300), dice.randrange(1, 30)):
        last = AT.date() - timedelta(days=dice.randrange(0, 366 - days))
        query = Kpis(first=last - timedelta(days=days), last=last, zone="Asia/Shanghai", names=KEPT)
        told, plain = (
            records.ask(one, who=THE_DESK, at=AT).figures
            for one in (query, replace(query, plain=True))
        )
        assert told == plain, query


def _rows(name: str, url: str, orders: int) -> list[Row]:
    records, seconds = filled(url, orders)
    told = list(_measured(name, records))
    records.close()
    each = seconds / orders * 1e6
    fill = Row(measure=f"{name}: figures made for one order", ours=each, unit="us")
    return [fill, *told]


def _measured(name: str, records: Records) -> Iterator[Row]:
    all_names = tuple(one for one in KPIS if one != ALL_ROWS)
    medians = tuple(one for one in all_names if one.endswith(("median_s", "p90_s")))
    sums = ("resolve_wall_mean_s", "resolve_deadline_kept", "first_time_fix_30d")
    for what, names, most in (
        ("every figure", all_names, FIRST_ROWS_MS),
        ("medians and P90", medians, None),
        ("three from sums", sums, None),
        ("restricted mean", (ALL_ROWS,), None),
    ):
        asked = partial(
            Kpis,
            first=AT.date() - timedelta(days=365),
            last=AT.date(),
            zone="Asia/Shanghai",
            names=names,
        )
        ours = times(partial(_ask, records, asked()), 9)
        plain = times(partial(_ask, records, asked(plain=True)), 3)
        yield Row(
            measure=f"{name}: twelve months, {what}, p95",
            ours=quantile(ours, 0.95),
            unit="ms",
            peer=quantile(plain, 0.5),
            peer_name="row by row",
            most=most,
        )


def _ask(records: Records, question: Kpis) -> None:
    records.ask(question, who=THE_DESK, at=AT)


if __name__ == "__main__":
    raise SystemExit(show(run()))
