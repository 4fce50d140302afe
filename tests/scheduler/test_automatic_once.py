"""Automatic dispatch by several schedulers, with faults, and beside the sweeps: once each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler import automatic
from scheduler.automatic import dispatch_waiting
from scheduler.keeper import Keeper
from scheduler.service import Service
from store.commands import SetAutomatic
from store.domain.lifecycle import Move
from store.persistence.feed import News
from store.records import open_records
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import START

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_four_schedulers_send_once(desk: Desk) -> None:
    """At the same time, over the same orders; nobody is sent to two as if he had none."""
    furnished(desk, 0.0, FAR_EAST, 2 * FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0))
    numbers = [desk.order(site="A", priority=3) for _ in range(6)]
    url = str(desk.records.database.url)

    def look(_: int) -> None:
        with closing(open_records(url, feed=False)) as mine:
            while dispatch_waiting(mine, at=START).more:
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    looked(desk)
    for number in numbers:
        facts = desk.facts(number)
        assert (facts.count("assigned"), facts.count("chosen")) == (1, 1)


def test_what_dies_half_way_has_sent_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order, its reasons and what is kept of it are one transaction."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")

    class Dies(BaseException):
        pass

    from store.persistence import nominees

    def dying(*_: Any, **__: Any) -> None:
        raise Dies

    monkeypatch.setattr(nominees, "keep", dying)
    with pytest.raises(Dies):
        looked(desk)
    assert (desk.facts(number), line(desk, number).technician_code) == (["created"], None)
    monkeypatch.undo()
    looked(desk)
    assert desk.facts(number).count("chosen") == 1


def test_a_fault_of_one_order_keeps_no_other_from_its_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is put off; the next has somebody."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    bad, good = desk.order(site="A", priority=1), desk.order(site="A", priority=2)
    weigh = automatic._decision

    def failing(work: Any, order: Any, *more: Any) -> Any:
        if order.number == bad:
            raise ZeroDivisionError
        return weigh(work, order, *more)

    monkeypatch.setattr(automatic, "_decision", failing)
    looked(desk)
    assert (proposed(desk, bad), proposed(desk, good)) == (None, "T1")
    monkeypatch.undo()
    looked(desk, 4)
    assert proposed(desk, bad) is None
    looked(desk, 6)
    assert proposed(desk, bad) == "T1"


def test_the_service_looks_beside_its_sweeps(desk: Desk) -> None:
    """By the clock it is given; and at once with news, where the desk does anything by itself."""
    now = [START]
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    service = Service(desk.records, now=lambda: now[0])
    number = desk.order(site="A")
    service._ring()
    assert proposed(desk, number) == "T1"
    other = desk.order(site="A")
    service._ring()
    assert proposed(desk, other) is None
    service._heard(News(head=desk.records.head(), changes=(), reload=True))
    service._ring()
    assert proposed(desk, other) == "T1"
    third = desk.order(site="A")
    service._ring()
    assert proposed(desk, third) is None
    now[0] += timedelta(seconds=5)
    service._ring()
    assert proposed(desk, third) == "T1"
    assert service.pulse.trouble is None


def test_what_was_found_for_an_order_goes_with_it(desk: Desk) -> None:
    """Once it has left the desk; of those that stay it stays."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    numbers = [desk.order(site="A") for _ in range(2)]
    looked(desk)
    desk.move(numbers[0], Move.CANCEL, at=START, reason="sold")
    keeper = Keeper(desk.records)
    keeper.keep(at=START)
    keeper.keep(at=START + timedelta(hours=1))
    assert [row.number for row in desk.rows("SELECT number FROM nominee")] == numbers[1:]
