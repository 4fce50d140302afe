"""The frugal terminal shows what stock Textual would, and the characters that stock loses."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.console.pty_desk import PYTHON, Desk
from tests.scheduler.faults import until

if TYPE_CHECKING:
    from pathlib import Path

APP = [PYTHON, "-m", "tests.console.apps.mixed"]
ENV = {"ESCDELAY": "20", "TEXTUAL_ANIMATIONS": "none", "TEXTUAL_DISABLE_KITTY_KEY": "1"}
KEYS = ("a", "n", "m", "t", "x", "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "\x1b", "中文", "\t")

DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"


def _lost(stock: Any, ours: Any) -> bool:
    """Whether stock shows a blank where we show half of a Chinese character (textual#6357)."""
    return bool(stock.data == " " and (ours.data == "" or ours.data >= "\u2e80"))


def _differences(stock: Desk, ours: Desk) -> list[tuple[int, int, str, str]]:
    return [
        (x, y, one.data, other.data)
        for y, rows in enumerate(zip(stock.cells(), ours.cells(), strict=True))
        for x, (one, other) in enumerate(zip(*rows, strict=True))
        if one != other and not _lost(one, other)
    ]


def _took(desk: Desk, taken: Path, keys: int) -> bool:
    """Whether a program has taken so many keys: an Esc not yet taken would join the next key."""
    desk.settle(0.02)
    return taken.exists() and taken.stat().st_size >= keys


def _alike(stock: Desk, ours: Desk) -> bool:
    stock.settle(0.02)
    ours.settle(0.02)
    return not _differences(stock, ours)


@pytest.mark.parametrize(("seed", "size"), [(1, (80, 24)), (3, (97, 33)), (7, (120, 30))])
def test_random_keys_lead_to_the_screen_that_stock_textual_shows(
    seed: int, size: tuple[int, int], tmp_path: Path
) -> None:
    """Or saving bytes has cost truth; each seed is another walk through overlays and lists."""
    keys = random.Random(seed)
    files = [tmp_path / "stock", tmp_path / "ours"]
    envs = [{**ENV, "TAKEN": str(file)} for file in files]
    with (
        Desk([*APP, "stock"], size=size, env=envs[0]) as stock,
        Desk(APP, size=size, env=envs[1]) as ours,
    ):
        for desk in (stock, ours):
            desk.sees("ready")
        count = 0
        for _ in range(8):
            key = keys.choice(KEYS)
            count += len(key) if key.isprintable() else 1
            for desk, file in zip((stock, ours), files, strict=True):
                desk.press(key)
                until(partial(_took, desk, file, count), f"{key!r} was not taken")
            until(partial(_alike, stock, ours), f"not alike after {key!r}")
        assert len(ours.raw) < len(stock.raw) / 3


def test_a_full_repaint_changes_nothing() -> None:
    """What we believe the terminal shows is what it shows."""
    with Desk(APP, size=(91, 30), env=ENV) as desk:
        desk.sees("ready")
        for key in ("n", "m", PAGE_DOWN, "a", "中", "\x1b", "m", DOWN, "t"):
            desk.press(key)
            desk.settle(0.08)
        before = desk.cells()
        desk.take()
        begun = len(desk.raw)
        desk.press("\x0c")
        desk.until(lambda: len(desk.raw) - begun > 91 * 30)
        desk.settle()
        assert desk.cells() == before


@pytest.mark.parametrize("width", [79, 80, 81, 82])
def test_chinese_survives_a_toast_over_any_column(width: int) -> None:
    """Stock Textual cuts a toast at the edges of the panels below it and drops what it cuts."""
    with Desk(APP, size=(width, 24), env=ENV) as desk:
        desk.sees("ready")
        desk.press("n")
        desk.sees("工单已派给李师傅，请确认到场时间")
        desk.press("m" * 3)
        desk.sees("浮动窗口：提示")
        assert "工单已派给李师傅，请确认到场时间" in desk.text()


def test_the_hardware_cursor_stands_at_the_caret() -> None:
    """An input method opens its window there."""
    with Desk(APP, size=(80, 24), env=ENV) as desk:
        desk.sees("ready")
        desk.press("a")
        desk.sees("确认派单给王工程师吗")
        desk.settle()
        desk.press("工单")
        desk.sees("中文工单")
        desk.settle()
        y = next(y for y in range(24) if "中文工单" in desk.line(y))
        row = [cell.data for cell in desk.cells()[y]]
        caret = row.index("中") + 8
        assert (desk.screen.cursor.x, desk.screen.cursor.y) == (caret, y)


def test_a_storm_of_sizes_ends_with_a_true_screen() -> None:
    """A tiling window manager sends dozens; the last one counts."""
    with Desk(APP, size=(80, 24), env=ENV) as desk:
        desk.sees("ready")
        for step in range(30):
            desk.resize(60 + step * 7 % 80, 12 + step * 5 % 30)
            desk.read(0.005)
        desk.resize(101, 31)
        desk.settle(0.4)
        before = desk.cells()
        desk.press("\x0c")
        desk.settle(0.2)
        assert desk.cells() == before
        assert desk.line(30).startswith("└")
