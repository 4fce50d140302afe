"""Waivers of promises that are made otherwise in between: by an appointment, by an incident."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import DeclareIncident, EditOrder
from store.commands.exceptions import GrantException, SetExceptionLimit, WithdrawException
from store.domain.errors import BadInput
from store.domain.exception_refusals import ClockMissed
from store.domain.targets import ClockKind
from store.queries.alarms import AlarmStrip
from tests.store.desk import ANA, BO, do, minutes, promises_kept, stored
from tests.store.test_exceptions import EVE, ask, with_limits
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import Clock
    from store.records import Records


def newest(records: Records, number: int, kind: ClockKind) -> Clock:
    """The newest run of a clock."""
    return [c for c in stored(records, number).clocks if c.kind is kind][-1]


def due(records: Records, number: int, kind: ClockKind) -> datetime:
    """When it is due."""
    at = newest(records, number, kind).due_at
    assert at is not None
    return at


def test_an_appointment_that_is_called_off_leaves_the_waived_promise(records: Records) -> None:
    """Not one that is missed as it is made; one of its waivers withdrawn, the other counts."""
    number, kind = with_limits(records), ClockKind.ARRIVE
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", count=9))
    own = due(records, number, kind)
    waive: dict[str, Any] = {"kind": "waiver", "about": kind.value}
    first = ask(records, number, at=10, **waive, until=own + timedelta(days=2))
    do(records, EditOrder(number=number, fields={"appointment_at": minutes(1600)}), at=minutes(20))
    met = due(records, number, kind)
    between = ask(records, number, at=30, **waive, until=met + timedelta(days=9))
    do(records, EditOrder(number=number, fields={"appointment_at": None}), at=minutes(200))
    held = newest(records, number, kind)
    assert (held.due_at, held.own_due_at, held.waiver, held.breached_at) == (
        own + timedelta(days=2), own, first, None
    )  # fmt: skip
    last = ask(records, number, at=210, **waive, until=own + timedelta(days=5))
    assert newest(records, number, kind).waiver == last
    for gone, stays in ((between, last), (last, first), (first, None)):
        do(records, WithdrawException(exception=gone, why="x"), who=BO, at=minutes(220))
        assert newest(records, number, kind).waiver == stays
    promises_kept(records, [number])
    assert faults(records) == ()


def test_an_incident_keeps_what_was_promised_and_not_what_was_waived(records: Records) -> None:
    """Who takes the waiver back is rung at its own time, not at that of the waiver."""
    number, kind = with_limits(records), ClockKind.NEXT_UPDATE
    own = due(records, number, kind)
    until = own + timedelta(minutes=5)
    one = ask(records, number, kind="waiver", about=kind.value, until=until)
    do(records, DeclareIncident(number=number, cadence_s=6 * 3600), at=minutes(11))
    assert due(records, number, kind) == until
    do(records, WithdrawException(exception=one, why="x"), who=BO, at=minutes(12))
    fire_due(records, at=own)
    rung = records.ask(AlarmStrip(), who=ANA, at=own).alarms
    assert [one.kind for one in rung if one.clock == kind.value] == ["update_due"]
    assert newest(records, number, kind).breached_at == own
    assert due(records, number, kind) == own
    promises_kept(records, [number])
    assert faults(records) == ()


def test_what_is_missed_is_not_waived(records: Records) -> None:
    """Neither asked for then, nor granted where it was missed while it waited."""
    number, kind = with_limits(records), ClockKind.RESPOND
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", drop=True))
    do(records, SetExceptionLimit(kind="waiver", operator="eve"))
    own = due(records, number, kind)
    waive: dict[str, Any] = {"kind": "waiver", "about": kind.value, "until": own + timedelta(9)}
    one = ask(records, number, at=1, **waive)
    after = (own - minutes(0)) // timedelta(minutes=1) + 1
    with pytest.raises(BadInput, match="missed already"):
        ask(records, number, at=after, **waive)
    with pytest.raises(ClockMissed):
        do(records, GrantException(exception=one), who=EVE, at=minutes(after))
    assert due(records, number, kind) == own
