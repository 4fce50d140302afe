"""A calendar's holidays run out: each level rings once, whoever sweeps, until it is extended."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.horizons import tell_horizons
from scheduler.service import HORIZONS_EVERY, Service
from store.commands import (
    Acknowledge,
    ExtendCalendar,
    SaveCalendar,
)
from store.domain.horizon import AHEAD, NEAR
from store.domain.who import THE_DESK, Scope, Who
from store.queries.alarms import AlarmStrip
from store.queries.doctor import ExamineDesk
from store.queries.lists import ListAlarms
from store.records import open_records
from tests.scheduler.desk import ANA, Desk

if TYPE_CHECKING:
    from store.queries.alarms import AlarmLine

MADE = datetime(2026, 3, 2, tzinfo=UTC)
END = datetime(2026, 12, 31, 16, tzinfo=UTC)
"""Midnight in Shanghai, after the last day of which the holidays are known."""
FIRST = END - AHEAD
SECOND = END - NEAR


def office(desk: Desk, *, code: str = "office", at: datetime = MADE, **more: Any) -> None:
    """A calendar in Shanghai that names the national holiday of 2026."""
    week = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    spec = {"zone": "Asia/Shanghai", "week": week, "holidays": ["2026-10-01"], **more}
    desk.records.do(SaveCalendar(code=code, name="Office", spec=spec), who=ANA, at=at)


def strip(desk: Desk, at: datetime, *, who: Who = ANA) -> tuple[AlarmLine, ...]:
    """The alarm strip of a console."""
    return desk.records.ask(AlarmStrip(), who=who, at=at).alarms


def told(desk: Desk) -> list[tuple[str, int]]:
    """What the journal says of calendars' alarms: fact and level."""
    facts = "('rang', 'acknowledged', 'cleared')"
    found = desk.rows(
        f"SELECT fact, body FROM journal WHERE number IS NULL AND fact IN {facts} ORDER BY seq"
    )
    return [(fact, json.loads(body)["level"]) for fact, body in found]


def faults(desk: Desk) -> list[Any]:
    """What the doctor finds."""
    return list(desk.records.ask(ExamineDesk(), who=THE_DESK, at=END))


def test_a_calendar_without_dates_never_rings(desk: Desk) -> None:
    """The seed's own name no holidays: there is nothing to run out."""
    assert tell_horizons(desk.records, at=END + 40 * AHEAD) == 0
    assert desk.rows("SELECT * FROM horizon") == []


def test_each_level_rings_once_and_worse_than_the_one_before(desk: Desk) -> None:
    """Two months before, two weeks before, and when it is over."""
    office(desk)
    assert tell_horizons(desk.records, at=FIRST - timedelta(seconds=1)) == 0
    for level, at in enumerate((FIRST, SECOND, END), 1):
        assert [tell_horizons(desk.records, at=at) for _ in range(3)] == [1, 0, 0]
        (alarm,) = strip(desk, at)
        assert (alarm.level, alarm.rings, alarm.due_at, alarm.raised_at) == (level, level, at, at)
        assert (alarm.calendar, str(alarm.known_until)) == ("office", "2026-12-31")
    assert tell_horizons(desk.records, at=END + 10 * AHEAD) == 0
    assert told(desk) == [("rang", 1), ("rang", 2), ("rang", 3)]
    assert faults(desk) == []


def test_a_desk_that_slept_hears_the_worst_only(desk: Desk) -> None:
    """With the time at which it should have been told."""
    office(desk)
    assert tell_horizons(desk.records, at=END + timedelta(days=9)) == 1
    (alarm,) = strip(desk, END)
    assert (alarm.level, alarm.rings, alarm.due_at) == (3, 1, END)
    assert alarm.raised_at == END + timedelta(days=9)
    assert told(desk) == [("rang", 3)]


def test_many_sweepers_ring_once(tables_url: str) -> None:
    """Four desks at the same instant, for five calendars, at each level."""
    with ExitStack() as stack:
        many = [open_records(tables_url, feed=False) for _ in range(4)]
        for records in many:
            stack.callback(records.close)
        desk = Desk(many[0])
        for n in range(5):
            office(desk, code=f"c{n}")
        with ThreadPoolExecutor(len(many)) as pool:
            for at in (FIRST, SECOND, END):
                together = Barrier(len(many))

                def sweep(records: Any, at: datetime = at, together: Barrier = together) -> int:
                    together.wait()
                    return tell_horizons(records, at=at)

                assert sum(pool.map(sweep, many)) == 5
        assert sorted(told(desk)) == sorted(
            ("rang", level) for level in (1, 2, 3) for _ in range(5)
        )
        assert faults(desk) == []


def test_acknowledging_silences_it_until_it_gets_worse(desk: Desk) -> None:
    """For everybody, with the name of who did it."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    done = desk.records.do(Acknowledge(numbers=(), calendars=("office",)), who=ANA, at=FIRST)
    assert done.facts == {"code": "office"}
    (alarm,) = strip(desk, FIRST)
    assert (alarm.acknowledged_at, alarm.acknowledged_by) == (FIRST, "Desk")
    assert desk.records.do(Acknowledge(), who=ANA, at=FIRST).facts == {}
    tell_horizons(desk.records, at=SECOND)
    assert strip(desk, SECOND)[0].acknowledged_at is None
    assert desk.records.do(Acknowledge(), who=ANA, at=SECOND).facts == {"code": "office"}
    assert told(desk) == [("rang", 1), ("acknowledged", 1), ("rang", 2), ("acknowledged", 2)]
    assert faults(desk) == []


def test_an_order_is_acknowledged_without_the_calendars(desk: Desk) -> None:
    """What is named is silenced, and nothing beside it."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    desk.records.do(Acknowledge(numbers=(1,)), who=ANA, at=FIRST)
    assert strip(desk, FIRST)[0].acknowledged_at is None


