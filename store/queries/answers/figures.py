"""Answers what dispatch reckons with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from store.persistence.figures import figures_of
from store.persistence.travel_times import ROW, loaded
from store.queries.answers.backups import backups
from store.queries.answers.lines import SITES
from store.queries.backups import Backups
from store.queries.figures import Reckoning, TravelTimes

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.figures import DispatchFigures


def dispatch_figures(reader: Reader, _query: DispatchFigures) -> Reckoning:
    """The same for everybody: they are the desk's."""
    return Reckoning(
        figures=figures_of(reader.conn),
        travel=_travel(reader),
        backups=backups(reader, Backups()),
    )


def _travel(reader: Reader) -> TravelTimes | None:
    found = loaded(reader.conn)
    if found is None:
        return None
    sites, all_of_them = (
        reader.conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (ROW, SITES)
    )
    return TravelTimes(
        loaded_at=found.at,
        loaded_by=found.by,
        pairs=found.pairs,
        sites=sites,
        missing=sites * (sites - 1) - found.pairs,
        others=all_of_them - sites,
    )
