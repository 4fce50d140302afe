"""Certificates that end and trainings that are due ring ahead of time, each level once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.horizons import remind
from store.commands import Acknowledge, SaveSite, SaveTechnician, SetFigure
from store.commands.trainings import MoveTraining, PlanTraining, RecordTraining
from store.domain.alarm_refusals import ReminderRangAgain
from store.domain.bells import AlarmState
from store.domain.reminders import paper_rungs, worst_due
from store.domain.who import Scope, Who
from store.queries.alarms import AlarmStrip
from store.queries.lists import ListAlarms
from store.records import open_records
from tests.scheduler.desk import ANA, START, Desk

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.alarms import AlarmLine

DAY = timedelta(days=1)
END = START + 120 * DAY


def listed(desk: Desk, at: datetime, *, who: Who = ANA) -> list[AlarmLine]:
    """Alarms that are about no order."""
    found = desk.records.ask(ListAlarms(), who=who, at=at)
    return [alarm for alarm in found if alarm.number is None]


def certified(desk: Desk, ends: datetime | None = END, **told: Any) -> None:
    """Somebody whose certificate ends then."""
    told = {"code": "L9", "name": "Zhao", "certificates": (("Gas", ends),), **told}
    desk.records.do(SaveTechnician(**told), who=ANA, at=START)


def test_each_warning_rings_once(desk: Desk) -> None:
    """Ninety days before quietly, thirty, seven, and once it has ended."""
    certified(desk)
    assert remind(desk.records, at=END - 90 * DAY - timedelta(seconds=1)) == 0
    for level, days in enumerate((90, 30, 7, 0), 1):
        at = END - days * DAY
        assert [remind(desk.records, at=at) for _ in range(3)] == [1, 0, 0]
        (alarm,) = listed(desk, at)
        assert (alarm.level, alarm.rings, alarm.ahead_days) == (level, level, days)
        assert (alarm.severity, alarm.title) == (4 if level == 1 else 3, "Zhao: Gas")
        assert alarm.due_at == at
    assert remind(desk.records, at=END + 40 * DAY) == 0


def test_a_renewed_certificate_rings_no_more_and_anew_later(desk: Desk) -> None:
    """By whatever renews it: here a training that he passed."""
    certified(desk)
    assert remind(desk.records, at=END - 5 * DAY) == 1
    told: dict[str, Any] = {
        "technician": "L9",
        "subject": "technical",
        "topic": "gas",
        "certificate": "GAS",
    }
    later = END + 400 * DAY
    passed = RecordTraining(**told, passed=True, valid_until=later)
    desk.records.do(passed, who=ANA, at=END - 4 * DAY)
    assert listed(desk, END - 4 * DAY) == []
    assert remind(desk.records, at=END) == 0
    assert remind(desk.records, at=later - 90 * DAY) == 1
    (alarm,) = listed(desk, later)
    assert (alarm.level, alarm.rings) == (1, 2)


def test_what_ended_long_ago_is_no_news(desk: Desk) -> None:
    """A file of old certificates does not ring a hundred times."""
    certified(desk)
    assert remind(desk.records, at=END + 91 * DAY) == 0
    assert remind(desk.records, at=END + 89 * DAY) == 1


def test_a_training_rings_on_time_until_it_is_told(desk: Desk) -> None:
    """Put off it rings at the other time."""
    certified(desk, ends=None)
    planned = PlanTraining(technician="L9", subject="manner", topic="calls", at=START + DAY)
    number = desk.records.do(planned, who=ANA, at=START).facts["id"]
    assert [remind(desk.records, at=START + n * DAY) for n in (0, 1, 1)] == [0, 1, 0]
    moved = MoveTraining(training=number, at=START + 3 * DAY)
    desk.records.do(moved, who=ANA, at=START + DAY)
    assert listed(desk, START + DAY) == []
    assert [remind(desk.records, at=START + n * DAY) for n in (2, 3, 3)] == [0, 1, 0]
    (alarm,) = listed(desk, START + 3 * DAY)
    assert (alarm.kind, alarm.rings) == ("training", 2)
    desk.records.do(RecordTraining(training=number, passed=False), who=ANA, at=START + 3 * DAY)
    assert listed(desk, START + 3 * DAY) == []


def test_one_is_acknowledged_as_it_was_seen(desk: Desk) -> None:
    """What rang anew meanwhile is not silenced by who has not heard that."""
    certified(desk)
    remind(desk.records, at=END - 30 * DAY)
    (alarm,) = listed(desk, END - 30 * DAY)
    assert alarm.reminder is not None
    seen = Acknowledge(numbers=(), reminders=((alarm.kind, alarm.reminder),), rings=alarm.rings)
    remind(desk.records, at=END - 7 * DAY)
    with pytest.raises(ReminderRangAgain):
        desk.records.do(seen, who=ANA, at=END - 7 * DAY)
    strip = desk.records.ask(AlarmStrip(), who=ANA, at=END - 7 * DAY)
    assert (strip.unacknowledged, strip.quiet.count, strip.standing) == (1, 0, 1)
    done = desk.records.do(Acknowledge(), who=ANA, at=END - 7 * DAY)
    assert "Zhao: Gas" in done.sentence.format(**done.facts)
    (alarm,) = listed(desk, END - 7 * DAY)
    assert (alarm.state, alarm.acknowledged_by) == (AlarmState.ACKNOWLEDGED, "Desk")
    assert remind(desk.records, at=END) == 1
    assert listed(desk, END)[0].state is AlarmState.UNACKNOWLEDGED


def test_a_site_hears_of_its_own_people(desk: Desk) -> None:
    """And silences no others."""
    for code in ("S8", "S9"):
        desk.records.do(SaveSite(code=code, name="Far", zone="UTC"), who=ANA, at=START)
    certified(desk, home="S9")
    remind(desk.records, at=END)
    here = Who(operator=ANA.operator, scope=Scope(frozenset({1})))
    assert listed(desk, END, who=here) == []
    desk.records.do(Acknowledge(), who=here, at=END)
    assert listed(desk, END)[0].state is AlarmState.UNACKNOWLEDGED


def test_the_desk_says_how_early_it_is_warned(desk: Desk) -> None:
    """In days, by figure; none at all leaves the end."""
    certified(desk)
    for figure, days in (("paper_first", 10), ("paper_next", 0), ("paper_last", 0)):
        desk.records.do(SetFigure(figure=figure, value=days), who=ANA, at=START)
    assert [remind(desk.records, at=END - n * DAY) for n in (30, 10, 7, 0)] == [0, 1, 0, 1]


def test_many_sweepers_remind_once(tables_url: str) -> None:
    """Four desks at the same instant, at each level."""
    with ExitStack() as stack:
        many = [open_records(tables_url, feed=False) for _ in range(4)]
        for records in many:
            stack.callback(records.close)
        certified(Desk(many[0]))
        with ThreadPoolExecutor(len(many)) as pool:
            for at in (END - 90 * DAY, END):
                together = Barrier(len(many))

                def sweep(records: Any, at: datetime = at, together: Barrier = together) -> int:
                    together.wait()
                    return remind(records, at=at)

                assert sum(pool.map(sweep, many)) == 1


@given(st.lists(st.integers(0, 800), max_size=4), st.integers(-900, 100))
def test_a_later_moment_is_never_warned_of_less(days: list[int], at: int) -> None:
    """Whatever days are set, in whatever order: levels only rise, and the end is the last."""
    rungs = paper_rungs(days)
    first, then = (worst_due(rungs, END, at=END + DAY * n) for n in (at, at + 1))
    assert (first.level if first else 0) <= (then.level if then else 0)
    end = worst_due(rungs, END, at=END)
    assert end is not None
    assert (end.level, end.ahead) == (len({n for n in days if n}) + 1, timedelta())
