"""Calendars by their commands and queries, and the doctor's look at their horizons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from scheduler.horizons import tell_horizons
from store.commands import Acknowledge, ExtendCalendar, MendStore, SaveCalendar
from store.domain.errors import NameUnknown, NotAllowed
from store.domain.ledger import EntryKind
from store.domain.targets import ClockKind
from store.domain.who import THE_DESK
from store.queries.calendars import CalendarNamed, ListCalendars
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk
from store.queries.explain import Explain
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, stored, written

if TYPE_CHECKING:
    from store.queries.calendars import CalendarLine
    from store.queries.doctor import Finding
    from store.records import Records

DAYS = ("mon", "tue", "wed", "thu", "fri")
SPEC: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "week": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in DAYS},
    "holidays": ["2026-10-01"],
}
NEAR_THE_END = datetime(2026, 12, 20, tzinfo=UTC)


def calendar(records: Records, code: str = "office") -> CalendarLine:
    """A calendar as the store has it now."""
    return records.ask(CalendarNamed(code=code), who=ANA, at=NINE)


def save(records: Records, **more: Any) -> None:
    """The office with some holidays."""
    do(records, SaveCalendar(code="office", name="Office", spec=SPEC | more))


def examine(records: Records) -> list[Finding]:
    """What is wrong with the desk."""
    return list(records.ask(ExamineDesk(), who=THE_DESK, at=NEAR_THE_END))


def harm(records: Records, statement: str) -> None:
    """Change the store past its commands."""
    with records.database.writing() as conn:
        conn.execute(text(statement))


def test_a_calendar_is_shown_with_all_it_knows(records: Records) -> None:
    """As it is now, with the levels on it."""
    plain = calendar(records)
    assert (plain.version, plain.holidays, plain.known_until) == (1, 0, None)
    save(records, workdays={"2026-10-10": [["09:00", "12:00"]]}, country="CN")
    found = calendar(records)
    assert (found.version, found.holidays, found.workdays, found.country) == (2, 1, 1, "CN")
    assert (found.zone, found.known_until) == ("Asia/Shanghai", date(2026, 12, 31))
    assert (found.name, found.levels) == ("Office", ("standard",))
    listed = records.ask(ListCalendars(), who=AT_NORTH, at=NINE)
    assert [line.code for line in listed] == ["office", "24x7"]
    assert records.ask(ListCalendars(text="office"), who=ANA, at=NINE) == (found,)
    assert [line.code for line in records.ask(ListCalendars(after=1), who=ANA, at=NINE)] == ["24x7"]
    with pytest.raises(NameUnknown, match="offic"):
        calendar(records, "offic")


def test_more_days_move_the_deadlines_of_open_orders(records: Records) -> None:
    """As any other edit of a calendar does; what it said before stays."""
    save(records)
    number = written(records, level="standard", priority=4)
    assert _due(records, number) == datetime(2026, 10, 2, 10, tzinfo=UTC)
    done = do(
        records,
        ExtendCalendar(
            code="office", off=("2026-09-22", "2026-09-23"), worked={"2026-09-26": None}
        ),
    )
    assert (done.facts["moved"], calendar(records).holidays) == (1, 3)
    # Two days fewer and a Saturday more: not on Friday at closing, but on Monday.
    assert _due(records, number) == datetime(2026, 10, 5, 10, tzinfo=UTC)
    assert calendar(records).spec["workdays"] == {"2026-09-26": SPEC["week"]["mon"]}
    with pytest.raises(NotAllowed):
        do(records, ExtendCalendar(code="office", off=("2026-09-24",)), who=AT_NORTH)


def _due(records: Records, number: int) -> datetime:
    due = next(c.due_at for c in stored(records, number).clocks if c.kind is ClockKind.RESOLVE)
    assert due is not None
    return due


def test_a_deadline_beyond_the_horizon_is_explained_as_such(records: Records) -> None:
    """Whoever asks why learns that a holiday may lie before it."""
    save(records, known_until="2026-09-22")
    number = written(records, level="standard", priority=4)
    told = records.ask(Explain(number=number, kind=ClockKind.RESOLVE), who=ANA, at=minutes(1))
    assert told is not None
    (line,) = [entry for entry in told.entries if entry.kind is EntryKind.UNKNOWN]
    assert line.from_at == datetime(2026, 9, 22, 16, tzinfo=UTC)
    assert line.to_at == told.clock.due_at
    do(records, ExtendCalendar(code="office", known_until="2027-12-31"))
    told = records.ask(Explain(number=number, kind=ClockKind.RESOLVE), who=ANA, at=minutes(1))
    assert told is not None
    assert EntryKind.UNKNOWN not in {entry.kind for entry in told.entries}


DERIVED = {
    "gone": "DELETE FROM horizon",
    "moved": "UPDATE horizon SET ends_at = ends_at + 1",
    "longer": "UPDATE horizon SET known_until = '2099-12-31'",
    "stopped": "UPDATE horizon SET next_at = NULL",
    "of another calendar": "UPDATE horizon SET calendar_id = 2",
}


@pytest.mark.parametrize("statement", DERIVED.values(), ids=DERIVED)
def test_a_horizon_that_is_not_the_calendars_is_found_and_mended(
    records: Records, statement: str
) -> None:
    """Else the desk would hear of its end too late, or never."""
    save(records)
    assert examine(records) == []
    harm(records, statement)
    found = examine(records)
    assert {one.check for one in found} == {Check.HORIZON}
    assert all(CHECKS[one.check].mendable for one in found)
    calendars = tuple(one.calendar for one in found if one.calendar is not None)
    do(records, MendStore(calendars=calendars))
    assert examine(records) == []
    assert tell_horizons(records, at=NEAR_THE_END) == 1


TOLD = {
    "silenced": "UPDATE horizon SET acknowledged_at = raised_at, acknowledged_by = 3",
    "by another": "UPDATE horizon SET acknowledged_by = 4",
    "unrung": "UPDATE horizon SET rings = 0",
    "milder": "UPDATE horizon SET level = 1, next_at = 1797206400000",
}


@pytest.mark.parametrize("statement", TOLD.values(), ids=TOLD)
def test_an_alarm_changed_behind_the_journal_is_found(records: Records, statement: str) -> None:
    """What rang stays rung, and whoever silenced it is on record."""
    save(records)
    tell_horizons(records, at=NEAR_THE_END)
    if "acknowledged_by = 4" in statement:
        do(records, Acknowledge(), at=NEAR_THE_END)
    assert examine(records) == []
    harm(records, statement)
    assert Check.HORIZON_STORY in {one.check for one in examine(records)}
