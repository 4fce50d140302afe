"""A desk whose days are arranged: what is shown of a move, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.arranged import arranged
from store.commands import (
    SaveRegion,
    SaveShift,
    SaveSite,
    SaveTechnician,
)
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.arrange import Arrange, Placing
from store.queries.days import Bar, TechnicianDays
from tests.store.desk import ANA, NINE, do, minutes, move, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Done
    from store.queries.arrange import Arrangement
    from store.records import Records

AT = minutes(10)
PEOPLE = (1, 2, 3)


def furnished(records: Records) -> Records:
    """Sites apart from each other, and three people with a shift of ten hours at home in them."""
    do(records, SaveRegion(code="EAST", name="East"), who=Who(operator=2))
    for place, code in enumerate(("N1", "S1", "E1")):
        where: dict[str, Any] = {"latitude": 31.2 + place / 40, "longitude": 121.4 + place / 50}
        site = SaveSite(code=code, name=f"Site {code}", zone="UTC", **where)
        do(records, site, who=Who(operator=2))
    for code, home in (("T1", "N1"), ("T2", "S1"), ("T3", "E1")):
        for command in (
            SaveTechnician(code=code, name=f"Tech {code}", home=home),
            SaveShift(technician=code, starts_at=NINE, ends_at=minutes(600)),
        ):
            do(records, command, who=Who(operator=2))
    return records


desk = a_desk(furnished)


def given(records: Records, technician: str, **fields: object) -> int:
    """An order that somebody has."""
    number = written(records, **{"site": "N1", "level": "critical", **fields})
    move(records, number, Move.ASSIGN, technician=technician)
    return number


def moved(
    records: Records, number: int, technician: int, slot: int | None = None, *, at: datetime = AT
) -> Arrangement:
    """What it would come to."""
    placing = Placing(number=number, technician=technician, slot=slot)
    return records.ask(Arrange(placings=(placing,)), who=ANA, at=at)


def made(records: Records, found: Arrangement, *, at: datetime = AT) -> Done:
    """Do what was shown."""
    return do(records, arranged(found), at=at)


def bars(records: Records, *, at: datetime = AT) -> dict[int, tuple[int, Bar]]:
    """By order who has it, and when he comes to it."""
    asked = TechnicianDays(from_at=NINE, to_at=minutes(900), since=NINE)
    days = records.ask(asked, who=ANA, at=at)
    return {bar.number: (day.line.id, bar) for day in days for bar in day.bars}


def landed(records: Records, found: Arrangement) -> None:
    """Assert that all is as it was shown: who, when, how late, and what each day costs."""
    now = bars(records)
    for one in found.placed:
        who, bar = now[one.number]
        assert who == one.who.id
        assert (bar.from_at, bar.to_at) == (one.start_at, one.done_at)
        assert (bar.promise, bar.late) == (one.promise, one.late)
    again = moved(records, found.placed[0].number, found.placed[0].who.id)
    costs = {day.who.id: day.before for day in again.days}
    shown = {day.who.id: day.after for day in found.days}
    assert {who: shown[who] for who in costs} == costs
