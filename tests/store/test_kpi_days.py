"""Days that no calendar could reckon on from are refused, and kinds that nothing can be called."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from store.domain.errors import BadInput
from store.queries.kpi import By, Kpis
from tests.store.desk import ANA, NINE, minutes, written
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from store.records import Records

FAR = (
    (date.min, date.min, "Asia/Shanghai"),
    (date(101, 1, 1), date(101, 1, 2), "UTC"),
    (date.max, date.max, "UTC"),
    (date(9998, 12, 1), date.max, "America/New_York"),
    (date.min, date.max, "UTC"),
)


@pytest.mark.parametrize("records", ["sqlite"], indirect=True)  # no question of the database
@pytest.mark.parametrize("by", [By.ALL, By.MONTH])
def test_days_beyond_all_calendars_are_refused(records: Records, by: By) -> None:
    """As every other wrong period is; the farthest that are not have figures."""
    for first, last, zone in FAR:
        with pytest.raises(BadInput):
            asked(records, first=first, last=last, zone=zone, by=by)
    for first in (date(1000, 1, 1), date(9000, 12, 31)):
        assert asked(records, first=first, last=first, zone="Asia/Shanghai", by=by).figures


def test_a_kind_that_no_order_can_have_has_no_figures(records: Records) -> None:
    """Half a character, or none, is nothing that a database takes."""
    number = written(records, kind="pump", level="critical")
    worked_through(records, number, 0, "T1")
    whole: dict[str, Any] = {"first": NINE.date(), "last": NINE.date(), "zone": "UTC"}
    for kind, count in (("pump", 1), ("\ud800", 0), ("a\x00b", 0)):
        found = asked(records, kind=kind, names=("orders_opened", "response_median_s"), **whole)
        assert found.figures[0].n == count


def asked(records: Records, **told: Any) -> Any:
    return records.ask(Kpis(**told), who=ANA, at=minutes(3000))
