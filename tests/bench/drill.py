"""The desk's rule of dispatch against first come, first served, over a real quarter.

Run `python -m tests.bench drill`: six windows of a fortnight, twice each, 34 technicians.
"""

from __future__ import annotations

import csv
import gzip
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.demo.kinds import KINDS
from store.domain.drill.calls import Call
from store.domain.drill.compare import Setting, against_first, played
from store.domain.drill.rules import FIRST, OURS
from tests.bench.figures import Row, show
from tests.bench.on_time import FILE

if TYPE_CHECKING:
    from store.domain.drill.compare import Runs

BEGINS = datetime(2015, 1, 5)  # noqa: DTZ001  the file's local times, compared with one another
WINDOWS, WINDOW = 6, timedelta(days=14)
RUNS = 2


def run(*, quick: bool = False) -> list[Row]:
    """What the rule changes: the less favourable end of each 95 % interval."""
    calls = real_calls()
    runs: Runs = {FIRST: [], OURS: []}
    for window in range(1 if quick else WINDOWS):
        setting = Setting(calls=window_of(calls, window), runs=RUNS, seed=1 + RUNS * window)
        for rule, found in played(setting, rules=(FIRST, OURS)).items():
            runs[rule] += found
    change = against_first(runs)[OURS]
    return [
        Row(
            measure="first and second priority missed, against first come (end of 95 %)",
            ours=-change["urgent_kept"].least,
            unit="points",
            most=-20.0,
        ),
        Row(
            measure="driving an order, against first come (end of 95 %)",
            ours=change["drive"].most,
            unit="%",
            most=-15.0,
        ),
    ]


def real_calls() -> list[tuple[datetime, Call]]:
    """Requests of the trades of a desk that the city knew a place for."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as stream:
        found = [
            (datetime.fromisoformat(row["OPEN_DT"]), row)
            for row in csv.DictReader(stream)
            if row["TYPE"] in KINDS and row["LATITUDE"]
        ]
    return sorted(
        (
            (
                at,
                Call(
                    at=0.0,
                    place=(float(row["LATITUDE"]), float(row["LONGITUDE"])),
                    trade=KINDS[row["TYPE"]].trade,
                    priority=KINDS[row["TYPE"]].priority,
                ),
            )
            for at, row in found
        ),
        key=lambda timed: timed[0],
    )


def window_of(calls: list[tuple[datetime, Call]], window: int) -> list[Call]:
    """A fortnight's calls, in minutes from its first midnight."""
    begins = BEGINS + window * WINDOW
    return [
        Call(
            at=(at - begins) / timedelta(minutes=1),
            place=call.place,
            trade=call.trade,
            priority=call.priority,
        )
        for at, call in calls
        if begins <= at < begins + WINDOW
    ]


if __name__ == "__main__":
    raise SystemExit(show(run()))
