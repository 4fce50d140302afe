"""A site office opens every list of what customers say, and sees its own site in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.screens.behind import BehindScreen
from store.commands.corrective import OpenAction
from store.commands.heard import FindCause, RateOrder
from store.commands.projects_asked import NewProject, SaveDepartments
from store.commands.voices import KeepComplaint
from store.domain.lifecycle import Move
from store.domain.who import Scope, Who
from store.records import open_records
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do, move, small_desk

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

OFFICE = Who(operator=2, via="console", scope=Scope(frozenset({1})))
"""Whoever sees the first site alone."""
LISTS = {
    "surveys": ("Lift stuck", "alpha answer"),
    "complaints": ("alpha complaint",),
    "actions": ("alpha action",),
    "projects": ("alpha project",),
    "radar": ("Nothing comes again",),
    "packs": ("No pack is written yet",),
    "exceptions": ("No exception waits",),
    "calls": ("Esc back",),
}
"""By its word what stands there of the first site."""
ELSEWHERE = ("omega", "North Mill", "水泵", "Boiler", "Lamp out")


def furnished(records: Records) -> None:
    """The same at both sites: alpha at the first, omega at the other."""
    do(records, SaveDepartments(departments=(("works", "Site works", "施工部"),)))
    for site, orders, name in (("S1", (1, 4), "alpha"), ("S2", (2, 5, 3), "omega")):
        do(records, KeepComplaint(said=f"{name} complaint", about="late", site=site))
        do(records, NewProject(title=f"{name} project", site=site, department="works"))
        for number in orders:
            move(records, number, Move.FINISH, insist=True)
        asked, acted = orders[:2]
        do(records, RateOrder(number=acted, csat=1, said=f"{name} action"))
        do(records, FindCause(number=acted, cause="schedule", contained="a slot"))
        do(records, OpenAction(number=acted))
        do(records, RateOrder(number=asked, csat=1, said=f"{name} answer"))


async def test_an_office_sees_its_own_site_in_every_list(tables_url: str) -> None:
    """By rows and by figures; and Enter on a figure lists its own orders alone."""
    small_desk(tables_url).close()
    records = open_records(tables_url, feed=False)
    furnished(records)
    try:
        async with at_the_console(records, size=(160, 40), who=OFFICE) as ana:
            for word, own in LISTS.items():
                await ana.press("colon")
                await ana.writes(word)
                await ana.press("enter")
                await ana.sees(*own[-1:])
                shown = "\n".join(ana.screen())
                assert not [one for one in ELSEWHERE if one in shown], shown
                await ana.press("escape")
            await ana.press("ctrl+f")
            await ana.sees("opened", "the last 30 days")
            await ana.press("enter")
            await ana.sees("of these 2")
            screen = ana.desk.screen
            assert isinstance(screen, BehindScreen)
            assert screen._numbers == (1, 4)
    finally:
        records.close()
