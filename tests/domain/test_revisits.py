"""Revisits are spread evenly, each on a day on which his calendar lets him be called."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.revisits import (
    Call,
    Standing,
    Wanting,
    calling_days,
    is_wanted,
    kind_of,
    period_of,
    spread,
    standing,
)

FIRST = date(2026, 11, 1)
AT = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=n) for n in range(30)]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
subsets = st.one_of(
    st.sets(st.sampled_from(DAYS)),
    st.sets(st.sampled_from(DAYS[:4]), max_size=2),  # who can be called on few days crowds others
).map(lambda days: tuple(sorted(days)))
calendars = st.sets(st.sampled_from(WEEK), min_size=1).map(
    lambda days: Calendar.parse(
        {"zone": "Asia/Shanghai", "week": {day: [["09:00", "17:00"]] for day in days}}
    )
)
DESK = Calendar.parse({"zone": "UTC", "week": {day: [["01:00", "09:00"]] for day in WEEK[:6]}})


@given(st.lists(subsets, max_size=40), st.dictionaries(st.sampled_from(DAYS), st.integers(0, 4)))
def test_no_day_has_two_more_than_another_one_would_take(
    able: list[tuple[date, ...]], load: dict[date, int]
) -> None:
    """Whatever days each can be called on, and whatever is planned already."""
    wanting = [Wanting(customer=n, days=days) for n, days in enumerate(able)]
    chosen = spread(wanting, load)
    count = Counter(load) + Counter(chosen.values())
    assert chosen.keys() == {one.customer for one in wanting if one.days}
    for customer, day in chosen.items():
        assert day in able[customer]
        assert all(count[day] <= count[other] + 1 for other in able[customer])
    assert spread(list(reversed(wanting)), load) == chosen


def test_whoever_can_makes_room_for_whoever_cannot() -> None:
    """The first takes the first day, which is then the only one for two others."""
    few = tuple(Wanting(customer=n, days=(DAYS[0],)) for n in (2, 3))
    chosen = spread((Wanting(customer=1, days=(DAYS[0], DAYS[1])), *few), {DAYS[1]: 1})
    assert chosen == {1: DAYS[1], 2: DAYS[0], 3: DAYS[0]}


@given(st.integers(1, 90))
def test_who_can_be_called_on_the_same_days_is_spread_over_all_of_them(many: int) -> None:
    """And few are not all called in its first week."""
    wanting = [Wanting(customer=n, days=tuple(DAYS)) for n in range(many)]
    count = Counter(spread(wanting, {}).values())
    assert max(count.values()) - min(count[day] for day in DAYS) <= 1
    weeks = {(day - FIRST).days // 10 for day in count}
    assert len(weeks) == min(many, 3)


@given(calendars, st.integers(0, 29 * 24 * 60))
def test_nobody_is_called_on_a_day_off_nor_before_now(hours: Calendar, minutes: int) -> None:
    """While he and the desk work; on what is left of the month of his own wall."""
    at = AT + timedelta(minutes=minutes)
    period, days = calling_days(hours, DESK, at=at)
    assert period == f"{at.astimezone(hours.zone):%Y-%m}"
    for one in days:
        assert f"{one.day:%Y-%m}" == period
        assert hours.works_on(one.day)
        assert hours.is_open(one.opens_at)
        assert one.closes_at > max(at, one.opens_at)
        assert one.closes_at.astimezone(hours.zone).date() == one.day


def test_a_customer_is_due_once_his_months_are_over() -> None:
    """Counted from the month that the last one was for; what was never planned is made up."""
    assert is_wanted(None, "2026-11", 3)
    assert [is_wanted("2026-09", f"2026-{month}", 3) for month in (10, 11, 12)] == [0, 0, 1]
    assert is_wanted("2025-12", "2026-01", 1)
    assert not is_wanted(None, "2026-11", 0)


def test_only_the_kind_of_a_revisit_names_a_month() -> None:
    """A call of another kind is none, whatever somebody called it."""
    assert period_of(kind_of("2026-11")) == "2026-11"
    for kind in (
        "call",
        "revisit",
        "revisit ",
        "revisit 2026-13",
        "revisit ２０２６-11",
        "2026-11",
    ):
        assert period_of(kind) is None


def test_it_stands_as_its_last_call_says() -> None:
    """Missed once its day is over; called again after no answer it is the same revisit."""
    opens, due = AT, AT + timedelta(hours=8)

    def stands(*calls: Call, at: datetime = AT) -> Standing:
        return standing(calls, opens_at=opens, due_at=due, at=at)[0]

    still = Call(due_at=due, done_at=None, outcome=None)
    vain = Call(due_at=due, done_at=AT, outcome="no_answer")
    assert stands() is Standing.OFF
    assert stands(still, at=AT - timedelta(hours=1)) is Standing.PLANNED
    assert stands(still) is stands(vain, still) is Standing.DUE
    assert stands(vain, still, at=due + timedelta(hours=1)) is Standing.MISSED
    assert stands(Call(due_at=due, done_at=AT, outcome="content: yes")) is Standing.HELD
    assert stands(Call(due_at=due, done_at=AT, outcome="refused")) is Standing.REFUSED
