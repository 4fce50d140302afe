"""The clock of a survey on any calendar: due, rung, given up; and the call after a bad answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.rules import Rules
from store.domain.survey_rules import SurveyRules
from store.domain.surveys import ask_by, call_back_by, gives_up_at, is_bad, rings_next
from store.domain.targets import ServiceLevel

WEEK = {
    day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
OFFICE = Calendar.parse(
    {
        "zone": "Asia/Shanghai",
        "week": WEEK,
        "holidays": ["2026-10-01", "2026-10-02"],
        "workdays": {"2026-10-10": [["09:00", "12:00"]]},
    }
)
ALWAYS = Calendar.always()
NIGHT = Calendar.parse({"zone": "Europe/Berlin", "week": {"sat": [["22:00", "24:00"]]}})
calendars = st.sampled_from([OFFICE, ALWAYS, NIGHT])
instants = st.integers(0, 270 * 86_400_000).map(
    lambda ms: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
limits = st.builds(
    SurveyRules,
    within_days=st.integers(1, 5),
    again_s=st.integers(60, 200_000),
    give_up_days=st.integers(1, 5),
    call_s=st.integers(60, 200_000),
)


def rules(calendar: Calendar, survey: SurveyRules) -> Rules:
    """A level on a calendar."""
    level = ServiceLevel(id=1, code="x", calendar=1, survey=survey)
    return Rules(level=level, calendar=calendar)


@given(instants)
def test_it_is_due_24_hours_on_where_nobody_ever_closes(at: datetime) -> None:
    """The mission's own figure, by default."""
    assert ask_by(rules(ALWAYS, SurveyRules()), at=at) == at + timedelta(days=1)


@given(calendars, limits, instants)
def test_it_is_due_in_working_time_and_no_later_than_the_same_time_of_day(
    calendar: Calendar, survey: SurveyRules, at: datetime
) -> None:
    """Nobody is rung for it at night, and the hours set are never made longer."""
    by = ask_by(rules(calendar, survey), at=at)
    same = calendar.add_days(at, survey.within_days or 0)
    if calendar.between(at, same) > timedelta():
        assert at < by <= same
    else:  # no hours before it: those of that day
        day = same.astimezone(calendar.zone).date()
        assert (by - timedelta(milliseconds=1)).astimezone(calendar.zone).date() == day
    assert calendar.between(by - timedelta(milliseconds=1), by) == timedelta(milliseconds=1)


@given(calendars, limits, instants, st.lists(st.integers(0, 400_000), max_size=3))
def test_it_rings_on_and_ends_exactly_once(
    calendar: Calendar, survey: SurveyRules, at: datetime, late: list[int]
) -> None:
    """However late a sweep comes: each moment lies after the one before, the last is its end."""
    held = rules(calendar, survey)
    by = ask_by(held, at=at)
    end, moment, count = gives_up_at(held, by), by, 0
    assert end > by
    while True:
        lag = timedelta(seconds=late[count]) if count < len(late) else timedelta()
        again = rings_next(held, by, at=moment + lag)
        if again is None:
            break
        assert moment + lag < again <= end
        moment, count = again, count + 1
        if count > 2_000:  # five days of a minute each are many; they end all the same
            return
    assert moment + (timedelta(seconds=late[count]) if count < len(late) else timedelta()) >= end


@given(calendars, limits, instants)
def test_whoever_is_unhappy_is_called_on_the_same_day(
    calendar: Calendar, survey: SurveyRules, at: datetime
) -> None:
    """Of the day on which work is done next: within the hours set, never after its end."""
    held = rules(calendar, survey)
    by = call_back_by(held, at=at)
    first = calendar.add(at, timedelta(milliseconds=1))
    assert at < by <= calendar.add(at, timedelta(seconds=survey.call_s))
    last_moment = (by - timedelta(milliseconds=1)).astimezone(calendar.zone)
    assert (
        last_moment.date() == (first - timedelta(milliseconds=1)).astimezone(calendar.zone).date()
    )
    assert calendar.between(at, by) > timedelta()


@given(st.integers(1, 5) | st.none(), st.integers(0, 10) | st.none())
def test_an_answer_is_bad_by_either_figure(csat: int | None, nps: int | None) -> None:
    """Up to two of five, or up to six of ten; what was not answered is not bad."""
    bad = csat in {1, 2} or nps in {0, 1, 2, 3, 4, 5, 6}
    assert is_bad(rules(ALWAYS, SurveyRules()), csat, nps) is bad
    off = SurveyRules(csat=0, nps=-1)
    assert not is_bad(rules(ALWAYS, off), csat, nps)
