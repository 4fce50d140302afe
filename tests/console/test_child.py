"""A process beside the console: told, heard, ended; and one that dies is told of."""

from __future__ import annotations

import threading

import pytest

from console.child import beside
from console.cli_guard import log_path

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_one_that_dies_is_known_and_its_complaint_is_kept() -> None:
    """Where the operator is sent: nobody could say else why nothing comes any more."""
    with beside("console.no_such_thing", {}) as child:
        assert child.broken.wait(20)
    assert child.died
    assert str(log_path()) in child.said()
    assert "console.no_such_thing" in log_path().read_text("utf-8")


def test_one_that_ends_as_it_was_told_has_not_died() -> None:
    """It is heard until then; `this` of Python's own says something and reads nothing."""
    heard, beautiful = list[str](), threading.Event()

    def hear(line: str) -> None:
        heard.append(line)
        beautiful.set()

    with beside("console.demo.replayer", {"store": "sqlite:///none.db", "folder": ""}) as child:
        pass
    assert child.leaving
    with beside("this", {}, hear=hear) as child:
        assert beautiful.wait(20)
    assert "Beautiful is better" in "".join(heard)


def test_what_it_complains_of_commands_no_terminal() -> None:
    """Whoever looks at the log."""
    with beside("console.\x1b[31mred", {}) as child:
        assert child.broken.wait(20)
    assert "\x1b" not in log_path().read_text("utf-8")
