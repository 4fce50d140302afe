"""What it costs to say who should go, out of five hundred technicians with three thousand stops.

`python -m tests.bench recommend`. Processor time, of one order at a time on a crew that is laid out
already, also of work that is longer than any shift; then the time from the key to the painted
answer at a console. That it is the right answer is `tests/domain/test_recommend.py`'s affair.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from store.domain.dispatch.crew import WEIGHTS, Prices, Stop, Wanted, Worker
from store.domain.dispatch.recommend import Crew
from tests.bench.figures import Row, middle
from tests.bench.recommend_desk import painted_rows
from tests.domain.recommend_ranked import recommended

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.domain.distance import Position

PEOPLE, STOPS, TRADES = 500, 3000, 8
ORDERS, TRIED = 400, 5
MOST_MS = 15.0
DAYS, LONG_H = 6, (14, 40)
"""For how many days everybody's shifts are known where work goes on over several of them."""


def run(*, quick: bool = False) -> list[Row]:
    """Technicians with two of eight skills each, then all of them able to go."""
    dice = Random(11)
    workers = crew(dice)
    orders = [_wanted(dice, n) for n in range(60 if quick else ORDERS)]
    began = process_time()
    ready = Crew(workers)
    laid = (process_time() - began) * 1000
    return [
        *_rows("two of eight skills each", ready, orders, workers),
        *_rows("all able", ready, [_for_all(one) for one in orders], workers),
        *_long_rows(orders),
        Row(measure="recommendation: the crew laid out anew", ours=laid, unit="ms"),
        *painted_rows(quick=quick),
    ]


def _long_rows(orders: Sequence[Wanted]) -> Iterator[Row]:
    """Work that goes on over several shifts, all of them able to go to it."""
    workers = [replace(one, spans=_for_days(one.spans)) for one in crew(Random(11))]
    ready = Crew(workers)
    for hours in LONG_H:
        stops = [replace(one.stop, takes=60.0 * hours) for one in orders]
        long = [
            Wanted(stop=stop, region=one.region) for stop, one in zip(stops, orders, strict=True)
        ]
        yield from _rows(f"{hours} h of work in parts", ready, long, workers)


def _for_days(spans: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple(
        (begins + 1440 * day, ends + 1440 * day) for day in range(DAYS) for begins, ends in spans
    )


def _rows(what: str, ready: Crew, orders: Sequence[Wanted], workers: list[Worker]) -> list[Row]:
    took = []
    gc.collect()
    for wanted in orders:
        began = process_time()
        ready.recommend(wanted)
        took.append((process_time() - began) * 1000)
    peer = []
    for wanted in orders[:TRIED]:
        began = process_time()
        _able, best = recommended(workers, wanted, Prices())
        peer.append((process_time() - began) * 1000)
        told = [one.worker for one in ready.recommend(wanted).offers]
        assert told == [who for _, who, _ in best]
    took.sort()
    name = f"recommendation, {PEOPLE} technicians, {STOPS} stops, {what}"
    return [
        Row(
            measure=f"{name}: p50",
            ours=took[len(took) // 2],
            unit="ms",
            peer=middle(peer),
            peer_name="trying every place anew",
        ),
        Row(measure=f"{name}: p99", ours=took[len(took) * 99 // 100], unit="ms", most=MOST_MS),
    ]


def crew(dice: Random) -> list[Worker]:
    """Shifts of three kinds, four yards, six stops each."""
    yards = [_place(dice) for _ in range(4)]
    return [
        Worker(
            id=n,
            at=dice.choice(yards),
            base=dice.choice(yards),
            spans=dice.choice([((0.0, 480.0),), ((0.0, 240.0), (300.0, 540.0)), ((60.0, 600.0),)]),
            skills={skill: dice.randint(2, 5) for skill in dice.sample(range(TRADES), 2)},
            home=n % 4,
            stops=_in_turn(_stop(dice, n * 10 + k) for k in range(STOPS // PEOPLE)),
        )
        for n in range(PEOPLE)
    ]


def _in_turn(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """As a desk has him come to them."""
    return tuple(sorted(stops, key=lambda one: (-one.weight, one.due, one.number)))


def _stop(dice: Random, number: int) -> Stop:
    return Stop(
        number=number,
        at=_place(dice),
        takes=dice.choice((15.0, 30.0, 45.0, 60.0)),
        due=dice.uniform(30, 700),
        weight=dice.choice(list(WEIGHTS.values())),
    )


def _wanted(dice: Random, number: int) -> Wanted:
    return Wanted(
        stop=_stop(dice, 100_000 + number),
        region=dice.randrange(4),
        customer=dice.randrange(50),
        skill=dice.randrange(TRADES),
        level=2,
    )


def _for_all(wanted: Wanted) -> Wanted:
    return Wanted(stop=wanted.stop, region=wanted.region)


def _place(dice: Random) -> Position:
    return 42.25 + dice.random() / 6, -71.15 + dice.random() / 6
