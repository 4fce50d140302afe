"""A drill at a real terminal: begun, played, left, scored; marked as one wherever one looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from pathlib import Path

PLAY = (PYTHON, "-m", "console.cli", "drill", "play")
WITHIN_S = 40.0


def _surroundings(folder: Path) -> dict[str, str | None]:
    places = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR")
    return {**dict.fromkeys(places, str(folder)), "PAIDAN_DB": None, "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize(
    ("language", "mark", "assigned", "said"),
    [
        ("en", "DRILL ", "A assigned", "your decisions: 1."),
        ("zh_CN", "演练 ", "A 已派", "您的决定 1 个。"),
    ],
)
def test_somebody_is_sent_and_the_score_is_told(
    language: str, mark: str, assigned: str, said: str, tmp_path: Path
) -> None:
    """With what was done; and nothing of it stays on the machine."""
    words = (*PLAY, "--minutes", "5", "--lang", language)
    with Desk(words, size=(110, 34), env=_surroundings(tmp_path)) as desk:
        desk.sees("12", WITHIN_S)
        desk.until(lambda: mark in desk.line(0), WITHIN_S)  # what it is, before one plays it
        desk.press("\x1b")
        desk.until(lambda: "SQLite" in desk.line(0) and mark in desk.line(0), WITHIN_S)
        desk.sees("N ", WITHIN_S)
        for key in (
            "?",
            "M",
            "\x10",
        ):  # help, figures, the palette: screens without the desk's line
            desk.press(key)
            desk.until(lambda: "SQLite" not in desk.line(0) and mark in desk.line(0), WITHIN_S)
            desk.press("\x1b")
            desk.until(lambda: "SQLite" in desk.line(0), WITHIN_S)
        desk.press("n")
        desk.sees(f"{mark}· ", WITHIN_S)
        desk.press("\x1b")
        desk.until(lambda: "SQLite" in desk.line(0), WITHIN_S)
        desk.press("2d")
        desk.settle(0.5)
        desk.press("\r")
        desk.settle(0.5)
        desk.press("1")
        desk.sees(assigned, WITHIN_S)
        desk.take()
        desk.press("q")
        assert desk.exit_code(WITHIN_S) == 0
        told = desk.take().decode(errors="replace")
    assert said in told.replace("\\", "")
    assert re.search(r"\d+:\d\d +#\d+ [^\r\n]* → ", told)
    assert [path.name for path in tmp_path.rglob("*") if "drill" in path.name] == []
    assert [path for path in tmp_path.rglob("*.json") if path.is_file()] == []


def test_it_ends_by_itself_and_says_so(tmp_path: Path) -> None:
    """The console closes when the time is up, and the report goes where it was told to."""
    out = tmp_path / "played.md"
    words = (*PLAY, "--minutes", "0.2", "--out", str(out))
    with Desk(words, size=(110, 34), env=_surroundings(tmp_path)) as desk:
        assert desk.exit_code(WITHIN_S * 2) == 0
        desk.settle()
        told = bytes(desk.raw).decode(errors="replace")
    assert "Time is up: the drill is over." in told
    assert "What happened, and what you did" in out.read_text("utf-8")
