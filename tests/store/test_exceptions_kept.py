"""Exceptions: who withdraws, stands in, sees them and sets limits; what is kept of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from store.commands import MoveOrder, SaveOperator, Undo
from store.commands.erasing import ErasePerson
from store.commands.exceptions import (
    GrantException,
    RefuseException,
    SetExceptionLimit,
    StandIn,
    UseException,
    WithdrawException,
    use_for_step,
)
from store.domain.errors import BadInput, NotAllowed, OrderUnknown
from store.domain.exception_refusals import (
    ExceptionChanged,
    ExceptionUnknown,
    LimitTooSmall,
    NobodyMayGrant,
    NotWithdrawn,
    OwnException,
)
from store.domain.exceptions import Grant
from store.domain.lifecycle import Move
from store.domain.undo_refusals import NotTakenBack
from store.domain.who import Who
from store.queries.checks import Check
from store.queries.exceptions import (
    ExceptionSteps,
    ListExceptions,
    ListLimits,
    LiveGrants,
    ShowException,
)
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, do, minutes, promises_kept
from tests.store.test_exceptions import CEM, EVE, ask, shown, with_limits
from tests.store.test_surveys import faults, stored

if TYPE_CHECKING:
    from store.records import Records


def test_it_is_withdrawn_by_whom_it_concerns(records: Records) -> None:
    """What nobody used counts in no month any more."""
    number = with_limits(records)
    one = ask(records, number, size=500)
    with pytest.raises(BadInput):
        do(records, WithdrawException(exception=one, why=" "), who=BO)
    do(records, WithdrawException(exception=one, why="cheaper"), who=BO, at=minutes(15))
    assert shown(records, one).stands is Grant.WITHDRAWN
    for at in (16, 17):
        assert shown(records, ask(records, number, at=at, size=400)).stands is Grant.GRANTED
    waits = ask(records, number, size=1900)
    with pytest.raises(NotWithdrawn):
        do(records, WithdrawException(exception=waits, why="x"), who=CEM, at=minutes(18))
    do(records, WithdrawException(exception=waits, why="x"), who=EVE, at=minutes(18))
    assert stored(records, number).exception_by is None
    promises_kept(records, [number])


def test_somebody_stands_in_for_a_named_time(records: Records) -> None:
    """By the limit of him in whose place he is; never for what either of them asked."""
    number = with_limits(records)
    stand = StandIn(operator="eve", delegate="cem", since=minutes(30), until=minutes(90))
    do(records, stand, who=EVE)
    one = ask(records, number, size=1500)
    with pytest.raises(LimitTooSmall):
        do(records, GrantException(exception=one), who=CEM, at=minutes(29))
    assert shown(records, one, at=30, who=CEM).mine
    do(records, GrantException(exception=one), who=CEM, at=minutes(30))
    line = shown(records, one, at=31)
    assert (line.decided_by, line.limit_of, line.exception.limit_each) == ("Cem", "Eve", 2000)
    own = ask(records, number, at=32, who=EVE, size=2500)
    with pytest.raises(LimitTooSmall):
        do(records, GrantException(exception=own), who=CEM, at=minutes(33))
    his = ask(records, number, at=34, who=CEM, size=1500)
    with pytest.raises(OwnException):
        do(records, GrantException(exception=his), who=CEM, at=minutes(35))
    assert len(records.ask(ListLimits(), who=ANA, at=minutes(40)).stand_ins) == 1
    do(records, StandIn(delegate=None), who=EVE, at=minutes(41))
    assert records.ask(ListLimits(), who=ANA, at=minutes(41)).stand_ins == ()
    with pytest.raises(NotAllowed):
        do(records, StandIn(operator="eve", delegate="bo", until=minutes(99)), who=BO)
    no_zone = {"delegate": "bo", "until": minutes(99), "since": minutes(50).replace(tzinfo=None)}
    for wrong in ({"delegate": "eve", "until": minutes(99)}, {"delegate": "bo"}, no_zone):
        with pytest.raises(BadInput):
            do(records, StandIn(**wrong), who=EVE)


def test_what_was_seen_is_minded(records: Records) -> None:
    """Two who decide at once do not overwrite one another."""
    number = with_limits(records)
    one = ask(records, number, size=1500)
    seen = shown(records, one).exception.version
    do(records, GrantException(exception=one, seen=seen), at=minutes(20))
    refuse = RefuseException(exception=one, why="x", seen=seen)
    with pytest.raises(ExceptionChanged):
        do(records, refuse, who=EVE, at=minutes(21))


def test_a_site_office_sees_its_own_exceptions_only(records: Records) -> None:
    """Other sites' are unknown to it; who does not see a site does not decide about it."""
    number = with_limits(records)
    do(records, SaveOperator(code="far", name="Far", role="office", sites=("S1",)))
    do(records, SetExceptionLimit(kind="price", operator="far", each=1600))
    one = ask(records, number, size=1500)
    assert shown(records, one).waits_for == ("Eve",)
    assert records.ask(ListExceptions(), who=AT_SOUTH, at=minutes(20)) == ()
    for query in (ShowException(exception=one), ExceptionSteps(exception=one)):
        with pytest.raises(ExceptionUnknown):
            records.ask(query, who=AT_SOUTH, at=minutes(20))
    with pytest.raises(OrderUnknown):
        records.ask(ListExceptions(number=number), who=AT_SOUTH, at=minutes(20))
    with pytest.raises(OrderUnknown):
        records.ask(LiveGrants(number=number), who=AT_SOUTH, at=minutes(20))
    with pytest.raises(ExceptionUnknown):
        do(records, GrantException(exception=one), who=AT_SOUTH, at=minutes(20))
    with pytest.raises(ExceptionUnknown):
        do(records, GrantException(exception=99), at=minutes(20))
    assert len(records.ask(ListExceptions(), who=AT_NORTH, at=minutes(20))) == 1
    names = {line.name for line in records.ask(ListLimits(), who=AT_NORTH, at=NINE).limits}
    assert names == {""}


