"""Orders under one that somebody follows ring no “nobody follows” of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from scheduler.keeper import KEEP_EVERY, Keeper
from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    FollowOrder,
    NewOrder,
    PutUnder,
    TakeOut,
    Together,
    UnfollowOrder,
)
from store.domain.handover import Part
from store.domain.lifecycle import Move
from store.persistence.loading import ALARM, TIMER
from store.persistence.mapping import ORDER
from store.queries.doctor import ExamineOrders
from store.queries.lists import ListAlarms
from store.queries.past import DeskThen
from tests.store.desk import ANA, BO, do, minutes, move, promises_kept, rows, written
from tests.store.handover_desk import shown_to
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

LATE = minutes(20)
"""When nobody has had an order of nine o'clock for a quarter of an hour."""


@pytest.fixture
def family(records: Records) -> list[int]:
    """A parent that nobody has, and three cases of it."""
    parent, *cases = (written(records, at=minutes(1)) for _ in range(4))
    for case in cases:
        do(records, PutUnder(number=case, parent=parent), at=minutes(1))
    return [parent, *cases]


def orphans(records: Records, at: datetime) -> set[int | None]:
    """Which orders ring that nobody follows."""
    alarms = records.ask(ListAlarms(), who=ANA, at=at)
    return {alarm.number for alarm in alarms if alarm.kind == "orphan" and not alarm.lapsed_at}


def sound(records: Records, numbers: list[int]) -> None:
    """What is derived is what it is derived from."""
    promises_kept(records, numbers)
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(300)).findings
    assert found == ()


def test_cases_of_a_followed_parent_do_not_ring(records: Records, family: list[int]) -> None:
    """Nor are they orphans in the queue, nor risks of a hand-over."""
    parent, *_ = family
    do(records, FollowOrder(number=parent), at=minutes(2))
    fire_due(records, at=LATE)
    assert orphans(records, LATE) == set()
    assert all(row["orphan_at"] is None for row in rows(records, ORDER))
    risks = {line.what for line in shown_to(records, ANA, LATE).lines if line.part is Part.RISK}
    assert "nobody_following" not in risks
    sound(records, family)


def test_all_ring_while_nobody_follows_and_one_key_is_enough(
    records: Records, family: list[int]
) -> None:
    """Whoever takes the parent silences its cases with it, for as long as he has it."""
    parent, *cases = family
    fire_due(records, at=LATE)
    assert orphans(records, LATE) == {*family}
    do(records, FollowOrder(number=parent), at=minutes(21))
    assert orphans(records, minutes(21)) == set()
    sound(records, family)
    undo(records, at=22)
    assert orphans(records, minutes(22)) == {*family}
    sound(records, family)
    do(records, FollowOrder(number=parent), who=BO, at=minutes(23))
    do(records, UnfollowOrder(number=parent), who=BO, at=minutes(24))
    assert orphans(records, minutes(24)) == {*cases}, "for the parent the time begins anew"
    sound(records, family)


def test_a_technician_follows_as_well_until_he_has_done_it(
    records: Records, family: list[int]
) -> None:
    """A parent that is done looks after nothing more."""
    parent, *cases = family
    move(records, parent, Move.ASSIGN, minutes(2), technician="T1")
    fire_due(records, at=LATE)
    assert orphans(records, LATE) == set()
    move(records, parent, Move.ACCEPT, minutes(21))
    move(records, parent, Move.FINISH, minutes(22), insist=True)
    fire_due(records, at=minutes(22))
    assert orphans(records, minutes(22)) == {*cases}
    sound(records, family)


def test_a_case_that_is_taken_out_rings_for_itself(records: Records, family: list[int]) -> None:
    """And one that is put under is borne from then on, also where all is done at once."""
    parent, case, *others = family
    other = written(records, at=minutes(1))
    do(records, FollowOrder(number=parent), at=minutes(2))
    fire_due(records, at=LATE)
    do(records, TakeOut(number=case), at=minutes(21))
    fire_due(records, at=minutes(21))
    assert orphans(records, minutes(21)) == {case, other}
    both = (PutUnder(number=case, parent=parent), PutUnder(number=other, parent=parent))
    do(records, Together(commands=both), at=minutes(22))
    assert orphans(records, minutes(22)) == set()
    sound(records, [*family, other])
    assert others


