"""A calendar's alarm is put aside for a time, as an order's is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.horizons import tell_horizons
from store.commands import Acknowledge, ExtendCalendar, ShelveAlarm, UnshelveAlarm
from store.domain.alarm_refusals import CalendarNotShelved, CalendarRangAgain, NoCalendarRings
from store.domain.bells import AlarmState
from store.domain.who import Scope, Who
from store.queries.alarms import AlarmStrip
from store.queries.checks import Check
from tests.scheduler.desk import ANA
from tests.scheduler.test_horizons import FIRST, SECOND, faults, office, strip

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def shelve(desk: Desk, at: datetime, *, who: Who = ANA, **more: Any) -> Any:
    """An hour, for a reason."""
    until = at + timedelta(hours=1)
    command = ShelveAlarm(calendar="office", until=until, reason="list comes on Monday", **more)
    return desk.records.do(command, who=who, at=at)


def test_on_the_shelf_it_rings_again_when_its_time_is_over(desk: Desk) -> None:
    """As an alarm of an order does; the bell is news, and nobody has acknowledged it."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    assert shelve(desk, FIRST, rings=1).facts["code"] == "office"
    over = FIRST + timedelta(hours=1)
    shelf = desk.records.ask(AlarmStrip(), who=ANA, at=FIRST)
    assert (shelf.shelved, shelf.unacknowledged, shelf.loud, shelf.loud_at) == (1, 0, 0, None)
    (alarm,) = shelf.alarms
    assert (alarm.shelved_until, alarm.shelved_by) == (over, "Desk")
    assert alarm.shelved_why == "list comes on Monday"
    assert desk.records.do(Acknowledge(), who=ANA, at=FIRST).facts == {}
    assert faults(desk) == []
    assert tell_horizons(desk.records, at=over - timedelta(seconds=1)) == 0
    assert strip(desk, over)[0].state is AlarmState.SHELVED
    tell_horizons(desk.records, at=over)
    (alarm,) = strip(desk, over)
    assert (alarm.state, alarm.rings, alarm.raised_at) == (AlarmState.UNACKNOWLEDGED, 2, over)
    tell_horizons(desk.records, at=over)
    assert strip(desk, over) == (alarm,)
    assert faults(desk) == []


def test_it_leaves_the_shelf_when_it_gets_worse_or_is_taken_off(desk: Desk) -> None:
    """What nobody knew of when it was shelved is not on the shelf."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    shelve(desk, FIRST)
    desk.records.do(UnshelveAlarm(calendar="office"), who=ANA, at=FIRST)
    assert strip(desk, FIRST)[0].state is AlarmState.UNACKNOWLEDGED
    desk.records.do(Acknowledge(), who=ANA, at=FIRST)
    shelve(desk, FIRST)
    desk.records.do(UnshelveAlarm(calendar="office"), who=ANA, at=FIRST)
    assert strip(desk, FIRST)[0].state is AlarmState.UNACKNOWLEDGED
    shelve(desk, SECOND - timedelta(minutes=1))
    tell_horizons(desk.records, at=SECOND)
    assert strip(desk, SECOND)[0].state is AlarmState.UNACKNOWLEDGED
    shelve(desk, SECOND)
    longer = ExtendCalendar(code="office", off=("2027-10-01",), known_until="2027-12-31")
    desk.records.do(longer, who=ANA, at=SECOND)
    assert strip(desk, SECOND) == ()
    assert tell_horizons(desk.records, at=SECOND + timedelta(hours=2)) == 0
    assert faults(desk) == []


def test_a_calendar_is_shelved_by_whoever_has_heard_it(desk: Desk) -> None:
    """Nothing that does not ring, nothing out of sight, and not what rang since."""
    office(desk)
    with pytest.raises(NoCalendarRings):
        shelve(desk, FIRST)
    tell_horizons(desk.records, at=FIRST)
    with pytest.raises(CalendarNotShelved):
        desk.records.do(UnshelveAlarm(calendar="office"), who=ANA, at=FIRST)
    there = Who(operator=2, scope=Scope(frozenset({1})))
    with pytest.raises(NoCalendarRings):
        shelve(desk, FIRST, who=there)
    tell_horizons(desk.records, at=SECOND)
    seen = Acknowledge(numbers=(), calendars=("office",), rings=1)
    with pytest.raises(CalendarRangAgain):
        desk.records.do(seen, who=ANA, at=SECOND)
    with pytest.raises(CalendarRangAgain):
        shelve(desk, SECOND, rings=1)
    assert strip(desk, SECOND)[0].state is AlarmState.UNACKNOWLEDGED


@pytest.mark.parametrize("column", ["shelved_until", "shelved_by", "shelved_at"])
def test_a_shelf_that_nobody_put_it_on_is_found(desk: Desk, column: str) -> None:
    """Else the cheapest way to keep it quiet."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    shelve(desk, FIRST)
    assert faults(desk) == []
    with desk.records.database.writing() as conn:
        conn.exec_driver_sql(f"UPDATE horizon SET {column} = {column} + 1")
    (fault,) = faults(desk)
    assert (fault.check, fault.facts["what"]) == (Check.HORIZON_STORY, "shelved")
