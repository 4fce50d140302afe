"""The rooms keep their walls: who may import whom, proved two ways."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules

_ALONE = """
import os, sys, warnings
import {preload}
warnings.simplefilter("error")
forbidden = {forbidden!r}
bad = []
for name in {modules!r}:
    child = os.fork()
    if child == 0:
        try:
            __import__(name)
            seen = [room for room in forbidden if room in sys.modules]
            print(f"{{name}} brings {{', '.join(seen)}}" if seen else "", end="", flush=True)
        except BaseException as error:
            print(f"{{name}}: {{error!r}}", flush=True)
            os._exit(1)
        os._exit(1 if seen else 0)
    if os.waitpid(child, 0)[1]:
        bad.append(name)
sys.exit(1 if bad else 0)
"""


def test_the_contracts_hold() -> None:
    """Each is a sentence in pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "preload", "forbidden"),
    [
        (
            "store",
            "sqlalchemy.orm, sqlalchemy.dialects.postgresql.psycopg, alembic.command",
            ("textual", "rich", "apscheduler", "console", "scheduler"),
        ),
        (
            "scheduler",
            "sqlalchemy.orm, apscheduler.schedulers.background",
            ("textual", "rich", "console"),
        ),
        ("console", "textual.app, textual.screen, textual.widgets.input, sqlalchemy.orm", ()),
    ],
)
def test_each_module_can_be_the_first(
    room: str, preload: str, forbidden: tuple[str, ...], tmp_path: Path
) -> None:
    """A circle of imports works from one end only, and a lazy import hides from the contracts."""
    script = _ALONE.format(preload=preload, forbidden=forbidden, modules=modules(room))
    environ = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
