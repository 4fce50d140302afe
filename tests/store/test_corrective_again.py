"""A customer who is unhappy again: each bad answer is a finding of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import MoveOrder
from store.commands.corrective import CloseAction, DropAction, JudgeAction, OpenAction
from store.commands.heard import FindCause, RateOrder
from store.domain.corrective_refusals import FindingHasAction
from store.domain.lifecycle import Move
from store.queries.heard import BadAnswers
from tests.store.desk import ANA, NINE, do, minutes, promises_kept
from tests.store.test_corrective import OVER, an_action, heard, observed, shown
from tests.store.test_surveys import faults, finish, stored

if TYPE_CHECKING:
    from store.records import Records


def awaited(records: Records) -> list[int]:
    """The orders whose bad answers wait for a cause or an action."""
    return [bad.number for bad in records.ask(BadAnswers(), who=ANA, at=NINE)]


def ended(records: Records) -> int:
    """The order of an action that had an effect and is closed."""
    action = observed(records)
    heard(records)
    do(records, JudgeAction(action=action, effective=True, verdict="fine"), at=minutes(OVER))
    changed = CloseAction(action=action, standard="procedure", changed="SOP 4")
    do(records, changed, at=minutes(OVER + 1))
    return shown(records, action).number


def test_a_second_bad_answer_waits_for_an_action_of_its_own(records: Records) -> None:
    """After one that was closed, and a good answer between; the closed one sees to its own only."""
    number = ended(records)
    assert awaited(records) == []
    with pytest.raises(FindingHasAction):
        do(records, OpenAction(number=number), at=minutes(OVER + 2))
    do(records, RateOrder(number=number, csat=5), at=minutes(OVER + 3))
    do(records, RateOrder(number=number, csat=1, said="rude"), at=minutes(OVER + 4))
    assert awaited(records) == [number]
    do(records, FindCause(number=number, cause="use", contained="x"), at=minutes(OVER + 5))
    assert awaited(records) == [number]
    second = do(records, OpenAction(number=number), at=minutes(OVER + 6)).facts["id"]
    assert awaited(records) == []
    assert shown(records, second).found_at == minutes(OVER + 4)
    promises_kept(records, [number])
    assert faults(records) == ()


def test_bad_again_after_it_was_done_again_is_found_again(records: Records) -> None:
    """Without a good answer between: a call is promised, and the cause is still to be found."""
    number = ended(records)
    do(records, MoveOrder(number=number, move=Move.REOPEN, reason="x"), at=minutes(OVER + 2))
    finish(records, number, at=OVER + 10)
    done = do(records, RateOrder(number=number, csat=2), at=minutes(OVER + 11))
    assert "again" in done.facts
    order = stored(records, number)
    assert (order.bad_at, order.cause, order.contained) == (minutes(OVER + 11), None, "")
    assert awaited(records) == [number]
    do(records, RateOrder(number=number, csat=1), at=minutes(OVER + 12))
    assert stored(records, number).bad_at == minutes(OVER + 11)
    do(records, FindCause(number=number, cause="use", contained="x"), at=minutes(OVER + 13))
    do(records, OpenAction(number=number), at=minutes(OVER + 14))
    assert awaited(records) == []
    promises_kept(records, [number])
    assert faults(records) == ()


def test_an_open_action_sees_to_what_comes_meanwhile(records: Records) -> None:
    """One at a time; once it is over the newer answer waits."""
    action = an_action(records)
    number = shown(records, action).number
    do(records, RateOrder(number=number, csat=5), at=minutes(31))
    do(records, RateOrder(number=number, csat=1), at=minutes(32))
    do(records, FindCause(number=number, cause="use", contained="x"), at=minutes(33))
    assert awaited(records) == []
    with pytest.raises(FindingHasAction):
        do(records, OpenAction(number=number), at=minutes(34))
    do(records, DropAction(action=action, reason="overtaken"), at=minutes(35))
    assert awaited(records) == [number]
