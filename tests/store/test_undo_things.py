"""Taking back what was done to a calendar's bell: exactly, and nothing instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.horizons import tell_horizons
from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    ExtendCalendar,
    NoteOrder,
    PausePlan,
    SaveCalendar,
    ShelveAlarm,
    Undo,
    UnshelveAlarm,
)
from store.domain.bells import AlarmState
from store.domain.errors import Refusal
from store.domain.undo_refusals import (
    DoneDifferently,
    NoMoreInEffect,
    NoSuchDeed,
    UnderAnother,
)
from store.domain.who import THE_DESK, Who
from store.persistence.horizons import HORIZON
from store.queries.doctor import ExamineDesk
from store.queries.lists import ListAlarms
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    do,
    minutes,
    rows,
    stored,
    written,
)
from tests.store.plan_desk import planned

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.records import Records

SPEC = {"zone": "Asia/Shanghai", "week": {"mon": [["08:30", "18:00"]]}, "holidays": ["2026-10-01"]}


def ringing(records: Records, code: str = "hall") -> None:
    """A calendar whose holidays are known until the end of September, so that it rings."""
    spec = {**SPEC, "known_until": "2026-09-30"}
    do(records, SaveCalendar(code=code, name=code, spec=spec), who=Who(operator=2))
    tell_horizons(records, at=minutes(1))


def bell(records: Records, code: str = "hall", at: float = 5) -> Any:
    """Its alarm."""
    found = records.ask(ListAlarms(), who=ANA, at=minutes(at))
    return next(alarm for alarm in found if alarm.calendar == code)


def undo(records: Records, *, at: float = 30, who: Any = ANA, **meant: Any) -> Done:
    """Take back, and see that the store still agrees with itself."""
    done = do(records, Undo(**meant), who=who, at=minutes(at))
    assert records.ask(ExamineDesk(), who=THE_DESK, at=minutes(at)) == ()
    return done


def shelve(records: Records, *, at: float = 3, **more: Any) -> Done:
    """An hour, for a list."""
    told = {"until": minutes(at + 60), "reason": "list comes on Monday", **more}
    return do(records, ShelveAlarm(calendar="hall", **told), at=minutes(at))


@pytest.mark.parametrize("silencing", [
    lambda r: do(r, Acknowledge(numbers=(), calendars=("hall",)), at=minutes(3)),
    shelve,
])  # fmt: skip
def test_undo_after_a_calendars_alarm_leaves_orders_alone(records: Records, silencing: Any) -> None:
    """What one did to an order before is not what one means."""
    number = written(records)
    do(records, NoteOrder(number=number, text="called back"), at=minutes(2))
    ringing(records)
    before = rows(records, HORIZON)
    done = silencing(records)
    assert done.undo
    assert bell(records).state is not AlarmState.UNACKNOWLEDGED
    taken = undo(records, at=4)
    assert taken.numbers == ()
    assert taken.facts["thing"] == "the calendar hall"
    assert rows(records, HORIZON) == before
    assert stored(records, number).version == 2
    again = undo(records, at=5, redo=True)
    assert again.sentence.endswith("done again")
    assert bell(records).state is not AlarmState.UNACKNOWLEDGED
    undo(records, at=6, entry=again.undo)
    assert rows(records, HORIZON) == before
    assert undo(records, at=7).numbers == (number,)


def test_a_shelf_stands_again_with_its_reason_and_its_time(records: Records) -> None:
    """Taken off by a slip."""
    ringing(records)
    shelve(records)
    before = rows(records, HORIZON)
    do(records, UnshelveAlarm(calendar="hall"), at=minutes(4))
    undo(records, at=5)
    assert rows(records, HORIZON) == before
    assert (bell(records).state, bell(records).shelved_why) == (
        AlarmState.SHELVED, "list comes on Monday",
    )  # fmt: skip


def test_what_rang_since_is_not_silenced_again(records: Records) -> None:
    """Nor is a silence taken back that another alarm has; an edited calendar has none."""
    ringing(records)
    done = do(records, Acknowledge(numbers=(), calendars=("hall",)), at=minutes(3))
    shelve(records, at=4)
    with pytest.raises(UnderAnother, match="the calendar hall stays as it is: “alarm shelved”"):
        undo(records, entry=done.undo, at=5)
    undo(records, at=6)
    undo(records, at=7)
    with pytest.raises(NoMoreInEffect):
        undo(records, entry=done.undo, at=8)
    shelve(records, at=9)
    tell_horizons(records, at=minutes(9 + 60))
    with pytest.raises(UnderAnother):
        undo(records, at=70)
    do(records, Acknowledge(numbers=(), calendars=("hall",)), at=minutes(71))
    longer = ExtendCalendar(code="hall", off=("2027-10-01",), known_until="2027-12-31")
    last = do(records, Acknowledge(), at=minutes(72))
    assert last.undo == 0
    do(records, longer, at=minutes(73))
    with pytest.raises(Refusal):
        undo(records, at=74)


def test_all_alarms_acknowledged_at_once_ring_again_at_once(records: Records) -> None:
    """Orders' and calendars'; or none of them."""
    number = written(records)
    fire_due(records, at=minutes(20))
    ringing(records)
    ringing(records, "yard")
    done = do(records, Acknowledge(), at=minutes(21))
    assert (done.numbers, done.facts["count"]) == ((number,), 3)
    undo(records, at=22)
    found = records.ask(ListAlarms(), who=ANA, at=minutes(22))
    assert {alarm.state for alarm in found} == {AlarmState.UNACKNOWLEDGED}
    done = do(records, Acknowledge(), at=minutes(23))
    shelve(records, at=24)
    before = records.ask(ListAlarms(), who=ANA, at=minutes(25))
    with pytest.raises(Refusal, match="1 of 3 cannot be taken back"):
        undo(records, entry=done.undo, at=25)
    assert records.ask(ListAlarms(), who=ANA, at=minutes(25)) == before
    only = do(records, Acknowledge(numbers=(), calendars=("yard",)), at=minutes(26))
    assert only.undo == 0


def test_nobody_takes_back_what_is_out_of_his_sight(records: Records) -> None:
    """Calendars are the whole desk's, plans their sites'."""
    ringing(records)
    for done in (shelve(records), do(records, PausePlan(plan=planned(records, site="S1")))):
        with pytest.raises(NoSuchDeed):
            undo(records, entry=done.undo, who=AT_NORTH, at=5)
    undo(records, entry=done.undo, who=AT_SOUTH, at=5)


def test_what_was_acknowledged_with_a_calendar_is_not_half_taken_back(records: Records) -> None:
    """Who sees the order and not the calendar leaves both silent."""
    number = written(records)
    fire_due(records, at=minutes(20))
    ringing(records)
    done = do(records, Acknowledge(), at=minutes(21))
    assert (done.numbers, done.facts["count"]) == ((number,), 2)
    before = records.ask(ListAlarms(), who=ANA, at=minutes(22))
    with pytest.raises(Refusal, match="1 of 2 cannot be taken back"):
        undo(records, entry=done.undo, who=AT_NORTH, at=22)
    assert records.ask(ListAlarms(), who=ANA, at=minutes(22)) == before


def test_a_shelf_that_was_changed_behind_the_journal_is_not_put_back(records: Records) -> None:
    """What the entry says it left does not stand any more."""
    ringing(records)
    done = shelve(records)
    changed = minutes(200)
    with records.database.writing() as conn:
        conn.execute(HORIZON.update().where(HORIZON.c.level > 0).values(shelved_until=changed))
    with pytest.raises(DoneDifferently):
        do(records, Undo(entry=done.undo), at=minutes(5))
    assert [row["shelved_until"] for row in rows(records, HORIZON) if row["level"]] == [changed]
