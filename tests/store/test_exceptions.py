"""Exceptions: refused, asked for, granted, used, expired; and everything in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, SaveOperator, Undo
from store.commands.erasing import ErasePerson
from store.commands.exceptions import (
    AskException,
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
    ExceptionElsewhere,
    ExceptionUnknown,
    LimitTooSmall,
    MoreThanLeft,
    NobodyMayGrant,
    NotWithdrawn,
    OrderOver,
    OwnException,
)
from store.domain.exceptions import Grant
from store.domain.lifecycle import Move
from store.domain.undo_refusals import NotTakenBack
from store.domain.who import Who
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard
from store.queries.checks import Check
from store.queries.exceptions import (
    ExceptionSteps,
    ListExceptions,
    ListLimits,
    LiveGrants,
    ShowException,
)
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, do, minutes, promises_kept, written
from tests.store.test_surveys import DAY, faults, stored

if TYPE_CHECKING:
    from store.queries.exceptions import ExceptionLine
    from store.records import Records

EVE, CEM = Who(operator=5), Who(operator=6)
"""Two more dispatchers; Ana is an administrator, Bo a dispatcher."""


def with_limits(records: Records) -> int:
    """A dispatcher grants 500 each and 800 a month, Eve 2000, an administrator anything."""
    for code in ("eve", "cem"):
        do(records, SaveOperator(code=code, name=code.title()))
    for limit in (
        SetExceptionLimit(kind="price", role="dispatcher", each=500, month=800),
        SetExceptionLimit(kind="price", operator="eve", each=2000),
        SetExceptionLimit(kind="price", operator="ana"),
        SetExceptionLimit(kind="overtime", role="administrator", each=8),
        SetExceptionLimit(kind="step", operator="ana", count=1),
        SetExceptionLimit(kind="waiver", role="dispatcher", count=2),
    ):
        do(records, limit)
    return written(records, level="critical")


def ask(records: Records, number: int, at: int = 10, who: Who = BO, **told: Any) -> int:
    """The id of a new exception, about the price unless told otherwise."""
    asked = {"kind": "price", "reason": "the pump costs more", **told}
    done = do(records, AskException(number=number, **asked), who=who, at=minutes(at))
    return int(done.facts["id"])


def shown(records: Records, one: int, at: int = 20, who: Who = ANA) -> ExceptionLine:
    return records.ask(ShowException(exception=one), who=who, at=minutes(at))


def test_within_the_limit_it_is_granted_at_once(records: Records) -> None:
    """By a limit that the journal names; a month's sum is one, too."""
    number = with_limits(records)
    one = ask(records, number, size=500)
    line = shown(records, one)
    assert (line.stands, line.decided_by, line.limit_of) == (Grant.GRANTED, "Bo", "Bo")
    assert (line.exception.limit_role, line.exception.limit_each) == ("dispatcher", 500)
    assert line.exception.month == "2026-09"
    steps = records.ask(ExceptionSteps(exception=one), who=ANA, at=NINE)
    assert [step.fact for step in steps] == ["exception asked for", "exception granted"]
    more = ask(records, number, at=11, size=300.01)
    assert shown(records, more).stands is Grant.ASKED
    again = ask(records, number, at=12, size=300)
    assert shown(records, again).stands is Grant.GRANTED
    assert ask(records, number, at=60 * 24 * 12, size=500)
    promises_kept(records, [number])
    assert faults(records) == ()


def test_over_it_goes_to_whoever_may(records: Records) -> None:
    """To the smallest limit that suffices; nobody approves his own; it is used up, and traced."""
    number = with_limits(records)
    one = ask(records, number, size=1500)
    line = shown(records, one, who=EVE)
    assert (line.waits_for, line.mine, line.may) == (("Eve",), True, True)
    line = shown(records, one)
    assert (line.mine, line.may) == (False, True)
    with pytest.raises(OwnException):
        do(records, GrantException(exception=one), who=BO, at=minutes(20))
    with pytest.raises(OwnException):
        do(records, RefuseException(exception=one, why="x"), who=BO, at=minutes(20))
    with pytest.raises(LimitTooSmall, match="Eve"):
        do(records, GrantException(exception=one), who=CEM, at=minutes(20))
    with pytest.raises(LimitTooSmall):
        do(records, RefuseException(exception=one, why="x"), who=CEM, at=minutes(20))
    with pytest.raises(ExceptionElsewhere, match="asked"):
        do(records, UseException(exception=one, what="x"), who=BO, at=minutes(20))
    do(records, GrantException(exception=one, why="once"), who=EVE, at=minutes(21))
    (card,) = records.ask(OrderCard(number=number), who=ANA, at=minutes(22)).exceptions
    assert (card.stands, card.exception.decision) == (Grant.GRANTED, "once")
    do(records, UseException(exception=one, what="pump", size=1000), who=BO, at=minutes(23))
    with pytest.raises(MoreThanLeft, match="500 left"):
        do(records, UseException(exception=one, what="x", size=500.01), who=BO, at=minutes(24))
    do(records, UseException(exception=one, what="seals"), who=BO, at=minutes(25))
    line = shown(records, one, at=26)
    assert (line.stands, line.exception.uses, line.exception.used) == (Grant.USED, 2, 1500)
    assert records.ask(ListExceptions(), who=ANA, at=minutes(26)) == ()
    (over,) = records.ask(ListExceptions(closed=True), who=ANA, at=minutes(26))
    assert over.exception.used_for == "seals"
    promises_kept(records, [number])
    assert faults(records) == ()


