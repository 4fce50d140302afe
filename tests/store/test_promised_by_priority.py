"""What a change of the priority does to a deadline, as every place that shows one tells it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import SaveLevel, SetPriority, UpdateCustomer
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.persistence.journal import JOURNAL
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.doctor import ExamineOrders
from store.queries.explain import Explain
from store.queries.lists import ListOrders
from tests.store.desk import (
    ANA,
    NINE,
    do,
    minutes,
    move,
    promises_kept,
    rows,
    stored,
    written,
)
from tests.store.undo_desk import undo

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


def test_a_miss_is_told_once_however_often_the_priority_changes(records: Records) -> None:
    """What is promised again is the promise that was missed, and not a second one."""
    number = _urgent(records)
    fire_due(records, at=minutes(241))
    for at, priority in ((250, 3), (260, 1), (270, 3), (280, 1)):
        do(records, SetPriority(number=number, priority=priority), at=minutes(at))
        fire_due(records, at=minutes(at + 1))
    (clock,) = stored(records, number).clocks
    assert (clock.run, clock.breached_at, clock.running) == (1, minutes(240), True)
    assert _misses(records, number) == 1
    _agrees(records, number, at=290)


def test_a_miss_that_no_timer_has_told_yet_is_told_with_the_priority(records: Records) -> None:
    """A desk that was switched off must not lose it because less is promised from now on."""
    number = _urgent(records)
    do(records, SetPriority(number=number, priority=3), at=minutes(250))
    assert _misses(records, number) == 1
    do(records, SetPriority(number=number, priority=1), at=minutes(260))
    fire_due(records, at=minutes(261))
    assert _misses(records, number) == 1
    _agrees(records, number, at=262)


def test_what_rang_does_not_ring_anew_when_it_is_promised_again(records: Records) -> None:
    """The level was reached once; the ones to come are still told, each at its time."""
    number = _urgent(records)
    fire_due(records, at=minutes(185))
    do(records, SetPriority(number=number, priority=3), at=minutes(190))
    do(records, SetPriority(number=number, priority=1), at=minutes(195))
    (clock,) = stored(records, number).clocks
    assert (clock.warned, clock.due_at, clock.breached_at) == (75, minutes(240), None)
    fire_due(records, at=minutes(196))
    assert _told(records, number)["warned"] == 1
    fire_due(records, at=minutes(241))
    assert _misses(records, number) == 1
    _agrees(records, number, at=242)


def test_what_was_promised_to_nobody_was_not_missed_then(records: Records) -> None:
    """A wait in between moves the due time, whatever it was before."""
    policy = {"targets": {"1": {"resolve": {"seconds": 4 * HOUR}}}}
    do(records, SaveLevel(code="U", name="Urgent", calendar="24x7", policy=policy))
    number = written(records, level="U", priority=1)
    do(records, SetPriority(number=number, priority=3), at=minutes(60))
    wait = {"reason": "parts", "wake_at": minutes(600)}
    move(records, number, Move.ASSIGN, minutes(61), technician="T1")
    move(records, number, Move.WAIT, minutes(62), **wait)
    move(records, number, Move.RESUME, minutes(302))
    do(records, SetPriority(number=number, priority=1), at=minutes(303))
    (clock,) = stored(records, number).clocks
    assert (clock.due_at, clock.breached_at) == (minutes(480), None)
    _agrees(records, number, at=304)


@pytest.mark.parametrize("again", [False, True])
def test_a_miss_outlasts_an_undo_of_the_priority(records: Records, *, again: bool) -> None:
    """Whoever takes back that it is promised again does not have it missed a second time."""
    number = _urgent(records)
    do(records, SetPriority(number=number, priority=3), at=minutes(190))
    done = do(records, SetPriority(number=number, priority=1), at=minutes(195))
    fire_due(records, at=minutes(241))
    back = undo(records, entry=done.undo, at=250)
    if again:
        undo(records, entry=back.undo, at=251)
    else:
        do(records, SetPriority(number=number, priority=1), at=minutes(251))
    fire_due(records, at=minutes(252))
    assert _misses(records, number) == 1
    _agrees(records, number, at=253)


def _urgent(records: Records) -> int:
    """An order that four hours are promised for as long as it is of priority 1."""
    policy = {"targets": {"1": {"resolve": {"seconds": 4 * HOUR}}}, "warn": [75]}
    do(records, SaveLevel(code="U", name="Urgent", calendar="24x7", policy=policy))
    return written(records, level="U", priority=1)


def _told(records: Records, number: int) -> Counter[str]:
    return Counter(row["fact"] for row in rows(records, JOURNAL, number=number))


def _misses(records: Records, number: int) -> int:
    return _told(records, number)["breached"]


def _agrees(records: Records, number: int, *, at: float) -> None:
    """Replay, timers and the doctor say the same."""
    promises_kept(records, [number])
    assert records.ask(ExamineOrders(), who=ANA, at=minutes(at)).findings == ()


def test_the_next_word_counts_from_the_last_one(records: Records) -> None:
    """A customer who was called just now is not owed news from long ago."""
    number = written(records, priority=3)
    do(records, UpdateCustomer(number=number, text="we look into it"), at=minutes(120))
    do(records, SetPriority(number=number, priority=2), at=minutes(121))
    (news,) = [c for c in stored(records, number).clocks if c.kind is ClockKind.NEXT_UPDATE]
    assert (news.started_at, news.breached_at) == (minutes(120), None)
