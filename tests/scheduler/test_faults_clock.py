"""The wall clock steps an hour either way: nothing early, nothing lost, nothing twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store import clock
from store.records import open_records
from tests.bench.timers_desk import checked, fill, firing, wait_fired
from tests.faketime import WrongClock
from tests.scheduler.desk import after
from tests.scheduler.faults import Hands, levels, serving, swept, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scheduler.desk import Desk

HOUR = 60
"""In minutes, as hands are turned."""


def test_a_step_forward_fires_what_it_passes_and_a_step_back_repeats_none(desk: Desk) -> None:
    """The warden sees the step, and the sweep asks the store, which knows what has fired."""
    number = desk.order()
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        swept(service, hands)
        assert desk.fired(number) == []
        hands.turn(HOUR)
        service._clock._warden.look()
        until(lambda: hands.at in hands.swept, "the step was not noticed")
        fired, told = desk.fired(number), levels(desk, number)
        assert len(fired) >= 4
        hands.turn(-HOUR)
        service._clock._warden.look()
        late = desk.order(at=after(1))
        swept(service, hands)
        assert desk.fired(late) == [], "early: its time is an hour away again"
        hands.turn(HOUR)
        swept(service, hands)
        assert desk.fired(number) == fired
        assert levels(desk, number) == told
        assert desk.fired(late) != []


def test_a_day_switched_off_rings_once_an_order_the_worst_first(desk: Desk) -> None:
    """Marked with the time when it was really due, and the mild ones do not ring."""
    mild = desk.order(priority=4)
    urgent = desk.order(priority=1)
    plain = desk.order(priority=3)
    fire_due(desk.records, at=after(24.5 * HOUR))
    standing = desk.rows(
        "SELECT number, severity, due_at, raised_at FROM alarm WHERE cleared_at IS NULL"
    )
    assert sorted(row.number for row in standing) == [mild, urgent, plain], "one an order"
    assert all(row.due_at < row.raised_at for row in standing)
    first_told = desk.rows(
        "SELECT number FROM journal WHERE fact IN ('warned', 'breached', 'rang') AND"
        " via = 'scheduler' ORDER BY seq LIMIT 1"
    )
    assert first_told[0][0] == urgent
    severities = {row.number: row.severity for row in standing}
    assert severities[urgent] == 1
    assert severities[urgent] < severities[mild]


def test_a_running_process_survives_its_real_clock_stepping(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The same in a process of its own, whose wall clock is really an hour ahead, then back."""
    time = WrongClock(tmp_path)
    records = open_records(sqlite_url, feed=False)
    soon, later = (clock.now() + timedelta(minutes=m) for m in (30, 90))
    fill(records, [soon] * 20 + [later] * 20)
    with firing(sqlite_url, **time.env) as child:
        assert records.next_aim() == soon, "early"
        time.set(45)
        wait_fired(records, until=soon, within_s=20)
        checked(records, 20)
        time.set(0)
        until(lambda: child.now() < soon, "the clock did not go back")
        fill(records, [soon] * 5)
        pause = threading.Event()
        pause.wait(2)  # two looks of its warden: time enough to do wrong
        assert records.next_aim() == soon, "early: the time is ahead again"
        time.set(45)
        wait_fired(records, until=soon, within_s=20)
        checked(records, 25)
    records.close()
