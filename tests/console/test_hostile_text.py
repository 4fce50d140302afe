"""Hostile text in every field, on every screen of the console: what the terminal is sent."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from store import clock
from store.domain.text import is_unsafe
from tests.console.hostile_desk import MARKS, PAYLOADS, furnish, mark, spoil
from tests.console.pty_desk import Desk
from tests.console.test_terminal_gate import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ESCAPE, PASTE, PASTED = "\x1b", "\x1b[200~", "\x1b[201~"
TYPED: Final = "".join(text for text in PAYLOADS[3:11] if "\r" not in text)
"""What somebody pastes who copied it from a hostile page."""

LONG: Final = len(PAYLOADS) - 1
_CARD: Final = ("title", "reason", "site", "address", "customer", "phone", "asset", "technician")


@dataclass(frozen=True, slots=True)
class Shown:
    """One walk through all screens."""

    written: bytes
    """All that the terminal was sent."""
    aligned: tuple[bool, ...]
    """Whether the technicians of the board's rows stood under their heading."""
    ended: int


@pytest.fixture(scope="module")
def typed_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store whose commands were given hostile text."""
    file = tmp_path_factory.mktemp("hostile") / "typed.db"
    furnish(f"sqlite:///{file}", at=clock.now()).close()
    return file


@pytest.fixture(scope="module")
def spoilt_desk(typed_desk: Path) -> Path:
    """The same, with raw payloads written past the commands."""
    file = typed_desk.with_name("spoilt.db")
    shutil.copyfile(typed_desk, file)
    spoil(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="module", params=["typed_desk", "spoilt_desk"])
def shown(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shown]:
    """What a console wrote while every screen was opened over hostile text."""
    file: Path = request.getfixturevalue(request.param)
    home = str(tmp_path_factory.mktemp("home"))
    size = (80, 24) if request.param == "typed_desk" else (160, 50)
    command = [sys.executable, "-m", "console.cli", "console", "--db", f"sqlite:///{file}"]
    env = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "LC_ALL": "C.UTF-8"}
    with Desk(command, size=size, env=env) as desk:
        desk.sees(mark("title", 0), timeout=20)
        desk.until(lambda: all(_stands_in_line(desk)))  # once every row is painted
        aligned = tuple(_stands_in_line(desk))
        _walk_orders(desk)
        _walk_prompts(desk)
        desk.press("qq")
        ended = desk.exit_code()
        yield Shown(bytes(desk.raw), aligned, ended)


def _stands_in_line(desk: Desk) -> Iterator[bool]:
    """Of each row of the board, whether its technician begins where the heading does."""
    desk.sees(f"{MARKS['technician']}{10:02d}")
    heading = next(y for y in range(desk.screen.lines) if " technician" in desk.line(y))
    x = desk.line(heading).index("technician")  # the heading is ASCII, one cell a letter
    for y in range(heading + 1, heading + 1 + min(len(PAYLOADS), 12)):
        row = desk.screen.buffer[y]
        yield row[x].data + row[x + 1].data == MARKS["technician"]


def _walk_orders(desk: Desk) -> None:
    """The details and the ledger of every order."""
    for k in range(len(PAYLOADS)):
        desk.press("v")
        desk.until(lambda: "left for " not in desk.text())
        fields = _CARD if k != LONG else _CARD[:1]  # the long title fills the screen
        wanted = {mark(field, k) for field in fields}
        desk.until(lambda w=wanted: all(text in desk.text() for text in w))  # type: ignore[misc]
        desk.press("G")
        if k != LONG:
            desk.sees("created")
        if k % 2:  # what stands in a ledger is drawn as in the details
            desk.press("e")
            desk.sees("Why this deadline")
            desk.sees(mark("title", k))
            desk.press(ESCAPE)
            desk.until(lambda: "Why this deadline" not in desk.text())
        desk.press(ESCAPE)
        desk.sees("Dispatch")
        desk.sees("left for ")
        desk.press("j")


def _walk_prompts(desk: Desk) -> None:
    """Every question, its choices and its refusals; help, queues, the other language."""
    for key, asked, then in (
        ("d", "who goes", "no technician called"),
        ("w", "why", "wake me"),
        (";", "note", "noted on"),
        ("p", "priority (1", "✗ priority"),
    ):
        desk.press(key)
        desk.sees(asked)
        desk.press(f"{PASTE}nobody {TYPED}{PASTED}\r")  # begins like no technician's name
        desk.sees(then)
        if key != ";":
            desk.press(ESCAPE)
        desk.until(lambda: not any(line.startswith(" #14 ") for line in desk.screen.display))
    desk.press("n")
    desk.sees("New order")
    desk.press(f"{PASTE}{TYPED}{PASTED}\r{MARKS['site']}")
    desk.sees(f"{mark('site', 0)}")
    desk.press(ESCAPE)
    desk.until(lambda: "New order" not in desk.text())
    for keys, seen in (("?", "Esc"), (ESCAPE, "left for"), ("75", "overdue"), ("1a", "left for")):
        desk.press(keys)
        desk.sees(seen)
    desk.press("L")
    desk.sees("派单")


def test_no_sequence_but_our_own_reaches_the_terminal(shown: Shown) -> None:
    """No title sets a clipboard, makes a link or clears the screen."""
    rest = OURS.sub(b"", shown.written)
    assert set(rest) & {*range(0x20), 0x7F} <= {8, 10, 13}


def test_nothing_invisible_or_reordering_reaches_the_terminal(shown: Shown) -> None:
    """What stands there is what is meant, in the order in which it is read."""
    text = OURS.sub(b"", shown.written).decode()
    assert {character for character in text if is_unsafe(character)} <= {"\b", "\n", "\r"}
    assert not re.search("[\u0301\u0489]{4}", text)


def test_markup_is_shown_and_not_obeyed(shown: Shown) -> None:
    """The tag that would quit has not quit, the wrong one has not crashed anything."""
    shown_text = OURS.sub(b"", shown.written).decode()
    assert "[@click=app.quit]q[/][/bad]" in shown_text
    assert "met a fault" not in shown_text
    assert shown.ended == 0


def test_columns_stay_in_line(shown: Shown) -> None:
    """Whatever the width a text claims."""
    assert shown.aligned
    assert all(shown.aligned)
