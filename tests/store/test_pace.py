"""What a desk says of work and ways where it lives faster than life; on both databases."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.render_recommend import score_said
from store.commands import SaveShift, SaveTechnician
from store.domain.dispatch.rules import Rule
from store.domain.forecast import Why
from store.domain.lifecycle import Move
from store.domain.pace import Pace
from store.queries.days import BarKind, TechnicianDays
from store.queries.forecast import Forecast
from store.queries.recommend import WhoGoes
from store.records import open_records
from tests.store.desk import ANA, NINE, do, minutes, move, written
from tests.store.recommend_desk import SHORT_ROAD, asked, desk, order

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]

FAST = Pace(12.0)


def test_a_way_and_a_work_are_as_much_shorter(desk: Records) -> None:
    """Also what they cost, and what is missing; the order of those who may go stays."""
    number = order(desk)
    life = asked(desk, number)
    desk.database.pace = FAST
    fast = asked(desk, number)
    assert [one.who.code for one in fast.offers] == [one.who.code for one in life.offers]
    assert fast.takes == timedelta(minutes=5)
    far = fast.offers[1]
    assert far.arrive_at == minutes(SHORT_ROAD / 12)
    assert far.done_at == minutes((SHORT_ROAD + 60) / 12)
    assert far.score.travel == pytest.approx(SHORT_ROAD / 12)
    assert far.score.total == pytest.approx(life.offers[1].score.total / 12)
    assert (far.digits, life.offers[1].digits) == (1, 0)
    assert score_said(far) == (
        "wait until the work begins 0.4, travel 1.0, another region than the own one 1.2"
    )
    slow = f"wait until the work begins 5, travel {SHORT_ROAD}, another region than the own one 15"
    assert score_said(life.offers[1]) == slow
    assert fast.due_at is not None
    assert abs(far.margin - (fast.due_at - far.done_at)) < timedelta(seconds=1)  # type: ignore[operator]


def test_another_console_reckons_at_the_pace_of_the_drill(desk: Records) -> None:
    """Whoever opens its store later, and only looks; and knows when it is over."""
    number = order(desk)
    pace = Pace(12.0, None, minutes(20))
    with desk.work(who=ANA, at=NINE) as work:
        work.keep_pace(Pace(2.0))
        work.keep_pace(pace)
    url = desk.database.url.render_as_string(hide_password=False)
    for renew in (True, False):
        with closing(open_records(url, renew=renew, feed=False)) as other:
            assert other.database.pace == pace
            assert asked(other, number).takes == timedelta(minutes=5)


def test_what_a_shift_lacks_is_told_in_the_minutes_of_the_desk(desk: Records) -> None:
    """Three minutes of shift are left for five of work."""
    for code in ("AN", "BO"):
        do(desk, SaveShift(technician=code, starts_at=minutes(-60), ends_at=minutes(3)))
    desk.database.pace = FAST
    found = desk.ask(WhoGoes(number=order(desk)), who=ANA, at=NINE)
    assert found.offers == ()
    over = {one.who.code: one.barred[0] for one in found.helps}
    assert (over["AN"].rule, over["AN"].facts["over"]) == (Rule.SHIFT, 2)


def test_the_forecast_reckons_with_the_shorter_work(records: Records) -> None:
    """Four orders of an hour miss their promises; of five minutes they do not."""
    for code in ("T2", "T3"):
        do(records, SaveTechnician(code=code, name=code, active=False))
    for _ in range(4):
        written(records, level="critical", priority=1)
    life = records.ask(Forecast(), who=ANA, at=NINE)
    assert {one.miss.why for one in life.foreseen} == {Why.LOAD}
    records.database.pace = FAST
    assert records.ask(Forecast(), who=ANA, at=NINE).until == minutes(20)
    fast = records.ask(Forecast(hours=48), who=ANA, at=NINE)
    assert (fast.foreseen, fast.until) == ((), minutes(240))


def test_the_day_plans_with_it(records: Records) -> None:
    """One after the other, five minutes each, half of that to a place that nobody knows.

    At least a tenth of an hour of life is left of what is begun.
    """
    records.database.pace = FAST
    numbers = [written(records, level="critical", priority=1) for _ in range(3)]
    for number in numbers:
        move(records, number, Move.ASSIGN, technician="T1")
    for step in (Move.ACCEPT, Move.DEPART):
        move(records, numbers[0], step)
    at = minutes(30)
    day = TechnicianDays(from_at=NINE, to_at=minutes(60), since=NINE)
    bars = records.ask(day, who=ANA, at=at)[0].bars
    plan = [bar for bar in bars if bar.kind is BarKind.PLAN]
    least, way, work = (timedelta(minutes=count) / 12 for count in (10, 30, 60))
    first = way + least + way
    assert [bar.from_at - at for bar in plan] == [first, first + work + way]


def test_what_is_learnt_in_a_drill_is_not_taken_for_life(records: Records) -> None:
    """Five minutes there are an hour; from before it, an hour is one."""
    steps = (Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.CLOSE)
    for place in range(5):
        number = written(records, level="critical", priority=1, kind="lamp")
        move(records, number, Move.ASSIGN, technician="T1")
        for step, spent in zip(steps, (1, 2, 3, 62, 63), strict=True):
            move(records, number, step, minutes(place + spent))
    last = written(records, level="critical", priority=1, kind="lamp", at=minutes(80))
    records.database.pace = Pace(12.0, minutes(90))
    asked_now = records.ask(WhoGoes(number=last), who=ANA, at=minutes(90))
    assert asked_now.takes == timedelta(minutes=5)
    records.database.pace = FAST  # all of it went so fast: five hours and more each
    assert records.ask(WhoGoes(number=last), who=ANA, at=minutes(90)).takes > timedelta(minutes=20)
