"""The registers of a store made to measure: regions, sites, customers, technicians, promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.demo.words import ENGLISH, FIRMS, PLACES, REGIONS, TRADES, chinese

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from store.persistence.work import Work

_HOUR = 3600
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_ALWAYS = {day: [["00:00", "24:00"]] for day in (*_WEEKDAYS, "sat", "sun")}
_OFFICE = {day: [["08:30", "12:00"], ["13:00", "18:00"]] for day in _WEEKDAYS}

LEVELS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("made-gold", "金牌 Gold", "made-always", {
        "targets": {
            "1": {"respond": 0.25, "arrive": 1, "resolve": 4, "next_update": 1},
            "2": {"respond": 0.5, "arrive": 2, "resolve": 8, "next_update": 2},
            "3": {"respond": 2, "resolve": 24},
            "4": {"respond": 8, "resolve": 72},
        },
        "after_s": [_HOUR, 4 * _HOUR],
        "silent_after_s": 48 * _HOUR,
    }),
    ("made-silver", "银牌 Silver", "made-always", {
        "targets": {
            "1": {"respond": 0.5, "resolve": 8},
            "2": {"respond": 1, "resolve": 16},
            "3": {"respond": 4, "resolve": 36},
            "4": {"resolve": 96},
        },
    }),
    ("made-basic", "基础 Basic", "made-office", {
        "targets": {"1": {"resolve": 4}, "2": {"resolve": 9}, "3": {"resolve": 18},
                    "4": {"resolve": 45}},
    }),
)  # fmt: skip
"""Code, name, calendar and promises in hours. On the office's calendar only whole weeks repeat."""

ALWAYS_OPEN = 2
"""How many of the levels, from the first, never close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The ids of everybody and every place."""

    sites: Sequence[int]
    customers: Sequence[int]
    technicians: Sequence[int]
    levels: Sequence[int]

    def found_by(self) -> dict[str, Sequence[int]]:
        """Those by whose names an order is found, by register."""
        return {"site": self.sites, "customer": self.customers, "technician": self.technicians}


def make_crowd(
    work: Work, *, sites: int, technicians: int, tag: str, at: datetime, dice: Random
) -> Crowd:
    """Everybody at once; `tag` keeps their codes apart from those of an earlier crowd."""
    levels = make_levels(work)
    regions = [work.made("region", {"code": code}, {"name": name}) for code, name, *_ in REGIONS]
    places = work.put_many("site", [_site(n, regions, tag, dice) for n in range(sites)])
    firms = [
        {
            "code": f"C{tag}{n:05d}",
            "name": FIRMS[n % len(FIRMS)].format(n=n // len(FIRMS) + 1),
            "phone": f"400-{n:07d}",
            "tier": "key" if dice.random() < 0.05 else "standard",
            "level_id": dice.choice(levels),
        }
        for n in range(max(1, sites * 5 // 2))
    ]
    people = work.put_many("technician", [_person(n, places, tag) for n in range(technicians)])
    skills = [work.made("skill", {"code": code}, {"name": code}) for code in TRADES]
    for n, person in enumerate(people):
        work.master(person, {skills[n % len(skills)]: 3 + n % 3, skills[n * 3 % 7]: 1 + n % 4})
    work.put_many("shift", [shift for person in people for shift in _shifts(person, at)])
    return Crowd(
        sites=places,
        customers=work.put_many("customer", firms),
        technicians=people,
        levels=levels,
    )


def make_levels(work: Work) -> list[int]:
    """Two calendars that repeat every week, and the levels on them."""
    made = {
        code: work.put_calendar(code, name, _spec(zone, week))[0]
        for code, name, zone, week in (
            ("made-always", "全天 Always", "UTC", _ALWAYS),
            ("made-office", "工作时间 Office", "Asia/Shanghai", _OFFICE),
        )
    }
    return [
        work.put_level(code, name, made[calendar], _policy(policy))[0]
        for code, name, calendar, policy in LEVELS
    ]


def _spec(zone: str, week: dict[str, Any]) -> dict[str, Any]:
    return {"zone": zone, "week": week, "holidays": [], "workdays": {}}


def _policy(given: dict[str, Any]) -> dict[str, Any]:
    targets = {
        priority: {clock: {"seconds": int(hours * _HOUR)} for clock, hours in clocks.items()}
        for priority, clocks in given["targets"].items()
    }
    return {"warn": [50, 75, 90], "risk": 75, "orphan_after_s": 900, **given, "targets": targets}


def _site(n: int, regions: Sequence[int], tag: str, dice: Random) -> dict[str, Any]:
    code, _, latitude, longitude = REGIONS[n % len(REGIONS)]
    return {
        "code": f"S{tag}{n:05d}",
        "name": PLACES[n % len(PLACES)].format(n=n // len(PLACES) + 1),
        "region_id": regions[n % len(regions)],
        "zone": "Asia/Shanghai",
        "address": f"{code}, {n + 1}",
        "latitude": round(latitude + dice.gauss(0, 0.12), 5),
        "longitude": round(longitude + dice.gauss(0, 0.12), 5),
    }


def _person(n: int, places: Sequence[int], tag: str) -> dict[str, Any]:
    name = ENGLISH[n // 4 % len(ENGLISH)] if n % 4 == 3 else chinese(n, "zh" if n % 4 else "en")
    return {
        "code": f"T{tag}{n:04d}",
        "name": name,
        "phone": f"138{n:08d}",
        "home_site_id": places[n % len(places)],
    }


def _shifts(person: int, at: datetime) -> list[dict[str, Any]]:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    begins = (0, 4, 12)[person % 3]
    return [
        {
            "technician_id": person,
            "starts_at": day + timedelta(days=offset, hours=begins),
            "ends_at": day + timedelta(days=offset, hours=begins + 9),
        }
        for offset in (-1, 0, 1)
    ]
