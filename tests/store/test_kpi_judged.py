"""Every figure is what plain Python makes of the orders; each lists exactly the rows it is of."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, timedelta
from math import isclose
from typing import TYPE_CHECKING, Any

import pytest

from console.demo.build import make_desk
from console.demo.generate import Wish, generate
from store.commands import SaveAsset
from store.domain.errors import BadInput, NameUnknown, Refusal
from store.domain.kpi.table import KPIS
from store.domain.who import THE_DESK, Scope, Who
from store.queries.kpi import By, Cohort, KpiRows, Kpis
from store.records import open_records
from tests.prepared import KINDS as DATABASES
from tests.store.desk import NINE, do, minutes, written
from tests.store.kpi_judge import Judge
from tests.store.test_commands_laws import MAKERS
from tests.store.test_kpi_kept import KINDS, worked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared

ZONES = ("Asia/Shanghai", "America/New_York", "Asia/Kathmandu")


def judge_of(records: Records, at: datetime) -> Judge:
    """Of all that stands in the store now."""
    with records.database.reading() as conn:
        return Judge(conn, at)


def as_judged(records: Records, judge: Judge, first: date, last: date, zone: str) -> set[str]:
    """Assert that every figure is the judge's, and its rows are; those that have a value."""
    at = judge.asked_at
    period: dict[str, Any] = {"first": first, "last": last, "zone": zone}
    answer = records.ask(Kpis(**period), who=THE_DESK, at=at)
    told = judge.figures(first, last, zone, of=lambda _: True)
    assert [figure.name for figure in answer.figures] == list(KPIS)
    assert told.keys() == KPIS.keys()
    assert not answer.owed
    for figure in answer.figures:
        value, numbers = told[figure.name]
        assert same(figure.value, value), figure
        assert figure.n == len(numbers), figure
        rows = records.ask(KpiRows(name=figure.name, **period), who=THE_DESK, at=at)
        assert list(rows) == numbers, figure
    assert answer == records.ask(Kpis(**period, plain=True), who=THE_DESK, at=at)
    return {figure.name for figure in answer.figures if figure.value}


def same(value: float | None, wanted: float | None) -> bool:
    """Equal, but for what adding up in another order leaves."""
    if value is None or wanted is None:
        return value is wanted
    return isclose(value, wanted, rel_tol=1e-9)


def groups_add_up(records: Records, at: datetime, first: date, last: date) -> None:
    """Whatever figures are split by, sums and rows say the same, and each row is in one group."""
    for cohort in Cohort:
        for by in By:
            period: dict[str, Any] = {"first": first, "last": last, "cohort": cohort, "by": by}
            answer = records.ask(Kpis(**period), who=THE_DESK, at=at)
            assert answer == records.ask(Kpis(**period, plain=True), who=THE_DESK, at=at)
            for figure in answer.figures[::13]:
                asked = KpiRows(name=figure.name, of=figure.of, **period)
                rows = records.ask(asked, who=THE_DESK, at=at)
                assert len(rows) == figure.n, (figure, by, cohort)
            if by is By.DEPARTMENT:
                continue  # no order is of one
            closed = KpiRows(name="orders_closed", **period)
            told = [f.n for f in answer.figures if f.name == closed.name]
            assert sum(told) == len(records.ask(closed, who=THE_DESK, at=at))


