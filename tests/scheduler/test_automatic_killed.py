"""Schedulers killed while they dispatch by themselves: every order has one, none has two."""

from __future__ import annotations

import random
import threading
from functools import partial

import pytest

from scheduler.automatic import dispatch_waiting
from store.clock import monotonic
from store.commands import SaveSite, SaveTechnician, SetAutomatic
from store.commands import automatic as _automatic  # noqa: F401  loaded before the forks
from store.persistence import migrate as _migrate  # noqa: F401
from store.persistence import nominees
from store.persistence import postgres as _postgres  # noqa: F401
from store.persistence.sqlite import library
from store.queries.answers import automatic as _answers  # noqa: F401
from store.queries.answers import recommend as _recommend  # noqa: F401
from store.queries.automatic import ToDispatch
from store.records import open_records
from tests.budget import tries
from tests.scheduler.desk import ANA, START, Desk
from tests.scheduler.faults import PATIENCE_S
from tests.scheduler.forked import answered, die, ended, forked

ORDERS, DISPATCHERS, KILLS = 24, 3, tries(20, 80)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # fork beside the feed's threads
def test_killed_dispatchers_lose_nothing_and_send_nobody_twice(tables_url: str) -> None:
    """The visit, its reasons and what is kept of it share one transaction."""
    library()
    answered(lambda: _fill(tables_url))
    seed, kills = random.Random(7), 0
    while kills < KILLS:
        children = [
            forked(partial(_dispatch_and_die, tables_url, seed.random()))
            for _ in range(DISPATCHERS)
        ]
        kills += sum(ended(child) == -9 for child in children)
    assert answered(lambda: _finished(tables_url)) == 0
    counts = answered(lambda: _counts(tables_url))
    assert counts == {"visits": ORDERS, "assigned": ORDERS, "chosen": ORDERS, "held": ORDERS}


def _fill(url: str) -> None:
    desk = Desk(open_records(url, feed=False))
    for command in (
        SaveSite(code="A", name="Site A", zone="UTC", latitude=31.2, longitude=121.4),
        SaveTechnician(code="T1", name="Near", home="A"),
        SaveTechnician(code="T2", name="Far"),
        SetAutomatic(mode="act", margin=0),
    ):
        desk.records.do(command, who=ANA, at=START)
    for _ in range(ORDERS):
        desk.order(site="A", priority=4)


def _dispatch_and_die(url: str, chance: float) -> None:
    """Send, and die before a commit or between two."""
    luck, keep = random.Random(chance), nominees.keep

    def fatal(*given: object, **more: object) -> None:
        keep(*given, **more)  # type: ignore[arg-type]  # handed on as it came
        if luck.random() < 0.7:
            die()

    nominees.keep = fatal
    records = open_records(url, feed=False)
    dispatch_waiting(records, at=START)
    die()


def _finished(url: str) -> int:
    """Finish in peace; how many orders are left that want somebody."""
    records = open_records(url, feed=False)
    pause, give_up = threading.Event(), monotonic() + PATIENCE_S
    while True:
        dispatch_waiting(records, at=START)
        waiting = records.ask(ToDispatch(limit=ORDERS), who=ANA, at=START)
        left = () if waiting is None else waiting.numbers
        if not left or monotonic() > give_up:
            return len(left)
        pause.wait(0.01)


def _counts(url: str) -> dict[str, int]:
    desk = Desk(open_records(url, feed=False))

    def count(what: str) -> int:
        found: int = desk.rows(f"SELECT count(*) FROM {what}")[0][0]
        return found

    return {
        "visits": count("visit"),
        "assigned": count("journal WHERE fact = 'assigned'"),
        "chosen": count("journal WHERE fact = 'chosen'"),
        "held": count("work_order WHERE technician_id IS NOT NULL"),
    }
