"""A shift at a real terminal: words to look for, and what the store holds when it is over."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from tests.console.faulty_desk import console

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

SOON_S = 30.0
"""A busy machine's patience; a healthy one shows everything within a second."""

LANGUAGES = ("en", "zh_CN")

SHIFTS = pytest.mark.parametrize(
    ("store_url", "language"),
    [("sqlite", "zh_CN"), ("postgresql", "en")],
    indirect=["store_url"],
)
"""Both languages, both databases; a shift is too long to be gone through with each of each."""


def at_work(
    url: str,
    home: Path,
    *,
    language: str = "en",
    operator: str = "ana",
    size: tuple[int, int] = (110, 30),
) -> Desk:
    """A console that has the orders on its screen."""
    desk = console(url, home, operator=operator, size=size, env={"PAIDAN_LANG": language})
    desk.sees("Lift stuck", SOON_S)
    return desk


def back_to_board(desk: Desk) -> None:
    """Esc, and the queues stand there again: a key sent sooner would make Alt of the Esc."""
    desk.until(lambda: not _queues(desk), SOON_S)
    desk.press("\x1b")
    desk.until(lambda: _queues(desk), SOON_S)


def _queues(desk: Desk) -> bool:
    return any(word in desk.text() for word in ("1 all open", "1 全部未结"))


def leave(desk: Desk) -> None:
    """The operator goes home; the console has nothing to ask and ends well."""
    desk.press("q")
    assert desk.exit_code(SOON_S) == 0


def shown(url: str, number: int) -> dict[str, Any]:
    """Everything the store holds of an order, as a script is told."""
    told: dict[str, Any] = json.loads(_paidan("show", str(number), "--json", "--db", url))
    return told


def facts(order: dict[str, Any]) -> list[str]:
    """What happened to it, the oldest first."""
    return [entry["fact"] for entry in sorted(order["journal"], key=lambda entry: entry["seq"])]


def is_sound(url: str) -> None:
    """Nothing that the doctor can find is wrong."""
    _paidan("doctor", "--db", url)


def _paidan(*words: str) -> str:
    """What the command tells; in this process, for an interpreter takes longer than the answer."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        code = main([*words, "--lang", "en"])
    assert code == 0, told.getvalue()
    return told.getvalue()
