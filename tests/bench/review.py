"""How long the review of a month with a hundred thousand orders takes, as it is typed.

Run `python -m tests.bench review`; with `PAIDAN_BENCH_REVIEW=1000` in the environment, of so many
orders a month. Measured is time of the processor on SQLite, where this process does all the work,
and the clock on PostgreSQL. The peer is the same review whose figures are reckoned from the orders
one by one, in plain SQL, in the same run.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from console.cli import main
from store.clock import monotonic
from store.commands.baselines import FreezeBaseline
from store.domain.who import THE_DESK
from store.queries.kpi import Kpis
from store.queries.scorecard import ScoreCards
from store.reviewing import gathered
from tests.bench.asked import on_both
from tests.bench.figures import Row, show
from tests.bench.million import AT
from tests.bench.review_desk import MONTH, WEEKS, review_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.records import Records

ORDERS, QUICK = 100_000, 5_000
MOST_S = 20
MOST_CARDS_S = 1
"""For each 100,000 orders that cards are made of."""
ZONE = "Asia/Shanghai"


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    orders = int(os.environ.get("PAIDAN_BENCH_REVIEW", QUICK if quick else ORDERS))
    return on_both(partial(_rows, orders=orders))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    records = review_desk(url, orders)
    told = list(measured(name, records, orders))
    records.close()
    return told


def measured(name: str, records: Records, orders: int) -> Iterator[Row]:
    """The figures of a store that is filled."""
    seconds = process_time if name == "SQLite" else monotonic
    first = {"first": "2026-01-01", "last": "2026-01-31", "zone": ZONE}
    froze = partial(records.do, FreezeBaseline(name="January", **first), who=THE_DESK, at=AT)
    about = f"{name}, {orders} orders a month"
    yield Row(measure=f"{about}: a baseline frozen", ours=_took(seconds, froze), unit="s")
    plain = _took(seconds, partial(_plain, records))
    url = records.database.url.render_as_string(hide_password=False)
    for form in ("html", "xlsx", "md"):
        yield Row(
            measure=f"{about}: review as {form}",
            ours=_took(seconds, partial(_typed, url, form)),
            unit="s",
            peer=plain,
            peer_name="gathered row by row",
            most=MOST_S,
        )
    cards = partial(records.ask, ScoreCards(month="2026-02", zone=ZONE), who=THE_DESK, at=AT)
    looked_at = orders * WEEKS / 4
    yield Row(
        measure=f"{about}: score cards of all {looked_at:,.0f}",
        ours=_took(seconds, cards),
        unit="s",
        most=MOST_CARDS_S * max(1, looked_at / 100_000),
    )


def _typed(url: str, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"review.{form}"
        words = ["report", "review", "--db", url, "--month", f"{MONTH:%Y-%m}", "--zone", ZONE]
        assert main([*words, "--format", form, "--out", str(out)]) == 0
        assert out.stat().st_size


def _plain(records: Records) -> None:
    """The same answers with every figure reckoned from the orders."""

    def ask(query: Any) -> Any:
        if isinstance(query, Kpis):
            query = replace(query, plain=True)
        return records.ask(query, who=THE_DESK, at=AT)

    gathered(ask, MONTH, against=None, zone=ZONE)


def _took(seconds: Callable[[], float], call: Callable[[], object]) -> float:
    begun = seconds()
    call()
    return seconds() - begun


if __name__ == "__main__":
    raise SystemExit(show(run()))
