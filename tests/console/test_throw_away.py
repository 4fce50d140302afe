"""Folders for a while: whoever is killed with one leaves it to the next start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from console.throw_away import LOCK, thrown_away
from tests.console.pty_desk import Desk
from tests.console.test_drill_screen import PLAY, _surroundings

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "paidan-drill-"
HELD = f"""\
import sys
from console.throw_away import thrown_away
with thrown_away({PREFIX!r}) as folder:
    (folder / "drill.db").write_text("customers")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """A process that has a folder, which is told on its first line."""
    return subprocess.Popen(
        [sys.executable, "-c", HELD],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _first_line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def test_what_a_kill_leaves_goes_with_the_next_start(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the customers of the copied desk in it; as long as he lives, it is left to him."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    name = _first_line(holder)
    with thrown_away(PREFIX):
        assert name in {str(one) for one in tmp_path.iterdir()}
    holder.kill()
    holder.communicate()
    assert [str(one) for one in tmp_path.iterdir()] == [name]
    with thrown_away(PREFIX) as mine:
        assert [*tmp_path.iterdir()] == [mine]
    assert not [*tmp_path.iterdir()]


def test_who_ends_takes_it_along(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """Without anybody else to do it."""
    assert _first_line(holder).startswith(str(tmp_path / PREFIX))
    holder.communicate("")
    assert not [*tmp_path.iterdir()]


def test_what_is_not_ours_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One without a lock, a demo that was kept, and links that others have laid there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mine = tmp_path / "mine"
    for folder in (mine, tmp_path / f"{PREFIX}kept", tmp_path / f"{PREFIX}linked"):
        folder.mkdir()
        (folder / "work.db").touch()
    (mine / LOCK).touch()
    (tmp_path / f"{PREFIX}link").symlink_to(mine)
    (tmp_path / f"{PREFIX}linked" / LOCK).symlink_to(mine / LOCK)
    (tmp_path / f"{PREFIX}file").touch()
    before = sorted(tmp_path.rglob("*"))
    with thrown_away(PREFIX):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_a_drill_that_is_killed_as_it_begins_leaves_nothing_for_long(tmp_path: Path) -> None:
    """The real command, killed before anybody stands by to clear up; then another one."""

    def left() -> list[str]:
        return [one.name for one in tmp_path.iterdir() if one.name.startswith(PREFIX)]

    def start() -> Desk:
        return Desk((*PLAY, "--minutes", "1"), size=(100, 30), env=_surroundings(tmp_path))

    with start() as desk:
        desk.until(lambda: [*tmp_path.glob(f"{PREFIX}*/{LOCK}")])
        desk.process.kill()
        desk.process.wait()
    (killed,) = left()
    with start() as desk:
        desk.until(lambda: killed not in left() and left())
        desk.sees("DRILL")
