"""Sweepers killed inside their transactions, a hundred times: every timer once, none lost."""

from __future__ import annotations

import json
import random
import tempfile
import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

from scheduler import runner
from scheduler.runner import fire_due
from store.clock import monotonic
from store.commands import seed as _seed  # noqa: F401  loaded before the forks, see below
from store.persistence import migrate as _migrate  # noqa: F401
from store.persistence import postgres as _postgres  # noqa: F401
from store.persistence import work as _work  # noqa: F401
from store.persistence.sqlite import library
from store.records import Records, open_records
from tests.budget import tries
from tests.scheduler.desk import Desk, after
from tests.scheduler.faults import PATIENCE_S
from tests.scheduler.forked import answered, die, ended, forked

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.runner import Unread
    from store.persistence.timers import DueTimer
    from store.persistence.work import Work

ORDERS = 60
KILLS = tries(40, 200)
SWEEPERS = 3
MOMENTS = (15, 16.5, 22.5, 31, 46, 61, 91, 121)
"""Minutes at which the orders' timers fall due, one after the other."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # fork beside the feed's threads
def test_killed_sweepers_lose_nothing_and_repeat_nothing(tables_url: str) -> None:
    """Claim, effect, next aim and journal entry share one transaction and one key."""
    library()  # what was loaded before the forks makes each child quick
    answered(lambda: _fill(tables_url))
    seed = random.Random(7)
    kills = 0
    for moment in MOMENTS:
        kills += _killing(tables_url, moment, seed, at_least=KILLS // len(MOMENTS) + 1)
        left = answered(partial(_swept, tables_url, moment))
        assert left == 0
    assert kills >= KILLS
    counts = answered(lambda: _counts(tables_url))
    assert counts["orders"] == ORDERS
    assert counts["doubled"] == 0, "a level of a clock was journalled twice"
    assert counts["unmatched"] == 0, "a timer fired without its fact, or a fact without its timer"
    assert counts["alarms"] == ORDERS
    assert counts["levels"] == answered(_levels_of_an_unkilled_desk) * ORDERS


def _killing(url: str, moment: float, seed: random.Random, *, at_least: int) -> int:
    """Sweep with several children that die inside their transactions; how many died."""
    kills = 0
    while kills < at_least:
        children = [
            forked(partial(_sweep_and_die, url, moment, seed.random())) for _ in range(SWEEPERS)
        ]
        kills += sum(ended(child) == -9 for child in children)
    return kills


def _sweep_and_die(url: str, moment: float, chance: float) -> None:
    """Fire small batches, and die before the commit of one of them."""
    runner.BATCH = 4
    luck = random.Random(chance)
    fire = runner._fire

    def fatal(work: Work, claimed: list[DueTimer], at: datetime, unread: Unread) -> tuple[int, int]:
        done = fire(work, claimed, at, unread)
        if luck.random() < 0.6:
            work.flush()
            die()
        return done

    runner._fire = fatal  # type: ignore[assignment]
    records = open_records(url, feed=False)
    fire_due(records, at=after(moment))
    die()  # between two sweeps is a place to die, too


def _fill(url: str) -> None:
    desk = Desk(open_records(url, feed=False))
    for _ in range(ORDERS):
        desk.order()


def _swept(url: str, moment: float) -> int:
    """Finish the moment in peace; whether timers are still due after it.

    PostgreSQL may hold an order of a killed one a little longer; that is passed over till then.
    """
    records: Records = open_records(url, feed=False)
    pause, give_up = threading.Event(), monotonic() + PATIENCE_S
    while True:
        fire_due(records, at=after(moment))
        next_at = records.next_aim()
        due = next_at is not None and next_at <= after(moment)
        if not due or monotonic() > give_up:
            return int(due)
        pause.wait(0.05)


def _counts(url: str) -> dict[str, int]:
    desk = Desk(open_records(url, feed=False))
    told = desk.rows(
        "SELECT number, body FROM journal WHERE fact IN ('warned', 'breached')"
        " AND via = 'scheduler'"
    )
    keys = [(number, *_key(body)) for number, body in told]
    fired = Counter(
        tuple(row)
        for row in desk.rows(
            "SELECT number, clock, run FROM timer WHERE fired_at IS NOT NULL AND clock <> ''"
        )
    )
    facts = Counter((number, clock, run) for number, clock, run, _level in keys)
    return {
        "orders": desk.rows("SELECT count(*) FROM work_order")[0][0],
        "doubled": len(keys) - len(set(keys)),
        "unmatched": (fired - facts).total() + (facts - fired).total(),
        "alarms": desk.rows("SELECT count(*) FROM alarm WHERE cleared_at IS NULL")[0][0],
        "levels": len(keys),
    }


def _key(body: str) -> tuple[str, int, int]:
    told = json.loads(body)
    return told["clock"], told["run"], told["level"]


def _levels_of_an_unkilled_desk() -> int:
    """How many levels one order journals when nobody is killed."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_records(f"sqlite:///{folder}/calm.db", feed=False))
        number = desk.order()
        for moment in MOMENTS:
            fire_due(desk.records, at=after(moment))
        facts = desk.facts(number)
        desk.records.close()
    return facts.count("warned") + facts.count("breached")
