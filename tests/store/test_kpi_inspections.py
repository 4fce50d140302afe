"""Figures of inspections, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.corrective import DropAction
from store.commands.inspections import ActOnInspection, ScoreInspection
from store.domain.kpi.intervals import wilson
from store.domain.who import THE_DESK
from store.queries.kpi import KpiCalled, KpiRows
from store.queries.packs import SureFigures
from tests.store.desk import AT_NORTH, AT_SOUTH, NINE, do, minutes
from tests.store.inspected import closed, put_draw
from tests.store.test_kpi_besides import DAY, ZONE, figure

if TYPE_CHECKING:
    from store.records import Records


def test_inspections_are_counted_by_hand(records: Records) -> None:
    """Of none there is no score; who scored nothing adds nothing; a dropped action is none."""
    numbers = tuple(closed(records, at=10 * place, kind="lift") for place in range(3))
    at = NINE + 9 * DAY
    assert (
        figure(records, "inspection_score", at).value,
        figure(records, "inspection_findings", at).value,
    ) == (None, 0)
    put_draw(
        records, numbers, site=1, at=minutes(60), did={numbers[0]: 1, numbers[1]: 2, numbers[2]: 1}
    )
    for inspection, scores in ((1, "44444"), (2, "11111")):
        do(records, ScoreInspection(inspection=inspection, scores=scores), at=minutes(70))
    for name, value, n in (("inspection_score", 0.625, 2), ("inspection_findings", 0, 0)):
        found = figure(records, name, at)
        assert (found.value, found.n) == (value, n)
    do(records, ActOnInspection(inspection=2, problem="x", cause="design"), at=minutes(80))
    assert figure(records, "inspection_findings", at).n == 1
    split: tuple[tuple[dict[str, Any], float | None], ...] = (
        *(({"person": "T2"}, 0.25), ({"site": "N1"}, 0.625), ({"kind": "lift"}, 0.625)),
        *(({"site": "S1"}, None), ({"customer": "C2"}, None)),
    )
    for asked, share in split:
        assert figure(records, "inspection_score", at, **asked).value == share, asked
    period: dict[str, Any] = {"first": NINE.date(), "last": NINE.date(), "zone": ZONE}
    rows = records.ask(KpiRows(name="inspection_score", **period), who=THE_DESK, at=at)
    assert rows == (1, 2)
    called = KpiCalled(name="inspection_score", rows=(1, 2, 3))
    told = records.ask(called, who=AT_NORTH, at=at)
    assert [(row.code, row.outcome) for row in told] == [("#1", "100.0 %"), ("#2", "25.0 %")]
    assert records.ask(called, who=AT_SOUTH, at=at) == ()
    sure = records.ask(SureFigures(**period), who=THE_DESK, at=at).figures
    assert sure["inspection_score"].interval == wilson(0.625, 2)
    assert sure["inspection_findings"].interval is None
    do(records, DropAction(action=1, reason="x"), at=minutes(90))
    assert figure(records, "inspection_findings", at).n == 0
