"""Plans as they are called off, paused, edited, refused, seen, foretold and mended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    EndPlan,
    MendStore,
    PausePlan,
    ResumePlan,
    SkipOccurrence,
)
from store.domain.errors import BadInput, PlanUnknown, Refusal
from store.domain.plan_refusals import NothingLeft, RuleShapeless
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.persistence.loading import ALARM
from store.persistence.plans import PLAN
from store.queries.card import OrderCard
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.plans import ForetellPlan, ListPlans
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    NINE,
    do,
    rows,
    written,
)
from tests.store.plan_desk import all_plans, came, local, made_until, planned, shown

if TYPE_CHECKING:
    from store.records import Records


def is_well(records: Records) -> None:
    """A doctor finds nothing."""
    at = NINE + timedelta(days=900)
    assert records.ask(ExamineDesk(), who=ANA, at=at) == ()
    assert records.ask(ExamineOrders(), who=ANA, at=at).findings == ()


def test_a_date_is_called_off_and_on_again(records: Records) -> None:
    """The next unless told, and each can be taken back."""
    plan = planned(records)
    do(records, SkipOccurrence(plan=plan))
    do(records, SkipOccurrence(plan=plan, day="2026-09-23"))
    assert shown(records, plan).next_day == "2026-09-22"
    assert shown(records, plan).called_off == ("2026-09-21", "2026-09-23")
    do(records, SkipOccurrence(plan=plan, day="2026-09-23", skipped=False))
    assert made_until(records, "2026-09-23T10:00") == 2
    made = [day for day, _, number in came(records, plan) if number]
    assert made == ["2026-09-22", "2026-09-23"]
    for wrong in ("2026-09-21", "2026-09-27", "1999-01-01", "x"):
        with pytest.raises(BadInput):
            do(records, SkipOccurrence(plan=plan, day=wrong), at=local("2026-09-23T11:00"))
    is_well(records)


def test_a_paused_plan_makes_nothing_and_goes_on_from_now(records: Records) -> None:
    """What was due meanwhile is not made up for."""
    plan = planned(records)
    do(records, PausePlan(plan=plan))
    assert made_until(records, "2026-09-24T12:00") == 0
    with pytest.raises(BadInput):
        do(records, PausePlan(plan=plan))
    do(records, ResumePlan(plan=plan), at=local("2026-09-24T12:00"))
    assert made_until(records, "2026-09-24T12:01") == 0
    assert shown(records, plan).next_day == "2026-09-25"
    do(records, EndPlan(plan=plan))
    assert made_until(records, "2026-09-30T12:00") == 0
    do(records, ResumePlan(plan=plan), at=local("2026-09-30T12:00"))
    assert shown(records, plan).next_day == "2026-10-01"
    facts = [row["fact"] for row in rows(records, JOURNAL) if row["fact"].startswith("plan_")]
    assert facts == ["plan_saved", "plan_paused", "plan_resumed", "plan_ended", "plan_resumed"]
    is_well(records)


def test_an_edited_plan_goes_on_after_its_last_order(records: Records) -> None:
    """Another time of day makes no order again; another title moves nothing."""
    plan = planned(records)
    made_until(records, "2026-09-21T10:00")
    before = shown(records, plan)
    planned(records, plan=plan, title="boiler and pumps", at=local("2026-09-21T10:05"))
    assert shown(records, plan).due_at == before.due_at
    planned(records, plan=plan, time="15:00", at=local("2026-09-21T11:00"))
    assert made_until(records, "2026-09-21T15:00") == 0
    assert shown(records, plan).due_at == local("2026-09-22T15:00")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"rule": "sometimes"}, RuleShapeless),
        ({"rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, NothingLeft),
        ({"rule": "FREQ=DAILY;UNTIL=20200101"}, NothingLeft),
        ({"start": "2026-02-31"}, BadInput),
        ({"start": "x" * 5000}, BadInput),
        ({"time": "25:00"}, BadInput),
        ({"time": "٩:٠٠"}, BadInput),
        ({"lead": "999d"}, BadInput),
        ({"until": "2026-01-01"}, BadInput),
        ({"basis": "moon"}, BadInput),
        ({"closed": "never"}, BadInput),
        ({"title": "  "}, BadInput),
        ({"priority": 9}, BadInput),
        ({"site": "nowhere"}, Refusal),
        ({"calendar": "nowhere"}, Refusal),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    records: Records, fields: dict[str, Any], refusal: type[Refusal]
) -> None:
    """In one sentence, and nothing is kept; the form hears the same before it is saved."""
    with pytest.raises(refusal):
        planned(records, **fields)
    assert all_plans(records) == []


def test_hostile_words_are_made_safe(records: Records) -> None:
    """A terminal must not obey a plan."""
    plan = planned(records, title="boil\x1b[2Jer", description="a\u202eb", rule="daily")
    line = shown(records, plan)
    assert "\x1b" not in line.title
    assert "\u202e" not in line.description
    with pytest.raises(Refusal) as caught:
        planned(records, rule="FREQ=\x1b[2J")
    assert "\x1b" not in str(caught.value)


def test_a_site_office_sees_its_own_plans(records: Records) -> None:
    """And can neither look at others' nor touch them."""
    north, everywhere = planned(records), planned(records, site=None)
    south = planned(records, site="S1")
    seen = records.ask(ListPlans(), who=AT_NORTH, at=NINE)
    assert [line.id for line in seen] == [north]
    for plan in (everywhere, south):
        with pytest.raises(PlanUnknown):
            do(records, PausePlan(plan=plan), who=AT_NORTH)
    with pytest.raises(Refusal):
        planned(records, site="N1", who=AT_SOUTH)
    with pytest.raises(BadInput):
        planned(records, site=None, who=AT_SOUTH)
    assert planned(records, who=AT_NORTH)


