"""Orders from plans: each once, whoever looks, and whatever dies in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.plans import make_due
from scheduler.service import Service
from store.commands import SavePlan, planned
from store.domain.who import THE_DESK
from store.records import open_records
from tests.scheduler.desk import ANA, START

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk

SWEEPERS, PLANS, LATER = 4, 12, timedelta(days=1, hours=3)


def plan(desk: Desk, title: str = "round", *, at: datetime = START) -> int:
    """Daily at ten, from the day after; the desk works around the clock, in UTC."""
    save = SavePlan(
        title=title, rule="daily", start="2026-03-02", time="10:00", level="critical", closed="keep"
    )
    made: int = desk.records.do(save, who=ANA, at=at).facts["plan"]
    return made


def made(desk: Desk) -> list[tuple[int, str]]:
    found = desk.rows("SELECT plan_id, day FROM plan_occurrence ORDER BY plan_id, day")
    return [tuple(row) for row in found]


def test_four_sweepers_make_each_order_once(desk: Desk) -> None:
    """At the same time, again and again, after a day switched off."""
    ids = [plan(desk, f"round {n}") for n in range(PLANS)]
    url = str(desk.records.database.url)
    at = START + LATER

    def sweep(_: int) -> int:
        with closing(open_records(url, feed=False)) as mine:
            return sum(make_due(mine, at=at) for _ in range(3))

    with ThreadPoolExecutor(SWEEPERS) as pool:
        counts = list(pool.map(sweep, range(SWEEPERS)))
    make_due(desk.records, at=at)
    days = ("2026-03-02", "2026-03-03")
    assert made(desk) == [(one, day) for one in ids for day in days]
    orders = desk.rows("SELECT count(*), count(DISTINCT number) FROM work_order")
    assert [tuple(row) for row in orders] == [(2 * PLANS, 2 * PLANS)]
    assert sum(counts) <= 2 * PLANS


def test_what_dies_half_way_has_made_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order, occurrence and the next aim are one transaction."""
    plan(desk)
    at = START + timedelta(hours=3)

    class Dies(BaseException):
        pass

    def dying(work: Any, _plan: int) -> int:
        made_well(work, _plan)
        raise Dies

    made_well = planned.make_planned
    monkeypatch.setattr(planned, "make_planned", dying)
    with pytest.raises(Dies):
        make_due(desk.records, at=at)
    assert (made(desk), desk.rows("SELECT number FROM work_order")) == ([], [])
    monkeypatch.undo()
    assert make_due(desk.records, at=at) == 1
    assert len(made(desk)) == 1


def test_the_database_says_once(desk: Desk) -> None:
    """Were a plan's row set back, its day would still not come twice."""
    one = plan(desk)
    at = START + timedelta(hours=3)
    make_due(desk.records, at=at)
    with desk.records.work(who=THE_DESK, at=at) as work:
        work.change_plan(one, floor_day=None, floor_due=None, aim_at=at)
    assert make_due(desk.records, at=at) == 0
    assert len(made(desk)) == 1
    assert [tuple(row) for row in desk.rows("SELECT count(*) FROM work_order")] == [(1,)]
    (told,) = desk.rows("SELECT trouble FROM plan")
    assert told.trouble


def test_the_service_makes_what_is_due(desk: Desk) -> None:
    """Beside its sweeps, by the clock it is given."""
    now = [datetime(2026, 3, 2, 9, 59, 55, tzinfo=UTC)]
    plan(desk)
    service = Service(desk.records, now=lambda: now[0])
    service._ring()
    assert made(desk) == []
    now[0] += timedelta(seconds=13)
    service._ring()
    assert len(made(desk)) == 1
    assert service.pulse.trouble is None
