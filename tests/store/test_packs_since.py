"""From when a summary tells, and by whose clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.domain.who import THE_DESK
from store.packing import figures_now, write_packs
from store.persistence.tables import SiteRow
from tests.store.desk import ANA, NINE, minutes, written
from tests.store.test_packs import (
    DAY,
    EVENING,
    listed,
    north_office,
    packs,
    shown,
    some_work,
    told,
)

if TYPE_CHECKING:
    from store.records import Records

SITE = SiteRow.__table__


def test_what_came_between_two_summaries_is_in_the_later_one(records: Records) -> None:
    """In the evening, at night, and on days on which nobody was there to write one."""
    numbers = some_work(records)
    packs(records, EVENING)
    evening = (EVENING - NINE) // timedelta(minutes=1)
    late = [written(records, at=minutes(evening + n * 300)) for n in range(12)]
    thursday = EVENING + 3 * DAY
    assert packs(records, thursday) == [("daily", "2026-09-21"), ("daily", "2026-09-24")]
    first, second = (told(records, "daily", f"2026-09-{day}") for day in (21, 24))
    assert first["opened"] == numbers
    assert second["opened"] == late
    assert second["figures"]["orders_opened"][0] == len(late)
    assert datetime.fromisoformat(second["since"]) == EVENING
    assert first["counts"] == {"late": len(first["late"]), "ahead": len(first["ahead"])}
    line = shown(records, "daily", "2026-09-24").line
    assert (str(line.first), str(line.last)) == ("2026-09-21", "2026-09-24")

    def ask(query: Any) -> Any:
        return records.ask(query, who=ANA, at=line.due_at)

    now = figures_now(ask, line, second)
    assert {name: [one.value, one.n] for name, one in now.items()} == {
        name: given[:2] for name, given in second["figures"].items()
    }


def test_an_office_has_its_own_by_the_clocks_of_its_sites(records: Records) -> None:
    """Where these lie in one zone that this machine knows; else by the desk's."""
    office = north_office(records)
    written(records)
    for zone, due in (
        ("Europe/London", EVENING + timedelta(hours=7)),
        ("Mars/Base", EVENING + DAY),
        ("Asia/Shanghai", EVENING + 2 * DAY),
    ):
        with records.work(who=THE_DESK, at=NINE) as work:
            work.conn.execute(SITE.update().where(SITE.c.code == "N1").values(zone=zone))
        write_packs(records, at=due - timedelta(seconds=1))
        before = len(listed(records, office, kind="daily"))
        write_packs(records, at=due)
        line = listed(records, office, kind="daily")[0]
        assert len(listed(records, office, kind="daily")) == before + 1
        assert (line.due_at, line.zone) == (due, zone if "/Base" not in zone else "Asia/Shanghai")
    periods = [line.period for line in listed(records, office, kind="daily")]
    told_of = [told(records, "daily", period, office) for period in periods]
    assert sum(one.get("opened") == [1] for one in told_of) == 1
