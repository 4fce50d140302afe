"""Figures of orders of one fault, opened and closed at once; on PostgreSQL, where two may write."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from store.commands import MoveOrder
from store.commands.moves import move_order
from store.domain.lifecycle import Move
from store.persistence import kpi_fill
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, furnish, minutes, move, written
from tests.store.test_handover_races import waiters
from tests.store.test_kpi_kept import figures_follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.records import Records


@pytest.fixture
def records(postgres_tables: str) -> Iterator[Records]:
    """A furnished store."""
    opened = open_records(postgres_tables, feed=False, zone="Asia/Shanghai")
    furnish(opened)
    yield opened
    opened.close()


def done(records: Records, at: int, kind: str = "lift") -> int:
    """An order of a fault that was dealt with, and is still to be closed."""
    number = written(records, kind=kind, level="critical", at=minutes(at))
    move(records, number, Move.FINISH, minutes(at + 4), insist=True)
    return number


def at_once(*works: Callable[[], object]) -> None:
    """Each in a thread of its own, from the same moment on; what one raises is raised."""
    start, wrong = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    if wrong:
        raise wrong[0]


def test_a_closing_is_not_lost_to_who_opens_the_same_fault(records: Records) -> None:
    """He says how near the next one is, of the row as it is once it is closed."""
    number = done(records, 0)
    with records.work(who=ANA, at=minutes(31)) as closing:
        move_order(closing, MoveOrder(number=number, move=Move.CLOSE))
        closing.flush()
        closing.keep_figures()
        beside = threading.Thread(
            target=written, args=(records,), kwargs={"kind": "lift", "at": minutes(30)}
        )
        beside.start()
        until(lambda: waiters(records) == 1 or not beside.is_alive())
    beside.join(timeout=60)
    assert not beside.is_alive()
    figures_follow(records)


def test_figures_follow_what_many_do_at_once(records: Records) -> None:
    """Opened, done, opened again and closed: nothing is lost, and nobody waits in a circle."""
    for place in range(8):
        kind = f"kind {place}"
        first, second, third = (done(records, at, kind) for at in (0, 10, 20))
        last = written(records, kind=kind, level="critical", at=minutes(28))

        at_once(
            partial(written, records, kind=kind, level="critical", at=minutes(30)),
            partial(move, records, first, Move.CLOSE, minutes(31)),
            partial(move, records, third, Move.CLOSE, minutes(31)),
            partial(move, records, second, Move.REOPEN, minutes(31), reason="again"),
            partial(move, records, last, Move.FINISH, minutes(32), insist=True),
        )
    figures_follow(records)


def test_two_who_bring_orders_in_bulk_owe_figures_together(records: Records) -> None:
    """Nobody owed any before: the second waits for the first, and is not refused."""
    second: list[threading.Thread] = []
    with records.work(who=ANA, at=minutes(1)) as first:
        kpi_fill.owe(first.conn)
        second.append(threading.Thread(target=_owe, args=(records,)))
        second[0].start()
        until(lambda: waiters(records) == 1 or not second[0].is_alive())
        assert second[0].is_alive()
    second[0].join(timeout=60)
    with records.work(who=ANA, at=minutes(2)) as work:
        assert kpi_fill.is_owed(work.conn)


def _owe(records: Records) -> None:
    with records.work(who=ANA, at=minutes(1)) as work:
        kpi_fill.owe(work.conn)
