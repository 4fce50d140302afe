"""One call is promised once, whoever promises it again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import KeepFollowUp, PromiseFollowUp, RecordCall
from store.domain.errors import FollowUpStands
from store.queries.calls import Calls
from tests.store.desk import ANA, BO, do, minutes, written

if TYPE_CHECKING:
    from store.records import Records

DUE = minutes(60)


def test_a_call_of_the_same_minute_is_there_already(records: Records) -> None:
    """Two operators wrote down the same word: the customer is called once."""
    number = written(records)
    do(records, PromiseFollowUp(number=number, due_at=DUE, note="the key"), at=minutes(1))
    again = PromiseFollowUp(number=number, due_at=DUE + timedelta(seconds=20), note="about the key")
    with pytest.raises(FollowUpStands, match="has follow-up 1 for 2026-09-21"):
        do(records, again, who=BO, at=minutes(2))
    calls = records.ask(Calls(), who=ANA, at=minutes(61))
    assert [(call.number, call.note) for call in calls] == [(number, "the key")]


def test_another_minute_another_order_or_one_that_was_kept_is_promised(records: Records) -> None:
    """Only the same promise is refused."""
    number, other = written(records), written(records)
    do(records, PromiseFollowUp(number=number, due_at=DUE), at=minutes(1))
    for due_at, whose in ((minutes(61), number), (DUE, other)):
        do(records, PromiseFollowUp(number=whose, due_at=due_at), at=minutes(2))
    do(records, PromiseFollowUp(number=number, due_at=DUE, kind="survey"), at=minutes(2))
    do(records, KeepFollowUp(number=number, place=1), at=minutes(3))
    done = do(records, PromiseFollowUp(number=number, due_at=DUE), at=minutes(4))
    assert done.facts["place"] == 4


def test_what_came_of_a_call_promises_no_second_one(records: Records) -> None:
    """Two calls of one order are noted with the same next time: it is one call from then on."""
    number = written(records)
    for due_at in (minutes(10), minutes(11)):
        do(records, PromiseFollowUp(number=number, due_at=due_at), at=minutes(1))
    for place in (1, 2):
        noted = RecordCall(number=number, outcome="promised", place=place, next_at=DUE)
        done = do(records, noted, at=minutes(12))
        assert done.facts["again"] == DUE
    calls = records.ask(Calls(), who=ANA, at=minutes(61))
    assert [(call.number, call.place) for call in calls] == [(number, 3)]
