"""Each way's value beside the rows that it is of: the second are as many as the first says.

That is a law, and `Enter` on a number shows them.
"""

from __future__ import annotations

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.ways import (
    Acknowledged,
    Aged,
    Answered,
    Balance,
    Complained,
    Counted,
    Each,
    Fall,
    Fixed,
    Heard,
    Inspected,
    Kept,
    Late,
    Mean,
    Rank,
    Renewed,
    Restricted,
    Said,
    Together,
    Waived,
    Way,
    Worked,
)
from store.queries.answers import (
    kpi_besides,
    kpi_inspections,
    kpi_lasting,
    kpi_together,
    kpi_voices,
)
from store.queries.answers.kpi_late import kept, late_rows, still_late, waived, waived_open
from store.queries.answers.kpi_ways import (
    Stretch,
    Values,
    aged,
    averaged,
    balance,
    before,
    counted,
    each,
    end_of,
    fall,
    fixed,
    heard,
    ranked,
)
from store.queries.kpi import Cohort


def value_of(stretch: Stretch, way: Way) -> Values:  # noqa: C901, PLR0911, PLR0912  a line a way
    """Every group's value, and of how many orders it is."""
    match way:
        case Counted():
            return counted(stretch, way)
        case Mean():
            return averaged(stretch, way)
        case Rank():
            return ranked(stretch, way)
        case Each():
            return each(stretch, way)
        case Balance():
            return balance(stretch)
        case Kept():
            return kept(stretch, way)
        case Late():
            return still_late(stretch, way)
        case Waived():
            return waived(stretch)
        case Fixed():
            return fixed(stretch, way)
        case Aged():
            return aged(stretch, way)
        case Restricted():
            return kpi_lasting.restricted(stretch, way)
        case Heard():
            return heard(stretch, way)
        case Fall():
            return fall(stretch, way)
        case Acknowledged():
            return kpi_besides.acknowledged(stretch, way)
        case Worked():
            return kpi_besides.worked(stretch)
        case Renewed():
            return kpi_besides.renewed(stretch)
        case Said(praise):
            return kpi_voices.received(stretch, praise=praise)
        case Complained():
            return kpi_voices.rate(stretch)
        case Answered():
            return kpi_voices.in_time(stretch)
        case Inspected(acted):
            return kpi_inspections.value(stretch, acted=acted)
        case Together(part):
            return kpi_together.value(stretch, part)


def rows_of(stretch: Stretch, way: Way) -> list[tuple[str, int]]:  # noqa: C901, PLR0911, PLR0912  a line a way
    """Group and number of each order that a figure is of; twice where it counts so."""
    cut = stretch.cut
    opened = f"counts = 1 AND opened_at >= {cut.since} AND opened_at < {cut.until}"
    closed = f"closed_at >= {cut.since} AND closed_at < {cut.until}"
    cohort = closed if cut.cohort is Cohort.CLOSED else opened
    match way:
        case Counted(sum="opened") | Restricted():
            return stretch.rows("number", opened)
        case Counted():
            return stretch.rows("number", f"{cohort} AND closed_at IS NOT NULL")
        case Mean(measure) | Rank(measure, _):
            return stretch.rows("number", f"{cohort} AND {measure}_ms IS NOT NULL")
        case Each(_, "fault_n"):
            return stretch.rows("number", f"{cohort} AND fault IS NOT NULL")
        case Each():
            return stretch.rows("number", f"{cohort} AND closed_at IS NOT NULL")
        case Balance():
            return stretch.rows("number", opened) + stretch.rows("number", closed)
        case Kept(clock, planned):
            only = " AND planned = 1" if planned else ""
            settled = stretch.rows("number", f"{cohort} AND {clock}_kept IS NOT NULL{only}")
            return settled + late_rows(stretch, clock, settled=False, planned=planned)
        case Late(clock):
            return late_rows(stretch, clock, settled=True)
        case Waived():
            return stretch.rows("number", f"{cohort} AND waived = 1") + waived_open(stretch)
        case Fixed(days):
            ripe = f"closed_at < {cut.now - days * DAY_MS} AND first_visit IS NOT NULL"
            return stretch.rows("number", f"{cohort} AND {ripe}")
        case Aged(over, to):
            end = end_of(cut)
            least = f" AND opened_at < {end - over * DAY_MS}"
            most = "" if to is None else f" AND opened_at >= {end - to * DAY_MS}"
            where = f"opened_at < {end}{least}{most}"
            return stretch.rows(
                "number", f"closed_at IS NULL AND counts = 1 AND {where}"
            ) + stretch.rows("number", f"closed_at >= {end} AND {where}")
        case Heard(_, over):
            asked = f"asked_at >= {cut.since} AND asked_at < {cut.until}"
            only = "" if over == "asked" else f" AND {over.removesuffix('_n')} IS NOT NULL"
            return stretch.rows("number", asked + only)
        case Fall(sum_, over):
            same = Each(sum_, over)
            return rows_of(before(stretch), same) + rows_of(stretch, same)
        case Acknowledged():
            return kpi_besides.acknowledged_rows(stretch)
        case Worked():
            return kpi_besides.worked_rows(stretch)
        case Renewed():
            return kpi_besides.renewed_rows(stretch)
        case Said(praise):
            return kpi_voices.received_rows(stretch, praise=praise)
        case Complained():
            return stretch.rows("number", closed)
        case Answered():
            return kpi_voices.in_time_rows(stretch)
        case Inspected(acted):
            return kpi_inspections.rows(stretch, acted=acted)
        case Together(part):
            return kpi_together.rows(stretch, part)
