"""Whom to call: promises that are due, silent orders; what came of it, and the next call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.outcomes import tries_said
from console.render_card import card_lines
from scheduler.runner import fire_due
from store.commands import Acknowledge, PromiseFollowUp, RecordCall, Together, Undo
from store.domain.calls import CallReason, Outcome
from store.domain.errors import BadInput, OrderUnknown
from store.persistence.loading import FOLLOW_UP
from store.queries.calls import CallLine, Calls, NextCalls
from store.queries.card import OrderCard
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, do, minutes, promises_kept, rows, written

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records


def calls(records: Records, *, at: float, who: Who = ANA, **more: Any) -> tuple[CallLine, ...]:
    """The list at a minute after nine."""
    return records.ask(Calls(**more), who=who, at=minutes(at))


def promised(records: Records, *, at: float = 60, **fields: Any) -> int:
    """An order whose customer is to be called at that minute."""
    number = written(records, level="critical", **fields)
    do(records, PromiseFollowUp(number=number, due_at=minutes(at), note="quote"))
    return number


def record(records: Records, number: int, outcome: str, *, at: float, **more: Any) -> Any:
    """What came of a call."""
    return do(records, RecordCall(number=number, outcome=outcome, **more), at=minutes(at))


def test_a_promise_comes_to_the_list_when_it_is_due(records: Records) -> None:
    """Not before; with who is to be called and what about."""
    number = promised(records)
    assert calls(records, at=59) == ()
    (call,) = calls(records, at=60)
    assert (call.number, call.place, call.why) == (number, 1, CallReason.PROMISED)
    assert (call.note, call.customer, call.made_by, call.tries) == ("quote", "华润物业", "Ana", 0)


def test_a_silent_order_comes_by_itself_and_goes_with_the_next_word(records: Records) -> None:
    """The level asks for a word every four hours; a call about it is one."""
    number = written(records, level="critical")
    fire_due(records, at=minutes(239))
    assert calls(records, at=239) == ()
    fire_due(records, at=minutes(240))
    (call,) = calls(records, at=240)
    assert (call.number, call.place, call.why) == (number, None, CallReason.SILENT)
    record(records, number, "reached", at=241)
    assert calls(records, at=242) == ()
    promises_kept(records, [number])


def test_a_day_without_progress_comes_though_no_level_asks(records: Records) -> None:
    """Nobody is forgotten because nothing was promised to him."""
    number = written(records, level=None, customer="C1")
    assert calls(records, at=23 * 60) == ()
    assert [call.number for call in calls(records, at=24 * 60)] == [number]


@pytest.mark.parametrize(("tries", "minutes_on"), [(0, 30), (1, 120), (2, 480), (5, 480)])
def test_nobody_answers_and_the_next_call_is_proposed_later_each_time(
    records: Records, tries: int, minutes_on: int
) -> None:
    """Half an hour, two, eight; the critical level's hours are all hours."""
    number = promised(records)
    at = 60.0
    for _ in range(tries):
        record(records, number, "no_answer", at=at, next_at=minutes(at + 1))
        at += 1
    proposed = records.ask(NextCalls(number=number), who=ANA, at=minutes(at))
    record(records, number, "no_answer", at=at)
    due = [row["due_at"] for row in rows(records, FOLLOW_UP, number=number, done_at=None)]
    assert due == [minutes(at + minutes_on)] == [proposed[Outcome.NO_ANSWER]]
    assert proposed[Outcome.REACHED] is None
    assert calls(records, at=at + minutes_on)[0].tries == tries + 1
    promises_kept(records, [number])


def test_a_call_is_taken_back_whole(records: Records) -> None:
    """The promise is open again, and the next one was never made."""
    number = promised(records)
    before = rows(records, FOLLOW_UP, number=number)
    done = record(records, number, "promised", at=61, note="asks for Ana")
    assert [row["outcome"] for row in rows(records, FOLLOW_UP)] == ["promised: asks for Ana", None]
    do(records, Undo(entry=done.undo), at=minutes(62))
    assert rows(records, FOLLOW_UP, number=number) == before
    promises_kept(records, [number])


