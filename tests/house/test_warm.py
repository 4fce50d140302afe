"""A start that is forked is one that begins with nothing, but for what it costs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests import warm

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every start is cold")

PROBE = [sys.executable, "-m", "tests.house.probe"]


def _told(how: str, tmp_path: Path, *, code: int = 0, **more: Any) -> dict[str, Any]:
    environ = {"HOME": str(tmp_path), "PYTHONPATH": str(warm.ROOT), "TZ": "Asia/Tokyo", "X": "派"}
    command = [*PROBE, how, "派 单"]
    done = subprocess.run(command, env=environ, capture_output=True, **more)
    assert done.returncode == code, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _both(how: str, tmp_path: Path, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    with warm.cold():
        cold = _told(how, tmp_path, **more)
    return cold, _told(how, tmp_path, **more)


@pytest.mark.parametrize("session", [True, False])
def test_it_has_what_it_was_given(tmp_path: Path, session: bool) -> None:
    """Words, surroundings, folder, zone, files, handlers of signals and its place among others."""
    cold, forked = _both("all", tmp_path, cwd=tmp_path, start_new_session=session, input=b"hey")
    assert (cold.pop("imported"), forked.pop("imported")) == (False, True), "one was not forked"
    assert forked == cold
    assert (forked["parent"], forked["input"]) == (os.getpid(), "hey")


@pytest.mark.parametrize(
    ("how", "code"),
    [("exit", 7), ("sentence", 1), ("broken", 1), ("killed", -signal.SIGTERM), ("atexit", 0)],
)
def test_it_ends_as_any_other(tmp_path: Path, how: str, code: int) -> None:
    """Its exit code, what it says at last, and what it has promised to do at its end."""
    cold, forked = _both(how, tmp_path, code=code)
    assert (cold.pop("imported"), forked.pop("imported")) == (False, True)
    assert forked == cold


def test_surroundings_that_are_read_early_are_heeded(tmp_path: Path) -> None:
    """Nobody forked could have read them."""
    for name, told in {"ESCDELAY": "77", "PYTHONUTF8": "0", "LC_ALL": "zh_CN.GB18030"}.items():
        environ = {"HOME": str(tmp_path), "PYTHONPATH": str(warm.ROOT), name: told}
        said = subprocess.run([*PROBE, "all"], env=environ, capture_output=True, input=b"")
        assert json.loads(said.stdout)["imported"] is False, name


def test_it_gets_a_file_under_the_number_it_was_told(tmp_path: Path) -> None:
    """As who hands on a socket that listens."""
    with (tmp_path / "file").open("w+") as file:
        number = file.fileno()
        subprocess.run([*PROBE, "write", str(number)], pass_fds=[number], check=True)
        file.seek(0)
        assert file.read() == "written"
