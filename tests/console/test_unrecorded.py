"""A one-time code is shown to whoever asked for it, and stands in no recording."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Final

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.frames import split
from console.gate import clean
from console.unrecorded import dotted, plain, plain_bytes, unrecorded
from store.commands.operators import AppointOperator
from tests.console.pty_desk import _QUERIES
from tests.console.pty_desk import Desk as Terminal
from tests.console.served import environment
from tests.console.ssh_desk import SshDesk, make_key, served_in

if TYPE_CHECKING:
    from pathlib import Path

_CODE: Final = re.compile(r"(?:[2-9A-Z]{4}-){4}[2-9A-Z]{4}")
_SIGNS: Final = st.characters(min_codepoint=33, max_codepoint=126)


@given(st.text(_SIGNS), st.text())
def test_what_is_not_recorded_is_shown_whole(secret: str, around: str) -> None:
    """As wide in every spelling, and its recording is the same for all that are as long."""
    spelled = unrecorded(secret)
    assert plain(spelled) == secret
    assert plain_bytes(f"{around}{spelled}{around}".encode("utf-8", "replace")) == plain(
        f"{around}{secret}{around}"
    ).encode("utf-8", "replace")
    assert dotted(spelled) == "•" * len(secret)
    assert [clean(spelled), "".join(split(spelled))] == [spelled, spelled]
    assert cell_len(spelled) == cell_len(dotted(spelled)) == len(secret)


def _shown_code(terminal: Terminal) -> str:
    """Ask for one on the screen, as an administrator does."""
    terminal.sees("Lift stuck")
    terminal.press("\x1b|")
    terminal.sees("bo")
    terminal.press("c")
    terminal.sees("show a one-time code")
    terminal.press("\r")
    terminal.until(lambda: _CODE.search(terminal.text()))
    found = _CODE.search(terminal.text())
    assert found is not None
    terminal.resize(100, 28)
    terminal.until(lambda: found[0] in terminal.text())
    terminal.press("\x1b")
    terminal.sees("Lift stuck")
    terminal.press("q")
    assert terminal.exit_code() == 0
    return found[0]


@pytest.mark.parametrize("way", ["front", "attach"])
def test_a_code_is_dots_on_the_tape(tmp_path: Path, way: str) -> None:
    """Whoever plays it sees that one was shown; whoever was there comes in by it."""
    with served_in(tmp_path, "--record", "administrator") as served:
        served.do(AppointOperator(operator="ana", role="administrator"))
        with _came(served, tmp_path, way) as ana:
            code = _shown_code(ana)
        (file,) = (tmp_path / "serve" / "recordings").iterdir()
        served.until(lambda: "••••" in _played(file))
        told = file.read_text() + _played(file)
        assert not any(part in told for part in code.split("-"))
        make_key(tmp_path / "new")
        assert served.run(code, key="new", name="claim")[0] == 0


def _came(served: SshDesk, home: Path, way: str) -> Terminal:
    if way == "front":
        return served.connect()
    words = ["attach", "ana", "--folder", str(home / "serve")]
    env = {**environment(home), "LC_ALL": "C.UTF-8"}
    return Terminal([sys.executable, "-m", "console.cli", *words], size=(110, 30), env=env)


def _played(file: Path) -> str:
    """All that a recording ever shows, screen after screen."""
    first, *lines = file.read_text().splitlines()
    head = json.loads(first)
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.ByteStream(screen)
    seen = []
    for _at, kind, text in map(json.loads, lines):
        if kind == "r":
            columns, rows = map(int, text.split("x"))
            screen.resize(rows, columns)
        else:
            stream.feed(_QUERIES.sub(b"", text.encode()))
        seen.append("\n".join(screen.display))
    return "\n".join(seen)