def test_an_exception_is_not_taken_back(records: Records) -> None:
    """It is withdrawn, with a reason that stays; other steps of its order may be taken back."""
    number = with_limits(records)
    ask(records, number, size=100)
    with pytest.raises(NotTakenBack):
        do(records, Undo(number=number), who=BO, at=minutes(11))
    with records.work(who=ANA, at=NINE) as work:
        (story,) = work.stories([number]).values()
    created = next(entry.seq for entry in story if entry.fact.name == "created")
    with pytest.raises(NotTakenBack):
        do(records, Undo(entry=created), at=minutes(12))
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(13))
    do(records, Undo(number=number), at=minutes(14))
    promises_kept(records, [number])
    assert faults(records) == ()


def test_a_step_is_skipped_once(records: Records) -> None:
    """In the transaction that skips it; without a live grant for it nothing is skipped."""
    number = with_limits(records)
    one = ask(records, number, kind="step", about="Photo of the seal", who=ANA)
    with records.work(who=BO, at=minutes(20)) as work:
        assert use_for_step(work, number, "another") is None
        used = use_for_step(work, number, " photo of the SEAL ")
        assert used is not None
        assert use_for_step(work, number, "Photo of the seal") is None
    assert shown(records, one).stands is Grant.USED
    with pytest.raises(NobodyMayGrant):  # one a month
        ask(records, number, at=21, kind="step", about="Photo of the seal", who=ANA)


def test_a_waiver_names_a_clock_that_runs(records: Records) -> None:
    """What it does to that clock is told in `test_waivers`."""
    number = with_limits(records)
    one = ask(records, number, kind="waiver", about="resolve")
    assert shown(records, one).exception.clock == "resolve"
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(11))
    with pytest.raises(BadInput, match="runs on this order"):
        ask(records, number, at=12, kind="waiver", about="resolve")


def test_limits_are_set_by_whoever_administers(records: Records) -> None:
    """For a role or for a person, never for both; and taken away again."""
    number = with_limits(records)
    told: tuple[dict[str, Any], ...] = (
        {"role": "dispatcher", "operator": "bo"}, {}, {"role": "screen"},
        {"role": "dispatcher", "each": -1}, {"role": "dispatcher", "count": -1},
        {"role": "dispatcher", "kind": "step", "each": 3}, {"operator": 1},
    )  # fmt: skip
    for wrong in told:
        with pytest.raises(BadInput):
            do(records, SetExceptionLimit(**{"kind": "price", **wrong}))
    with pytest.raises(NotAllowed):
        do(records, SetExceptionLimit(kind="price", operator="bo"), who=BO)
    ask(records, number, size=400)
    do(records, SetExceptionLimit(kind="price", operator="bo", each=450, count=1))
    held = records.ask(ListLimits(), who=ANA, at=minutes(20)).limits
    (own,) = [line for line in held if line.code == "bo"]
    assert (own.size, own.count, own.limit.each) == (400, 1, 450)
    assert shown(records, ask(records, number, at=21, size=10)).stands is Grant.ASKED
    do(records, SetExceptionLimit(kind="price", operator="bo", drop=True))
    assert shown(records, ask(records, number, at=22, size=400)).stands is Grant.GRANTED
    assert faults(records) == ()


def test_the_doctor_compares_it_with_its_journal(records: Records) -> None:
    """Whoever raises what was granted in the table alone is found; an erased person is no fault."""
    number = with_limits(records)
    one = ask(records, number, size=400)
    do(records, UseException(exception=one, what="周小燕", size=1), who=BO, at=minutes(11))
    do(records, ErasePerson(customer="C1", sure="C1"), who=Who(operator=2), at=minutes(12))
    line = shown(records, one)
    assert (line.exception.reason, line.exception.used_for, line.exception.used) == ("", "", 1)
    assert faults(records) == ()
    with records.database.writing() as conn:
        conn.exec_driver_sql("UPDATE order_exception SET size = 4000")
    (fault,) = faults(records)
    assert (fault.check, fault.facts["fields"]) == (Check.EXCEPTION, "size")


def test_many_that_wait_are_asked_about_as_one_is(records: Records) -> None:
    """Who may decide is read once for all of them, not for each and each of the deciders anew."""
    number, asked, counts = with_limits(records), list[str](), list[tuple[int, int]]()
    reader = records.database._engines.reader
    event.listen(reader, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for more in (1, 6):
        for _ in range(more):
            ask(records, number, size=1500)
        asked.clear()
        lines = records.ask(ListExceptions(), who=EVE, at=minutes(20))
        assert all(line.waits_for == ("Eve",) for line in lines)
        counts.append((len(lines), len(asked)))
    (one, few), (seven, many) = counts
    assert (one, seven) == (1, 7)
    assert few == many
