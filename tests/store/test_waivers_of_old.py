"""Waivers that were granted before any moved its clock: notes, which stay notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands.exceptions import GrantException, SetExceptionLimit, UseException
from store.commands.exceptions import WithdrawException as Withdraw
from store.domain.exception_refusals import WaiverMoves
from store.domain.exceptions import Grant
from store.domain.exceptions_told import exception_fact
from store.domain.facts import Fact
from store.domain.replay import changes
from store.domain.targets import ClockKind
from store.persistence.exception_work import ExceptionWork
from tests.store.desk import BO, do, minutes, promises_kept
from tests.store.test_exceptions import EVE, ask, shown, with_limits
from tests.store.test_surveys import faults
from tests.store.test_waivers_anew import due, newest

if TYPE_CHECKING:
    from store.domain.exceptions import OrderException
    from store.records import Records

RESOLVE = ClockKind.RESOLVE
WAIVER: dict[str, Any] = {"kind": "waiver", "about": RESOLVE.value}


def as_then(
    work: ExceptionWork, name: str, before: OrderException | None, after: OrderException
) -> None:
    """How a step was told then, and that nothing else came of it."""
    order, asked = work.known(after.number).now, after.state is Grant.ASKED
    became = replace(
        order,
        exception_at=after.decide_by if asked else None,
        exception_by=after.asked_at if asked else None,
    )
    fact = exception_fact(name, before, after)
    body = {**fact.body, **changes(order, became)[0]}
    work.save(order, became, Fact(name=name, body=body, words=fact.words))


def test_one_granted_before_waivers_moved_anything_stays_a_note(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not come back as a newer one goes, and is used as it was."""
    number = with_limits(records)
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", count=9))
    own = due(records, number, RESOLVE)
    with monkeypatch.context() as then:
        then.setattr(ExceptionWork, "_tell_exception", as_then)
        old = ask(records, number, **WAIVER, until=own + timedelta(days=9))
    assert due(records, number, RESOLVE) == own
    new = ask(records, number, at=12, **WAIVER, until=own + timedelta(hours=1))
    assert newest(records, number, RESOLVE).waiver == new
    do(records, Withdraw(exception=new, why="x"), who=BO, at=minutes(13))
    held = newest(records, number, RESOLVE)
    assert (held.due_at, held.waiver, held.waived_until) == (own, None, None)
    assert [shown(records, one).moves for one in (old, new)] == [False, True]
    do(records, UseException(exception=old, what="told the customer"), who=BO, at=minutes(14))
    assert shown(records, old).stands is Grant.USED
    promises_kept(records, [number])
    assert faults(records) == ()


def test_one_that_another_reaches_beyond_moves_its_clock_once_that_goes(records: Records) -> None:
    """Though nothing changed as it was granted: it is no note."""
    number = with_limits(records)
    own = due(records, number, RESOLVE)
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", drop=True))
    do(records, SetExceptionLimit(kind="waiver", operator="eve"))
    less = ask(records, number, **WAIVER, until=own + timedelta(hours=1))
    more = ask(records, number, **WAIVER, until=own + timedelta(hours=9))
    for place, one in enumerate((more, less)):
        do(records, GrantException(exception=one), who=EVE, at=minutes(15 + place))
    assert newest(records, number, RESOLVE).waiver == more
    with pytest.raises(WaiverMoves):
        do(records, UseException(exception=less, what="x"), who=BO, at=minutes(17))
    do(records, Withdraw(exception=more, why="x"), who=EVE, at=minutes(18))
    assert newest(records, number, RESOLVE).waiver == less
    assert due(records, number, RESOLVE) == own + timedelta(hours=1)
    assert faults(records) == ()
