"""How long the dashboard of twelve months takes until its main figures stand there.

Run `python -m tests.bench dashboard`; with `PAIDAN_BENCH_KPI=1000000` in the environment, of a
million closed orders. Measured is what the screen asks for its first rows, and drawing them; the
months come after. The peer is the same asked of the orders' narrow rows one by one, in plain SQL,
in the same run. Time of the processor is told besides: on a busy machine the clock says little.
"""

from __future__ import annotations

import os
from functools import partial
from time import process_time
from typing import TYPE_CHECKING

from console.dashboard_cut import Cut
from console.render_dashboard import FIRST, SHOWN, Known, dashboard_row, plot_told
from store.clock import monotonic
from store.domain.who import THE_DESK
from store.queries.kpi import By
from tests.bench.asked import on_both
from tests.bench.figures import Row, quantile, show
from tests.bench.kpi import FIRST_ROWS_MS, ORDERS, QUICK, filled
from tests.bench.million import AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from store.queries.kpi import Figure
    from store.records import Records

TIMES = 30
"""So many times quicker than going through the orders it is to be, where there are `ENOUGH`."""
ENOUGH = 1_000_000
CUT = Cut(period="year")


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    orders = int(os.environ.get("PAIDAN_BENCH_KPI", QUICK if quick else ORDERS))
    return on_both(partial(_rows, orders=orders))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    records, _seconds = filled(url, orders)
    told = list(_measured(name, records, orders))
    records.close()
    return told


def _measured(name: str, records: Records, orders: int) -> Iterator[Row]:
    for what, part in (("first figures", _figures), ("with their months", _with_months)):
        wall, cpu = _times(partial(part, records), 15)
        plain, plain_cpu = _times(partial(part, records, plain=True), 3)
        last = f"{name}, {orders} orders: dashboard, {what}"
        yield Row(
            measure=f"{last}, p95",
            ours=quantile(wall, 0.95),
            unit="ms",
            peer=quantile(plain, 0.5),
            peer_name="row by row",
            most_ratio=1 / TIMES if part is _figures and orders >= ENOUGH else None,
            most=FIRST_ROWS_MS if part is _figures else None,
        )
        if name == "SQLite":  # the other one reckons in a process of its own
            yield Row(
                measure=f"{last}, processor",
                ours=quantile(cpu, 0.5),
                unit="ms",
                peer=quantile(plain_cpu, 0.5),
                peer_name="row by row",
            )


def _figures(records: Records, *, plain: bool = False) -> None:
    """The main figures of the period and of the one before, as rows."""
    known = Known(now=_asked(records, CUT.days, plain), before=_asked(records, CUT.before, plain))
    _drawn(known)


def _with_months(records: Records, *, plain: bool = False) -> None:
    """The same, and the months of the main figures with the bars of the first."""
    query = CUT.asks(CUT.year(AT.date()), "Asia/Shanghai", names=FIRST, by=By.MONTH, plain=plain)
    months: dict[str, dict[str, Figure]] = {}
    for figure in records.ask(query, who=THE_DESK, at=AT).figures:
        months.setdefault(figure.name, {})[figure.of] = figure
    now, before = _asked(records, CUT.days, plain), _asked(records, CUT.before, plain)
    _drawn(Known(now=now, before=before, months=months))


def _asked(
    records: Records, days: Callable[[date], tuple[date, date]], plain: bool
) -> dict[str, Figure]:
    query = CUT.asks(days(AT.date()), "Asia/Shanghai", names=FIRST, plain=plain)
    return {figure.name: figure for figure in records.ask(query, who=THE_DESK, at=AT).figures}


def _drawn(known: Known) -> None:
    for place, name in enumerate(SHOWN):
        dashboard_row(name, place, known)
    plot_told(FIRST[0], known, None, width=120, rows=6)


def _times(call: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each round by the clock, and of this process's processor."""
    call()
    wall, cpu = [], []
    for _round in range(rounds):
        begun, worked = monotonic(), process_time()
        call()
        wall.append(1000 * (monotonic() - begun))
        cpu.append(1000 * (process_time() - worked))
    return wall, cpu


if __name__ == "__main__":
    raise SystemExit(show(run()))
