"""How long `W` takes at a console: from the key to the five who should go, painted.

Over a desk of its own, full of technicians with what they have to do; beside the least that an app
can do for a key, in the same run. On all open orders, as soon as one is chosen, so that all is
reckoned then; and on those that nobody has, after a look at the order, while which it is asked.
"""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from console.demo.generate import Wish, generate
from console.render_bars import QUEUE_KEYS
from store import clock
from store.domain.lifecycle import LIVE_VISITS
from store.domain.who import THE_DESK
from store.persistence.mapping import VISIT
from store.queries.queues import QUEUES
from store.records import open_records
from tests.bench.board import SETTLED_S, await_orders, read_for, swept
from tests.bench.board_desk import COUNTER, at_desk, paidan
from tests.bench.figures import Row, quantile

if TYPE_CHECKING:
    from store.records import Records
    from tests.console.pty_desk import Desk

TECHNICIANS, SITES, ORDERS = 500, 2_000, 20_000
STOPS = 3_000
OPEN = 3_925
"""Open orders of which about so many are with somebody."""
PRESSES, FEW = 60, 15
AT_ONCE, LOOKED = (0.2, 0.28), (0.8, 1.0)
"""Seconds between the choice of an order and the key: less, and more, than hands must rest."""
MOST_MS = 60.0
ANSWERED = re.compile(rb"may go; of the others|nobody may go|\(level|skill missing \d")


def painted_rows(*, quick: bool = False) -> list[Row]:
    """The median and the 95th of a hundred, on a quiet desk, of both."""
    count = FEW if quick else PRESSES
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'desk.db'}"
        stops = filled(url)
        with at_desk(paidan(url, Path(folder))) as desk:
            await_orders(desk)
            at_once = presses(desk, count, rest=AT_ONCE)
            desk.press(QUEUE_KEYS[list(QUEUES).index("unassigned")])
            read_for(desk, SETTLED_S)
            ours = {"pressed at once": at_once, "asked ahead": presses(desk, count, rest=LOOKED)}
        with at_desk(COUNTER) as bare:
            bare.sees("board on 0")
            floor = counted(bare, count)
    name = f"`W` → painted, {TECHNICIANS} technicians, {stops:,} stops"
    return [
        Row(
            measure=f"{name}, {case}, {part_name}",
            ours=quantile(times, part),
            unit="ms",
            peer=quantile(floor, part),
            peer_name="bare counter",
            most=most,
        )
        for case, times in ours.items()
        for part_name, part, most in (("p50", 0.5, None), ("p95", 0.95, MOST_MS))
    ]


def filled(url: str) -> int:
    """Make the desk; how many stops its technicians have."""
    records = open_records(url, feed=False)
    wish = Wish(orders=ORDERS, open=OPEN, technicians=TECHNICIANS, sites=SITES, seed=7, weeks=20)
    generate(records, wish, who=THE_DESK, at=clock.now())
    stops = stops_of(records)
    records.close()
    swept(url)
    return stops


def stops_of(records: Records) -> int:
    """Live visits."""
    live = VISIT.c.state.in_([state.value for state in LIVE_VISITS])
    with records.database.reading() as conn:
        return conn.execute(select(func.count()).select_from(VISIT).where(live)).scalar_one()


def presses(desk: Desk, count: int, *, rest: tuple[float, float]) -> list[float]:
    """Milliseconds of `W` on one order after the other; the first few only warm up."""
    dice, times = random.Random(1), []
    for _ in range(count + 5):
        start, began = len(desk.raw), clock.monotonic()
        desk.press("W")
        while ANSWERED.search(desk.raw, start) is None:
            assert clock.monotonic() - began < 10, desk.text()
            desk.read(1)
        times.append(1000 * (clock.monotonic() - began))
        read_for(desk, dice.uniform(0.1, 0.2))
        desk.press("\x1b")
        read_for(desk, 0.8)
        desk.press("j")
        read_for(desk, dice.uniform(*rest))
    return times[5:]


def counted(bare: Desk, count: int) -> list[float]:
    """Milliseconds of the counter's key."""
    times = []
    for _ in range(count):
        read_for(bare, 0.1)
        start, began = len(bare.raw), clock.monotonic()
        bare.press("j")
        while b"on" not in bare.raw[start:]:
            assert clock.monotonic() - began < 10, bare.text()
            bare.read(1)
        times.append(1000 * (clock.monotonic() - began))
    return times
