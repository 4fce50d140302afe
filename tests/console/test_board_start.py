"""How the console opens and closes, on a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.console.pty_desk import PYTHON, ROOT, Desk
from tests.journeys.stories import small_desk

if TYPE_CHECKING:
    from pathlib import Path

_HEAVY = (
    *("sqlalchemy", "apscheduler", "alembic", "store.commands", "store.persistence", "argparse"),
    *("textual.command", "textual.widgets._input", "console.errand", "console.choices"),
    *("store.domain.order", "store.domain.reckon", "store.queries.finding", "console.render_card"),
)
_RARE = (
    *("persistence.handover_gather", "persistence.handover_since", "persistence.handover_risks"),
    *("queries.handover", "queries.answers.handover"),
)
_AT_REST = f"""
import sys
from datetime import UTC, datetime
import console.screens.board
from store.domain.who import THE_DESK
from store.queries.holder import DeskHolder
from store.records import open_records
records = open_records(sys.argv[1], feed=False)
records.get_ready()
print(records.ask(DeskHolder(), who=THE_DESK, at=datetime(2026, 3, 2, 8, tzinfo=UTC)).holder)
rare = [f"store.{{one}}" for one in {_RARE}] + ["console.render_replan"]
print([one for one in rare if one in sys.modules])
"""
_PAIDAN = [PYTHON, "-m", "console.cli"]


def test_the_first_frame_waits_for_nothing_heavy() -> None:
    """The board is painted before the store's libraries and the operator's hands are brought in."""
    script = f"import sys, console.desk; print([m for m in {_HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_board_at_rest_keeps_nothing_of_a_hand_over_or_a_repair(sqlite_url: str) -> None:
    """Whose desk it is is asked by every console; what fills a hand-over would stay in memory."""
    small_desk(sqlite_url).close()
    command = [sys.executable, "-c", _AT_REST, sqlite_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["None", "[]"], done.stderr


def test_without_a_terminal_the_console_says_so() -> None:
    """A pipe or a cron job gets a sentence and the exit code of wrong usage."""
    environ = os.environ | {"PAIDAN_DB": "sqlite:///:nowhere:", "PAIDAN_LANG": "en"}
    done = subprocess.run(
        _PAIDAN, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "the console needs a terminal" in done.stderr


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_draws_nothing_is_named_with_what_to_write(term: str) -> None:
    """There is a terminal: who is told that there is none looks in the wrong place."""
    environ = {"TERM": term, "PAIDAN_DB": "sqlite:///:nowhere:", "PAIDAN_LANG": "en"}
    with Desk(_PAIDAN, size=(120, 24), env=environ) as desk:
        desk.sees(f"TERM is “{term}”, which draws no screen", timeout=30)
        desk.sees("TERM=xterm-256color")
        assert desk.exit_code(timeout=20) == 2


def test_a_store_that_was_never_reached_is_named_with_its_reason(tmp_path: Path) -> None:
    """Where it was sought, without the password, and why; scripts hear it from the exit code."""
    environ = {
        "PAIDAN_DB": "postgresql://desk:secret@127.0.0.1:1/paidan",
        "PAIDAN_LANG": "en",
        "PAIDAN_CONFIG": None,
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    with Desk(_PAIDAN, size=(80, 24), env=environ) as desk:
        desk.sees("store unreachable", timeout=30)
        desk.sees("the store cannot be reached: ", timeout=30)
        desk.sees("postgresql://desk:***@127.0.0.1:1/paidan")
        assert "secret" not in desk.text()
        desk.press("n")
        desk.sees("the store has not been reached yet")
        desk.press("q")
        assert desk.exit_code(timeout=20) == 3
    assert b"paidan: the store cannot be reached" in desk.raw


@pytest.mark.slow
def test_a_whole_visit_on_a_real_terminal(sqlite_url: str, tmp_path: Path) -> None:
    """Open, dispatch, change the language, leave: in the bytes that a terminal gets."""
    small_desk(sqlite_url).close()
    environ = {
        "PAIDAN_DB": sqlite_url,
        "PAIDAN_LANG": "en",
        "PAIDAN_CONFIG": None,
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    with Desk(_PAIDAN, size=(100, 30), env=environ) as desk:
        desk.sees("SQLite ok", timeout=30)
        desk.sees("timers ok", timeout=30)
        desk.sees("Lift stuck")
        desk.press("d")
        desk.sees("who goes")
        # An input method opens its window at the cursor, before anything is typed.
        desk.until(lambda: "who goes" in desk.line(desk.screen.cursor.y))
        desk.press("王芳\r")
        desk.sees("order 1 is assigned", timeout=20)
        desk.press("L")
        desk.sees("派单台")
        desk.press("q")
        assert desk.exit_code(timeout=20) == 0
