"""What a month's review lists is what plain Python makes of the orders, and of one customer's."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands.heard import FindCause, RateOrder
from store.domain.errors import NameUnknown, Refusal
from store.domain.who import THE_DESK, Scope, Who
from store.queries.review import Review
from tests.store.desk import NINE, do, minutes, written
from tests.store.kpi_judge import GIVEN_UP, Row
from tests.store.test_kpi_kept import worked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.records import Records

DAY_MS = 86_400_000
SINCE, UNTIL = date(2026, 9, 22), date(2026, 9, 27)
AT = minutes(1440 * 9)
PERIOD: dict[str, Any] = {"first": SINCE, "last": UNTIL - timedelta(days=1), "zone": "UTC"}


def a_week(records: Records) -> None:
    """Orders of two customers, some late, some open, some bad answers with a cause."""
    dice, at, numbers = random.Random(8), NINE, list[int]()
    while at < AT - timedelta(hours=9):
        at += timedelta(minutes=dice.choice([30, 200, 700]), seconds=dice.randint(0, 59))
        if dice.random() < 0.5:
            told: dict[str, Any] = {"customer": dice.choice(["C1", "C2"]), "level": "critical"}
            numbers.append(written(records, site=dice.choice(["N1", "S1"]), at=at, **told))
        fire_due(records, at=at)
        number = dice.choice([*numbers, 1])
        with suppress(Refusal):
            worked(records, dice, number, at)
        with suppress(Refusal):
            do(records, RateOrder(number=number, csat=dice.randint(1, 5)), at=at)
            cause = dice.choice(["design", "material"])
            do(records, FindCause(number=number, cause=cause, contained="x"), at=at)


def judged(records: Records, at: datetime, of: Callable[[Row], bool]) -> tuple[Any, Any, Any]:
    """Worst orders with their delays, promises by kind, causes with their number."""
    since, until, now = (
        int(moment.timestamp() * 1000) for moment in (_midnight(SINCE), _midnight(UNTIL), at)
    )
    end = min(until, now)
    with records.database.reading() as conn:
        orders, clocks, calls = (
            [dict(row) for row in conn.exec_driver_sql(f"SELECT * FROM {table}").mappings()]
            for table in ("work_order", "clock", "follow_up")
        )
    mine = {o["number"]: o for o in orders if of(o) and o["state"] not in GIVEN_UP}
    there = {
        number
        for number, order in mine.items()
        if order["state"] != "closed" or order["closed_at"] >= since
    }
    late: dict[int, int] = {}
    due_, missed = Counter[str](), Counter[str]()
    for clock in clocks:
        due = clock["breached_at"] or clock["due_at"]
        if clock["number"] not in there or due is None:
            continue
        over = clock["met_at"] or clock["ended_at"] or end
        if since <= due < end:
            due_[clock["kind"]] += 1
            missed[clock["kind"]] += bool(clock["breached_at"] or over > clock["due_at"])
        if clock["kind"] == "resolve" and due < min(over, end) and over > since:
            late[clock["number"]] = max(late.get(clock["number"], 0), min(over, end) - due)
    for call in calls:
        if call["number"] in there and since <= call["due_at"] < end:
            due_["call"] += 1
            missed["call"] += (call["done_at"] or 10**15) > call["due_at"]
    worst = sorted(late.items(), key=lambda one: (-one[1], one[0]))[:10]
    bad = [o["cause"] for o in mine.values() if o["bad_at"] and since <= o["bad_at"] < end]
    promises = {kind: (count, missed[kind]) for kind, count in due_.items()}
    return [(number, ms // 1000) for number, ms in worst], promises, dict(Counter(bad))


def _midnight(day: date) -> datetime:
    return NINE.replace(year=day.year, month=day.month, day=day.day, hour=0)


def told(records: Records, who: Who = THE_DESK, **asked: Any) -> tuple[Any, Any, Any]:
    """The same of the store."""
    found = records.ask(Review(**PERIOD, **asked), who=who, at=AT)
    return (
        [(line.number, line.late_s) for line in found.worst],
        {line.kind: (line.due, line.missed) for line in found.promises},
        {line.cause: line.answers for line in found.causes},
    )


def test_a_review_lists_what_plain_python_finds(records: Records) -> None:
    """Of the desk, of one customer, and of the sites in sight."""
    a_week(records)
    whole = told(records)
    assert all(whole)
    assert whole == judged(records, AT, lambda _: True)
    his = told(records, customer="C2")
    assert his[0]
    assert his == judged(records, AT, lambda order: order["customer_id"] == 2)
    north = Who(operator=4, scope=Scope(frozenset({1})))
    assert told(records, who=north) == judged(records, AT, lambda order: order["site_id"] == 1)


def test_a_customer_that_nobody_knows_has_no_review(records: Records) -> None:
    """Nor one of a month in which nothing was."""
    with pytest.raises(NameUnknown):
        records.ask(Review(**PERIOD, customer="nobody"), who=THE_DESK, at=AT)
    assert told(records) == ([], {}, {})