def test_nobody_may_means_no(records: Records) -> None:
    """Nothing is granted without a limit, and what nobody may grant is not even asked for."""
    number = written(records)
    with pytest.raises(NobodyMayGrant):
        ask(records, number, size=1)
    number = with_limits(records)
    for told in ({"kind": "overtime", "size": 8.5}, {"kind": "scope", "about": "two more rooms"}):
        with pytest.raises(NobodyMayGrant):
            ask(records, number, **told)
    with pytest.raises(NobodyMayGrant):
        ask(records, number, who=ANA, kind="overtime", size=9)
    for wrong in (
        {"size": None}, {"size": 0}, {"size": float("nan")}, {"size": float("inf")},
        {"kind": "hope"}, {"kind": "step", "about": "photo", "size": 3},
        {"kind": "step"}, {"kind": "waiver", "about": "lunch"}, {"reason": " ", "size": 3},
        {"size": 3, "until": NINE}, {"size": 3, "decide_by": NINE},
    ):  # fmt: skip
        with pytest.raises(BadInput):
            ask(records, number, **wrong)
    do(records, MoveOrder(number=number, move=Move.CANCEL, reason="x"))
    with pytest.raises(OrderOver):
        ask(records, number, size=3)


def test_it_rings_before_its_time_is_over_and_goes_one_up_after(records: Records) -> None:
    """At risk, overdue, and again each time the next one up is asked; decided, it is quiet."""
    with_limits(records)
    number, by = written(records), minutes(10 + 4 * 60)
    one = ask(records, number, size=1500, decide_by=by)
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(11))
    for step in (Move.VERIFY, Move.CLOSE):
        do(records, MoveOrder(number=number, move=step), at=minutes(12))
    kept = stored(records, number)
    assert (kept.exception_at, kept.exception_by) == (minutes(10), by)
    fire_due(records, at=minutes(10 + 179))
    assert _rung(records, 189, number) == []
    fire_due(records, at=minutes(10 + 180))
    assert _rung(records, 190, number) == ["exception"]
    assert shown(records, one, at=249).waits_for == ("Eve",)
    line = shown(records, one, at=250)
    assert (line.waits_for, line.rung, line.mine) == (("Ana",), 1, True)
    assert shown(records, one, at=99999).waits_for == ("Ana",)
    fire_due(records, at=minutes(250 + 3 * 240))
    promises_kept(records, [number])
    do(records, GrantException(exception=one), at=minutes(1000))
    assert _rung(records, 1000, number) == []
    kept = stored(records, number)
    assert (kept.exception_at, kept.exception_by) == (None, None)
    promises_kept(records, [number])
    assert faults(records) == ()


def _rung(records: Records, at: int, number: int) -> list[str]:
    alarms = records.ask(AlarmStrip(), who=ANA, at=minutes(at)).alarms
    return [alarm.kind for alarm in alarms if alarm.number == number]


def test_a_grant_expires_by_time_alone(records: Records) -> None:
    """Not used by its end it is not used any more, and stands among what is over."""
    number = with_limits(records)
    one = ask(records, number, size=100, until=minutes(DAY))
    assert shown(records, one, at=DAY - 1).stands is Grant.GRANTED
    assert records.ask(LiveGrants(number=number), who=ANA, at=minutes(DAY - 1))
    assert shown(records, one, at=DAY).stands is Grant.EXPIRED
    assert records.ask(LiveGrants(number=number), who=ANA, at=minutes(DAY)) == ()
    assert records.ask(ListExceptions(), who=ANA, at=minutes(DAY)) == ()
    assert len(records.ask(ListExceptions(closed=True), who=ANA, at=minutes(DAY))) == 1
    for late in (UseException(exception=one, what="x"), WithdrawException(exception=one, why="x")):
        with pytest.raises(ExceptionElsewhere, match="expired"):
            do(records, late, who=BO, at=minutes(DAY))
    waits = ask(records, number, size=1500, until=minutes(DAY))
    with pytest.raises(ExceptionElsewhere, match="expired"):
        do(records, GrantException(exception=waits), at=minutes(DAY))


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
    for wrong in ({"delegate": "eve", "until": minutes(99)}, {"delegate": "bo"}):
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


def test_a_waiver_names_a_clock_that_runs_and_leaves_it_alone(records: Records) -> None:
    """It is a traced fact: the clock goes on, and its figure says kept or missed as before."""
    number = with_limits(records)
    before = stored(records, number).clocks
    one = ask(records, number, kind="waiver", about="resolve")
    assert shown(records, one).exception.clock == "resolve"
    assert stored(records, number).clocks == before
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
