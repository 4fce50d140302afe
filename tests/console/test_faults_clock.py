"""The wall clock steps an hour under a running console: what is due rings, and the screen ticks."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.render_time import left
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.queries.card import OrderCard
from store.records import open_records
from tests.console.faulty_desk import ANA, console, faults
from tests.faketime import WrongClock

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk

PATIENCE_S = 20.0
SIZE = (80, 24)


def _minutes(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def _waiting(records: Records, number: int, *, at: datetime, wake_at: datetime) -> None:
    """An order at rest: only its wake-up will ring."""
    for command in (
        SaveTechnician(code="L1", name="Li Wei"),
        NewOrder(title=f"Pump {number} leaks"),
        MoveOrder(number=number, move=Move.ASSIGN, technician="L1"),
        MoveOrder(number=number, move=Move.ACCEPT),
        MoveOrder(number=number, move=Move.WAIT, reason="no part", wake_at=wake_at),
    ):
        records.do(command, who=ANA, at=at)


def _ticks(desk: Desk, number: int, due_at: datetime, time: WrongClock) -> None:
    """Second after second the row's countdown is what the clock makes of it."""
    seen: set[str] = set()

    def right() -> bool:
        due = left(due_at, time.now()).strip()
        if any(f"Pump {number}" in row and f" {due} " in row for row in desk.screen.display):
            seen.add(due)
        return len(seen) >= 3

    desk.until(right, PATIENCE_S)
    desk.until(lambda: f"{time.now():%m-%d %H:%M}" in desk.line(0))


def _rung(records: Records, number: int, at: datetime) -> int:
    alarm = records.ask(OrderCard(number=number), who=ANA, at=at).alarm
    return 0 if alarm is None else alarm.rings


def _rings_already(desk: Desk) -> None:
    """Order 1, whose time came as the console began, shows that its timers run."""
    desk.sees("#1 waiting expired", timeout=30)


def test_an_hour_forward_rings_for_what_it_passed(sqlite_url: str, tmp_path: Path) -> None:
    """A machine whose clock is put right does not keep quiet about the hour that was missing."""
    time = WrongClock(tmp_path)
    wake_at = time.now() + _minutes(55)
    with closing(open_records(sqlite_url, feed=False)) as records:
        _waiting(records, 1, at=time.now(), wake_at=time.now() + _minutes(0.01))
        _waiting(records, 2, at=time.now(), wake_at=wake_at)
        with console(sqlite_url, tmp_path, operator=None, size=SIZE, env=time.env) as desk:
            _rings_already(desk)
            assert "#2 waiting expired" not in desk.text()
            time.set(60)
            desk.sees("#2 waiting expired", timeout=PATIENCE_S)
            _ticks(desk, 2, wake_at, time)
            desk.sees("timers ok")
        assert [_rung(records, number, time.now()) for number in (1, 2)] == [1, 1]
        assert faults(records) == []


def test_an_hour_back_rings_for_nothing_early_and_for_the_next_in_time(
    sqlite_url: str, tmp_path: Path
) -> None:
    """What was planned by the wrong clock waits for the right one, and holds nothing else up."""
    time = WrongClock(tmp_path, minutes=60)
    early = time.now() + _minutes(5)
    with closing(open_records(sqlite_url, feed=False)) as records:
        _waiting(records, 1, at=time.now(), wake_at=time.now() + _minutes(0.01))
        _waiting(records, 2, at=time.now(), wake_at=early)
        with console(sqlite_url, tmp_path, operator=None, size=SIZE, env=time.env) as desk:
            _rings_already(desk)
            _ticks(desk, 2, early, time)
            time.set(0)
            desk.sees(" 1h0", timeout=PATIENCE_S)
            soon = time.now() + timedelta(seconds=3)
            _waiting(records, 3, at=time.now(), wake_at=soon)
            desk.sees("#3 waiting expired", timeout=PATIENCE_S)
            desk.press(".")  # lets the new order in
            _ticks(desk, 3, soon, time)
            desk.sees("timers ok")
        assert [_rung(records, number, time.now()) for number in (1, 2, 3)] == [1, 0, 1]
        assert faults(records) == []
