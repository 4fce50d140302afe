"""What a change of the priority does to a deadline, as every place that shows one tells it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store.commands import SaveLevel, SetPriority, UpdateCustomer
from store.domain.targets import ClockKind
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.explain import Explain
from store.queries.lists import ListOrders
from tests.store.desk import ANA, NINE, do, minutes, promises_kept, stored, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

HOUR = 3600


def _planned_only(records: Records) -> None:
    """A level that names targets for planned work alone."""
    policy = {"targets": {"4": {"resolve": {"seconds": 24 * HOUR}}}}
    do(records, SaveLevel(code="P", name="Planned", calendar="24x7", policy=policy))


def _due_everywhere(records: Records, number: int) -> set[datetime | None]:
    """When it is due to be resolved, as the board, the lists, the card and `e` have it."""
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(5))
    card = records.ask(OrderCard(number=number), who=ANA, at=minutes(5))
    told = records.ask(Explain(number=number), who=ANA, at=minutes(5))
    (listed,) = records.ask(ListOrders(), who=ANA, at=minutes(5))
    assert line is not None
    promised = told is not None and told.clock.running
    clocks = [held.clock.due_at for held in card.clocks if held.clock.running] or [None]
    return {
        *(line.next_deadline, listed.due_at, card.due_at, *clocks),
        told.clock.due_at if told is not None and promised else None,
    }


def test_work_that_becomes_more_urgent_keeps_its_deadline(records: Records) -> None:
    """Where the level names none for the priority, that of the next less urgent one holds."""
    _planned_only(records)
    number = written(records, level="P", priority=4)
    assert _due_everywhere(records, number) == {NINE + timedelta(hours=24)}
    do(records, SetPriority(number=number, priority=1), at=minutes(5))
    assert _due_everywhere(records, number) == {NINE + timedelta(hours=24)}
    promises_kept(records, [number])


def test_what_is_no_longer_promised_is_due_nowhere(records: Records) -> None:
    """And is promised again as soon as the priority is the one before."""
    policy = {"targets": {"1": {"resolve": {"seconds": 4 * HOUR}}}}
    do(records, SaveLevel(code="U", name="Urgent", calendar="24x7", policy=policy))
    number = written(records, level="U", priority=1)
    do(records, SetPriority(number=number, priority=3), at=minutes(2))
    assert _due_everywhere(records, number) == {None}
    do(records, SetPriority(number=number, priority=1), at=minutes(4))
    assert _due_everywhere(records, number) == {NINE + timedelta(hours=4)}
    promises_kept(records, [number])


def test_the_next_word_counts_from_the_last_one(records: Records) -> None:
    """A customer who was called just now is not owed news from long ago."""
    number = written(records, priority=3)
    do(records, UpdateCustomer(number=number, text="we look into it"), at=minutes(120))
    do(records, SetPriority(number=number, priority=2), at=minutes(121))
    (news,) = [c for c in stored(records, number).clocks if c.kind is ClockKind.NEXT_UPDATE]
    assert (news.started_at, news.breached_at) == (minutes(120), None)
