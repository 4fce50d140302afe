"""A desk whose months have so many orders, with all that a review tells of beside them.

Lives, visits and clocks come through the domain. Answers of customers, alarms, shifts, complaints
and revisits are put beside them row by row by rules of arithmetic, the same each time: a review
only reads them, and nobody's journal knows of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from console.demo.generate import Wish, generate
from store.domain.kpi.measured import DAY_MS
from store.domain.who import THE_DESK
from store.persistence.tables import metadata
from store.persistence.types import to_ms
from store.records import open_records
from tests.bench.asked import vacuum
from tests.bench.million import AT, SITES, TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.records import Records

MONTH = date(2026, 2, 1)
"""The month that is reviewed; it is over by four weeks less a day, and has just as many."""
WEEKS = 9
"""How far back orders reach: the month and the one before."""
_OPEN = 2_000
_HOUR = 3_600_000
_NOW = to_ms(AT)


def review_desk(url: str, a_month: int) -> Records:
    """A desk with so many orders a month, nearly all closed; all figures are made."""
    records = open_records(url, feed=False)
    wish = Wish(
        orders=a_month * WEEKS // 4,
        open=min(_OPEN, a_month // 10),
        technicians=TECHNICIANS,
        sites=SITES,
        seed=7,
        weeks=WEEKS,
    )
    generate(records, wish, who=THE_DESK, at=AT)
    with records.database.writing() as conn:
        beside(conn)
    records.reckon_on(at=AT)
    if records.database.kind == "postgresql":
        vacuum(records.database)
    return records


def beside(conn: Connection) -> None:
    """All that is told besides orders."""
    for said in _TEXTS:
        conn.execute(text(said))
    for table, rows in (("shift", _shifts(conn)), ("revisit", _revisits(conn))):
        conn.execute(metadata.tables[table].insert(), list(rows))


def _shifts(conn: Connection) -> Iterator[dict[str, Any]]:
    """Everybody works eight hours a day, but for one day a week."""
    for (who,) in conn.exec_driver_sql("SELECT id FROM technician ORDER BY id").all():
        for day in range(7 * WEEKS):
            if (who + day) % 7:
                begins = AT - timedelta(days=day, hours=8, minutes=1)
                yield {
                    "technician_id": who,
                    "starts_at": begins,
                    "ends_at": begins + timedelta(hours=8),
                }


def _revisits(conn: Connection) -> Iterator[dict[str, Any]]:
    """Each customer was to be called in both months; the order is any of his."""
    asked = "SELECT customer_id, min(number), max(number) FROM work_order GROUP BY customer_id"
    for customer, first, last in conn.exec_driver_sql(asked).all():
        for month, number in (("2026-01", first), ("2026-02", last)):
            if customer is not None and first != last:
                opens = AT - timedelta(days=30)
                yield {
                    "customer_id": customer,
                    "period": month,
                    "day": f"{month}-10",
                    "opens_at": opens,
                    "due_at": opens,
                    "order_number": number,
                }


_TEXTS = (
    # A third of the customers answer; two in nine of those are unhappy.
    "UPDATE work_order SET survey = 'answered',"
    f" survey_by = closed_at + {DAY_MS}, survey_at = NULL, rated_at = closed_at + {20 * _HOUR},"
    " csat = CASE WHEN number / 3 % 9 < 7 THEN 4 + number % 2 ELSE 1 + number % 3 END,"
    " nps = CASE WHEN number / 3 % 9 < 7 THEN 6 + number % 5 ELSE number % 7 END,"
    f" bad_at = CASE WHEN number / 3 % 9 < 7 THEN NULL ELSE closed_at + {20 * _HOUR} END,"
    " cause = CASE number / 27 % 5 WHEN 0 THEN 'design' WHEN 1 THEN 'material'"
    " WHEN 2 THEN 'workmanship' WHEN 3 THEN 'communication' ELSE 'unknown' END"
    f" WHERE closed_at < {_NOW - 2 * DAY_MS} AND number % 3 = 0",
    "INSERT INTO alarm (number, kind, clock, level, severity, due_at, raised_at, acknowledged_at,"
    " rings) SELECT number, 'risk', 'resolve', 1, 2, opened_at, opened_at + 1800000,"
    " opened_at + 1800000 + number % 997 * 1000, 1 FROM work_order WHERE number % 4 = 0"
    " AND live = 0",
    "INSERT INTO voice (version, praise, about, channel, said, speaker, customer_id, site_id,"
    " number, received_at, kept_at, kept_by, answer_by, answer, answered_to, answered_at, cause,"
    " withdrawn, level, rings) SELECT 1, 0, 'late', 'phone', 'words', '', customer_id, site_id,"
    f" number, closed_at, closed_at, 1, closed_at + {DAY_MS}, 'words', 'phone',"
    " closed_at + number % 30 * 3600000, '', '', 0, 0 FROM work_order"
    " WHERE closed_at IS NOT NULL AND number % 100 = 1",
)
