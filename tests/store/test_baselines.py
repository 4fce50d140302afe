"""A baseline is one's own history, frozen: one counts, and it is what the figures were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import Acknowledge, SaveOperator, SaveShift, SaveTechnician
from store.commands.baselines import FreezeBaseline
from store.commands.heard import RateOrder
from store.domain.alarms import QUIET
from store.domain.errors import BadInput, NotAllowed
from store.domain.kpi.baseline import (
    NothingToFreeze,
    NotOver,
    Period,
)
from store.domain.kpi.intervals import wilson
from store.domain.kpi.sure import of_mean, of_ratio, of_restricted, rank_places
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK, Role, Scope, Who
from store.persistence.journal import JOURNAL
from store.persistence.packs import BASELINE
from store.persistence.tables import AlarmRow, KpiOrderRow, OperatorRow
from store.persistence.types import to_ms
from store.queries.kpi import Kpis
from store.queries.packs import BaselineLine, ListBaselines, ShowBaseline, SureFigures
from tests.store.desk import ANA, NINE, do, minutes, move, rows, written
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from store.records import Records

KPI, OPERATOR, ALARM = KpiOrderRow.__table__, OperatorRow.__table__, AlarmRow.__table__
LATER = NINE + timedelta(days=40)
DAYS: dict[str, Any] = {"first": "2026-09-01", "last": "2026-09-30", "zone": "Asia/Shanghai"}
PERIOD: dict[str, Any] = {
    "first": date(2026, 9, 1),
    "last": date(2026, 9, 30),
    "zone": "Asia/Shanghai",
}


def history(records: Records, count: int = 9) -> list[int]:
    """So many orders done, each a little slower than the one before."""
    numbers = []
    for n in range(count):
        at = 60 * n
        number = written(records, kind="lift" if n % 3 else "pump", at=minutes(at))
        worked_through(records, number, at=at + n * n)
        answer = RateOrder(number=number, csat=5 if n % 2 else 2, nps=n % 11)
        do(records, answer, at=minutes(at + 250))
        numbers.append(number)
    return numbers


def freeze(records: Records, name: str = "September", **more: Any) -> int:
    """A baseline of September; its number."""
    found: int = do(records, FreezeBaseline(name=name, **(DAYS | more)), at=LATER).facts["number"]
    return found


def active(records: Records, who: Who = ANA) -> BaselineLine | None:
    """The one that counts."""
    return records.ask(ShowBaseline(), who=who, at=LATER)


def period(records: Records, who: Who = THE_DESK) -> Period:
    """September as it is reckoned now."""
    return records.ask(SureFigures(**PERIOD), who=who, at=LATER)


def test_it_keeps_what_the_question_for_figures_tells(records: Records) -> None:
    """Every figure; and what is closed later in those days changes nothing of it."""
    history(records)
    freeze(records)
    wanted = records.ask(Kpis(**PERIOD), who=ANA, at=LATER).figures
    line = active(records)
    assert line is not None
    assert line.period is not None
    assert {one.name: (one.value, one.n) for one in wanted} == {
        name: (one.value, one.n) for name, one in line.period.figures.items()
    }
    assert line.period == period(records)
    worked_through(records, written(records, at=minutes(900)), at=900)
    assert active(records) == line
    assert line.period != period(records)
    assert len(rows(records, JOURNAL, fact="baseline_frozen")) == 1


def test_one_counts_and_the_others_are_kept(records: Records) -> None:
    """The database says that there are never two."""
    history(records)
    numbers = [freeze(records, name) for name in ("first", "second")]
    line = active(records)
    assert line is not None
    assert (line.id, line.name) == (numbers[1], "second")
    assert [one.active for one in records.ask(ListBaselines(), who=ANA, at=LATER)] == [True, False]
    old = records.ask(ShowBaseline(baseline=numbers[0]), who=ANA, at=LATER)
    assert old is not None
    assert old.period == line.period
    assert [row["active"] for row in rows(records, BASELINE)] == [None, 1]


def test_nothing_is_frozen_of_nothing_nor_of_days_that_go_on(records: Records) -> None:
    """Each refusal says what would be right; nothing is written."""
    written(records)
    for command, refusal in (
        (FreezeBaseline(name="x", **DAYS), NothingToFreeze),
        (FreezeBaseline(name="x", **(DAYS | {"last": "2026-10-31"})), NotOver),
        (FreezeBaseline(name="", **DAYS), BadInput),
        (FreezeBaseline(name="x", **(DAYS | {"first": "2026-10-02"})), BadInput),
        (FreezeBaseline(name="x", **(DAYS | {"first": "yesterday"})), BadInput),
        (FreezeBaseline(name="x", **(DAYS | {"zone": "Nowhere/City"})), BadInput),
    ):
        with pytest.raises(refusal):
            do(records, command, at=LATER)
    assert rows(records, BASELINE) == []
    dispatcher = replace(ANA, role=Role.DISPATCHER, scope=Scope(frozenset({1})))
    with pytest.raises(NotAllowed):
        records.do(FreezeBaseline(name="x", **DAYS), who=dispatcher, at=LATER)


def test_intervals_are_those_of_the_orders_themselves(records: Records) -> None:
    """Median and share against the rows of the same store, sorted and counted by themselves."""
    history(records, 15)
    found = period(records).figures
    lasted = sorted(row["wall_ms"] / 1000 for row in rows(records, KPI))
    one = found["resolve_wall_median_s"]
    assert one.value == pytest.approx(median(lasted))
    places = rank_places(len(lasted), 0.5)
    assert places is not None
    assert one.interval == (lasted[places[0] - 1], lasted[places[1] - 1])
    mean = found["resolve_wall_mean_s"]
    assert mean.interval is not None
    assert mean.interval[0] < sum(lasted) / len(lasted) < mean.interval[1]
    csat = found["csat"]
    assert csat.value is not None
    assert csat.interval == wilson(csat.value, csat.n)
    nps = found["nps"]
    assert nps.value is not None
    assert nps.interval is not None
    assert nps.interval[0] < nps.value < nps.interval[1]
    assert found["orders_closed"].interval is None


def test_intervals_of_time_are_those_of_people_orders_and_alarms(records: Records) -> None:
    """Each person with all his shifts is one; an order that is open lasts up to now."""
    spent = []
    for n in range(1, 7):
        who, at = f"T{n}", 60 * n
        do(records, SaveTechnician(code=who, name=who))
        shift = SaveShift(technician=who, starts_at=minutes(at), ends_at=minutes(at + 480))
        do(records, shift)
        number = written(records, level="critical", at=minutes(at))
        spent.append(10 * n)
        steps = ((Move.ASSIGN, 1), (Move.ACCEPT, 2), (Move.ARRIVE, 3), (Move.FINISH, 3 + 10 * n))
        for step, after in steps:
            told = {"technician": who} if step is Move.ASSIGN else {}
            move(records, number, step, minutes(at + after), **told)
    waiting = [written(records, level="critical", at=minutes(n)) for n in range(6)]
    fire_due(records, at=minutes(900))
    for place, number in enumerate(waiting):
        do(records, Acknowledge(numbers=(number,)), at=minutes(901 + place * place))
    found = period(records).figures
    ratio = of_ratio([(one, 480) for one in spent])
    assert found["utilisation"].interval == pytest.approx(ratio)
    ms = 60_000
    lasted = [((3 + one) * ms, True) for one in spent]
    lasted += [(to_ms(LATER) - to_ms(minutes(n)), False) for n in range(6)]
    span = of_restricted(lasted, 30 * 86_400_000)
    assert span is not None
    restricted = found["resolve_restricted_mean_s"]
    assert restricted.interval == pytest.approx([one / 1000 for one in span])
    rung = [
        (row["acknowledged_at"] - (row["asked_at"] or row["raised_at"])).total_seconds()
        for row in rows(records, ALARM)
        if row["acknowledged_at"] is not None and row["severity"] < QUIET
    ]
    mean, middle = found["acknowledge_mean_s"], found["acknowledge_median_s"]
    assert len(rung) == mean.n >= 6
    wanted = of_mean(len(rung), sum(rung), sum(one * one for one in rung))
    assert wanted is not None
    assert mean.interval == pytest.approx((max(0, wanted[0]), wanted[1]))
    places = rank_places(len(rung), 0.5)
    assert places is not None
    assert middle.interval == tuple(sorted(rung)[place - 1] for place in places)


def test_mixes_count_what_was_closed(records: Records) -> None:
    """By kind, priority, site and technician, by their codes."""
    history(records)
    found = period(records).mixes
    assert found["kind"] == {"lift": 6, "pump": 3}
    assert found["person"] == {"T1": 9}
    assert sum(found["priority"].values()) == sum(found["site"].values()) == 9
    assert found["site"] == {"N1": 9}


def test_a_site_office_is_held_against_its_own(records: Records) -> None:
    """Frozen with the desk's; whose sites came later has none."""
    history(records)
    offices = []
    for place, code in enumerate(("N1", "S1"), 1):
        if place == 2:
            freeze(records)
        office = SaveOperator(code=code, name=code, role=Role.OFFICE.value, sites=(code,))
        do(records, office)
        number = rows(records, OPERATOR, code=code)[0]["id"]
        who = Who(operator=number, role=Role.OFFICE, scope=Scope(frozenset({place})))
        offices.append(active(records, who))
    north, south = offices[0], offices[1]
    assert north is None
    assert south is not None
    assert south.period is None
    freeze(records, "again")
    number = rows(records, OPERATOR, code="S1")[0]["id"]
    who = Who(operator=number, role=Role.OFFICE, scope=Scope(frozenset({2})))
    line = active(records, who)
    assert line is not None
    assert line.period is not None
    assert line.period.figures["orders_closed"].n == 0
