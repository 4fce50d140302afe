"""Figures of hand-offs by department: each has what was in its hands, and nothing is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.render_baseline import lies_between
from store.commands.projects_asked import BounceHandoff
from store.domain.errors import BadInput
from store.domain.kpi.sure import of_ratios
from store.domain.kpi.together import TOGETHER
from store.domain.kpi.ways import Part
from store.domain.who import THE_DESK
from store.persistence.reader import Reader
from store.queries.answers import kpi_together
from store.queries.answers.kpi_period import cuts
from store.queries.answers.kpi_ways import Stretch
from store.queries.kpi import By, KpiRows, Kpis
from store.queries.packs import SureFigures
from tests.store.desk import AT_SOUTH, BO, NINE, do, minutes
from tests.store.project_desk import begun, departments, handed, taken
from tests.store.test_kpi_besides import a_month

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.who import Who
    from store.queries.kpi import Figure
    from store.records import Records

WHOLE: dict[str, Any] = {"first": NINE.date(), "last": NINE.date() + timedelta(days=30)}


def told(
    records: Records, at: datetime, by: By = By.DEPARTMENT, who: Who = THE_DESK
) -> dict[tuple[str, str], Figure]:
    """By department and name."""
    found = records.ask(Kpis(**WHOLE, by=by, names=(*TOGETHER,)), who=who, at=at).figures
    return {(figure.of, figure.name): figure for figure in found}


def test_each_department_answers_for_what_was_in_its_hands(records: Records) -> None:
    """Who answers late, whose work comes back, and who waits are three different ones."""
    departments(records)
    project = begun(records)
    handed(records, project, "design", 60, within_h=1)
    taken(records, project, 180)  # an hour late; sales waited two hours of its three
    handed(records, project, "works", 240)
    do(records, BounceHandoff(project=project, reason="no load"), at=minutes(300), who=BO)
    figures = told(records, minutes(300))
    values = {
        key: figure.value for key, figure in figures.items() if figure.n and key[1] in _COUNTED
    }
    assert values == {
        ("design", "handoffs_acknowledged_in_time"): 0,
        ("works", "handoffs_acknowledged_in_time"): 1,
        ("sales", "handoffs_not_bounced"): 1,
        ("design", "handoffs_not_bounced"): 0,
        ("sales", "projects_not_waiting"): pytest.approx(1 / 3),
        ("design", "projects_not_waiting"): pytest.approx(1 / 2),
    }
    assert told(records, minutes(300), who=AT_SOUTH) == {}


def test_the_index_is_as_sure_as_its_projects_let_it_be(records: Records) -> None:
    """By projects, each with all its parts; of a few there is none, and the list says so."""
    departments(records)
    for place in range(6):
        project = begun(records)
        handed(records, project, "design", 60, within_h=2)
        taken(records, project, 90 + 60 * place)
    at = minutes(900)
    period = records.ask(SureFigures(**WHOLE, names=(*TOGETHER,)), who=THE_DESK, at=at)
    for name in ("collaboration_index", "projects_not_waiting"):
        one = period.figures[name]
        assert one.value is not None
        assert one.n >= 5
        assert one.interval is not None
        assert 0 <= one.interval[0] < one.value < one.interval[1] <= 1
    with records.database.reading() as conn:
        reader = Reader(conn=conn, who=THE_DESK, at=at, kind=records.database.kind)
        (cut,) = cuts(reader, Kpis(**WHOLE)).values()
        each = kpi_together.each(Stretch(reader, cut), tuple(Part))
    assert period.figures["collaboration_index"].interval == of_ratios(each)
    assert len(each) == period.figures["collaboration_index"].n
    few = replace(period.figures["collaboration_index"], n=3, low=None, high=None)
    assert lies_between(few) == "too few for an interval"
    assert lies_between(replace(few, name="orders_opened", unit="orders")) == ""


_COUNTED = {"handoffs_acknowledged_in_time", "handoffs_not_bounced", "projects_not_waiting"}


def test_departments_together_are_the_whole(records: Records) -> None:
    """Every hand-off and stage is one department's; of projects each that had it; rows list n."""
    at = a_month(records, random.Random(7), 12)
    by_department, whole = told(records, at), told(records, at, By.ALL)
    period: dict[str, Any] = {**WHOLE, "by": By.DEPARTMENT}
    assert len({of for of, _name in by_department}) == 3
    for name in TOGETHER:
        rows = set(records.ask(KpiRows(name=name, **WHOLE), who=THE_DESK, at=at))
        parts: list[int] = []
        for of, figure in ((of, one) for (of, its), one in by_department.items() if its == name):
            mine = records.ask(KpiRows(name=name, of=of, **period), who=THE_DESK, at=at)
            assert len(mine) == figure.n, (of, name)
            assert figure.value is None or 0 <= figure.value <= 1
            parts += mine
        assert set(parts) == rows, name
        assert tuple(sorted(rows)) == records.ask(KpiRows(name=name, **period), who=THE_DESK, at=at)
        if name not in {"collaboration_index", "projects_not_waiting"}:
            assert len(parts) == whole["", name].n


def test_an_order_is_of_no_department(records: Records) -> None:
    """Its figures are refused in so many words, and without a name only those of hand-offs come."""
    for asked in (Kpis, KpiRows):
        named: dict[str, Any] = {"names": ("csat",)} if asked is Kpis else {"name": "csat"}
        with pytest.raises(BadInput, match="no order is of a department"):
            records.ask(asked(**WHOLE, by=By.DEPARTMENT, **named), who=THE_DESK, at=NINE)
    departments(records)
    begun(records)
    found = records.ask(Kpis(**WHOLE, by=By.DEPARTMENT), who=THE_DESK, at=minutes(60)).figures
    assert [figure.name for figure in found] == [*TOGETHER]