def test_a_calendar_that_reaches_further_is_silent_again(desk: Desk) -> None:
    """By itself, and rings anew before its next end."""
    office(desk)
    tell_horizons(desk.records, at=SECOND)
    longer = ExtendCalendar(code="office", off=("2027-10-01",), known_until="2027-12-31")
    desk.records.do(longer, who=ANA, at=SECOND)
    assert strip(desk, SECOND) == ()
    assert tell_horizons(desk.records, at=END) == 0
    assert told(desk) == [("rang", 2), ("cleared", 2)]
    assert tell_horizons(desk.records, at=END + timedelta(days=365) - AHEAD) == 1
    assert strip(desk, END)[0].rings == 2, "a new ring to consoles that saw the one before"
    assert faults(desk) == []


@pytest.mark.parametrize(
    "more", [{"week": {"mon": [["09:00", "12:00"]]}}, {"holidays": ["2026-10-02"]}]
)
def test_an_edit_that_reaches_no_further_changes_nothing(desk: Desk, more: dict[str, Any]) -> None:
    """Whoever silenced the alarm is not called again for other hours."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    desk.records.do(Acknowledge(), who=ANA, at=FIRST)
    office(desk, at=FIRST, **more)
    assert strip(desk, FIRST)[0].acknowledged_at == FIRST
    assert tell_horizons(desk.records, at=FIRST) == 0
    assert faults(desk) == []


def test_a_calendar_that_names_no_days_any_more_is_silent(desk: Desk) -> None:
    """And rings again when it names some."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    office(desk, at=FIRST, holidays=[])
    assert strip(desk, FIRST) == ()
    assert tell_horizons(desk.records, at=END) == 0
    office(desk, at=END)
    assert tell_horizons(desk.records, at=END) == 1
    assert told(desk) == [("rang", 1), ("cleared", 1), ("rang", 3)]
    assert faults(desk) == []


def test_a_site_office_is_not_called(desk: Desk) -> None:
    """Calendars are the whole desk's: it can neither mend the reason nor silence the others."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    there = Who(operator=2, scope=Scope(frozenset({1})))
    assert strip(desk, FIRST, who=there) == ()
    assert desk.records.ask(ListAlarms(), who=there, at=FIRST) == ()
    desk.records.do(Acknowledge(), who=there, at=FIRST)
    desk.records.do(Acknowledge(numbers=(), calendars=("office",)), who=there, at=FIRST)
    assert strip(desk, FIRST)[0].acknowledged_at is None


def test_it_is_told_outside_once_a_level(desk: Desk) -> None:
    """Every level is bad enough; nothing of it where the desk tells nobody."""
    office(desk)
    tell_horizons(desk.records, at=FIRST)
    with desk.records.work(who=THE_DESK, at=FIRST) as work:
        work.notify(True)
    for at in (SECOND, SECOND, END):
        tell_horizons(desk.records, at=at)
    notices = [json.loads(body) for (body,) in desk.rows("SELECT body FROM outbox ORDER BY id")]
    assert [(notice["calendar"], notice["level"]) for notice in notices] == [
        ("office", 2), ("office", 3),
    ]  # fmt: skip
    assert notices[0]["number"] is None
    assert notices[0]["due_at"] == SECOND.isoformat()


def test_a_running_desk_looks_again_and_again(desk: Desk) -> None:
    """A calendar that was edited to end soon is heard of soon, not at the next start."""
    times = [FIRST]
    service = Service(desk.records, now=lambda: times[-1])
    service._ring()
    office(desk, at=FIRST)
    for later, rings in ((timedelta(seconds=1), 0), (HORIZONS_EVERY, 1)):
        times.append(FIRST + later)
        service._ring()
        assert len(strip(desk, times[-1])) == rings


def test_it_stands_among_the_alarms_of_orders(desk: Desk) -> None:
    """Sorted by how bad it is, counted with them, and found by the calendar's name."""
    office(desk)
    desk.order(at=FIRST)
    service = Service(desk.records, now=lambda: FIRST + timedelta(hours=1))
    service._ring()
    at = FIRST + timedelta(hours=1)
    seen = desk.records.ask(AlarmStrip(), who=ANA, at=at)
    assert [(alarm.number, alarm.calendar) for alarm in seen.alarms] == [
        (1, None),
        (None, "office"),
    ]
    assert (seen.standing, seen.unacknowledged) == (2, 2)
    (kept,) = desk.records.ask(AlarmStrip(limit=1), who=ANA, at=at).alarms
    assert kept.calendar == "office", "an order that rings stands in the list as well"
    listed = desk.records.ask(ListAlarms(text="OFFI"), who=ANA, at=at)
    assert [alarm.calendar for alarm in listed] == ["office"]
    assert desk.records.ask(ListAlarms(text="nowhere"), who=ANA, at=at) == ()
