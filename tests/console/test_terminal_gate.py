"""Hostile text through every kind of widget: what a real terminal is sent is harmless."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from textual.color import Color

from console.frames import split
from console.gate import Gate
from store.domain.text import is_unsafe
from tests.console.pty_desk import PYTHON, Desk

OURS = re.compile(rb"\x1b\[[?><]?[0-9;]*(?:\$p|[HGABCDmhlu])|\x1b\]22;[a-z]*\x07")
"""The only sequences we and the driver send: moves, pens, modes, the mouse pointer's shape."""

wild = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x1b\x9b\u202e\u2066\u200b\u200d\u0301\ufe0f单👩"),
    ),
    max_size=40,
)
BLACK = Color(0, 0, 0)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """Everything a console full of hostile text has written, from start to end."""
    with Desk([PYTHON, "-m", "tests.console.apps.hostile"], size=(100, 60)) as desk:
        desk.sees("> up]52;c;QUJD")
        desk.settle(0.3)
        for key in ("\t", "j", "n", "\x0c"):
            desk.press(key)
            desk.settle(0.05)
        desk.press("\x1b[Z\x1b[Z")
        desk.process.terminate()
        desk.exit_code()
        return bytes(desk.raw)


def test_no_sequence_but_our_own_reaches_the_terminal(hostile: bytes) -> None:
    """An order's title must not set a clipboard or clear the screen."""
    rest = OURS.sub(b"", hostile)
    assert set(rest) & {*range(0x20), 0x7F} <= {8, 10, 13}


def test_nothing_unsafe_reaches_the_terminal(hostile: bytes) -> None:
    """No C1 control, no reordering, nothing invisible, whichever widget drew it."""
    text = OURS.sub(b"", hostile).decode()
    assert {character for character in text if is_unsafe(character)} <= {"\b", "\n", "\r"}
    assert "\u0301" * 4 not in text


def test_markup_is_only_text(hostile: bytes) -> None:
    """It is shown, not obeyed; the unclosed tag in it has not crashed the console."""
    shown = OURS.sub(b"", hostile).decode()
    assert "[@click=app.quit]quit[/][/bad]end" in shown
    assert "met a fault" not in shown


@given(wild)
def test_the_gate_moves_no_column(text: str) -> None:
    """What was measured before the gate is as wide after it."""
    [passed] = Gate().apply([Segment(text)], BLACK)
    assert cell_len(passed.text) == cell_len(text)
    assert not any(is_unsafe(character) for character in passed.text)


def test_control_segments_from_content_do_not_pass() -> None:
    """Textual writes a segment's text raw, whatever it claims to be."""
    assert Gate().apply([Segment("\x1b[2J", None, [(ControlType.CLEAR,)])], BLACK) == []


@given(wild)
def test_a_cell_holds_nothing_unsafe(text: str) -> None:
    """The second gate, for text that came by no filter."""
    assert not any(is_unsafe(character) for cell in split(text) for character in cell)
