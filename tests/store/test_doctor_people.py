"""The doctor and technicians: nobody stands since a moment at which nothing happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from store.commands import MoveOrder, MoveTechnician, SaveShift
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.persistence.people_state import TECHNICIAN
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import do, minutes, rows, written
from tests.store.test_commands_bulk import added

if TYPE_CHECKING:
    from store.records import Records


def found(records: Records) -> list[str]:
    """The codes of those who stand since no known moment."""
    told = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(9999))
    return [f.facts["code"] for f in told if f.check is Check.TECHNICIAN_SINCE]


def put(records: Records, code: str, **values: Any) -> None:
    """Write into a technician's row behind the desk's back."""
    with records.database.writing() as conn:
        conn.execute(update(TECHNICIAN).where(TECHNICIAN.c.code == code).values(values))


def test_whatever_moves_a_technician_is_a_known_moment(records: Records) -> None:
    """Visits, rest, an order that comes while he rests, and being back."""
    number = written(records)
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(1))
    do(records, MoveTechnician(technician="T1", state="break"), at=minutes(2))
    assert found(records) == []
    do(records, MoveOrder(number=number, move=Move.ACCEPT), at=minutes(3))
    do(records, MoveTechnician(technician="T2", state="off"), at=minutes(4))
    other = written(records)
    do(records, MoveOrder(number=other, move=Move.ASSIGN, technician="T2"), at=minutes(5))
    assert found(records) == []
    do(records, MoveTechnician(technician="T1", state="available"), at=minutes(6))
    for step in (Move.DEPART, Move.ARRIVE, Move.FINISH):
        do(records, MoveOrder(number=number, move=step), at=minutes(7))
        assert found(records) == []


def test_what_a_load_tells_is_known(records: Records) -> None:
    """Steps of visits long ago, their ends, and the shift that he is in."""
    added(records, 1, 2, 4)
    do(records, SaveShift(technician="T1", starts_at=minutes(-90), ends_at=minutes(300)))
    with records.work(who=THE_DESK, at=minutes(0)) as work:
        work.settle_people()
    assert all(row["state_since"] < minutes(0) for row in rows(records, TECHNICIAN))
    assert found(records) == []


def test_a_moment_at_which_nothing_was_is_found(records: Records) -> None:
    """Of whoever was moved to it, and of nobody else; what mends it is no deriving."""
    number = written(records)
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(1))
    do(records, MoveTechnician(technician="T2", state="break"), at=minutes(2))
    for code, since in (("T1", minutes(1)), ("T2", minutes(2)), ("T3", minutes(2))):
        put(records, code, state_since=since - timedelta(milliseconds=1))
        assert found(records) == [code]
        put(records, code, state_since=since)
    assert found(records) == []
    assert not CHECKS[Check.TECHNICIAN_SINCE].mendable


def test_a_step_of_another_is_no_moment_of_his(records: Records) -> None:
    """Times of a load are in no entry: each has his own only."""
    added(records, 1)
    (his,) = (row["state_since"] for row in rows(records, TECHNICIAN) if row["code"] == "T2")
    known = {entry["at"] for entry in rows(records, JOURNAL)}
    put(records, "T1", state_since=his)
    assert found(records) == ([] if his in known else ["T1"])


def test_a_rest_that_began_before_it_was_told_is_known(records: Records) -> None:
    """Its entry says since when."""
    with records.work(who=THE_DESK, at=minutes(5)) as work:
        work.rest_technician(work.technician("T1").id, "off", since=minutes(-95))
    assert found(records) == []
    put(records, "T1", state_since=minutes(-94))
    assert found(records) == ["T1"]


@pytest.mark.parametrize(("state", "expected"), [("off", []), ("available", ["T1"])])
def test_a_rest_of_the_release_before_is_not_judged(
    records: Records, state: str, expected: list[str]
) -> None:
    """Its entry does not say since when; whoever is at work again has been told anew."""
    with records.work(who=THE_DESK, at=minutes(5)) as work:
        body = {"register": "technician", "id": work.technician("T1").id, "fields": ["state"]}
        work.record(Fact(name="register_edited", body={**body, "state": "off"}))
    put(records, "T1", state=state, state_since=minutes(-95))
    assert found(records) == expected