def test_the_form_is_told_the_dates_before_it_is_saved(records: Records) -> None:
    """Five of them, on the site's wall, closed days heeded."""
    asked = ForetellPlan(
        rule="FREQ=MONTHLY;BYMONTHDAY=-1", start="2026-09-21", time="9:30", site="N1", closed="next"
    )
    told = records.ask(asked, who=ANA, at=NINE)
    days = [(one.day.isoformat(), one.due_day.isoformat()) for one in told.dates]
    assert days[:3] == [
        ("2026-09-30", "2026-09-30"),
        ("2026-10-31", "2026-11-02"),
        ("2026-11-30", "2026-11-30"),
    ]
    assert len(days) == 5
    assert told.dates[0].due_at == local("2026-09-30T09:30")
    with pytest.raises(RuleShapeless):
        records.ask(ForetellPlan(rule="", start="2026-09-21", time="9:30"), who=ANA, at=NINE)


def test_what_is_foretold_comes(records: Records) -> None:
    """Also of a plan that has come before."""
    texts: dict[str, Any] = {
        "rule": "2 weeks",
        "start": "2026-09-22",
        "time": "10:00",
        "closed": "next",
    }
    plan = planned(records, **texts)
    made_until(records, "2026-09-22T10:00")
    asked = ForetellPlan(**texts, site="N1", plan=plan)
    told = records.ask(asked, who=ANA, at=local("2026-09-22T11:00"))
    assert [one.day.isoformat() for one in told.dates[:2]] == ["2026-10-06", "2026-10-20"]


def test_plans_are_listed_the_next_first(records: Records) -> None:
    """Those that stand come last; words find them."""
    late = planned(records, start="2026-09-25", title="late")
    soon = planned(records, title="soon")
    gone, stands = planned(records, title="gone"), planned(records, title="stands")
    do(records, EndPlan(plan=gone))
    do(records, PausePlan(plan=stands))
    assert all_plans(records) == [soon, late, stands, gone]
    assert all_plans(records, text="LATE") == [late]
    assert all_plans(records, text="北楼") == [soon, late, stands, gone]


def test_a_plan_in_trouble_keeps_no_other_from_its_turn(records: Records) -> None:
    """It is tried again later, and says why it could not."""
    bad, good = planned(records), planned(records, title="pumps")
    with records.database.writing() as conn:
        conn.execute(PLAN.update().where(PLAN.c.id == bad).values(rule="FREQ=NEVER"))
    assert made_until(records, "2026-09-21T10:00") == 1
    assert [number is not None for _, _, number in came(records, good)] == [True]
    assert "FREQ" in (shown(records, bad).trouble or "")
    assert made_until(records, "2026-09-21T10:01") == 0
    assert rows(records, PLAN, id=bad)[0]["tries"] == 2
    with records.database.writing() as conn:
        conn.execute(PLAN.update().where(PLAN.c.id == bad).values(rule="FREQ=DAILY"))
    assert made_until(records, "2026-09-21T11:00") == 1
    assert shown(records, bad).trouble is None


def test_no_alarm_rings_for_what_is_planned_ahead(records: Records) -> None:
    """Nobody follows it yet, and need not."""
    from scheduler.runner import fire_due

    planned(records, rule="FREQ=WEEKLY;BYDAY=MO", start="2026-09-22", lead="3d")
    made_until(records, "2026-09-25T10:00")
    fire_due(records, at=local("2026-09-28T09:59"))
    assert rows(records, ALARM) == []
    fire_due(records, at=local("2026-09-28T10:00"))
    assert [row["kind"] for row in rows(records, ALARM)] == ["wake"]


def test_a_doctor_finds_a_plan_that_aims_wrongly(records: Records) -> None:
    """And derives it anew; orders that are gone from the story it only tells of."""
    plan = planned(records, start="2026-10-01")
    with records.database.writing() as conn:
        conn.execute(PLAN.update().where(PLAN.c.id == plan).values(next_day="2026-12-24"))
    (found,) = records.ask(ExamineDesk(), who=ANA, at=NINE)
    assert (found.check, found.plan, found.facts["fields"]) == (Check.PLAN, plan, "next_day")
    do(records, MendStore(plans=(plan,)), who=THE_DESK)
    assert records.ask(ExamineDesk(), who=ANA, at=NINE) == ()
    made_until(records, "2026-10-01T10:00")
    with records.database.writing() as conn:
        conn.execute(PLAN.update().where(PLAN.c.id == plan).values(made=7))
    (found,) = records.ask(ExamineDesk(), who=ANA, at=NINE)
    assert (found.check, found.facts["fields"]) == (Check.PLAN_STORY, "made")


def test_the_card_says_which_plan_an_order_is_from(records: Records) -> None:
    """And of which date, also where closed days moved it."""
    plan = planned(records, rule="FREQ=MONTHLY;BYMONTHDAY=27", lead="1d")
    made_until(records, "2026-09-27T10:00")
    ((_, _, number),) = came(records, plan)
    assert number is not None
    told = records.ask(OrderCard(number=number), who=ANA, at=NINE).from_plan
    assert told is not None
    assert (told.plan, told.title) == (plan, "boiler round")
    assert (told.day, told.due_day) == ("2026-09-27", "2026-09-28")
    plain = written(records)
    assert records.ask(OrderCard(number=plain), who=ANA, at=NINE).from_plan is None
