"""What every desk needs before its first order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.who import Role
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

_OFFICE = {
    day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
_ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_HOUR = 3600

_TARGETS: dict[str, dict[str, float]] = {
    "1": {"respond": 0.5, "arrive": 1, "resolve": 2, "next_update": 0.5},
    "2": {"respond": 1, "arrive": 2, "resolve": 4, "next_update": 1},
    "3": {"respond": 8, "arrive": 16, "resolve": 24},
    "4": {"respond": 24, "arrive": 48, "resolve": 72},
}
"""By priority, in hours of the level's calendar; the two most urgent also promise regular news.

The level of a new desk counts working hours for every priority, the first, too. Usual practice
counts what is critical round the clock, and so does `critical`; but a desk that nobody sits at by
night would miss those promises while it sleeps, and learn to overlook what rings. Whether somebody
does only the house knows: `paidan add level standard Standard --calendar 24x7` says it for all
customers, `--level critical` of a customer for one. Until then the form for a new order, the card
and `paidan show` tell when the clocks start, loudest where they stand still.
"""


def seed_desk(work: Work, *, zone: str, desk: str) -> bool:
    """The desk itself, a first operator, two calendars and two service levels; once a store.

    The operator keeps the name `desk`, as whoever makes the store calls it.
    """
    if not work.is_empty():
        return False
    work.put_desk("Paidan")
    first = {"name": desk, "role": Role.ADMINISTRATOR.value, "everywhere": True}
    work.put("operator", {"code": "desk"}, first)
    office, _ = work.put_calendar("office", "Office hours", _spec(zone, _OFFICE))
    always, _ = work.put_calendar("24x7", "Round the clock", _spec(zone, _ALWAYS))
    work.put_level("standard", "Standard", office, _policy(silent_after_s=16 * _HOUR))
    work.put_level("critical", "Round the clock", always, _policy(silent_after_s=4 * _HOUR))
    return True


def give_roles(work: Work) -> None:
    """Who could do everything at this desk before there were roles is its administrator now.

    Who saw some sites only could do what a dispatcher of some sites may, and is one still.
    """
    for code, some_sites in work.owed_roles():
        if not some_sites:
            role = {"role": Role.ADMINISTRATOR.value, "everywhere": True}
            work.put("operator", {"code": code}, role)
    work.roles_given()


def _spec(zone: str, week: dict[str, list[list[str]]]) -> dict[str, Any]:
    return {"zone": zone, "week": week, "holidays": [], "workdays": {}}


def _policy(*, silent_after_s: int) -> dict[str, Any]:
    return {
        "targets": {
            priority: {clock: {"seconds": int(hours * _HOUR)} for clock, hours in clocks.items()}
            for priority, clocks in _TARGETS.items()
        },
        "warn": [50, 75, 90],
        "after_s": [_HOUR, 4 * _HOUR],
        "risk": 75,
        "ring_from": 75,
        "orphan_after_s": 900,
        "silent_after_s": silent_after_s,
    }


NAMES = (N_("Desk"), N_("Office hours"), N_("Round the clock"), N_("Standard"))
"""Names of the seed, for the catalogue."""
