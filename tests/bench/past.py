"""The board of a past moment over a million orders, two thousand at the desk; then step by step.

Run `python -m tests.bench past`. The first answer is that of a moment nobody has asked for; a step
goes on from the answer before it, minutes and journal entries back and forth. The floor reads the
journal of the orders that stood on that board, and makes nothing of it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from console.demo.generate import Wish, generate
from store.clock import monotonic
from store.domain.who import THE_DESK, Who
from store.persistence.journal import JOURNAL
from store.persistence.statements import among
from store.queries.past import DeskThen
from store.records import open_records
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.million import AT, SITES, TECHNICIANS

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.past import Then
    from store.records import Records

ORDERS, QUICK, OPEN = 1_000_000, 100_000, 2_000
FIRST_MS, STEP_MS = 1000, 300
"""What the first answer, and each step from there, may take at the 95th percentile."""
BACK = tuple(timedelta(minutes=n) for n in (5, 180, 1440, 10_080, 129_600, 432_000))
"""How long ago the moments are."""
MINUTES = (-5, -5, 5, 60, -60, -1, 5)
WHO = Who(operator=2, via="bench")


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    return on_both(partial(_rows, orders=QUICK if quick else ORDERS))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    records = open_records(url, feed=False)
    wish = Wish(orders=orders, open=OPEN, technicians=TECHNICIANS, sites=SITES, seed=7)
    generate(records, wish, who=THE_DESK, at=AT)
    if records.database.kind == "postgresql":
        vacuum(records.database)
    first, steps, floor = measure(records)
    records.close()
    peer: dict[str, Any] = {"unit": "ms", "peer": quantile(floor, 0.5), "peer_name": "journal read"}
    return [
        Row(measure=f"{name}: the past, p95", ours=quantile(first, 0.95), most=FIRST_MS, **peer),
        Row(measure=f"{name}: a step, p95", ours=quantile(steps, 0.95), most=STEP_MS, **peer),
    ]


def measure(records: Records) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of the first answers, of the steps, and of the floor of each first answer."""
    first: list[float] = []
    steps: list[float] = []
    floor: list[float] = []
    for back in BACK:
        at = AT - back
        first += times(partial(_then, records, at, None), 2)
        near = _then(records, at, None)
        floor += times(partial(_read, records, [*near.kept.orders]), 2)
        for minutes in (None, None, *MINUTES):
            earlier = near.earlier or at
            at = earlier if minutes is None else at + timedelta(minutes=minutes)
            begun = monotonic()
            near = _then(records, at, near)
            steps.append(1000 * (monotonic() - begun))
    return first, steps, floor


def _then(records: Records, at: datetime, near: Then | None) -> Then:
    return records.ask(DeskThen(then=at, near=near), who=WHO, at=AT)


def _read(records: Records, numbers: list[int]) -> Any:
    """The stories as they are kept, fetched and thrown away."""
    entry = (JOURNAL.c.number, JOURNAL.c.fact, *(type_coerce(JOURNAL.c[n], Text) for n in _TEXTS))
    asked = select(*entry).where(among(JOURNAL.c.number, "numbers", records.database.kind))
    with records.database.reading() as conn:
        return conn.execute(asked.order_by(JOURNAL.c.seq), {"numbers": numbers}).all()


_TEXTS = ("body", "words")

if __name__ == "__main__":
    raise SystemExit(show(run()))
