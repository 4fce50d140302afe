"""Chinese from an input method: whole words, in bytes cut anywhere, into every field.

An input method puts its window where the terminal's own cursor stands, so that the cursor must
stand behind what was typed, at each moment.
"""

from __future__ import annotations

import os
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store import clock
from store.commands.follow_ups import PromiseFollowUp
from tests.console.faulty_desk import ANA, console, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.console.pty_desk import Desk

COMMITTED = "电梯按钮失灵𠮷"
"""Three bytes a character, and four for the last, which is outside the basic plane."""

LEAVE = "\x1b"
FIELDS = {
    "command": (":", 1),
    "filter": ("/", 1),
    "palette": ("\x10", 1),
    "note": (";", 1),
    "who goes": ("d", 1),
    "wait": ("w", 1),
    "word to the customer": ("u", 1),
    "outcome of a call": ("E", 1),
    "promise": ("h", 1),
    "cancel": ("X", 1),
    "view": ("V", 1),
    "caller of a new order": ("n", 1),
    "title of a new order": ("n\r", 1),
    "handover note": ("Jo;", 2),
    "plan": ("Qn", 2),
    "why on the shelf": ("S\r", 1),
}
"""What opens a field on the board, and how many times Esc leads back."""

BEGINNINGS = {"file to begin with": ("2\r", 1), "map of the file": ("2\r\r", 1)}
"""The same where the desk has no orders yet."""
PLACES = {**dict.fromkeys(FIELDS, "> N new            1"), **dict.fromkeys(BEGINNINGS, "not now")}
"""What is seen before and after."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One console for all fields: what is left in one must not show in another."""
    home: Path = tmp_path_factory.mktemp("ime")
    url, at = f"sqlite:///{home / 'desk.db'}", clock.now()
    with closing(furnish(url)) as records:  # the first order has an alarm, to be shelved
        soon = at + timedelta(seconds=1)
        records.do(PromiseFollowUp(number=1, due_at=soon), who=ANA, at=at)
        fire_due(records, at=soon)
    with console(url, home, size=(100, 30)) as opened:
        opened.sees("Lift stuck")
        opened.settle()
        yield opened


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One over an empty store."""
    home: Path = tmp_path_factory.mktemp("ime-begin")
    url = f"sqlite:///{home / 'desk.db'}"
    with console(url, home, operator=None, size=(100, 30)) as opened:
        opened.sees("no orders yet")
        opened.settle()
        yield opened


@pytest.fixture
def desk(request: pytest.FixtureRequest, field: str) -> Desk:
    """The console that has the field."""
    opened: Desk = request.getfixturevalue("board" if field in FIELDS else "beginning")
    return opened


def _commit(desk: Desk, text: str, cuts: tuple[int, ...]) -> None:
    """Send bytes in pieces, each read before the next."""
    data = text.encode()
    for start, end in zip((0, *cuts), (*cuts, len(data)), strict=True):
        os.write(desk.master, data[start:end])
        desk.settle(0.03)


def _at_the_caret(desk: Desk, text: str) -> bool:
    """Whether the terminal's cursor stands behind the text."""
    cursor = desk.screen.cursor
    row = desk.screen.buffer[cursor.y]
    shown = "".join(row[x].data for x in range(cursor.x))
    return shown.endswith(text)


@pytest.mark.parametrize("field", [*FIELDS, *BEGINNINGS])
@pytest.mark.parametrize(
    ("before", "after", "cuts"),
    [
        ("", "", (1, 2, 4, 8, 11, 19, 21)),
        ("\x1b[200~", "\x1b[201~", (2, 7, 16, 26, 30)),
    ],
    ids=["torn", "pasted"],
)
def test_a_committed_word_stands_in_the_field_with_the_cursor_behind_it(
    desk: Desk, field: str, before: str, after: str, cuts: tuple[int, ...]
) -> None:
    """Some terminals send it as keys, some as a paste; over SSH it arrives torn."""
    keys, back = {**FIELDS, **BEGINNINGS}[field]
    for key in keys:
        desk.press(key)
        desk.settle()
    _commit(desk, f"{before}{COMMITTED}{after}", cuts)
    desk.until(lambda: _at_the_caret(desk, COMMITTED))
    desk.press("\x7f" * 2)
    desk.until(lambda: _at_the_caret(desk, COMMITTED[:-2]))
    desk.press("\x1b[D")  # into the middle, where a word is put in later
    desk.until(lambda: _at_the_caret(desk, COMMITTED[:-3]))
    _commit(desk, "里", (1,))
    desk.until(lambda: _at_the_caret(desk, f"{COMMITTED[:-3]}里"))
    desk.press("\x15\x0b")  # before and behind the cursor
    desk.until(lambda: COMMITTED[:3] not in desk.line(desk.screen.cursor.y))
    for _time in range(back):
        desk.press(LEAVE)
        desk.settle(0.4)  # what follows at once would make Alt of it
    desk.sees(PLACES[field])
