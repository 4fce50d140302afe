"""Deadline waivers: granted they move their clock, withdrawn they give it back; figures tell."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, Undo
from store.commands.exceptions import (
    GrantException,
    SetExceptionLimit,
    UseException,
    WithdrawException,
)
from store.domain.errors import BadInput, Refusal
from store.domain.exception_refusals import ClockOver, WaiverMoves
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.replay import differences, replay
from store.domain.targets import ClockKind
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.queries.alarms import AlarmStrip
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.kpi import KpiRows, Kpis
from store.queries.past import DeskThen
from tests.budget import tries
from tests.store.desk import ANA, BO, NINE, do, minutes, promises_kept, rows, stored, written
from tests.store.test_commands_laws import MAKERS
from tests.store.test_exceptions import EVE, ask, shown, with_limits
from tests.store.test_kpi_judged import as_judged, judge_of
from tests.store.test_kpi_kept import figures_follow
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import Clock
    from store.records import Records


def resolve(records: Records, number: int) -> Clock:
    """The newest run of that clock."""
    return [c for c in stored(records, number).clocks if c.kind is ClockKind.RESOLVE][-1]


def waive(records: Records, number: int, until: datetime, at: int = 10, **told: Any) -> int:
    """The id of a waiver of resolving, granted by Bo himself."""
    return ask(records, number, at=at, kind="waiver", about="resolve", until=until, **told)


def ringing(records: Records, at: datetime) -> list[str]:
    """The kinds of alarms for resolving."""
    fire_due(records, at=at)
    alarms = records.ask(AlarmStrip(), who=ANA, at=at).alarms
    return [alarm.kind for alarm in alarms if alarm.clock == "resolve"]


def test_granted_it_moves_its_clock_and_withdrawn_it_gives_it_back(records: Records) -> None:
    """With its timers, in one transaction; who takes it back too late is rung for the miss."""
    number = with_limits(records)
    before = resolve(records, number)
    due = before.due_at
    assert due is not None
    one = waive(records, number, due + timedelta(hours=5))
    held = resolve(records, number)
    assert (held.due_at, held.own_due_at, held.waiver) == (due + timedelta(hours=5), due, one)
    promises_kept(records, [number])
    step = records.ask(OrderCard(number=number), who=ANA, at=minutes(11))
    (told,) = [c for c in step.clocks if c.clock.kind is ClockKind.RESOLVE]
    assert told.remaining_s is not None
    more = waive(records, number, due + timedelta(hours=9), at=12)
    assert resolve(records, number).waiver == more
    do(records, WithdrawException(exception=more, why="x"), who=BO, at=minutes(13))
    assert resolve(records, number).waiver == one
    late = due + timedelta(hours=1)
    assert ringing(records, late) == []
    done = do(records, WithdrawException(exception=one, why="he insists"), who=BO, at=late)
    assert done.facts["due"] == due
    back = resolve(records, number)
    assert (back.due_at, back.waived_until, back.waiver, back.own_due_at) == (due, None, None, None)
    promises_kept(records, [number])
    assert ringing(records, late)
    assert resolve(records, number).breached_at == due
    assert faults(records) == ()


def test_over_a_limit_it_moves_nothing_before_it_is_granted(records: Records) -> None:
    """And nothing at all once its clock is settled; it is never used by hand."""
    number = with_limits(records)
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", drop=True))
    do(records, SetExceptionLimit(kind="waiver", operator="eve"))
    before = resolve(records, number)
    assert before.due_at is not None
    one = waive(records, number, before.due_at + timedelta(hours=5))
    other = waive(records, number, before.due_at + timedelta(hours=7))
    assert resolve(records, number) == before
    do(records, GrantException(exception=one), who=EVE, at=minutes(15))
    assert resolve(records, number).waiver == one
    with pytest.raises(WaiverMoves):
        do(records, UseException(exception=one, what="x"), who=BO, at=minutes(16))
    with pytest.raises(BadInput, match="due anyway"):
        waive(records, number, before.due_at)
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(17))
    with pytest.raises(ClockOver):
        do(records, GrantException(exception=other), who=EVE, at=minutes(18))
    assert faults(records) == ()


def test_what_is_kept_by_a_waiver_alone_is_missed_and_told_beside(records: Records) -> None:
    """While it is open, once it is closed, and until the waiver is withdrawn after all."""
    number = with_limits(records)
    other = written(records, level="critical")
    due = resolve(records, number).due_at
    assert due is not None
    one = waive(records, number, due + timedelta(hours=5))
    late = due + timedelta(hours=1)
    waive(records, other, due + timedelta(hours=5))
    assert told(records, late, "deadlines_waived", "resolve_deadline_kept") == [2, 0]
    assert told(records, late, "resolve_breaches_open") == [0]
    done = MoveOrder(number=number, move=Move.FINISH, insist=True)
    do(records, done, at=late)
    do(records, MoveOrder(number=number, move=Move.CLOSE), at=late)
    do(records, MoveOrder(number=other, move=Move.FINISH, insist=True), at=due)
    do(records, MoveOrder(number=other, move=Move.CLOSE), at=late)
    assert resolve(records, number).breached_at is None
    assert told(records, late, "deadlines_waived", "resolve_deadline_kept") == [1, 0.5]
    day = NINE.date()
    asked = KpiRows(name="deadlines_waived", first=day, last=late.date())
    assert records.ask(asked, who=THE_DESK, at=late) == (number,)
    figures_follow(records)
    do(records, WithdrawException(exception=one, why="not agreed"), who=BO, at=late)
    assert resolve(records, number).breached_at == due
    assert told(records, late, "deadlines_waived", "resolve_deadline_kept") == [0, 0.5]
    figures_follow(records)
    assert faults(records) == ()


def told(records: Records, at: datetime, *names: str) -> list[float | None]:
    """Some figures from the first day until then."""
    period = Kpis(first=NINE.date(), last=at.date(), names=names)
    return [figure.value for figure in records.ask(period, who=THE_DESK, at=at).figures]


def test_the_board_says_so_while_it_is_why(records: Records) -> None:
    """Now and of a past moment; not of one that ends before its clock is due."""
    number = with_limits(records)
    due = resolve(records, number).due_at
    assert due is not None
    one = waive(records, number, due + timedelta(hours=5))
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(11))
    assert line is not None
    assert line.waiver == one
    do(records, WithdrawException(exception=one, why="x"), who=BO, at=minutes(12))
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(13))
    assert line is not None
    assert line.waiver is None
    then = records.ask(DeskThen(then=minutes(11)), who=ANA, at=minutes(90))
    assert [was.waiver for was in then.lines if was.number == number] == [one]


def _new(records: Records, dice: random.Random, at: datetime) -> list[int]:
    """One more order, now and then: what is missed is waived no more."""
    return [] if dice.random() > 0.1 else [written(records, level="critical", kind="lift", at=at)]


@pytest.mark.parametrize("seed", range(tries(1, 3)))
def test_whatever_is_done_besides(records: Records, seed: int) -> None:
    """Waived, withdrawn, reopened, merged, taken back, on other hours: all that follows follows."""
    dice = random.Random(seed)
    with_limits(records)
    do(records, SetExceptionLimit(kind="waiver", role="dispatcher", count=999))
    numbers = [written(records, level="critical", kind="lift") for _ in range(4)]
    at, live = NINE, list[int]()
    for _ in range(90):
        at += timedelta(minutes=dice.choice([0, 1, 45, 300]), seconds=dice.randint(0, 59))
        numbers += _new(records, dice, at)
        number = dice.choice(numbers[-4:])
        with contextlib.suppress(Refusal):
            if dice.random() < 0.3:
                until = at + timedelta(minutes=dice.choice([30, 300, 3000]))
                kind = dice.choice(["resolve", "arrive", "respond", "next_update"])
                told: dict[str, Any] = {"kind": "waiver", "about": kind, "until": until}
                minute = (at - NINE) // timedelta(minutes=1)
                live.append(ask(records, number, at=minute, **told))
            elif live and dice.random() < 0.2:
                gone = WithdrawException(exception=dice.choice(live), why="x")
                do(records, gone, who=BO, at=at)
            elif dice.random() < 0.15:
                do(records, Undo(number=number), at=at)
            elif dice.random() < 0.3:
                step = dice.choice([Move.FINISH, Move.CLOSE, Move.REOPEN])
                do(records, MoveOrder(number=number, move=step, insist=True, reason="x"), at=at)
            else:
                do(records, dice.choice(MAKERS)(dice, number, at), at=at)
        if dice.random() < 0.2:
            fire_due(records, at=at)
    promises_kept(records, numbers)
    figures_follow(records)
    assert faults(records) == ()
    for number in numbers:
        facts = [
            Fact(name=row["fact"], body=row["body"], words=row["words"])
            for row in rows(records, JOURNAL, number=number)
        ]
        assert differences(stored(records, number), replay(facts, number=number)) == ()
    assert any(shown(records, one).exception.clock for one in live)
    judge = judge_of(records, at)
    as_judged(records, judge, NINE.date(), at.date(), "Asia/Shanghai")