@pytest.fixture(params=DATABASES)
def sample(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Iterator[Records]:
    """Requests that citizens really made, worked on by the sample desk, and made-up ones."""
    with prepared.copy(request.param, _requested, tmp_path) as url:
        records = open_records(url, feed=False, zone="Asia/Shanghai")
        yield records
        records.close()


def _requested(url: str) -> None:
    records = open_records(url, feed=False, zone="Asia/Shanghai")
    make_desk(records, at=NINE)
    wish = Wish(orders=120, open=20, technicians=5, sites=4, weeks=9, seed=5)
    generate(records, wish, who=THE_DESK, at=NINE, add=True)
    records.reckon_on(at=NINE)
    records.close()


def test_figures_of_real_requests_are_the_judges(sample: Records) -> None:
    """Months, days, and zones whose midnights lie at odd hours."""
    last, judge = NINE.date(), judge_of(sample, NINE)
    found = as_judged(sample, judge, last - timedelta(days=70), last, "Asia/Shanghai")
    assert len(found) > 25, sorted(KPIS.keys() - found)
    for zone in ZONES[1:]:
        as_judged(sample, judge, last - timedelta(days=33), last - timedelta(days=2), zone)
    as_judged(sample, judge, last, last, ZONES[0])
    groups_add_up(sample, NINE, last - timedelta(days=40), last)


@pytest.mark.parametrize("seed", range(1))
def test_figures_of_a_desk_at_work_are_the_judges(records: Records, seed: int) -> None:
    """Reopened, left, waiting, given up, and the same fault again."""
    dice = random.Random(seed)
    do(records, SaveAsset(site="N1", code="L1", name="lift", kind="lift"))
    at, numbers = NINE, list[int]()
    for place in range(40):
        at += timedelta(minutes=dice.choice([1, 45, 600, 3000]))
        if place % 4 == 0:
            told: dict[str, Any] = {"kind": dice.choice(KINDS), "asset": dice.choice(["L1", None])}
            numbers.append(written(records, level="critical", at=at, **told))
        with suppress(Refusal):
            worked(records, dice, dice.choice(numbers), at)
        with suppress(Refusal):
            do(records, dice.choice(MAKERS)(dice, dice.choice(numbers), at), at=at)
    first = NINE.date() - timedelta(days=1)
    judge = judge_of(records, at)
    as_judged(records, judge, first, at.date(), ZONES[0])
    as_judged(records, judge, first + timedelta(days=9), first + timedelta(days=20), ZONES[2])
    groups_add_up(records, at, first, at.date())


def test_of_nothing_nothing_is_said(records: Records) -> None:
    """Neither 0 nor 100 per cent; only a count is nought."""
    period: dict[str, Any] = {"first": date(2020, 1, 1), "last": date(2020, 1, 31)}
    for figure in records.ask(Kpis(**period), who=THE_DESK, at=NINE).figures:
        assert figure.n == 0
        assert figure.value == (0 if figure.unit in {"orders", "cases"} else None)
    assert records.ask(Kpis(**period, by=By.SITE), who=THE_DESK, at=NINE).figures == ()


def test_an_office_has_the_figures_of_its_own_sites(sample: Records) -> None:
    """As if there were no other one; whatever they are split by."""
    last = NINE.date()
    period: dict[str, Any] = {"first": last - timedelta(days=60), "last": last}
    office = Who(operator=1, scope=Scope(frozenset({1, 3})), via="ssh")
    told = judge_of(sample, NINE).figures(
        **period, zone="UTC", of=lambda order: order["site_id"] in {1, 3}, sites={1, 3}
    )
    for figure in sample.ask(Kpis(**period), who=office, at=NINE).figures:
        assert same(figure.value, told[figure.name][0]), figure
        rows = sample.ask(KpiRows(name=figure.name, **period), who=office, at=NINE)
        assert list(rows) == told[figure.name][1]
    for by in By:
        asked = Kpis(**period, by=by)
        answer = sample.ask(asked, who=office, at=NINE)
        assert answer == sample.ask(Kpis(**period, by=by, plain=True), who=office, at=NINE)


def test_a_period_that_is_none_is_refused(records: Records) -> None:
    """And a figure, a site, a zone that there is not."""
    day = date(2026, 10, 1)
    for wrong in (
        Kpis(first=day, last=day - timedelta(days=1)),
        Kpis(first=day, last=day, zone="Nowhere/At"),
        Kpis(first=day, last=day, names=("csat_of_dreams",)),
        Kpis(first=day, last=day, site="none"),
        KpiRows(first=day, last=day, name="none"),
    ):
        with pytest.raises((BadInput, NameUnknown)):
            records.ask(wrong, who=THE_DESK, at=minutes(1))
