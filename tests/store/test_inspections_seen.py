"""Inspections are seen and scored where their sites are; a draw is the whole desk's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.inspections import DrawInspections, ScoreInspection
from store.domain.errors import NotAllowed, OfSomeSites
from store.domain.inspections import InspectionUnknown
from store.queries.inspections import InspectionsOf, ListDraws, ListInspections, RerunDraw
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, do, written
from tests.store.inspected import MONDAY, WEEK, a_week
from tests.store.test_inspections import drawn

if TYPE_CHECKING:
    from store.records import Records


def test_sites_see_their_own_and_draw_nothing(records: Records) -> None:
    """A draw is of the whole desk."""
    north, south = (a_week(records, 1, site=site)[0] for site in ("N1", "S1"))
    drawn(records, share=100)
    for who, number in ((AT_NORTH, north), (AT_SOUTH, south)):
        (line,) = records.ask(ListInspections(), who=who, at=MONDAY)
        assert line.inspection.number == number
    with pytest.raises(InspectionUnknown):
        do(records, ScoreInspection(inspection=2, scores="44444"), who=AT_NORTH, at=MONDAY)
    do(records, ScoreInspection(inspection=1, scores="44444"), who=AT_NORTH, at=MONDAY)
    for query in (RerunDraw(week=WEEK), ListDraws()):
        with pytest.raises((NotAllowed, OfSomeSites)):
            records.ask(query, who=AT_NORTH, at=MONDAY)
    with pytest.raises((NotAllowed, OfSomeSites)):
        do(records, DrawInspections(week=WEEK, again=True), who=AT_NORTH, at=MONDAY)


def test_inspections_of_an_order_out_of_sight_are_not_told(records: Records) -> None:
    """As the order itself is not."""
    number = written(records, site="S1")
    assert records.ask(InspectionsOf(number=number), who=ANA, at=MONDAY) == ()
    with pytest.raises(Exception, match=f"no work order {number}"):
        records.ask(InspectionsOf(number=number), who=AT_NORTH, at=MONDAY)
