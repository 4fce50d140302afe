"""A desk that dispatches by itself: a site, technicians near and far, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.automatic import dispatch_waiting
from store.commands import (
    SaveSite,
    SaveTechnician,
)
from store.queries.board import BoardLine, LineOf
from store.queries.card import Trace
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from store.domain.intents import Command, Done
    from tests.scheduler.desk import Desk

FAR_EAST = 0.25
"""Degrees: so far from the site that the way there costs more than the margin."""


def do(desk: Desk, command: Command) -> Done:
    return desk.records.do(command, who=ANA, at=START)


def furnished(desk: Desk, *homes: float) -> tuple[str, ...]:
    """One site, and technicians at home so many degrees east of it."""
    do(desk, SaveSite(code="A", name="Site A", zone="UTC", latitude=31.2, longitude=121.4))
    codes = tuple(f"T{place}" for place, _ in enumerate(homes, 1))
    for code, east in zip(codes, homes, strict=True):
        home = SaveSite(
            code=f"H{code}", name=f"Home {code}", zone="UTC", latitude=31.2, longitude=121.4 + east
        )
        do(desk, home)
        do(desk, SaveTechnician(code=code, name=f"Name {code}", home=f"H{code}"))
    return codes


def looked(desk: Desk, minutes: float = 0) -> None:
    """Look until nothing is left to be looked at."""
    while dispatch_waiting(desk.records, at=after(minutes)).more:
        pass


def line(desk: Desk, number: int, minutes: float = 0) -> BoardLine:
    found = desk.records.ask(LineOf(number=number), who=ANA, at=after(minutes))
    assert found is not None
    return found


def proposed(desk: Desk, number: int) -> str | None:
    nominee = line(desk, number).nominee
    return None if nominee is None else nominee.code


def told(desk: Desk, number: int, fact: str) -> dict[str, Any]:
    """What the newest such entry of an order tells."""
    trace = desk.records.ask(Trace(number=number), who=ANA, at=START)
    return dict(next(one.body for one in reversed(trace) if one.fact == fact))
