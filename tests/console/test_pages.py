"""Bars and pages, which draw their own lines, on a real terminal."""

from __future__ import annotations

from base64 import b64decode

import pytest

from tests.console.pty_desk import PYTHON, Desk

PAGE = [PYTHON, "-m", "tests.console.apps.page"]
DRAG, HOLD, RELEASE = "\x1b[<0;{};{}M", "\x1b[<32;{};{}M", "\x1b[<0;{};{}m"
COPIED = b"\x1b]52;c;"


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ("j", 1),
        ("jjk", 1),
        ("\x1b[B", 1),
        ("\x1b[6~", 10),
        ("\x04\x15", 0),
        ("G", 90),
        ("Gg", 0),
        ("\x1b[F\x1b[H", 0),
        ("k", 0),
        ("Gj", 90),
    ],
)
def test_keys_turn_the_page(keys: str, first: int) -> None:
    """Neither before its first line nor past its last."""
    with Desk([*PAGE, "100"], size=(60, 12)) as desk:
        desk.sees("line 0 ")
        desk.press(keys)
        desk.until(lambda: f"line {first} " in desk.line(2))
        assert f"line {first + 9} " in desk.line(11)


def test_the_wheel_turns_and_a_click_on_the_bar_jumps() -> None:
    """As everywhere else on the desk."""
    with Desk([*PAGE, "100"], size=(60, 12)) as desk:
        desk.sees("line 0 ")
        desk.press("\x1b[<65;10;6M")
        desk.until(lambda: "line 3 " in desk.line(2))
        desk.press("\x1b[<0;59;12M\x1b[<0;59;12m")
        desk.until(lambda: "line 90 " in desk.line(2))
        desk.resize(60, 102)  # exactly as high as all lines are
        desk.until(lambda: "line 0 " in desk.line(2) and "line 99 " in desk.line(101))


def test_only_what_changed_is_written() -> None:
    """A page told again costs nothing; another one costs its differences."""
    with Desk([*PAGE, "5"], size=(60, 12)) as desk:
        desk.sees("line 4 ")
        desk.settle()
        desk.take()
        desk.press("f")
        desk.sees("another 4 ")
        desk.settle()
        assert 0 < len(desk.take()) < 400
        desk.press("f")
        desk.settle()
        assert desk.take() == b""


def test_a_bar_grows_with_what_it_must_say() -> None:
    """Too long for one line it takes two, and the page below gives way."""
    with Desk([*PAGE, "5"], size=(60, 12)) as desk:
        desk.sees("line 0 ")
        assert "line 0 " in desk.line(2)
        desk.press("w")
        desk.until(lambda: "line 0 " in desk.line(4))
        assert desk.line(1).startswith("词")
        assert desk.line(2).startswith("词")
        desk.resize(140, 12)
        desk.until(lambda: "line 0 " in desk.line(2))
        assert "bar 139" in desk.line(0)


def test_text_of_a_page_can_be_selected_and_copied() -> None:
    """With the mouse, from one line into another; wide characters count as one."""
    with Desk([*PAGE, "100"], size=(60, 12)) as desk:
        desk.sees("line 0 ")
        desk.press("j")
        desk.until(lambda: "line 1 " in desk.line(2))
        desk.press(DRAG.format(3, 3) + HOLD.format(8, 4) + HOLD.format(9, 4) + RELEASE.format(9, 4))
        desk.settle()
        desk.press("\x03")
        desk.until(lambda: COPIED in desk.raw)
        said = bytes(desk.raw).rpartition(COPIED)[2].split(b"\a")[0]
        assert b64decode(said).decode() == "line 1 工单\nline 2 "
