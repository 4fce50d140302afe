"""The rooms keep their walls: who may import whom, proved two ways."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules

_IN_ORDER = """
import builtins, importlib, sys, warnings
import {preload}
rooms, under_way = ("console", "scheduler", "store"), []

def begun(name):
    module = sys.modules.get(name) if name.split(".")[0] in rooms else None
    return getattr(getattr(module, "__spec__", None), "_initializing", False)

def named(name, names):
    asked = [f"{{name}}.{{part}}" for part in names or ()]
    parts = [part for part in asked if part in sys.modules]
    return parts if asked and len(parts) == len(asked) else [name, *parts]

def statement(name, globals=None, locals=None, fromlist=(), level=0):
    found = plain(name, globals, locals, fromlist, level)
    by = (globals or {{}}).get("__name__", "")
    under_way.extend(f"{{by}} from {{it}}" for it in named(name, fromlist) if begun(it))
    return found

def call(name, package=None):
    under_way.extend([f"somebody calls for {{name}}"] if begun(name) else ())
    return called(name, package)

plain, builtins.__import__ = builtins.__import__, statement
called, importlib.import_module = importlib.import_module, call
warnings.simplefilter("error")
for name in {modules!r}:
    called(name)
brought = [f"{{room}} is brought" for room in {forbidden!r} if room in sys.modules]
print(*under_way, *brought, sep="\\n")
"""
"""Every module of a room in one process, and who asks for one that has only begun."""


def test_the_contracts_hold() -> None:
    """Each is a sentence in pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("order", [1, -1])
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
    room: str, preload: str, forbidden: tuple[str, ...], order: int, tmp_path: Path
) -> None:
    """A circle of imports works from one end only, and a lazy import hides from the contracts.

    Whoever goes round a circle comes to a module that has only begun, wherever he went in: where
    nobody comes to one, each can be the first. What needs another's effect without importing it
    fails in one of two opposite orders.
    """
    done = _imported(
        modules(room)[::order], preload, forbidden, {"PYTHONPATH": str(ROOT)}, tmp_path
    )
    assert (done.returncode, done.stdout.split("\n")) == (0, ["", ""]), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("from store.b import B", True),
        ("import store.b", True),
        ("from store import b", True),
        ("from importlib import import_module\nimport_module('store.b')", True),
        ("def later():\n    from store.b import B", False),
        ("from store.c import C", False),
    ],
)
def test_a_circle_is_found_from_either_end(asked: str, found: bool, tmp_path: Path) -> None:
    """Also where the one who asks can do with what is there so far."""
    (tmp_path / "store").mkdir()
    texts = {"__init__": "", "a": asked, "b": "B = 1\nimport store.a", "c": "C = 1"}
    for name, text in texts.items():
        (tmp_path / "store" / f"{name}.py").write_text(text)
    for names in (["store.a", "store.b"], ["store.b", "store.a"]):
        done = _imported(names, "sys", (), {"PYTHONPATH": str(tmp_path)}, tmp_path)
        assert ((done.returncode, done.stdout.strip()) != (0, "")) is found, done.stdout


def _imported(
    names: list[str], preload: str, forbidden: tuple[str, ...], environ: dict[str, str], home: Path
) -> subprocess.CompletedProcess[str]:
    script = _IN_ORDER.format(preload=preload, forbidden=forbidden, modules=names)
    surroundings = {"PATH": "", "HOME": str(home), **environ}
    return subprocess.run(
        [sys.executable, "-c", script], env=surroundings, cwd=home, capture_output=True, text=True
    )
