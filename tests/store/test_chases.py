"""A customer asks where we are: counted, moved up, never taken for progress."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import ChaseOrder, MoveOrder, NoteOrder
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move
from store.domain.moves_refusals import FinishedAlready, OrderOver
from store.domain.undo_refusals import BuiltUpon
from store.persistence import migrate, migrations
from store.persistence.mapping import ORDER
from store.queries.board import LineOf, QueuePage
from store.queries.card import OrderCard, Trace
from store.queries.finding import FindOrders
from store.records import open_records
from tests.prepared import KINDS
from tests.store.desk import ANA, AT_SOUTH, do, furnish, minutes, promises_kept, rows, written
from tests.store.fresh_desks import furnished_in_utc
from tests.store.undo_desk import undo
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared


@pytest.fixture(params=KINDS)
def records(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path
) -> Iterator[Records]:
    """A furnished desk."""
    with prepared.copy(request.param, furnished_in_utc, tmp_path) as url:
        records = open_records(url, feed=False)
        yield records
        records.close()


def _rank(records: Records, number: int) -> datetime:
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(30))
    assert line is not None
    return line.rank_at


def _chased(records: Records, number: int) -> int:
    return records.ask(OrderCard(number=number), who=ANA, at=minutes(30)).order.chased


def test_a_chase_is_counted_told_and_moves_the_order_up(records: Records) -> None:
    """Past one that would have come first; its clocks and its silence stay as they were."""
    first, second = written(records), written(records, at=minutes(5))
    before = records.ask(OrderCard(number=second), who=ANA, at=minutes(6))
    rank = _rank(records, second)
    done = do(records, ChaseOrder(number=second, text="等了一小时"), at=minutes(6))
    assert done.facts == {"number": second, "chased": 1}
    assert _rank(records, second) == rank - timedelta(minutes=30)
    page = records.ask(QueuePage(queue="all_open"), who=ANA, at=minutes(6))
    assert [line.number for line in page.lines] == [second, first]
    after = records.ask(OrderCard(number=second), who=ANA, at=minutes(6))
    assert after.order.progress_at == before.order.progress_at
    assert [held.clock for held in after.clocks] == [held.clock for held in before.clocks]
    told = records.ask(Trace(number=second), who=ANA, at=minutes(6))[-1]
    assert (told.fact, told.words["note"]) == ("chased", "等了一小时")
    promises_kept(records, [first, second])


def test_a_chase_is_taken_back_whatever_else_happened(records: Records) -> None:
    """But not under a later one: their count is one."""
    number = written(records)
    rank = _rank(records, number)
    one = do(records, ChaseOrder(number=number), at=minutes(1))
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(2))
    two = do(records, ChaseOrder(number=number), at=minutes(3))
    with pytest.raises(BuiltUpon):
        undo(records, entry=one.seq)
    undo(records, entry=two.seq)
    undo(records, entry=one.seq)
    assert (_chased(records, number), _rank(records, number)) == (0, rank)


def test_taking_back_a_dispatch_leaves_the_chases(records: Records) -> None:
    """They were before it and after it, and are about the customer."""
    number = written(records)
    do(records, ChaseOrder(number=number), at=minutes(1))
    sent = do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(2))
    do(records, ChaseOrder(number=number), at=minutes(3))
    undo(records, entry=sent.seq)
    assert _chased(records, number) == 2


def test_what_was_said_is_found(records: Records) -> None:
    """As a note's words are."""
    number = written(records)
    do(records, ChaseOrder(number=number, text="老板很生气"), at=minutes(1))
    found = records.ask(FindOrders(text="生气"), who=ANA, at=minutes(2))
    assert [line.number for line in found.lines] == [number]


def test_one_that_is_over_is_not_chased(records: Records) -> None:
    """It is reopened, or another one written down."""
    number = written(records)
    do(records, MoveOrder(number=number, move=Move.CANCEL, reason="no need"), at=minutes(1))
    with pytest.raises(OrderOver):
        do(records, ChaseOrder(number=number), at=minutes(2))


def test_finished_work_is_chased_only_on_purpose(records: Records) -> None:
    """Whoever asks about it mostly means that it is broken again: that is another order."""
    number = written(records)
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(1))
    with pytest.raises(FinishedAlready):
        do(records, ChaseOrder(number=number), at=minutes(2))
    do(records, ChaseOrder(number=number, insist=True), at=minutes(3))
    assert _chased(records, number) == 1


def test_what_is_out_of_sight_is_not_chased(records: Records) -> None:
    """As if it were not there."""
    number = written(records, site="N1")
    with pytest.raises(OrderUnknown):
        do(records, ChaseOrder(number=number), who=AT_SOUTH)


def test_the_same_key_chases_once(records: Records) -> None:
    """A commit may be stored and its answer lost."""
    number = written(records)
    for _try in range(2):
        records.do(ChaseOrder(number=number), who=ANA, at=minutes(1), key="k")
    assert _chased(records, number) == 1


def test_orders_of_the_release_before_are_chased(store_url: str) -> None:
    """A filled store gets the column, and all its orders stand at none."""
    records = open_records(store_url, feed=False)
    furnish(records)
    number = written(records)
    do(records, NoteOrder(number=number, text="before"))
    with records.database.writing() as conn:
        wind_back(conn, to=2)
    records.close()
    records = open_records(store_url, feed=False)
    assert migrate.standing_of(records.database).version == int(migrations.HEAD)
    do(records, ChaseOrder(number=number), at=minutes(1))
    (row,) = rows(records, ORDER, number=number)
    assert row["chased"] == 1
    promises_kept(records, [number])
    records.close()
