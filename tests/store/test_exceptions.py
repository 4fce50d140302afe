"""Exceptions: refused, asked for, granted, used, expired; and everything in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, SaveOperator
from store.commands.exceptions import (
    AskException,
    GrantException,
    RefuseException,
    SetExceptionLimit,
    UseException,
    WithdrawException,
)
from store.domain.errors import BadInput
from store.domain.exception_refusals import (
    ExceptionElsewhere,
    LimitTooSmall,
    MoreThanLeft,
    NobodyMayGrant,
    OrderOver,
    OwnException,
)
from store.domain.exceptions import Grant
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard
from store.queries.exceptions import (
    ExceptionSteps,
    ListExceptions,
    LiveGrants,
    ShowException,
)
from tests.store.desk import ANA, BO, NINE, do, minutes, promises_kept, written
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
