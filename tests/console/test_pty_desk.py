"""What the tests' own terminal hands over is what was written, in whole sequences."""

from __future__ import annotations

import sys

from tests.console.harmless import harm
from tests.console.pty_desk import Desk

_BY_HALVES = """
import os, tty
tty.setraw(0)
os.write(1, b"ready\\x1b[1;38;2;255;")
os.read(0, 1)
os.write(1, {rest!r})
os.read(0, 1)
"""


def test_half_a_sequence_waits_for_its_rest() -> None:
    """Its escape alone would look like one that a stranger brought to the terminal."""
    with Desk([sys.executable, "-c", _BY_HALVES.format(rest=b"128;0mwarm")]) as desk:
        desk.sees("ready")
        desk.press("x")
        taken = desk.take()
        assert taken.startswith(b"ready\x1b[1;38;2;255;128;0m")
        assert harm(taken) == set()


def test_an_escape_that_is_no_sequence_is_not_kept_back() -> None:
    """Or the tests of hostile text would be blind to it."""
    with Desk([sys.executable, "-c", _BY_HALVES.format(rest=b"128;0m!\x1b")]) as desk:
        desk.sees("ready")
        desk.press("xx")
        assert desk.exit_code() == 0
        assert harm(desk.take()) == {"\x1b"}
