"""Who works at the sample desk: technicians, places, customers, and what they were promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.demo.kinds import DEPARTMENTS, PLACES, REGIONS, TRADES
from console.demo.sample import middle_of, place_name
from console.demo.words import ENGLISH, chinese

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from random import Random

    from store.persistence.work import Work

PEOPLE = 24
ZONE = "America/New_York"
COLLEAGUE = "sample-ana"
"""The operator in whose name the replay acts."""
RESTING = {"T07": ("break", 12), "T15": ("off", 95), "T22": ("off", 220)}
"""Who is not to be sent anywhere just now, and for how many minutes already."""
BUSY = ("snow", "streets", "power", "housing", "cleaning")
"""Trades that a city in a blizzard asks for most."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEY = frozenset({"Inspectional Services", "Public Works Department"})
_HOUR = 3600

LEVELS: Mapping[int, tuple[str, str, str, dict[str, float]]] = {
    1: ("urgent", "Urgent", "紧急", {"respond": 1 / 6, "arrive": 0.75, "resolve": 4,
                                     "next_update": 1}),
    2: ("urgent", "Urgent", "紧急", {"respond": 0.5, "arrive": 3, "resolve": 12}),
    3: ("urgent", "Urgent", "紧急", {"respond": 4, "resolve": 36}),
    4: ("planned", "Planned work", "计划", {"respond": 9, "resolve": 27}),
}  # fmt: skip
"""By priority: the level's code and names, and its targets in hours; planned work has hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The ids of everybody, by what they are known by in the sample."""

    sites: Mapping[str, int]
    customers: Mapping[str, int]
    levels: Mapping[int, int]
    """By priority."""
    people: Mapping[str, tuple[int, ...]]
    """Who masters a trade."""
    colleague: int


def hire(work: Work, *, at: datetime, language: str, dice: Random) -> Staff:
    """Make everybody and every place, or find them."""
    zh = language.startswith("zh")
    regions = {
        code: work.put("region", {"code": code}, {"name": names[zh]})
        for code, names in REGIONS.items()
    }
    sites = {
        place: work.put("site", {"code": site_code(place)}, _site(place, language, regions))
        for place in PLACES
    }
    levels = _levels(work, zh=zh)
    customers = {
        name: work.put(
            "customer",
            {"code": customer_code(name)},
            {
                "name": f"{own} {name}" if zh else name,
                "tier": "key" if name in _KEY else "standard",
                "phone": "617-635-4500",
            },
        )
        for name, own in DEPARTMENTS.items()
    }
    name = "安娜" if zh else "Ana Silva"
    post = {"name": name, "role": "dispatcher", "everywhere": True}
    colleague = work.put("operator", {"code": COLLEAGUE}, post)
    people = _technicians(work, list(sites.values()), at=at, language=language, dice=dice)
    return Staff(
        sites=sites, customers=customers, levels=levels, people=people, colleague=colleague
    )


def site_code(place: str) -> str:
    """The code of a neighbourhood's site."""
    return f"BOS-{list(PLACES).index(place) + 1:02d}"


def customer_code(department: str) -> str:
    """The code of a department."""
    return f"CITY-{list(DEPARTMENTS).index(department) + 1}"


def level_code(priority: int) -> str:
    """The service level that requests of a priority have."""
    return f"sample-{LEVELS[priority][0]}"


def _site(place: str, language: str, regions: Mapping[str, int]) -> dict[str, Any]:
    latitude, longitude = middle_of(place)
    return {
        "name": place_name(place, language),
        "region_id": regions[PLACES[place][1]],
        "zone": ZONE,
        "address": f"{place}, Boston, MA",
        "latitude": latitude,
        "longitude": longitude,
    }


def _levels(work: Work, *, zh: bool) -> dict[int, int]:
    always = {day: [["00:00", "24:00"]] for day in DAYS}
    office = {day: [["08:00", "12:00"], ["13:00", "18:00"]] for day in DAYS[:6]}
    calendars = {
        code: work.put_calendar(f"sample-{code}", (english, chinese_name)[zh], _spec(week))[0]
        for code, english, chinese_name, week in (
            ("urgent", "Round the clock", "全天", always),
            ("planned", "Working hours", "工作时间", office),
        )
    }
    made: dict[int, int] = {}
    for priority, (code, *names, _) in LEVELS.items():
        policy = {
            "targets": {
                str(p): {clock: {"seconds": int(hours * _HOUR)} for clock, hours in targets.items()}
                for p, (own, _, _, targets) in LEVELS.items()
                if own == code
            },
            "warn": [50, 75, 90],
            "after_s": [_HOUR, 4 * _HOUR],
            "risk": 75,
            "ring_from": 75,
            "orphan_after_s": 900,
            "silent_after_s": 40 * _HOUR,
        }
        level, _ = work.put_level(level_code(priority), names[zh], calendars[code], policy)
        made[priority] = level
    return made


def _spec(week: dict[str, Any]) -> dict[str, Any]:
    return {"zone": ZONE, "week": week, "holidays": [], "workdays": {}}


def _technicians(
    work: Work, sites: list[int], *, at: datetime, language: str, dice: Random
) -> dict[str, tuple[int, ...]]:
    zh = 1 if language.startswith("zh") else 0
    skills = {
        code: work.put("skill", {"code": code}, {"name": names[zh]})
        for code, names in TRADES.items()
    }
    masters: dict[str, list[int]] = {code: [] for code in TRADES}
    codes = list(TRADES)
    for n in range(PEOPLE):
        home = sites[n % len(sites)]
        person = work.put(
            "technician",
            {"code": f"T{n + 1:02d}"},
            {"name": _name(n, language), "phone": f"617-555-{100 + n:04d}", "home_site_id": home},
        )
        own = {BUSY[n % 5]: 2 + n % 3, BUSY[n * 3 % 5]: 1 + n % 4, codes[n % len(codes)]: 3 + n % 3}
        work.master(person, {skills[code]: level for code, level in own.items()})
        for code in own:
            if f"T{n + 1:02d}" not in RESTING:
                masters[code].append(person)
        _papers(work, person, n, at)
        place = work.entry_values("site", home)
        work.place_technician(
            person,
            place["latitude"] + dice.gauss(0, 0.01),
            place["longitude"] + dice.gauss(0, 0.01),
        )
    return {code: tuple(people) for code, people in masters.items()}


def _name(n: int, language: str) -> str:
    """A Chinese reader sees mostly Chinese names in characters, others more of the others."""
    every = 6 if language.startswith("zh") else 2
    return ENGLISH[n // every % len(ENGLISH)] if n % every == every - 1 else chinese(n, language)


def _papers(work: Work, person: int, n: int, at: datetime) -> None:
    """A permit that ends sooner or later, and a shift that most are in the middle of."""
    ends = at + timedelta(days=(n * 17 - 20) % 400 - 3)
    permit = ("Electrician", "Work at height", "Gas")[n % 3]
    work.put("certificate", {"technician_id": person, "name": permit}, {"expires_at": ends})
    hour = at.replace(minute=0, second=0, microsecond=0)
    begins = hour - timedelta(hours=(3, 5, 1, -6)[n % 4])
    for day in (-1, 0, 1):
        starts = begins + timedelta(days=day)
        work.put(
            "shift",
            {"technician_id": person, "starts_at": starts},
            {"ends_at": starts + timedelta(hours=9)},
        )
