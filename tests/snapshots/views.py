"""Every screen, and the keys that lead to it from the board."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.desk import at_the_console
from tests.snapshots.looks import changes, keep, kept, look

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

SIZES = ((80, 24), (120, 40), (200, 50))

RENEWED = "RENEW_SNAPSHOTS" in os.environ
"""Whether what is seen is kept instead of compared."""
DRAWN = os.environ.get("DRAW_SNAPSHOTS")
"""A folder for the pictures as SVG."""

BOARD = "board"
"""The view that comes first, before any key."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture of one screen, and the way to it."""

    name: str
    steps: tuple[str, ...]
    """Keys; what begins with a blank is typed after it."""


VIEWS = (
    View(BOARD, ()),
    View("board-technicians", ("t",)),
    View("board-filter", ("slash", " lift or 水泵")),
    View("board-command", ("colon", " d 1,4 wang ;bring the ladder")),
    View("board-command-help", ("colon", " w 1 ?")),
    View("board-dispatch", ("d",)),
    View("board-wait", ("w", " 等配件 parts", "enter")),
    View("board-refused", ("x",)),
    View("card", ("enter",)),
    View("why", ("e",)),
    View("new", ("n",)),
    View("new-known", ("n", " 6666", "enter", " lift stuck", "enter", " S1")),
    View("alarms", ("A",)),
    View("calls", ("C",)),
    View("figures", ("M",)),
    View("handover", ("J",)),
    View("handover-offer", ("J", "o", " 消防泵 keys are with the porter")),
    View("help", ("question_mark",)),
    View("jump", ("ctrl+p", " lift")),
    View("who", ("colon", " who lift near S1", "enter")),
    View("day", ("Y",)),
    View("forecast", ("F",)),
    View("plans", ("Q",)),
    View("plan-new", ("Q", "n", " Boiler round", "enter", " weekly", "enter")),
    View("past", ("T", "left", "left")),
    View("past-order", ("T", "left", "enter")),
    View("take-back", ("U",)),
    View("sort", ("s",)),
    View("preview", ("colon", " d 1,4,7,10,11 L2", "enter")),
    View("empty-queue", ("8",)),
    View("nothing-found", ("slash", " zebra", "enter")),
)


EVERY_VIEW = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")

_CALM_S = 0.3
"""A screen that has not changed for so long while nobody works for it has come to rest."""
_PATIENCE_S = 8.0


async def looks_as_kept(
    records: Records, view: View, *, language: str, size: tuple[int, int]
) -> None:
    """Compare a view with what is kept of it, or keep it anew."""
    name = f"{language} {size[0]}x{size[1]}"
    before = kept(view.name).get(name, "")
    after, svg = await pictured(records, view, language=language, size=size, wanted=before)
    if DRAWN is not None:
        (Path(DRAWN) / f"{view.name}-{name.replace(' ', '-')}.svg").write_text(svg, "utf-8")
    if RENEWED:
        keep(view.name, {name: after})
        return
    assert before, "never looked at: make snapshots"
    assert after == before, changes(before, after)


async def pictured(
    records: Records, view: View, *, language: str, size: tuple[int, int], wanted: str | None
) -> tuple[str, str]:
    """How a view looks, and its SVG: at once when it looks as wanted, else when it is at rest."""
    worn: dict[str, Any] = {"theme": "dark", "colours": "truecolor", "flash": False}
    async with at_the_console(records, size=size, language=language, **worn) as ana:
        await ana.sees("#1")
        await _at_rest(ana, 0.0)
        for step in view.steps:
            if step.startswith(" "):
                await ana.writes(step[1:])
            else:
                await ana.press(step)
            await _at_rest(ana, 0.02)
        seen = await _at_rest(ana, _CALM_S, wanted)
        return seen, ana.desk.export_screenshot(title=f"Paidan {view.name}")


def _seen(ana: Operator) -> str:
    return look(ana.desk.screen._compositor.render_strips())


async def _at_rest(ana: Operator, calm_s: float, wanted: str | None = None) -> str:
    loop = asyncio.get_running_loop()
    began = since = loop.time()
    seen = ""
    while loop.time() - began < _PATIENCE_S:
        await ana.pilot.pause(0.01)
        before, seen = seen, _seen(ana)
        if seen == wanted:
            return seen
        if seen != before or any(not worker.is_finished for worker in ana.desk.workers):
            since = loop.time()
        elif loop.time() - since >= calm_s:
            return seen
    return seen
