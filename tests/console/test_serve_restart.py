"""A served desk that is started anew: whoever was in is told, whoever comes meanwhile waits."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from console.serve.restart import listener_at
from store.commands.orders import NewOrder
from tests.console.pty_desk import ROOT
from tests.console.served import environment
from tests.console.ssh_desk import SshDesk, served_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_START_S: Final = 90.0
"""A server begins in two seconds on a machine that has nothing else to do."""


def test_a_restart_keeps_the_port_the_place_and_the_drafts(tmp_path: Path) -> None:
    """By SIGHUP and by the command; nobody who comes in between is refused."""
    with served_in(tmp_path) as served, served.connect() as ana:
        ana.sees("Lift stuck")
        ana.press("2")
        ana.until(lambda: "Pump leaks" not in ana.text())
        ana.press("n")
        ana.sees("New order")
        ana.press("\r\x15smoke in the lobby")
        ana.sees("smoke in the lobby")
        before = served.process.pid
        tape = _recorded_long_ago(served)
        _restart(served)
        ana.until(lambda: b"The desk is being started anew; come in again." in ana.raw)
        ana.exit_code()
        with served.connect() as again:
            again.sees("Lift stuck", _START_S)
            assert "Pump leaks" not in again.text()
            again.press("n")
            again.sees("smoke in the lobby")
            assert served.process.poll() is None
            served.do(NewOrder(title="Gate jammed", priority=1))
            again.press("\x1b")
            again.sees("Gate jammed")
            os.kill(before, signal.SIGHUP)
            again.until(lambda: b"The desk is being started anew" in again.raw)
        assert not tape.exists()  # its days are over, though nobody is recorded any more
        assert served.run("id")[0] == 2  # answered by the new one
        assert served.stop() == 0


def test_the_version_before_hands_its_port_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It knew of one way in only."""
    with socket.create_server(("127.0.0.1", 0)) as first:
        monkeypatch.setenv("PAIDAN_SERVE_LISTENER", str(os.dup(first.fileno())))
        host, port = first.getsockname()
        with listener_at("browser", host, 0) as other, listener_at("ssh", host, port) as same:
            assert other.getsockname()[1] != port
            assert same.getsockname()[1] == port
        assert "PAIDAN_SERVE_LISTENER" not in os.environ


def _recorded_long_ago(served: SshDesk) -> Path:
    folder = served.home / "serve" / "recordings"
    folder.mkdir()
    tape = folder / "20200101T000000Z-ana-1.cast"
    tape.touch()
    os.utime(tape, (0, 0))
    return tape


def _restart(served: SshDesk) -> None:
    words = ["serve", "--restart", "--folder", str(served.home / "serve")]
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", *words],
        cwd=ROOT,
        env=environment(served.home),
        capture_output=True,
        timeout=60,
    )
    assert f"(process {served.process.pid})" in done.stderr.decode()
