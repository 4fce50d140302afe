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
from tests.console.hostile_desk import MARKS, PAYLOADS, TYPED, furnish, mark, spoil
from tests.console.pty_desk import Desk
from tests.console.test_terminal_gate import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ESCAPE, PASTE, PASTED = "\x1b", "\x1b[200~", "\x1b[201~"
LONG: Final = len(PAYLOADS) - 1
OWN_WORDS: Final = re.compile(r"in the customer's words(?s:.*?)\n +\n")
"""The one text that has lines of its own, up to the empty line behind it."""
CALENDAR: Final = re.compile(r"calendar:\s+(Ca|Kn)\d\d")
_CARD: Final = ("title", "reason", "site", "address", "customer", "phone", "asset", "technician")


@dataclass(frozen=True, slots=True)
class Shown:
    """One walk through all screens."""

    written: bytes
    """All that the terminal was sent."""
    aligned: tuple[bool, ...]
    """Whether the technicians of the board's rows stood under their heading."""
    pages: tuple[str, ...]
    """The details and ledgers as they stood there."""
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
        pages = tuple(_walk_orders(desk))
        _walk_prompts(desk)
        desk.press("qq")
        ended = desk.exit_code()
        yield Shown(bytes(desk.raw), aligned, pages, ended)


def _stands_in_line(desk: Desk) -> Iterator[bool]:
    """Of each row of the board, whether its technician begins where the heading does."""
    desk.sees(f"{MARKS['technician']}{10:02d}")
    heading = next(y for y in range(desk.screen.lines) if " left for " in desk.line(y))
    x = desk.line(heading).index(" techni") + 1  # the heading may be cut, and is ASCII till there
    for y in range(heading + 1, heading + 1 + min(len(PAYLOADS), 12)):
        row = desk.screen.buffer[y]
        yield row[x].data + row[x + 1].data == MARKS["technician"]


def _walk_orders(desk: Desk) -> Iterator[str]:
    """The details and the ledger of every order."""
    for k in range(len(PAYLOADS)):
        desk.press("v")
        desk.until(lambda: "left for " not in desk.text())
        desk.until(lambda: "Esc " in desk.line(desk.screen.lines - 1))  # painted to its end
        _sees_all(desk, _wanted(desk, k))
        yield desk.text()
        desk.press("G")
        if k != LONG:
            desk.sees("created")
        yield desk.text()
        if k % 2:  # what stands in a ledger is drawn as in the details
            desk.press("e")
            desk.sees("Why this deadline")
            desk.sees(mark("title", k))
            if k != LONG:
                desk.until(lambda: CALENDAR.search(desk.text()))
            yield desk.text()
            desk.press(ESCAPE)
            desk.until(lambda: "Why this deadline" not in desk.text())
        desk.press(ESCAPE)
        desk.sees("Dispatch")
        desk.sees("left for ")
        desk.press("j")


def _sees_all(desk: Desk, texts: set[str]) -> None:
    desk.until(lambda: all(text in desk.text() for text in texts))


def _wanted(desk: Desk, k: int) -> set[str]:
    """What the details of the k-th order show of each field, as far as it has room."""
    if k == LONG:  # the long title fills the screen
        return {mark("title", k)}
    shown = {mark(field, k) for field in _CARD}
    if desk.screen.lines <= 24 and k % 2:
        shown.remove(mark("reason", k))  # it waits no more, and does not say why it did
    if desk.screen.lines > 24:
        shown |= {mark(field, k) for field in ("description", "promise")}
        shown |= {MARKS["note"], MARKS["level"]}
    return shown


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
    desk.press(f"\r{PASTE}{TYPED}{PASTED}\r")
    desk.until(lambda: " site " in desk.line(desk.screen.cursor.y))
    desk.press(MARKS["site"])
    desk.sees(f"  {mark('site', 0)}")  # offered: what begins a line of the form
    desk.press(ESCAPE)
    desk.until(lambda: "New order" not in desk.text())
    for keys, seen in (
        ("?", "Esc back"),
        (ESCAPE, "left for"),
        ("75", "overdue"),
        ("1", "left for"),
    ):
        desk.press(keys)
        desk.sees(seen)
    desk.press("a")  # of an order whose alarm was seen it asks about another's
    desk.until(lambda: "acknowledged" in desk.text() or "Enter yes" in desk.text())
    desk.press(ESCAPE)
    desk.until(lambda: "Enter yes" not in desk.text())
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


def test_a_break_in_a_text_begins_no_line(shown: Shown) -> None:
    """Whoever may name an order could else write lines that look like the desk's own."""
    rows = [row.strip() for page in shown.pages for row in OWN_WORDS.sub("", page).split("\n")]
    assert any(re.search("Ti12a b ?c ?d e f", row) for row in rows)
    assert [row for row in rows if row.startswith(("bcd", "b c", "e f"))] == []


def test_columns_stay_in_line(shown: Shown) -> None:
    """Whatever the width a text claims."""
    assert shown.aligned
    assert all(shown.aligned)
