"""Who is in at a served desk, as its administrator sees and does it; with the OpenSSH client."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from store.commands.operators import AppointOperator
from store.queries.doctor import ExamineDesk
from tests.console.pty_desk import ROOT
from tests.console.served import environment
from tests.console.ssh_desk import SshDesk, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk: ana administers it, bo is a dispatcher."""
    with served_in(tmp_path_factory.mktemp("served")) as desk:
        desk.do(AppointOperator(operator="ana", role="administrator"))
        desk.do(AppointOperator(operator="bo", role="dispatcher"))
        yield desk


def paidan(served: SshDesk, *words: str) -> tuple[int, str]:
    """A command on the host."""
    line = ["sessions", *words, "--folder", str(served.home / "serve"), "--db", served.store]
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", *line],
        cwd=ROOT,
        env={**environment(served.home), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=60,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def sessions(served: SshDesk, *words: str) -> dict[str, dict[str, Any]]:
    """Who is in, by his code."""
    code, said = paidan(served, "--json", *words)
    assert code == 0, said
    return {one["operator"]: one for one in json.loads(said)}


def test_an_administrator_sees_ends_and_tells_and_nobody_else_does(served: SshDesk) -> None:
    """On a screen; whoever was ended is told why, and the journal keeps who did it."""
    with served.connect(size=(140, 30)) as ana, ExitStack() as later:
        ana.sees("Lift stuck")
        ana.press("\x1b[18~")
        ana.sees("1 session ")
        bo = later.enter_context(served.connect(key="bo"))
        bo.sees("Lift stuck")
        bo.press("\x1b[18~")
        bo.sees("a dispatcher may not administer operators")
        bo.press("\x1b")
        bo.sees("Lift stuck")
        ana.sees("2 sessions")
        ana.sees("127.0.0.")
        ana.sees("xterm")
        ana.sees(served.fingerprint("ana"))
        ana.press("n")
        ana.sees("notice to every console")
        ana.press("lunch at noon\r")
        bo.sees("Ana to all: lunch at noon")
        ana.sees("Ana to all: lunch at noon")
        bo.press("\x1b")
        bo.until(lambda: "lunch at noon" not in bo.text())
        ana.press("j")
        ana.sees(served.fingerprint("bo"))
        ana.press("x")
        ana.sees("end this session?")
        ana.press("\r")
        bo.until(lambda: b"An administrator has ended this session" in bo.raw)
        assert bo.exit_code() == 1
        ana.sees("1 session ")
    assert list(served.ask(ExamineDesk())) == []


def test_the_host_lists_tells_and_ends_also_what_hangs(served: SshDesk) -> None:
    """`paidan sessions`; a session that answers nothing is killed. A number may be nobody's."""
    with served.connect(key="bo") as bo:
        bo.sees("Lift stuck")
        served.until(lambda: "bo" in sessions(served))
        held = sessions(served)["bo"]
        assert (held["role"], held["key"]) == ("dispatcher", served.fingerprint("bo"))
        assert re.fullmatch(r"127\.0\.0\.\d+", held["address"])
        assert paidan(served, "notice", "back \x1b[31m soon")[0] == 0
        bo.sees("to all: back")
        assert b"\x1b[31m soon" not in bo.raw
        assert paidan(served, "end", "999") == (1, "paidan: no session 999 is open here\n")
        code, said = paidan(served, "--as", "bo")
        assert (code, "may not administer operators" in said) == (1, True)
        (pid,) = served.session_pids()
        os.kill(pid, signal.SIGSTOP)
        assert paidan(served, "end", str(held["number"]))[0] == 0
        kept = b"The session ended unexpectedly; what you typed is kept."
        bo.until(lambda: kept in bo.raw)
        bo.exit_code()
