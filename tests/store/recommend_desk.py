"""Two sites, two who master lifts and a plumber: a desk to be asked who should go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands import SaveRegion, SaveSite, SaveTechnician
from store.domain.who import Scope, Who
from store.queries.recommend import LeftOut, WhoGoes
from tests.store.desk import ANA, do, minutes, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.dispatch.rules import Rule
    from store.domain.intents import Command
    from store.queries.recommend import Recommendation
    from store.records import Records

AT_A = Who(operator=4, scope=Scope(frozenset({3})))
"""Who sees the site A only."""
SHORT_ROAD = 3 + 9
"""Minutes between A and B: the fixed part, and two and a half kilometres of street at 24 km/h."""


def furniture() -> Iterator[Command]:
    """What the desk is furnished with."""
    yield from (SaveRegion(code=code, name=f"Region {code}") for code in ("EAST", "WEST"))
    for code, region, east in (("A", "EAST", 0.0), ("B", "WEST", 0.0267)):
        place: dict[str, Any] = {"latitude": 31.2, "longitude": 121.4 + east}
        yield SaveSite(code=code, name=f"Site {code}", zone="UTC", region=region, **place)
    for code in ("T1", "T2", "T3"):
        yield SaveTechnician(code=code, name=code, active=False)
    yield SaveTechnician(code="AN", name="An", home="A", skills={"lift": 3})
    yield SaveTechnician(code="BO", name="Bo", home="B", skills={"lift": 5})
    yield SaveTechnician(code="PL", name="Plumber", home="A", skills={"pipes": 5})


def _furnished(records: Records) -> None:
    for one in furniture():
        do(records, one, who=Who(operator=2))


desk = a_desk(_furnished)
"""Two sites in two regions, two lift engineers at home in them, one plumber."""


def asked(records: Records, number: int, *, at: float = 0, **more: Any) -> Recommendation:
    """The answer so many minutes after nine."""
    who = more.pop("who", ANA)
    if isinstance(code := more.get("about"), str):
        more["about"] = {"AN": 4, "BO": 5, "PL": 6}[code]
    return records.ask(WhoGoes(number=number, **more), who=who, at=minutes(at))


def order(records: Records, **fields: Any) -> int:
    """An order for a lift at A."""
    return written(records, **{"site": "A", "kind": "lift", "level": "critical", **fields})


def offered(found: Recommendation) -> list[str]:
    return [one.who.code for one in found.offers]


def barred(found: Recommendation) -> list[Rule]:
    """What keeps the one who was asked about."""
    assert isinstance(found.asked, LeftOut)
    return [one.rule for one in found.asked.barred]
