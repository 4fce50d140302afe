"""Deadlines kept, missed and waived: from sums, and from clocks that still run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.reckon import mean
from store.domain.kpi.sums import CLOCKS
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from store.domain.kpi.ways import Kept, Late
    from store.queries.answers.kpi_ways import Stretch, Value, Values

_DEADLINES: Final = ", ".join(f"'{clock}'" for clock in CLOCKS)
_DUE: Final = "coalesce(clock.breached_at, clock.due_at)"
_BEFORE: Final = f"{_DUE} IS NULL OR clock.own_due_at < {_DUE}"
_OWN: Final = (
    f"CASE WHEN clock.own_due_at IS NOT NULL AND ({_BEFORE}) THEN clock.own_due_at ELSE {_DUE} END"
)
"""When it was missed, or will be: by itself, whatever a waiver says."""
_OPEN: Final = "closed_at IS NULL AND counts = 1 AND done_at IS NULL"


def kept(stretch: Stretch, way: Kept) -> Values:
    """What is open and missed counts before it is closed: waiting does not better the figure."""
    sums, open_ = stretch.sums(), late_rows(stretch, way.clock, settled=False, planned=way.planned)
    name = "planned" if way.planned else way.clock
    late: dict[str, int] = {}
    for key, _number in open_:
        late[key] = late.get(key, 0) + 1
    values = {}
    for key in sums.keys() | late.keys():
        mine = sums.get(key, {})
        met = mine.get(f"{name}_met", 0)
        n = met + mine.get(f"{name}_missed", 0) + late.get(key, 0)
        values[key] = (mean(met, n), n)
    return values


def still_late(stretch: Stretch, way: Late) -> Values:
    """How many."""
    values: dict[str, Value] = {}
    for key, _number in late_rows(stretch, way.clock, settled=True):
        n = values.get(key, (0, 0))[1] + 1
        values[key] = (n, n)
    return values


def late_rows(
    stretch: Stretch, clock: str, *, settled: bool, planned: bool = False
) -> list[tuple[str, int]]:
    """Orders not closed whose clock still runs and is past due: missed in the period, or opened.

    A miss that nobody was warned of yet counts from its due time on. Not `settled` leaves out those
    that the sums of the cohort have as missed already, and heeds no waiver. Counted, not `EXISTS`:
    for that PostgreSQL goes through the clocks of all orders that there ever were, instead of those
    few that are open.
    """
    cut, due = stretch.cut, _DUE if settled else _OWN
    late = (
        f"SELECT count(*) FROM clock WHERE clock.kind = '{clock}'"
        " AND clock.number = kpi_order.number"
        f" AND met_at IS NULL AND ended_at IS NULL AND {due} < {cut.now}"
    )
    only = " AND planned = 1" if planned else ""
    where = f"{_OPEN}{only} AND 0 < ({late}"
    if cut.cohort is Cohort.CLOSED:
        where += f" AND {due} >= {cut.since} AND {due} < {cut.until})"
    else:
        where += f") AND opened_at >= {cut.since} AND opened_at < {cut.until}"
        if not settled:
            where += f" AND {clock}_kept IS NULL"
    return stretch.rows("number", where)


def waived(stretch: Stretch) -> Values:
    """How many: those of the cohort, and those that are open so."""
    values = {key: (sums["waived"], sums["waived"]) for key, sums in stretch.sums().items()}
    for key, _number in waived_open(stretch):
        n = values.get(key, (0, 0))[1] + 1
        values[key] = (n, n)
    return values


def waived_open(stretch: Stretch) -> list[tuple[str, int]]:
    """Orders not closed of which a clock still runs past its own due time, by a waiver."""
    cut = stretch.cut
    held = (
        "SELECT count(*) FROM clock WHERE clock.number = kpi_order.number AND met_at IS NULL"
        f" AND ended_at IS NULL AND breached_at IS NULL AND clock.kind IN ({_DEADLINES})"
        f" AND own_due_at < {cut.now} AND (due_at IS NULL OR due_at >= {cut.now})"
    )
    if cut.cohort is Cohort.CLOSED:
        within = f" AND own_due_at >= {cut.since} AND own_due_at < {cut.until})"
    else:
        within = f") AND waived = 0 AND opened_at >= {cut.since} AND opened_at < {cut.until}"
    return stretch.rows("number", f"{_OPEN} AND 0 < ({held}{within}")
