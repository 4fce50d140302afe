"""Waivers of an order that a part is split off from: one promise to the customer, one waiver."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.runner import fire_due
from store.commands import SplitOrder
from store.commands.exceptions import SetExceptionLimit, WithdrawException
from store.domain.facts import Fact
from store.domain.replay import differences, replay
from store.domain.targets import ClockKind
from store.persistence.journal import JOURNAL
from store.queries.alarms import AlarmStrip
from tests.store.desk import ANA, BO, NINE, do, promises_kept, rows, stored
from tests.store.test_exceptions import ask, with_limits
from tests.store.test_kpi_kept import figures_follow
from tests.store.test_surveys import faults
from tests.store.test_waivers_anew import due, newest

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

RESOLVE = ClockKind.RESOLVE
WAIVER: dict[str, Any] = {"kind": "waiver", "about": RESOLVE.value}


def split(records: Records, number: int, at: datetime) -> int:
    """The number of the part."""
    return do(records, SplitOrder(number=number, text="door"), at=at).numbers[0]


def rung(records: Records, at: datetime) -> set[int | None]:
    """The orders of which the promise to resolve rings."""
    fire_due(records, at=at)
    alarms = records.ask(AlarmStrip(), who=ANA, at=at).alarms
    return {one.number for one in alarms if one.clock == RESOLVE.value}


def test_a_part_has_the_waiver_of_the_whole_until_that_is_withdrawn(records: Records) -> None:
    """Split off between the own time and the waived one, it is not missed as it is made."""
    number = with_limits(records)
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", count=9))
    own = due(records, number, RESOLVE)
    less = ask(records, number, **WAIVER, until=own + timedelta(hours=4))
    more = ask(records, number, at=11, **WAIVER, until=own + timedelta(hours=9))
    late = own + timedelta(hours=1)
    part = split(records, number, late)
    of_it = split(records, part, late)
    for one in (part, of_it):
        held = newest(records, one, RESOLVE)
        assert (held.waiver, held.due_at, held.own_due_at, held.breached_at) == (
            more, own + timedelta(hours=9), own, None
        )  # fmt: skip
    assert rung(records, late) == set()
    minute = int((late - NINE).total_seconds() // 60) + 1
    mine = ask(records, part, at=minute, **WAIVER, until=own + timedelta(hours=20))
    later = late + timedelta(minutes=5)
    do(records, WithdrawException(exception=more, why="x"), who=BO, at=later)
    waivers = [newest(records, one, RESOLVE).waiver for one in (number, part, of_it)]
    assert waivers == [less, mine, less]
    do(records, WithdrawException(exception=mine, why="x"), who=BO, at=later)
    assert newest(records, part, RESOLVE).waiver == less
    do(records, WithdrawException(exception=less, why="x"), who=BO, at=later)
    everyone = [number, part, of_it]
    assert [newest(records, one, RESOLVE).waiver for one in everyone] == [None] * 3
    assert rung(records, later) == set(everyone)
    assert [newest(records, one, RESOLVE).breached_at for one in everyone] == [own] * 3
    promises_kept(records, everyone)
    figures_follow(records)
    for one in everyone:
        told = [Fact(name=r["fact"], body=r["body"], words=r["words"])
                for r in rows(records, JOURNAL, number=one)]  # fmt: skip
        assert differences(stored(records, one), replay(told, number=one)) == ()
    assert faults(records) == ()


def test_what_is_granted_after_is_of_the_whole_alone(records: Records) -> None:
    """Or of the part; a part without a waiver is due as it was."""
    number = with_limits(records)
    own = due(records, number, RESOLVE)
    part = split(records, number, NINE + timedelta(minutes=5))
    one = ask(records, number, **WAIVER, until=own + timedelta(hours=4))
    assert [due(records, it, RESOLVE) - own for it in (number, part)] == [
        timedelta(hours=4), timedelta()
    ]  # fmt: skip
    before = stored(records, part)
    do(records, WithdrawException(exception=one, why="x"), who=BO, at=NINE + timedelta(minutes=20))
    assert stored(records, part) == before
    assert faults(records) == ()
