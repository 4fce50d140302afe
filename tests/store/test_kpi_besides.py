"""Figures beside closing: answers, alarms, shifts, plans and contracts, as a judge has them."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.plans import make_due
from scheduler.runner import fire_due
from store.commands import SaveAbsence, SaveShift
from store.commands.alarms import Acknowledge
from store.commands.contracts import DecideRenewal, SaveContract
from store.commands.heard import RateOrder, RefuseSurvey
from store.commands.projects_asked import NewProject
from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise, WithdrawVoice
from store.domain.errors import NameUnknown, Refusal
from store.domain.kpi.periods import day_before
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK, Scope, Who
from store.queries.kpi import By, KpiCalled, KpiRows, Kpis
from store.queries.voices import ListVoices
from tests.store.desk import NINE, do, minutes, move, written
from tests.store.inspected import scored
from tests.store.kpi_judge import Judge
from tests.store.plan_desk import planned
from tests.store.project_desk import a_project, departments
from tests.store.test_kpi_judged import as_judged, groups_add_up, judge_of, same
from tests.store.test_kpi_kept import figures_follow, worked, worked_through

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.queries.kpi import Figure
    from store.records import Records

ZONE = "Asia/Shanghai"
DAY = timedelta(days=1)
NEW = {
    *("csat", "nps", "survey_response", "acknowledge_mean_s", "acknowledge_p90_s"),
    *("utilisation", "renewal_rate", "complaint_rate", "complaints_received"),
    *("complaints_answered_in_time", "praise_received", "collaboration_index"),
    *("handoffs_acknowledged_in_time", "handoffs_not_bounced", "stages_handed_on_in_time"),
    *("projects_not_waiting", "inspection_score", "inspection_findings"),
}


def tried(records: Records, command: Command, at: datetime) -> None:
    with suppress(Refusal):
        do(records, command, at=at)


def on_duty(records: Records, dice: random.Random, days: int) -> None:
    """Shifts of two people, one of whom is ill now and then."""
    for place in range(days):
        for technician in ("T1", "T2"):
            begins = NINE + place * DAY + timedelta(minutes=dice.randint(0, 90))
            ends = begins + timedelta(hours=dice.choice([4, 8]), seconds=dice.randint(0, 59))
            tried(records, SaveShift(technician=technician, starts_at=begins, ends_at=ends), NINE)
        if dice.random() < 0.2:
            ill = NINE + place * DAY + timedelta(minutes=dice.randint(0, 300))
            away = SaveAbsence(technician="T1", starts_at=ill, ends_at=ill + timedelta(hours=9))
            tried(records, away, NINE)


def an_answer(dice: random.Random, number: int) -> Command:
    """What a customer says, if he says anything."""
    if dice.random() < 0.3:
        return RefuseSurvey(number=number)
    csat = dice.choice([None, *range(1, 6)])
    return RateOrder(number=number, csat=csat, nps=dice.randint(0, 10))


def a_voice(records: Records, dice: random.Random, number: int) -> Command:
    """What a customer says without being asked, about an order, a site or nothing; or an answer."""
    held = [line.voice.id for line in records.ask(ListVoices(), who=THE_DESK, at=NINE)]
    if held and dice.random() < 0.4:
        return AnswerComplaint(complaint=dice.choice(held), told="x", whom="x")
    if held and dice.random() < 0.1:
        return WithdrawVoice(voice=dice.choice(held), reason="x")
    about: dict[str, Any] = dice.choice(
        [{"number": number}, {"site": "S1", "technician": "T2"}, {"customer": "C2"}]
    )
    if dice.random() < 0.4:
        return KeepPraise(said="x", **about)
    return KeepComplaint(said="x", about="late", **about)


def a_month(records: Records, dice: random.Random, days: int) -> datetime:
    """Some weeks of a desk: shifts, people ill, calls, plans made, alarms heard, answers."""
    planned(records, kind="lift", level="critical")
    for customer, last in (("C1", "2026-09-30"), ("C2", "2026-10-05")):
        do(records, SaveContract(customer=customer, first="2026-01-01", last=last, zone=ZONE))
    on_duty(records, dice, days)
    departments(records)
    for site in ("N1", "S1", "N1", "S1"):
        do(records, NewProject(title="x", department="sales", site=site, customer="C2"))
    theirs = random.Random(days)
    at, end, numbers = NINE, NINE + days * DAY, list[int]()
    while at < end:
        at += timedelta(minutes=dice.choice([5, 60, 400]), seconds=dice.randint(0, 59))
        make_due(records, at=at)
        if len(numbers) < 12:
            told: dict[str, Any] = {"kind": dice.choice(["lift", "pump"]), "level": "critical"}
            numbers.append(written(records, customer=dice.choice(["C1", "C2"]), at=at, **told))
        fire_due(records, at=at)
        if dice.random() < 0.6:
            tried(records, Acknowledge(numbers=(dice.choice(numbers),)), at)
        number = dice.randint(1, max(numbers) + 3)
        with suppress(Refusal):
            worked(records, dice, number, at)
        tried(records, an_answer(dice, number), at)
        tried(records, a_voice(records, dice, number), at)
        tried(records, a_project(theirs), at)
    tried(records, DecideRenewal(customer="C1", outcome="renewed"), end)
    scored(records, tuple(numbers), end)
    return end


def test_what_does_not_rest_on_closing_is_the_judges(records: Records) -> None:
    """Each has a value in it, or the test would say nothing."""
    at = a_month(records, random.Random(5), 16)
    first = NINE.date()
    judge = judge_of(records, at)
    found = as_judged(records, judge, first, at.date(), ZONE)
    assert found >= NEW, NEW - found
    as_judged(records, judge, first + timedelta(days=8), at.date(), "America/New_York")
    groups_add_up(records, at, first, at.date())
    figures_follow(records)


def figure(records: Records, name: str, at: datetime, **asked: Any) -> Figure:
    """One figure of the year."""
    period: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "zone": ZONE}
    query = Kpis(names=(name,), **period | asked)
    (found,) = records.ask(query, who=THE_DESK, at=at).figures
    return found


def test_who_is_content_is_counted_by_hand(records: Records) -> None:
    """Four and five of five; nine and ten less nought to six; refused is no answer."""
    for place, (csat, nps) in enumerate(((5, 10), (4, 9), (3, 8), (1, 0), (None, None))):
        number = written(records, at=minutes(90 * place), caller=f"caller {place}")
        worked_through(records, number, 90 * place)
        if csat is None:
            do(records, RefuseSurvey(number=number), at=minutes(600))
        else:
            do(records, RateOrder(number=number, csat=csat, nps=nps), at=minutes(600))
    told = {
        name: (found.value, found.n)
        for name in ("csat", "nps", "survey_response")
        for found in [figure(records, name, minutes(700))]
    }
    assert told == {"csat": (0.5, 4), "nps": (25, 4), "survey_response": (0.8, 5)}


def test_repeated_failures_fall_against_the_period_before(records: Records) -> None:
    """Of two of the eight days before one came again, of five one; nothing falls from nothing."""
    for days, kind in ((0, "a"), (1, "a"), (9, "b"), (12, "b"), (13, "c"), (14, "d"), (15, "e")):
        number = written(records, kind=kind, level="critical", at=minutes(1440 * days))
        worked_through(records, number, 1440 * days)
    eight: dict[str, Any] = {"first": date(2026, 9, 29), "last": date(2026, 10, 6)}
    found = figure(records, "repeat_failure_fall", minutes(1440 * 40), **eight)
    assert (found.value, found.n) == (1 - (1 / 5) / (1 / 2), 7)
    asked = KpiRows(name="repeat_failure_fall", zone=ZONE, **eight)
    rows = records.ask(asked, who=THE_DESK, at=minutes(1440 * 40))
    assert rows == (1, 2, 3, 4, 5, 6, 7)
    none = figure(records, "repeat_failure_fall", minutes(1440 * 40))
    assert none.value is None


def test_time_at_work_is_counted_by_hand(records: Records) -> None:
    """Of eight hours an hour ill, and three minutes at the site."""
    begins, ill = minutes(0), minutes(120)
    do(records, SaveShift(technician="T1", starts_at=begins, ends_at=minutes(480)))
    away = SaveAbsence(technician="T1", starts_at=ill, ends_at=minutes(180))
    do(records, away)
    number = written(records)
    worked_through(records, number)
    found = figure(records, "utilisation", minutes(900))
    assert (found.value, found.n) == (1 / 420, 1)
    asked = KpiRows(name="utilisation", first=NINE.date(), last=NINE.date(), zone=ZONE)
    rows = records.ask(asked, who=THE_DESK, at=minutes(900))
    called = records.ask(KpiCalled(name="utilisation", rows=rows), who=THE_DESK, at=NINE)
    assert [(row.code, row.first) for row in called] == [("T1", "2026-09-21T01:00+00:00")]
    assert figure(records, "utilisation", minutes(900), kind="lift").value is None


def test_a_contract_that_is_undecided_is_not_renewed(records: Records) -> None:
    """And one that has not ended counts nowhere; a site has none."""
    for customer, last in (("C1", "2026-09-10"), ("C2", "2026-09-15")):
        do(records, SaveContract(customer=customer, first="2026-01-01", last=last, zone=ZONE))
    assert figure(records, "renewal_rate", NINE - 30 * DAY).value is None
    do(records, DecideRenewal(customer="C1", outcome="renewed", until="2027-09-10"))
    found = figure(records, "renewal_rate", NINE)
    assert (found.value, found.n) == (0.5, 2)
    assert figure(records, "renewal_rate", NINE, customer="C1").value == 1
    asked: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    north = Who(operator=4, scope=Scope(frozenset({1})))
    assert records.ask(KpiRows(name="renewal_rate", **asked), who=north, at=NINE) == ()
    rows = records.ask(KpiRows(name="renewal_rate", **asked), who=THE_DESK, at=NINE)
    assert len(rows) == 2
    called = KpiCalled(name="renewal_rate", rows=rows)
    assert records.ask(called, who=north, at=NINE) == ()
    assert [row.outcome for row in records.ask(called, who=THE_DESK, at=NINE)] == [
        "renewed",
        "open",
    ]


def test_an_order_acknowledged_late_is_as_late_as_it_waited(records: Records) -> None:
    """An alarm that nobody hears is of no time to acknowledge it."""
    number = written(records, level="critical")
    fire_due(records, at=minutes(600))
    assert figure(records, "acknowledge_mean_s", minutes(601)).value is None
    do(records, Acknowledge(numbers=(number,)), at=minutes(612))
    found = figure(records, "acknowledge_mean_s", minutes(700))
    assert (found.value, found.n) == (720, 1)


def test_figures_of_a_kind_a_person_and_a_customer_are_of_those_alone(records: Records) -> None:
    """Of sums, medians and rows; whatever marks stand in a kind's name."""
    odd = "lift'; -- ?% \\ 梯"
    dice = random.Random(2)
    for place in range(18):
        customer, kind = dice.choice(["C1", "C2"]), dice.choice(["pump", odd])
        number = written(
            records, kind=kind, customer=customer, level="critical", at=minutes(99 * place)
        )
        if dice.random() < 0.8:
            worked_through(records, number, 99 * place, dice.choice(["T1", "T2"]))
    at, last = minutes(3000), NINE.date() + timedelta(days=40)
    with records.database.reading() as conn:
        judge = Judge(conn, at)
    period: dict[str, Any] = {"first": NINE.date(), "last": last, "zone": "UTC"}
    wanted: tuple[tuple[dict[str, Any], str, Any], ...] = (
        ({"kind": odd}, "kind", odd),
        ({"person": "T2"}, "who", 2),
        ({"customer": "C2"}, "customer_id", 2),
    )
    for filtered, column, value in wanted:

        def mine(order: dict[str, Any], column: str = column, value: Any = value) -> bool:
            return bool(order[column] == value)

        told = judge.figures(**period, of=mine)
        answer = records.ask(Kpis(**period, **filtered), who=THE_DESK, at=at)
        assert any(figure.value for figure in answer.figures)
        for one in answer.figures:
            assert same(one.value, told[one.name][0]), (one, filtered)
            rows = records.ask(KpiRows(name=one.name, **period, **filtered), who=THE_DESK, at=at)
            assert list(rows) == told[one.name][1], (one, filtered)
        for by in By:
            records.ask(Kpis(**period, **filtered, by=by), who=THE_DESK, at=at)
    for name in ("person", "customer"):
        with pytest.raises(NameUnknown):
            records.ask(Kpis(**period | {name: "nobody"}), who=THE_DESK, at=at)


def test_planned_work_that_is_late_is_not_in_its_window(records: Records) -> None:
    """Whether it is done late or is late and open; an ordinary order is none of it."""
    planned(records, level="critical", until="2026-09-23")
    for place in range(3):
        make_due(records, at=NINE + place * DAY + timedelta(hours=1))
    worked_through(records, 1, 60)
    written(records, level="critical")
    late = NINE + 5 * DAY
    move(records, 2, Move.ASSIGN, late, technician="T1")
    for step in (Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE):
        move(records, 2, step, late)
    found = figure(records, "preventive_compliance", late + DAY)
    assert (found.value, found.n) == (1 / 3, 3)


@pytest.mark.parametrize(
    ("first", "after", "before"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), date(2026, 9, 1)),
        (date(2026, 1, 1), date(2026, 4, 1), date(2025, 10, 1)),
        (date(2026, 10, 5), date(2026, 10, 12), date(2026, 9, 28)),
        (date(2026, 1, 1), date(2027, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_period_before_is_as_many_months_or_days(
    first: date, after: date, before: date
) -> None:
    """October is held against September, though that is shorter."""
    assert day_before(first, after) == before