def test_parent_and_case_in_one_command(records: Records, family: list[int]) -> None:
    """The parent is followed by the time its cases are written, in whatever order."""
    commands = tuple(FollowOrder(number=number) for number in family[:2])
    do(records, Together(commands=commands), at=minutes(2))
    sound(records, family)
    let_go = tuple(UnfollowOrder(number=number) for number in family[:2])
    do(records, Together(commands=let_go), at=minutes(3))
    sound(records, family)


def test_deadlines_of_a_case_ring_for_themselves(records: Records) -> None:
    """Each is a promise to a customer of its own."""
    parent, case = (written(records, level="critical") for _ in range(2))
    do(records, PutUnder(number=case, parent=parent))
    do(records, FollowOrder(number=parent))
    fire_due(records, at=minutes(600))
    alarms = records.ask(ListAlarms(), who=ANA, at=minutes(600))
    assert {alarm.number for alarm in alarms} == {parent, case}


def test_an_acknowledged_case_does_not_ring_anew(records: Records, family: list[int]) -> None:
    """What comes back when the parent is let go of rings again: nobody has it now."""
    parent, case, *_ = family
    fire_due(records, at=LATE)
    do(records, Acknowledge(numbers=(case,)), at=minutes(21))
    do(records, FollowOrder(number=parent), at=minutes(22))
    do(records, UnfollowOrder(number=parent), at=minutes(23))
    found = {alarm.number: alarm for alarm in records.ask(ListAlarms(), who=ANA, at=minutes(23))}
    assert found[case].acknowledged_at is None


def test_the_past_tells_what_was_borne_then(records: Records, family: list[int]) -> None:
    """Not what is today."""
    parent, case, *_ = family
    fire_due(records, at=LATE)
    do(records, FollowOrder(number=parent), at=minutes(30))
    do(records, UnfollowOrder(number=parent), at=minutes(40))
    near = None
    for at, rang in ((25, True), (35, False), (41, True), (35, False)):
        near = records.ask(DeskThen(then=minutes(at), near=near), who=ANA, at=minutes(60))
        line = next(line for line in near.lines if line.number == case)
        assert (line.orphan_at is not None, line.severity is not None) == (rang, rang), at


def test_what_a_program_before_us_wrote_is_silenced(records: Records, family: list[int]) -> None:
    """The keeper looks for it now and then."""
    parent, *cases = family
    fire_due(records, at=LATE)
    do(records, FollowOrder(number=parent), at=minutes(21))
    with records.database.writing() as conn:  # as it stood when that had no rule for parents
        conn.execute(update(ORDER).where(ORDER.c.number.in_(cases)).values(orphan_at=LATE))
        conn.execute(update(ALARM).where(ALARM.c.number.in_(cases)).values(cleared_at=None))
        conn.execute(update(TIMER).where(TIMER.c.number.in_(cases)).values(tries=0))
    assert orphans(records, minutes(22)) == {*cases}
    keeper = Keeper(records)
    for at in (minutes(22), minutes(22) + KEEP_EVERY + timedelta(seconds=1)):
        keeper.keep(at=at)
    assert keeper.trouble is None
    assert orphans(records, minutes(40)) == set()
    sound(records, family)


def test_what_a_program_before_us_silenced_rings(records: Records, family: list[int]) -> None:
    """The keeper looks for that as well."""
    parent, case, *others = family
    do(records, FollowOrder(number=others[0]), at=minutes(1))
    with records.database.writing() as conn:  # as two at once left it when neither waited
        conn.execute(update(ORDER).where(ORDER.c.parent == parent).values(orphan_at=None))
        conn.execute(delete(TIMER).where(TIMER.c.number == case, TIMER.c.kind == "orphan"))
    with records.work(who=ANA, at=minutes(2)) as work:
        assert work.bear_again() == 2, "not the one that somebody has"
    with records.work(who=ANA, at=minutes(2)) as work:
        assert work.bear_again() == 0
    sound(records, family)
    fire_due(records, at=LATE)
    assert case in orphans(records, LATE)


def test_a_case_written_under_a_followed_parent_is_no_orphan(records: Records) -> None:
    """From its first moment."""
    parent = written(records)
    do(records, FollowOrder(number=parent))
    made = do(records, NewOrder(title="one more", priority=3, site="N1"), at=minutes(1)).numbers[0]
    do(records, PutUnder(number=made, parent=parent), at=minutes(1))
    fire_due(records, at=minutes(60))
    assert made not in orphans(records, minutes(60))
