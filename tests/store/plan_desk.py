"""Shorthand for plans on a small desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from scheduler.plans import make_due
from store.commands import SavePlan
from store.persistence.plans import OCCURRENCE
from store.queries.plans import ListPlans, PlanLine, ShowPlan
from tests.store.desk import ANA, NINE, do, rows

if TYPE_CHECKING:
    from store.records import Records

SHANGHAI = ZoneInfo("Asia/Shanghai")


def planned(records: Records, *, at: datetime = NINE, **fields: Any) -> int:
    """The id of one more plan: the round of the boilers, daily at ten at N1 unless told."""
    plain = {"title": "boiler round", "rule": "daily", "start": "2026-09-21", "time": "10:00"}
    who = fields.pop("who", ANA)
    done = do(records, SavePlan(**{"site": "N1", **plain, **fields}), at=at, who=who)
    plan: int = done.facts["plan"]
    return plan


def shown(records: Records, plan: int, *, at: datetime = NINE) -> PlanLine:
    return records.ask(ShowPlan(plan=plan), who=ANA, at=at)


def all_plans(records: Records, *, at: datetime = NINE, **asked: Any) -> list[int]:
    return [line.id for line in records.ask(ListPlans(**asked), who=ANA, at=at)]


def local(text: str) -> datetime:
    """A time on Shanghai's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def came(records: Records, plan: int) -> list[tuple[str, str | None, int | None]]:
    """What was made or called off: its day, the day it was due, and the order."""
    found = rows(records, OCCURRENCE, plan_id=plan)
    return [(row["day"], row["due_day"], row["number"]) for row in found]


def made_until(records: Records, text: str) -> int:
    """What plans make by a time on the wall; how many orders."""
    return make_due(records, at=local(text))


def a_day() -> timedelta:
    return timedelta(days=1)