def test_a_call_nobody_had_promised_is_taken_back_whole(records: Records) -> None:
    """Nothing of it is left, and the order is silent again."""
    number = written(records, level="critical")
    fire_due(records, at=minutes(240))
    done = record(records, number, "done", at=241)
    do(records, Undo(entry=done.undo), at=minutes(242))
    assert rows(records, FOLLOW_UP, number=number) == []
    assert [call.number for call in calls(records, at=243)] == [number]
    promises_kept(records, [number])


def test_the_first_due_is_the_one_that_was_called_about(records: Records) -> None:
    """Unless another is named; one that is done already is refused."""
    number = promised(records, at=90)
    do(records, PromiseFollowUp(number=number, due_at=minutes(60)), at=minutes(1))
    record(records, number, "reached", at=61)
    done = [row["place"] for row in rows(records, FOLLOW_UP) if row["done_at"] is not None]
    assert done == [2]
    with pytest.raises(BadInput):
        record(records, number, "reached", at=62, place=2)
    with pytest.raises(BadInput):
        record(records, number, "shouted", at=62)
    with pytest.raises(BadInput):
        record(records, number, "promised", at=62, next_at=minutes(61))
    assert len(rows(records, FOLLOW_UP)) == 2


def test_each_office_calls_its_own_customers(records: Records) -> None:
    """Neither reads nor notes those of others."""
    number = promised(records)
    assert [call.number for call in calls(records, at=60, who=AT_NORTH)] == [number]
    assert calls(records, at=60, who=AT_SOUTH) == ()
    with pytest.raises(OrderUnknown):
        do(
            records,
            RecordCall(number=number, outcome="reached"),
            who=AT_SOUTH,
            at=minutes(61),
        )


def test_several_calls_are_one_deed(records: Records) -> None:
    """A set is noted and taken back whole."""
    numbers = [promised(records) for _ in range(3)]
    do(records, Acknowledge(), at=minutes(61))
    noted = tuple(RecordCall(number=number, outcome="done") for number in numbers)
    done = do(records, Together(commands=noted), at=minutes(61))
    assert calls(records, at=62) == ()
    do(records, Undo(entry=done.undo), at=minutes(63))
    assert len(calls(records, at=64)) == 3


def test_the_next_call_is_within_working_hours(records: Records) -> None:
    """Half a working hour after a quarter to six is a quarter past nine the next day."""
    number = written(records, level="standard")
    evening = minutes(9 * 60 - 15)
    proposed = records.ask(NextCalls(number=number), who=ANA, at=evening)
    again = proposed[Outcome.NO_ANSWER]
    assert again is not None
    assert again - evening > timedelta(hours=12)


def test_who_was_reached_after_hours_is_called_again_by_day(records: Records) -> None:
    """His order is worked on round the clock; that is no reason to ring him at midnight."""
    number = promised(records)
    evening = 11 * 60.0  # eight on Monday, the desk closed at six
    proposed = records.ask(NextCalls(number=number), who=ANA, at=minutes(evening))
    nine = minutes(24 * 60)
    assert proposed[Outcome.PROMISED] == proposed[Outcome.UNHAPPY] == nine
    assert proposed[Outcome.NO_ANSWER] == minutes(evening + 30), "nobody has heard us yet"
    record(records, number, "promised", at=evening)
    (again,) = rows(records, FOLLOW_UP, number=number, done_at=None)
    assert again["due_at"] == nine
    by_day = records.ask(NextCalls(number=number), who=ANA, at=minutes(60))
    assert by_day[Outcome.PROMISED] == minutes(5 * 60)
    assert records.ask(NextCalls(number=number), who=ANA, at=minutes(5 * 1440 - 60))[
        Outcome.UNHAPPY
    ] == minutes(7 * 1440), "on Saturday for Monday"


def test_the_card_counts_who_was_not_reached(records: Records) -> None:
    """Each try proposes the next by itself, later and later; one answer ends the count."""
    number = promised(records)
    said = []
    for at, outcome in ((60, "no_answer"), (90, "no_answer"), (200, "reached")):
        record(records, number, outcome, at=at)
        card = records.ask(OrderCard(number=number), who=ANA, at=minutes(at))
        said.append((tries_said(card.follow_ups), len(card.follow_ups)))
        shown = {text for line in card_lines(card, at=minutes(at), zone=None) for text, _ in line}
        assert (said[-1][0] in shown) is bool(said[-1][0])
    assert said == [
        ("not reached so far, tries: 1", 2), ("not reached so far, tries: 2", 3), ("", 3),
    ]  # fmt: skip
