"""Every screen, and the keys that lead to it from the board."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.desk import at_the_console
from tests.snapshots.looks import changes, keep, kept, look
from tests.snapshots.story import left_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """Keys; what begins with a blank is typed after it, and what with = is waited for."""
    worn: Mapping[str, Any] = field(default_factory=dict)
    """How the console is started, beside what all have."""
    empty: bool = False
    """Whether it looks at a desk that never had an order."""
    left: bool = False
    """Whether an earlier console has left something that waits."""
    grows: bool = False
    """Whether its window only ever grows: its keys mean something else where there is room."""


_OFFERED = ("J", "o", " 消防泵 keys are with the porter", "enter", "=[ ]", "=消防泵")
VIEWS = (
    View(BOARD, ()),
    View("board-technicians", ("t",), grows=True),
    View("board-filter", ("slash", " lift or 水泵")),
    View("board-command", ("colon", " d 1,4 wang ;bring the ladder")),
    View("board-command-help", ("colon", " w 1 ?")),
    View("board-dispatch", ("d",)),
    View("board-done", ("d", " wang", "enter")),
    View("board-wait", ("w", " 等配件 parts", "enter")),
    View("board-refused", ("x",)),
    View("board-incident", ("exclamation_mark",)),
    View("board-view", ("slash", " tech:li", "enter", "V", " 李工 Li", "enter")),
    View("tour", ("left_parenthesis",)),
    View("wall", ("w",), worn={"only_looks": True}),
    View("welcome", (), worn={"welcome": True}, empty=True),
    View("welcome-file", ("2", "enter"), worn={"welcome": True}, empty=True),
    View("untouched", ("escape",), worn={"welcome": True}, empty=True),
    View("waiting", ("dollar_sign",), left=True),
    View("card", ("enter",)),
    View("why", ("e",)),
    View("related", ("colon", " link 1 7", "enter", "colon", " dup 4 1", "enter", "at")),
    View("new", ("n",)),
    View("new-known", ("n", " 6666", "enter", " lift stuck", "enter", " S1")),
    View("split", ("percent_sign",)),
    View("alarms", ("A",)),
    View("alarms-shelve", ("A", "S")),
    View("calls", ("C",)),
    View("calls-outcome", ("C", "E")),
    View("figures", ("M",)),
    View("handover", ("J",)),
    View("handover-offer", ("J", "o", " 消防泵 keys are with the porter")),
    View("handover-offered", (*_OFFERED, "a")),
    View("handover-note", (*_OFFERED, "g", "enter", "=with the porter")),
    View("help", ("question_mark",)),
    View("jump", ("ctrl+p", " lift")),
    View("who", ("colon", " who lift near S1", "enter")),
    View("recommend", ("W",)),
    View("day", ("Y",)),
    View("day-move", ("Y", "end", "m", "up")),
    View("forecast", ("F",)),
    View("replan", ("R", "=✓")),
    View("plans", ("Q",)),
    View("automatic", ("colon", " auto act overdue 1", "enter", "circumflex_accent")),
    View("operators", ("vertical_line",)),
    View("settings", ("colon", " set rest 10h", "enter", "ctrl+t")),
    View("plan-new", ("Q", "n", " Boiler round", "enter", " weekly", "enter")),
    View("past", ("T", " 0m", "enter", "left", "left")),
    View("past-order", ("T", " 0m", "enter", "left", "enter")),
    View("take-back", ("U",)),
    View("sort", ("s",)),
    View("preview", ("colon", " d 1,4,7,10,11 L2", "enter")),
    View("empty-queue", ("8",)),
    View("nothing-found", ("slash", " zebra", "enter")),
)


EVERY_VIEW = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)

_CALM_S = 0.3
"""A screen that has not changed for so long while nobody works for it has come to rest."""
_PATIENCE_S = 8.0


async def looks_as_kept(records: Records, view: View, *, language: str) -> None:
    """Compare a view with what is kept of it in every size, or keep it anew.

    One console a view, whose window is pulled from size to size: to larger ones in English, to
    smaller ones in Chinese.
    """
    before, after = kept(view.name), dict[str, str]()
    sizes = SIZES if language == "en" or view.grows else SIZES[::-1]
    worn: dict[str, Any] = {"theme": "dark", "colours": "truecolor", "flash": False, **view.worn}
    async with at_the_console(records, size=sizes[0], language=language, **worn) as ana:
        if view.left:
            ana.desk.pile.found(None, left_waiting())
            ana.desk.recount()
        await ana.sees(" Esc " if view.empty else "#1")
        await _go(ana, view.steps)
        for size in sizes:
            name = f"{language} {size[0]}x{size[1]}"
            await ana.resize(*size)
            after[name] = await _at_rest(ana, _CALM_S, before.get(name, ""))
            if DRAWN is not None:
                svg = ana.desk.export_screenshot(title=f"Paidan {view.name}")
                (Path(DRAWN) / f"{view.name}-{name.replace(' ', '-')}.svg").write_text(svg, "utf-8")
    if RENEWED:
        keep(view.name, after)
        return
    for name, seen in after.items():
        assert name in before, "never looked at: make snapshots"
        assert seen == before[name], f"{name}\n{changes(before[name], seen)}"


async def _go(ana: Operator, steps: Sequence[str]) -> None:
    await _at_rest(ana, 0.0)
    for step in steps:
        if step.startswith(" "):
            await ana.writes(step[1:])
        elif step.startswith("="):
            await ana.sees(step[1:])
        else:
            await ana.press(step)
        await _at_rest(ana, 0.02)


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
