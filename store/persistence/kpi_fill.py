"""Makes figures for orders that have none yet, and all of them anew: batch by batch, then summed.

Owed are orders of before an upgrade, those that came in bulk, and all where the doctor mends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from store.domain.errors import LevelUnreadable
from store.domain.kpi.measured import DAY_MS, measure
from store.domain.kpi.sums import month_of, month_starts
from store.domain.rules import Rules
from store.persistence import kpi_keep, kpi_rows, kpi_sql, marks
from store.persistence.levels import Shelf
from store.persistence.loading import CHUNK, load
from store.persistence.mapping import table_of
from store.persistence.tables import KpiOrderRow, PlanOccurrenceRow, WorkOrderRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from store.domain.kpi.measured import Measured
    from store.domain.order import WorkOrder
    from store.persistence.transaction import Transaction

ALL: Final = f"{marks.KPI}all"
"""Every order above the number that the mark says; in the end all sums are made anew."""
ADDED: Final = f"{marks.KPI}add"
"""The same of orders that came in bulk: where they are few, each is added to what stands."""

BATCH: Final = 2 * CHUNK
"""Orders made in one transaction: on SQLite others wait some tenths of a second."""

_ORDER, _MADE, _KPI = map(table_of, (WorkOrderRow, PlanOccurrenceRow, KpiOrderRow))
_NEXT = (
    select(_ORDER.c.number)
    .where(_ORDER.c.number > bindparam("after"))
    .where(~select(_KPI.c.number).where(_KPI.c.number == _ORDER.c.number).exists())
    .order_by(_ORDER.c.number)
    .limit(BATCH)
)
_PLANNED = select(_MADE.c.number).where(_MADE.c.number.in_(bindparam("numbers", expanding=True)))


def owe(conn: Connection) -> None:
    """Some orders came in bulk: their figures are owed from now on.

    They are looked for from the first order on: numbers are given long before rows are there.
    """
    if marks.find(conn, ADDED) != "0":
        marks.keep_among_many(conn, ADDED, "0")


def owe_all(work: Transaction) -> None:
    """Make all figures anew; `fill_on` goes on with it."""
    work.hold_promises(alone=True)
    for table in ("kpi_order", "kpi_day", "kpi_spread"):
        work.conn.exec_driver_sql(f"DELETE FROM {table}")
    marks.drop(work.conn, ADDED)
    marks.keep(work.conn, ALL, "0")


def is_owed(conn: Connection) -> bool:
    """Whether some orders have no figures yet."""
    return bool(marks.standing(conn, (marks.KPI,)))


def fill_on(work: Transaction) -> bool:
    """Make the next batch of figures that are owed; whether there was one.

    Nobody else writes meanwhile: sums made anew would miss what he adds.
    """
    work.hold_promises(alone=True)
    owed = marks.beginning(work.conn, marks.KPI)
    if not owed:
        return False
    mark, done = owed[0]
    numbers = work.conn.execute(_NEXT, {"after": int(done)}).scalars().all()
    rows = measured(work.conn, numbers)
    if mark == ADDED and len(numbers) == BATCH:  # so many are sooner summed anew with all others
        marks.drop(work.conn, mark)
        mark = ALL
    if mark == ALL:
        kpi_rows.put(work.conn, work.kind, rows)
    else:
        kpi_keep.keep(work.conn, work.kind, rows, new=set(numbers))
    if len(numbers) == BATCH:
        marks.keep(work.conn, mark, str(numbers[-1]))
        return True
    if mark == ALL:
        work.conn.exec_driver_sql(kpi_sql.FILL_NEAR)
        gather_days(work.conn, work.kind)
    marks.drop(work.conn, mark)
    return True


def measured(conn: Connection, numbers: Sequence[int]) -> list[Measured]:
    """The narrow rows that some orders should have; those that cannot be read are left out."""
    shelf = Shelf(conn)
    by_plan = planned(conn, numbers)
    found = load(conn, numbers, lock=False, unreadable={})
    return [row_of(known.now, shelf, planned=number in by_plan) for number, known in found.items()]


def row_of(order: WorkOrder, shelf: Shelf, *, planned: bool) -> Measured:
    """The narrow row that an order should have."""
    try:
        rules = shelf.rules(order)
    except LevelUnreadable:
        rules = Rules()
    return measure(order, rules, planned=planned)


def planned(conn: Connection, numbers: Collection[int]) -> set[int]:
    """Those of some orders that a plan made."""
    return set(conn.execute(_PLANNED, {"numbers": list(numbers)}).scalars()) if numbers else set()


def wrong_sums(conn: Connection, kind: str) -> int:
    """How many neighbours, days and spreads are not what the narrow rows say."""
    wrong: int = 0
    for asked in (kpi_sql.WRONG_NEAR, kpi_sql.WRONG_DAYS):
        wrong += int(conn.exec_driver_sql(asked.replace("%", _percent(kind))).scalar_one())
    if spread := _spread(conn, kind):
        wrong += int(conn.exec_driver_sql(kpi_sql.wrong_spread_sql(spread)).scalar_one())
    else:
        kept = "SELECT count(*) FROM kpi_spread WHERE orders <> 0"
        wrong += int(conn.exec_driver_sql(kept).scalar_one())
    return wrong


def gather_days(conn: Connection, kind: str) -> None:
    """Make all sums of the narrow rows, whose neighbours are known."""
    for table in ("kpi_day", "kpi_spread"):
        conn.exec_driver_sql(f"DELETE FROM {table}")
    conn.exec_driver_sql(kpi_sql.FILL_DAYS.replace("%", _percent(kind)))
    if spread := _spread(conn, kind):
        names = ", ".join(f'"{name}"' for name in kpi_rows.SPREAD_COLUMNS)
        conn.exec_driver_sql(f"INSERT INTO kpi_spread ({names}) {spread}")


def _percent(kind: str) -> str:
    return "%%" if kind == "postgresql" else "%"


def _spread(conn: Connection, kind: str) -> str:
    """The rows that the table should have, in SQL; empty where nothing is closed."""
    days = conn.exec_driver_sql(kpi_sql.MONTH_DAYS.replace("%", _percent(kind))).scalars()
    months = sorted({month_of(int(day) * DAY_MS) for day in days})
    told = [(month, month_starts(month), month_starts(month + 1)) for month in months]
    return kpi_sql.spread_sql(told) if told else ""
