"""Boards to be planned: places of real requests, technicians and promises thrown by seed."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from math import exp
from pathlib import Path
from random import Random
from typing import Any, Final

FILE = Path(__file__).parents[3] / "shared" / "data" / "service_requests_2015q1.csv.gz"
CITY_HALL: Final = (42.3594, -71.0587)
"""Where the city puts what it cannot find on the map."""

TRADES: Final = {
    "Street Lights": ("lighting", 40),
    "Signs & Signals": ("signals", 45),
    "Highway Maintenance": ("civil", 60),
    "Building": ("building", 55),
    "Housing": ("building", 55),
    "Trees": ("trees", 70),
    "Park Maintenance & Safety": ("grounds", 50),
    "Sanitation": ("cleaning", 30),
    "Street Cleaning": ("cleaning", 30),
    "Graffiti": ("cleaning", 35),
    "Catchbasin": ("water", 60),
    "Environmental Services": ("water", 50),
}
"""The city's reasons as our trades, with the minutes one order takes at the median."""
PRIORITIES: Final = ((0.05, 20, 120), (0.20, 8, 240), (0.70, 3, 480), (1.0, 1, 780))
"""Up to which part of all; the weight; the minutes promised."""
SHIFTS: Final = ((0, 480), (0, 480), (120, 600), (240, 720))
TOMORROW: Final = 1560
"""Minutes until ten the next morning, from eight: then somebody gets to what was left."""
DAY: Final = 720

Values = dict[str, Any]


@cache
def sites() -> dict[str, tuple[tuple[float, float, int], ...]]:
    """By trade: where somebody was called to, and how long it takes there."""
    found: dict[str, list[tuple[float, float, int]]] = {}
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["REASON"] not in TRADES or not row["LATITUDE"]:
                continue
            trade, minutes = TRADES[row["REASON"]]
            north, east = float(row["LATITUDE"]), float(row["LONGITUDE"])
            if (north, east) != CITY_HALL and 42.2 < north < 42.4:
                found.setdefault(trade, []).append((north, east, minutes))
    return {trade: tuple(places) for trade, places in sorted(found.items())}


def a_board(seed: int, *, orders: int = 300, people: int = 40, load: float = 1.0) -> Values:
    """A working day: urgent orders and patient ones, some with an appointment."""
    dice, places = Random(seed), sites()
    trades = list(places)
    skills = [dice.sample(trades, dice.choice((1, 2, 2, 3))) for _ in range(people)]
    for number, trade in enumerate(trades):  # somebody can do each
        if not any(trade in some for some in skills):
            skills[number % people].append(trade)
    yards = [dice.choice(places[dice.choice(trades)])[:2] for _ in range(max(1, people // 10))]
    hands = {trade: sum(trade in some for some in skills) for trade in trades}
    return {
        "travel": {"speed_kmh": 24, "road_factor": 1.35, "fixed_min": 3},
        "overload_share": 0.85,
        "technicians": [
            {
                "id": f"T{number}",
                "skills": sorted(some),
                "at": list(dice.choice(yards)),
                "shift": list(dice.choice(SHIFTS)),
            }
            for number, some in enumerate(skills)
        ],
        "orders": [
            _an_order(f"O{number}", dice, places, trade, load)
            for number, trade in enumerate(
                dice.choices(trades, [hands[one] for one in trades], k=orders)
            )
        ],
    }


def _an_order(name: str, dice: Random, places: dict[str, Any], trade: str, load: float) -> Values:
    north, east, minutes = dice.choice(places[trade])
    part = dice.random()
    weight, promised = next((w, p) for most, w, p in PRIORITIES if part <= most)
    spread = 0.6
    took = min(180.0, minutes * exp(spread * dice.gauss(0, 1)) * load * 0.62)
    age = dice.random() ** 2 * promised * 0.6
    ready, due = 0, round(promised - age)
    if dice.random() < 0.15:  # the customer is there from then on
        ready = 30 * dice.randrange(1, 16)
        due = max(due, ready + 120)
    return {
        "id": name,
        "skill": trade,
        "at": [north, east],
        "duration_min": max(5, round(took)),
        "ready": ready,
        "due": due,
        "weight": weight,
        "not_served_cost": weight * max(0, TOMORROW - due) + 60,
    }
