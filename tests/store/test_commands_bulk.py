"""Orders that arrive with their past: many at once, and as sound as those written one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import MoveOrder, NewOrder
from store.domain.advance import advance, open_order
from store.domain.errors import BadInput
from store.domain.history import Entry, History
from store.domain.lifecycle import Move, State
from store.domain.order import WorkOrder
from store.domain.who import THE_DESK
from store.persistence.mapping import ORDER
from store.persistence.people_state import TECHNICIAN
from store.persistence.seals import broken
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, promises_kept, rows, stored

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.rules import Rules
    from store.records import Records

LIFE = (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE)


def history(rules: Rules, place: int, steps: int, *, site: int = 1, kind: str = "") -> History:
    """An order that went so many steps along its life, five minutes each."""
    at = NINE - timedelta(days=place)
    order = WorkOrder(
        number=0,
        title=f"泵 {place}",
        source="city",
        external_id=str(place),
        site=site,
        kind=kind,
        level=1,
        state_since=at,
        opened_at=at,
        created_at=at,
        progress_at=at,
    )
    order, facts = open_order(order, at=at, rules=rules, fact="imported")
    told = [_entry(at, fact) for fact in facts]
    for step in LIFE[:steps]:
        at += timedelta(minutes=5)
        whom = 1 + place % 3 if step is Move.ASSIGN else None
        order, facts = advance(order, step, at=at, by=ANA.operator, rules=rules, technician=whom)
        told += [_entry(at, fact) for fact in facts]
    return History(order=order, entries=tuple(told))


def _entry(at: datetime, fact: object) -> Entry:
    return Entry(at=at, by=ANA.operator, fact=fact)  # type: ignore[arg-type]


def added(records: Records, *steps: int) -> list[int]:
    """Orders so many steps along; their numbers."""
    with records.work(who=THE_DESK, at=NINE) as work:
        rules = work.rules_of(1)
        return work.add_many(history(rules, place, n) for place, n in enumerate(steps, 1))


def test_what_came_in_bulk_keeps_every_promise(records: Records) -> None:
    """Queue columns, timers, technicians and chains, as if each had been moved by hand."""
    numbers = added(records, 0, 1, 2, 3, 4, 5)
    promises_kept(records, numbers)
    states = [stored(records, number).state for number in numbers]
    assert states == [
        State.NEW, State.ASSIGNED, State.ACCEPTED, State.ON_SITE, State.DONE, State.CLOSED,
    ]  # fmt: skip
    assert sum(row["jobs"] for row in rows(records, TECHNICIAN)) == 3


def test_the_order_is_stored_as_it_was_given(records: Records) -> None:
    """Nothing is lost on the way past the typed columns."""
    with records.work(who=THE_DESK, at=NINE) as work:
        given = history(work.rules_of(1), 1, 3)
        number = work.add_many([given])[0]
    kept = stored(records, number)
    assert replace(kept, chain="") == replace(given.order, number=number)


def test_numbers_go_on_from_bulk_to_hand_and_back(records: Records) -> None:
    """No number is given twice."""
    first = added(records, 1, 1)
    second = do(records, NewOrder(title="x")).numbers
    third = do(records, NewOrder(title="x")).numbers
    with records.work(who=THE_DESK, at=NINE) as work:
        fourth = work.add_many([history(work.rules_of(1), 9, 1)])
        fifth = work.add_many([history(work.rules_of(1), 10, 1)])
    numbers = [*first, *second, *third, *fourth, *fifth]
    assert numbers == sorted(set(numbers))
    assert len(rows(records, ORDER)) == 6


def test_work_goes_on_with_an_order_that_came_in_bulk(records: Records) -> None:
    """The next fact hangs on the imported chain."""
    number = added(records, 2)[0]
    do(records, MoveOrder(number=number, move=Move.ARRIVE), at=minutes(1))
    promises_kept(records, [number])
    with records.work(who=THE_DESK, at=minutes(2)) as work:
        assert work.seal() > 0
    with records.database.reading() as conn:
        assert broken(conn) == []


def test_bulk_knows_the_sites_of_the_asker_too(records: Records) -> None:
    """Nothing is added where he does not see."""
    with records.work(who=AT_NORTH, at=NINE) as work, pytest.raises(BadInput):
        work.add_many([history(work.rules_of(1), 1, 0, site=2)])
    assert rows(records, ORDER) == []
