"""Twelve months' figures over closed orders: from what is kept, against going through all rows.

Run `python -m tests.bench kpi`; with `PAIDAN_BENCH_KPI=1000000` in the environment, of a million.
The peer is the same question asked of the narrow rows one by one, in the same run. The restricted
mean goes through all rows either way, and is measured by itself.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from console.demo.generate import Wish, generate
from store.clock import monotonic
from store.domain.kpi.table import KPIS
from store.domain.who import THE_DESK
from store.queries.kpi import Kpis
from store.records import open_records
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.million import AT, SITES, TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

ORDERS, QUICK, OPEN = 200_000, 20_000, 1_000
ALL_ROWS = "resolve_restricted_mean_s"
FIRST_ROWS_MS = 150
"""What twelve months may take at the 95th percentile, all figures together."""


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    orders = int(os.environ.get("PAIDAN_BENCH_KPI", QUICK if quick else ORDERS))
    return on_both(partial(_rows, orders=orders))


def filled(url: str, orders: int) -> tuple[Records, float]:
    """A desk of so many orders, nearly all closed, whose figures are made; and seconds for that."""
    records = open_records(url, feed=False)
    wish = Wish(orders=orders, open=OPEN, technicians=TECHNICIANS, sites=SITES, seed=7, weeks=52)
    generate(records, wish, who=THE_DESK, at=AT)
    begun = monotonic()
    records.reckon_on(at=AT)
    seconds = monotonic() - begun
    if records.database.kind == "postgresql":
        vacuum(records.database)
    return records, seconds


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
