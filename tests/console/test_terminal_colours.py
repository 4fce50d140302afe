"""Colours on terminals that have few or must show none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Tint

from console.gate import NoColours, nearest
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

BOARD = [PYTHON, "-m", "tests.console.apps.board", "1000", "7", "100"]
PEN = re.compile(rb"\x1b\[([0-9;]*)m")


def _pens(env: Mapping[str, str | None]) -> list[bytes]:
    """Every pen the board sends on a terminal with this environment."""
    with Desk(BOARD, env=env) as desk:
        desk.sees("board on 0")
        desk.press("j")
        desk.sees("board on 1")
        return PEN.findall(bytes(desk.raw))


def _codes(pens: list[bytes]) -> set[bytes]:
    return {code for pen in pens for code in pen.split(b";")}


def test_no_color_means_no_colour_at_all() -> None:
    """Textual alone sends greys."""
    codes = _codes(_pens({"NO_COLOR": "1"}))
    assert codes <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"9"}
    assert b"7" in codes


def test_a_terminal_with_256_colours_gets_no_others() -> None:
    """SSH forwards no COLORTERM, so this is what every site office sees."""
    pens = _pens({"COLORTERM": None})
    assert any(b"48;5;" in pen for pen in pens)
    assert not any(b"48;2;" in pen or b"38;2;" in pen for pen in pens)


def test_a_plain_terminal_gets_sixteen() -> None:
    """A console in a machine room."""
    pens = _pens({"COLORTERM": None, "TERM": "linux"})
    assert not any(b"8;5;" in pen or b"8;2;" in pen for pen in pens)


@pytest.mark.parametrize(
    ("name", "number"), [("#242F38", 236), ("#1e1e1e", 234), ("#282a36", 236), ("#ff0000", 196)]
)
def test_a_dark_panel_stays_a_dark_grey(name: str, number: int) -> None:
    """Rich alone makes the first of these navy."""
    assert nearest(Color.parse(name), "256").number == number


def test_the_sixteen_are_the_terminals_own() -> None:
    """A theme of the terminal may repaint them."""
    assert nearest(Color.parse("#fe0101"), "16").type is ColorType.STANDARD


def test_what_stood_out_by_its_paper_stands_out_without_colour() -> None:
    """The cursor's row and an input's caret must be seen."""
    segments = [Segment("a", Style(bgcolor="#3070f0")), Segment("b", Style(bgcolor="#101010"))]
    marked, plain = NoColours().apply(segments, Tint(0x10, 0x10, 0x10))
    assert marked.style == Style(reverse=True)
    assert plain.style == Style()
