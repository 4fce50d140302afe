"""Orders from plans: each once, whoever looks, and whatever dies in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.plans import make_due
from scheduler.service import Service
from store.commands import SavePlan, planned
from store.domain.errors import StoreRaced
from store.domain.who import THE_DESK
from store.persistence.plan_work import PlanWork
from store.records import open_records
from tests.scheduler.desk import ANA, START

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk

NOT_YET = 0.5
"""Seconds in which whoever need not wait would be through."""
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


def troubles(desk: Desk) -> list[str | None]:
    """Of each plan why its order could not be made."""
    return [told for (told,) in desk.rows("SELECT trouble FROM plan ORDER BY id")]


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
    """Were a plan's row set back, its day would still not come twice, and the next ones come."""
    one = plan(desk)
    at = START + timedelta(hours=3)
    make_due(desk.records, at=at)
    with desk.records.work(who=THE_DESK, at=at) as work:
        work.change_plan(one, floor_day=None, floor_due=None, aim_at=at)
    assert make_due(desk.records, at=at) == 0
    assert len(made(desk)) == 1
    assert [tuple(row) for row in desk.rows("SELECT count(*) FROM work_order")] == [(1,)]
    assert troubles(desk) == [None]
    assert make_due(desk.records, at=at + timedelta(days=1)) == 1
    assert made(desk) == [(one, "2026-03-02"), (one, "2026-03-03")]


def test_two_write_the_same_order_and_one_is_left(desk: Desk, monkeypatch: Any) -> None:
    """Who comes second finds the plan held, or done; neither fails, and nothing is put off."""
    one = plan(desk)
    at = START + timedelta(hours=3)
    make, written, go_on = planned.make_planned, Event(), Event()

    def paused(work: Any, which: int) -> Any:
        number = make(work, which)
        work.flush()
        if not written.is_set():
            written.set()
            go_on.wait()
        return number

    monkeypatch.setattr(planned, "make_planned", paused)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(make_due, desk.records, at=at)
        written.wait()
        second = pool.submit(make_due, desk.records, at=at)
        with suppress(TimeoutError):
            second.result(NOT_YET)
        go_on.set()
        assert (first.result(), second.result()) == (1, 0)
    assert (made(desk), troubles(desk)) == ([(one, "2026-03-02")], [None])
    assert [tuple(row) for row in desk.rows("SELECT count(*) FROM work_order")] == [(1,)]


def test_a_lost_race_is_looked_at_again_at_once(desk: Desk, monkeypatch: Any) -> None:
    """Another one wrote the day meanwhile: it is no trouble of the plan, and nothing is lost."""
    one = plan(desk)
    at = START + timedelta(hours=3)
    came, races = PlanWork.plan_came, [StoreRaced(), StoreRaced()]

    def losing(work: Any, *found: Any) -> None:
        came(work, *found)
        if races:
            raise races.pop()

    monkeypatch.setattr(PlanWork, "plan_came", losing)
    assert make_due(desk.records, at=at) == 1
    assert (races, made(desk), troubles(desk)) == ([], [(one, "2026-03-02")], [None])
    assert [tuple(row) for row in desk.rows("SELECT count(*) FROM work_order")] == [(1,)]


def test_a_race_that_is_always_lost_is_put_off(desk: Desk, monkeypatch: Any) -> None:
    """It keeps no other plan from its turn, is told, and has its own later."""
    one, other = plan(desk), plan(desk, "other")
    at = START + timedelta(hours=3)
    came = PlanWork.plan_came

    def losing(work: Any, held: Any, *found: Any) -> None:
        came(work, held, *found)
        if held.row.id == one:
            raise StoreRaced

    monkeypatch.setattr(PlanWork, "plan_came", losing)
    assert make_due(desk.records, at=at) == 1
    assert made(desk) == [(other, "2026-03-02")]
    assert [told is None for told in troubles(desk)] == [False, True]
    monkeypatch.undo()
    assert make_due(desk.records, at=at + timedelta(minutes=1)) == 1
    assert (made(desk)[0], troubles(desk)) == ((one, "2026-03-02"), [None, None])


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
