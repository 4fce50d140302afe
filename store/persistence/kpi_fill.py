"""Makes figures for orders that have none yet, and all of them anew: batch by batch, then summed.

Owed are orders of before an upgrade, those that came in bulk, and all where the doctor mends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from store.domain.errors import LevelUnreadable
from store.domain.kpi.measured import Measured, measure
from store.domain.rules import Rules
from store.persistence import kpi_keep, kpi_rows, kpi_sql, marks
from store.persistence.levels import Shelf
from store.persistence.loading import CHUNK, load
from store.persistence.mapping import table_of
from store.persistence.tables import KpiOrderRow, PlanOccurrenceRow, WorkOrderRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from store.domain.order import WorkOrder
    from store.persistence.kpi_rows import Spread
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
_TO_SPREAD = (
    select(_KPI)
    .where(_KPI.c.closed_at.is_not(None), _KPI.c.number > bindparam("after"))
    .order_by(_KPI.c.number)
    .limit(5_000)
)


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
        _gather(work.conn, work.kind)
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
    names = ", ".join(f'"{name}"' for name in kpi_rows.SPREAD_COLUMNS)
    kept: dict[Spread, int] = {
        (row[0], row[1], row[2], row[3], row[4]): row[5]
        for row in conn.exec_driver_sql(f"SELECT {names} FROM kpi_spread WHERE orders <> 0")
    }
    wanted = _spread(conn)
    keys = kept.keys() | wanted.keys()
    return wrong + len([key for key in keys if kept.get(key) != wanted.get(key)])


def _gather(conn: Connection, kind: str) -> None:
    for table in ("kpi_day", "kpi_spread"):
        conn.exec_driver_sql(f"DELETE FROM {table}")
    conn.exec_driver_sql(kpi_sql.FILL_NEAR)
    conn.exec_driver_sql(kpi_sql.FILL_DAYS.replace("%", _percent(kind)))
    kpi_rows.add_spread(conn, kind, _spread(conn))


def _percent(kind: str) -> str:
    return "%%" if kind == "postgresql" else "%"


def _spread(conn: Connection) -> dict[Spread, int]:
    found: dict[Spread, int] = {}
    after = -(2**62)
    while rows := conn.execute(_TO_SPREAD, {"after": after}).all():
        after = rows[-1][0]
        _count(found, (Measured(*row) for row in rows))
    return found


def _count(found: dict[Spread, int], rows: Iterable[Measured]) -> None:
    for row in rows:
        kpi_keep.add_spread(found, row, 1)
