"""An Esc is never lost, nor the key that follows it: not in a burst, and not on a slow link."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions import ACTIONS
from console.pasting import WholePastes
from tests.console.faulty_desk import console, furnish
from tests.console.pty_desk import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.message import Message

ARROW, PAGE = "\x1b[B", "\x1b[6~"


def keys(messages: Iterable[Message]) -> list[str]:
    """By their names."""
    return [str(getattr(message, "key", "")) for message in messages]


def read(*parts: str) -> list[str]:
    """What a terminal's bytes come to, read part by part, and waited for at the end."""
    parser = WholePastes()
    found = [key for part in parts for key in keys(parser.feed(part))]
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0
    return [*found, *keys(parser.tick())]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("\x1bn", ["escape", "n"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b中", ["escape", "中"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1bnn\x1bn", ["escape", "n", "n", "escape", "n"]),
        (f"\x1b{ARROW}", ["escape", "down"]),
        (f"{ARROW}\x1bn{PAGE}", ["down", "escape", "n", "pagedown"]),
        ("\x1b", ["escape"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
        ("\x1bO", ["escape", "O"]),
        ("\x1bb", ["ctrl+left"]),
    ],
)
def test_a_burst_is_read_key_by_key(sent: str, meant: list[str]) -> None:
    """A terminal's own sequences stay whole."""
    assert read(sent) == meant


_CURSOR, _TILDE = "PQRS", (15, 17, 18, 19, 20, 21, 23, 24)
FUNCTIONS = {
    **{f"\x1bO{sign}": f"f{place}" for place, sign in enumerate(_CURSOR, 1)},
    **{f"\x1b[{code}~": f"f{place}" for place, code in enumerate(_TILDE, 5)},
    **{f"\x1b[1;2{sign}": f"f{place}" for place, sign in enumerate(_CURSOR, 13)},
    **{f"\x1b[{code};2~": f"f{place}" for place, code in enumerate(_TILDE, 17)},
}
"""What xterm sends for them, and with Shift.

https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "PC-Style Function Keys".
"""


@pytest.mark.parametrize(("sent", "meant"), [*FUNCTIONS.items(), ("\x1b[13;2~", "f15")])
def test_every_function_key_arrives(sent: str, meant: str) -> None:
    """With Shift too, of which the third is also how a terminal says where its caret stands."""
    assert read(f"n{sent}n") == ["n", meant, "n"]
    assert read(*f"n{sent}n") == ["n", meant, "n"]


def test_no_key_of_the_console_is_unknown_to_a_terminal() -> None:
    """Every function key that does anything is one that was tried above."""
    bound = {
        key for action in ACTIONS.values() for key in action.keys if re.fullmatch(r"f\d+", key)
    }
    assert {"f1", "f15"} <= bound <= set(FUNCTIONS.values())


@pytest.mark.parametrize("sign", ["n", "b", "P", "]", "中", "1"])
def test_a_key_that_comes_after_an_escape_is_its_own(sign: str) -> None:
    """It was read later, so nobody held Alt."""
    assert read("\x1b", sign) == ["escape", *read(sign)]


@given(st.lists(st.sampled_from([ARROW, PAGE, "n", "中", "\r", "é"]), max_size=8), st.data())
def test_keys_are_the_same_wherever_the_line_was_cut(sent: list[str], data: st.DataObject) -> None:
    """A slow link tears arrows apart."""
    text = "".join(sent)
    cut = data.draw(st.integers(0, len(text)))
    assert read(text[:cut], text[cut:]) == [key for one in sent for key in read(one)]


def test_fast_hands_leave_a_form_and_go_on(tmp_path: Path) -> None:
    """Esc and the next key in one stroke, through a terminal."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    with console(url, tmp_path) as desk:
        desk.sees("Lift stuck")
        desk.press("n")
        desk.sees("New order")
        desk.press("\x1bA")
        desk.sees("Enter order")


@pytest.mark.parametrize(("own", "waits"), [({}, 0.4), ({"ESCDELAY": "77"}, 0.077)])
def test_a_served_desk_gives_a_key_time_to_come(own: dict[str, str], waits: float) -> None:
    """Its terminals are far away, though it has no SSH line of its own by which to tell."""
    lines = (
        "import os, console.serve.forks",
        "from console import terminal_env",
        "terminal_env.far(os.environ)",  # too late, had anything imported Textual by now
        "from textual.constants import ESCAPE_DELAY",
        "print(ESCAPE_DELAY)",
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **own}
    said = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], env=environ, stdout=subprocess.PIPE, check=True
    )
    assert float(said.stdout) == waits
