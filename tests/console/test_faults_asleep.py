"""A day without a scheduler: what fell due meanwhile is seen at once, the worst first, no flood."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from store import clock
from store.commands.follow_ups import PromiseFollowUp
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.console.faulty_desk import ANA, console, faults
from tests.faketime import WrongClock
from tests.scheduler.faults import until
from tests.scheduler.test_alone import alone, line

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from store.records import Records

A_DAY = timedelta(hours=26)
QUIET = range(1, 13)
"""Orders that nobody hurries for; each has a call promised in the course of the day."""

LATER, SOONER, AT_ONCE = 13, 14, 15
"""Orders that wait, by when they were to be woken."""


def _furnish(records: Records, at: datetime) -> None:
    records.do(SaveOperator(code="ana", name="Ana"), who=ANA, at=at)
    records.do(SaveTechnician(code="L1", name="Li Wei"), who=ANA, at=at)
    for number in QUIET:
        _taken(records, number, 4, at)
        due_at = at + timedelta(hours=2, minutes=number)
        records.do(PromiseFollowUp(number=number, due_at=due_at, note="call"), who=ANA, at=at)
    for number, hours in ((LATER, 23), (SOONER, 6), (AT_ONCE, 1 / 3600)):
        _taken(records, number, 3, at)
        wake_at = at + timedelta(hours=hours)
        wait = MoveOrder(number=number, move=Move.WAIT, reason="no part", wake_at=wake_at)
        records.do(wait, who=ANA, at=at)


def _taken(records: Records, number: int, priority: int, at: datetime) -> None:
    for command in (
        NewOrder(title=f"Pump {number}", priority=priority, level="standard"),
        MoveOrder(number=number, move=Move.ASSIGN, technician="L1"),
        MoveOrder(number=number, move=Move.ACCEPT),
    ):
        records.do(command, who=ANA, at=at)


def _rung(records: Records) -> dict[int, int]:
    """How often each waiting order has rung."""
    cards = {n: records.ask(OrderCard(number=n), who=ANA, at=clock.now()) for n in (13, 14, 15)}
    return {n: card.alarm.rings for n, card in cards.items() if card.alarm is not None}


def test_after_a_day_asleep_the_operator_sees_what_was_missed(
    sqlite_url: str, tmp_path: Path
) -> None:
    """A scheduler is killed, the machine sleeps, both come again: each rings once, in its order."""
    yesterday = WrongClock(tmp_path, minutes=-A_DAY.total_seconds() / 60)
    with closing(open_records(sqlite_url, feed=False)) as records:
        _furnish(records, yesterday.now())
        with alone(sqlite_url, env=yesterday.env) as child:
            until(lambda: _rung(records) == {AT_ONCE: 1}, "it did not fire")
            child.kill()
            child.wait()
        with alone(sqlite_url) as child:
            assert line(child) != ""
            until(lambda: len(_rung(records)) == 3, "it did not catch up")
            with console(sqlite_url, tmp_path, size=(80, 24)) as desk:
                desk.sees(f"!  P3 #{AT_ONCE} waiting expired 1d02h nobody acknowledged", timeout=30)
                desk.sees("!  no site: 14 new alarms")
                desk.press("a")
                desk.sees(f"!  P3 #{SOONER} waiting expired ")
        strip = records.ask(AlarmStrip(), who=ANA, at=clock.now())
        numbers = [alarm.number for alarm in strip.alarms]
        assert (numbers[:2], numbers[-1]) == ([SOONER, LATER], AT_ONCE)
        assert _rung(records) == {LATER: 1, SOONER: 1, AT_ONCE: 1}
        for number in QUIET:
            trace = records.ask(Trace(number=number), who=ANA, at=clock.now())
            rang = [entry.body["kind"] for entry in trace if entry.fact == "rang"]
            assert rang.count("follow_up") == 1
        assert faults(records) == []
