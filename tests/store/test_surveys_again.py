"""Answers that come in twice, late, too soon, or beside another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import MoveOrder, Undo
from store.commands.erasing import ErasePerson
from store.commands.heard import FindCause, RateOrder
from store.domain.answers_told import AnsweredAlready, AnsweredLater, AnsweredTooSoon
from store.domain.lifecycle import Move
from tests.store.desk import BO, do, minutes
from tests.store.test_surveys import delivered, faults, finish, stored

if TYPE_CHECKING:
    from store.records import Records


def from_file(records: Records, number: int, read: int, **told: Any) -> int:
    """A row of a file, read at some minute; the entry that was made of it, 0 for none."""
    return do(records, RateOrder(number=number, first=True, **told), at=minutes(read)).seq


def test_a_file_that_is_read_again_changes_nothing(records: Records) -> None:
    """Not the newest answer, nor what was found out about it, nor what was set right since."""
    number = delivered(records)
    rows: tuple[dict[str, Any], ...] = (
        {"csat": 5, "said": "good", "at": minutes(20)},
        {"csat": 1, "said": "broke again", "at": minutes(40)},
    )
    assert all(from_file(records, number, 60, **row) for row in rows)
    do(records, FindCause(number=number, cause="design", contained="new pump"), at=minutes(61))
    before = stored(records, number)
    assert [from_file(records, number, 70, **row) for row in rows] == [0, 0]
    assert stored(records, number) == before
    right = RateOrder(number=number, csat=2, nps=3, version=before.version)
    do(records, right, at=minutes(80))
    before = stored(records, number)
    assert [from_file(records, number, 90, **row) for row in rows] == [0, 0]
    assert stored(records, number) == before
    move = MoveOrder(number=number, move=Move.REOPEN, reason="again")
    do(records, move, at=minutes(100))
    assert [from_file(records, number, 110, **row) for row in rows] == [0, 0]
    assert faults(records) == ()


def test_of_a_file_without_times_the_same_is_known_and_another_is_seen_first(
    records: Records,
) -> None:
    """Whoever has not seen the answer that stands replaces none."""
    number = delivered(records)
    assert from_file(records, number, 20, csat=1, said="late")
    assert from_file(records, number, 30, csat=1, said="late") == 0
    assert stored(records, number).rated_at == minutes(20)
    do(records, RateOrder(number=number, csat=5), who=BO, at=minutes(40))
    assert from_file(records, number, 50, csat=1, said="late") == 0
    with pytest.raises(AnsweredAlready) as refused:
        from_file(records, number, 60, csat=3)
    facts = refused.value.facts
    assert (facts["by"], facts["changed_at"], facts["answer"]) == ("Bo", minutes(40), "CSAT 5")
    assert stored(records, number).csat == 5
    assert do(records, RateOrder(number=number, csat=3), at=minutes(61)).seq


def test_an_older_answer_replaces_no_newer_one(records: Records) -> None:
    """And none is from before the work was there; of work done twice, from before the first."""
    number = delivered(records)
    with pytest.raises(AnsweredTooSoon):
        from_file(records, number, 60, csat=5, at=minutes(9))
    assert from_file(records, number, 60, csat=4, at=minutes(40))
    for at in (20, 40):
        with pytest.raises(AnsweredLater):
            from_file(records, number, 70, csat=5, at=minutes(at))
    do(records, MoveOrder(number=number, move=Move.REOPEN, reason="again"), at=minutes(80))
    finish(records, number, at=90)
    assert from_file(records, number, 100, csat=4, at=minutes(85))
    assert from_file(records, number, 101, csat=5, at=minutes(95))


def test_what_was_taken_back_may_come_again(records: Records) -> None:
    """So may the same answer, once the work was done anew; erased words are nobody's news."""
    number = delivered(records)
    seq = from_file(records, number, 60, csat=4, said="fine", at=minutes(20))
    do(records, Undo(number=number, entry=seq), at=minutes(61))
    assert from_file(records, number, 62, csat=4, said="fine", at=minutes(20))
    do(records, MoveOrder(number=number, move=Move.REOPEN, reason="again"), at=minutes(80))
    finish(records, number, at=90)
    assert do(records, RateOrder(number=number, csat=4, said="fine"), at=minutes(95)).seq
    assert not do(records, RateOrder(number=number, csat=4, said="fine"), at=minutes(96)).seq
    do(records, ErasePerson(customer="C1", contact=None, sure="C1"), at=minutes(97))
    assert from_file(records, number, 98, csat=4, said="fine", at=minutes(20)) == 0


def test_a_bad_answer_goes_from_no_list_before_its_cause_is_found(records: Records) -> None:
    """A file that says later that he is content puts it out of sight only where that is meant."""
    number = delivered(records)
    assert from_file(records, number, 50, csat=1, said="nobody came", at=minutes(40))
    later: dict[str, Any] = {"csat": 5, "said": "later", "at": minutes(55)}
    with pytest.raises(AnsweredAlready):
        from_file(records, number, 60, **later)
    assert stored(records, number).csat == 1
    do(records, FindCause(number=number, cause="design", contained="new pump"), at=minutes(61))
    assert from_file(records, number, 62, **later)
    assert stored(records, number).csat == 5


def test_whoever_means_it_replaces_a_bad_answer(records: Records) -> None:
    """By hand or by a file, and says so."""
    number = delivered(records)
    assert from_file(records, number, 50, csat=1, at=minutes(40))
    meant = RateOrder(number=number, csat=5, at=minutes(55))
    assert do(records, meant, at=minutes(60)).seq
    assert stored(records, number).csat == 5
