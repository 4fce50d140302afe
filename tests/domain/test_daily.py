"""Notes of running work: owed each working day by an hour, and on no other day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.daily import NotRunning, ask, is_owed, note_due, percent_of, rung
from store.domain.evolve import evolve
from store.domain.lifecycle import State
from store.domain.order import WorkOrder
from store.domain.rules import Rules
from store.domain.targets import ServiceLevel

BEGAN = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
"""10:00 on a Monday in Shanghai."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIVE = WEEK[:5]


def rules(days: tuple[str, ...] = FIVE, *, by_s: int | None = 17 * 3600) -> Rules:
    """A level that asks for notes by that second of the day, where work is done on these days."""
    spec = {"zone": "Asia/Shanghai", "week": {day: [["09:00", "18:00"]] for day in days}}
    level = ServiceLevel(id=1, code="x", calendar=1, daily_by_s=by_s)
    return Rules(level=level, calendar=Calendar.parse(spec), calendar_version=1)


def order(**values: object) -> WorkOrder:
    """One at which somebody has begun to work."""
    plain = WorkOrder(
        number=1, state=State.ON_SITE, state_since=BEGAN, opened_at=BEGAN, created_at=BEGAN,
        progress_at=BEGAN,
    )  # fmt: skip
    return evolve(plain, **values)


def test_a_note_is_owed_from_the_day_after_work_began() -> None:
    """Work that is done on its first day owes none; a weekend is no day."""
    assert note_due(order(), rules()) == BEGAN + DAY + 7 * HOUR
    friday = order(state_since=BEGAN + 4 * DAY)
    assert note_due(friday, rules()) == BEGAN + 7 * DAY + 7 * HOUR
    assert note_due(order(), rules(by_s=None)) is None


def test_who_is_asked_by_hand_owes_it_from_that_day() -> None:
    """Unless its hour has passed."""
    asked, facts = ask(order(), on=True, at=BEGAN + HOUR, by=1)
    assert [fact.name for fact in facts] == ["daily_asked"]
    assert note_due(asked, rules(by_s=None)) == BEGAN + 7 * HOUR
    late, _facts = ask(order(), on=True, at=BEGAN + 8 * HOUR, by=1)
    assert note_due(late, rules(by_s=None)) == BEGAN + DAY + 7 * HOUR
    saturday, _facts = ask(order(), on=True, at=BEGAN + 5 * DAY, by=1)  # a day off
    assert note_due(saturday, rules(by_s=None)) == BEGAN + 7 * DAY + 7 * HOUR
    spared, _facts = ask(asked, on=False, at=BEGAN + 2 * HOUR, by=1)
    assert note_due(spared, rules(by_s=None)) is None
    with pytest.raises(NotRunning):
        ask(order(state=State.CLOSED), on=True, at=BEGAN, by=1)


@pytest.mark.parametrize("state", [s for s in State if s is not State.ON_SITE])
def test_nothing_is_owed_while_nobody_is_at_work(state: State) -> None:
    """Not while it waits, nor once it is done; what rang is over."""
    held = order(state=state, daily_from=BEGAN, daily_rang=BEGAN + DAY)
    assert note_due(held, rules()) is None
    assert not is_owed(held, BEGAN + DAY)


@given(
    st.sets(st.sampled_from(WEEK), min_size=1).map(tuple),
    st.integers(0, 86_399),
    st.integers(0, 20 * 24 * 60),
    st.integers(0, 20 * 24 * 60),
)
def test_each_working_day_rings_once_and_no_other_day(
    days: tuple[str, ...], by_s: int, began: int, away: int
) -> None:
    """However long nobody was there to ring; a note puts it off to the next working day."""
    by = rules(days, by_s=by_s)
    hours = by.hours
    held = order(state_since=BEGAN + timedelta(minutes=began))
    due = note_due(held, by)
    assert due is not None
    here = due.astimezone(hours.zone)
    assert hours.works_on(here.date())
    assert here.date() > held.state_since.astimezone(hours.zone).date()
    at = due + timedelta(minutes=away)
    after, facts = rung(held, by, due_at=due, at=at)
    again = note_due(after, by)
    assert [fact.name for fact in facts] == ["daily_rang"]
    assert again is not None
    assert again > at
    assert is_owed(after, due)
    noted = evolve(after, noted_at=at)
    assert not is_owed(noted, due)
    owed = note_due(noted, by)
    assert owed is not None
    assert owed.astimezone(hours.zone).date() > at.astimezone(hours.zone).date()


@pytest.mark.parametrize(
    ("text", "percent"),
    [("60 % pump is in", 60), ("100%", 100), ("５％", None), ("７0%", None), ("30％ 完成", 30),
     ("pump 60%", None), ("600%", None), ("", None)],
)  # fmt: skip
def test_a_note_may_begin_with_how_far_the_work_is(text: str, percent: int | None) -> None:
    """Digits of ours, up to a hundred."""
    assert percent_of(text) == percent
