"""One process forked for each session: each alone, and none left behind."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from console.serve import attach, opening
from console.serve.measures import LONGEST, heard_at, read
from tests.console.faulty_desk import furnish
from tests.console.pty_desk import Desk
from tests.console.served import Forked, Session, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the fork server is, and the small desk."""
    folder = tmp_path_factory.mktemp("forked")
    furnish(_url(folder)).close()
    return folder


@pytest.fixture(scope="module")
def forked(place: Path) -> Iterator[Forked]:
    """A fork server for all tests that leave it running."""
    with Forked(_url(place), place) as server:
        yield server


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'desk.db'}"


_SCRIPT = opening.Opening(operator="ana", command="list")


def _await(seen: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not seen():
        assert monotonic() < end
        select.select([], [], [], 0.02)


def test_a_session_shows_the_desk_and_says_how_it_ended(forked: Forked) -> None:
    """And no process is left when it has."""
    with Session(forked) as ana:
        ana.sees("Lift stuck")
        ana.press("q")
        ana.until(lambda: ana.ended is not None)
        assert ana.ended == (0, "")
        assert ana.exit_code() == 0
        assert forked.children() == []


def test_two_sessions_do_not_disturb_each_other(forked: Forked) -> None:
    """One is killed, one is stopped: the third goes on, and hears of what the others did."""
    with Session(forked) as ana, Session(forked, "bo") as bo, Session(forked) as third:
        for one in (ana, bo, third):
            one.sees("Lift stuck")
        os.kill(ana.pid, signal.SIGKILL)
        ana.until(lambda: ana.gone)
        assert ana.exit_code() == -signal.SIGKILL
        os.kill(bo.pid, signal.SIGSTOP)
        third.press("n")
        third.sees("New order")
        os.kill(bo.pid, signal.SIGCONT)
        bo.press("n")
        bo.sees("New order")


def test_who_is_one_too_many_is_told_so(
    place: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where no front counts: over attach; and he comes in once another one has left.

    The front hears of each, for its count of logins that were refused.
    """
    with (
        heard_at(tmp_path / "m.sock") as line,
        Forked(_url(place), tmp_path, most=2, measures=tmp_path / "m.sock") as server,
        Session(server) as ana,
        Session(server, "bo") as bo,
    ):
        ana.sees("Lift stuck")
        for told in (opening.Opening(operator="bo"), _SCRIPT):
            _turned_away(line)
            assert attach.carry_out(server.path, told, seconds=30) == 1
            assert _turned_away(line) == 1
        said = capfd.readouterr()
        assert said.out == ""
        assert said.err == "paidan: too many sessions are open; try again later\n"
        bo.sees("Lift stuck")
        bo.press("q")
        assert bo.exit_code() == 0
        with Session(server) as third:
            third.sees("Lift stuck")


def test_what_a_vanished_client_typed_is_kept(forked: Forked) -> None:
    """The next session of the operator offers it."""
    with Session(forked) as ana:
        ana.sees("Lift stuck")
        ana.press("n")
        ana.sees("New order")
        ana.press("\r\x15smoke in the lobby")
        ana.sees("smoke in the lobby")
    _await(lambda: forked.children() == [])
    with Session(forked) as again:
        again.sees("Lift stuck")
        again.press("n")
        again.sees("smoke in the lobby")


def test_a_session_that_does_not_end_is_killed(forked: Forked) -> None:
    """A hang-up that it cannot hear gives it five seconds."""
    with Session(forked) as ana:
        ana.sees("Lift stuck")
        os.kill(ana.pid, signal.SIGSTOP)
        ana.held.close()
        _await(lambda: forked.children() == [])


def test_a_session_has_nothing_of_the_server(forked: Forked) -> None:
    """Neither descriptors, nor variables, nor rights to gain, nor cores to leave."""
    with Session(forked, TEXTUAL_DRIVER="os:system", LC_ALL="$(id)", PAIDAN_DB="x") as ana:
        ana.sees("Lift stuck")
        status = Path(f"/proc/{ana.pid}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        limits = Path(f"/proc/{ana.pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)
        targets = [os.readlink(one) for one in Path(f"/proc/{ana.pid}/fd").iterdir()]
        sockets = [one for one in targets if one.startswith("socket:")]
        # The line, the loop's own pair, the news, and as many as ask at once.
        assert len(set(sockets)) <= 4 + 4, targets
        assert not [one for one in targets if "desk.db" in one], "the counter has the store open"
        ana.press("q")
        assert ana.exit_code() == 0


@pytest.mark.parametrize("message", [b"{}", b"[]", b"\xff", b"{" * 9000, b'{"operator": 1}'])
def test_what_is_no_opening_opens_nothing(forked: Forked, message: bytes) -> None:
    """And the server goes on."""
    line, theirs = socket.socketpair()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as held, line, theirs:
        held.connect(forked.path)
        socket.send_fds(held, [message], [theirs.fileno()])
        held.settimeout(30)
        assert held.recv(100) == b""
    with Session(forked) as ana:
        ana.sees("Lift stuck")


def test_a_session_says_why_nobody_can_sit_there(forked: Forked) -> None:
    """A code that is no operator's."""
    with Session(forked, "nobody") as none:
        none.until(lambda: none.ended is not None)
        assert none.ended is not None
        assert none.ended[0] == 1
        assert "nobody" in none.ended[1]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"TERM": "xterm"}, {"TERM": "xterm"}),
        ({"TERM": "../../etc/passwd"}, {}),
        ({"TERM": "x\x1b]0;t\x07"}, {}),
        ({"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "zh_CN.UTF-8"}),
        ({"LANG": "en_US.UTF-8\n"}, {}),
        ({"PYTHONSTARTUP": "/tmp/x", "LD_PRELOAD": "x", "PAIDAN_DB": "y"}, {}),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, {"NO_COLOR": "1", "COLORTERM": "truecolor"}),
    ],
)
def test_only_what_is_plain_of_a_client_is_told(told: dict[str, str], kept: dict[str, str]) -> None:
    """A variable is code in more programs than one thinks."""
    assert opening.cleaned(told) == kept


def _attached(forked: Forked, home: Path) -> Desk:
    words = [sys.executable, "-m", "console.cli", "attach", "ana", "--folder", str(home)]
    env = {name: value for name, value in environment(home).items() if name != "PATH"}
    return Desk(words, size=(110, 30), env={**env, "LC_ALL": "C.UTF-8"})


def test_a_terminal_is_handed_over_and_comes_back(forked: Forked, place: Path) -> None:
    """OpenSSH's own server starts it so; a resize and the exit code go through."""
    with _attached(forked, place) as desk:
        desk.sees("Lift stuck")
        desk.resize(90, 20)
        desk.press("n")
        desk.sees("New order")
        desk.press("\x1b")
        desk.sees("Lift stuck")
        desk.press("q")
        assert desk.exit_code() == 0
        assert desk.raw.endswith(b"\x1b[?1049l\x1b[?25h")


def test_a_session_killed_gives_the_terminal_back(forked: Forked, place: Path) -> None:
    """Whoever handed it over resets it, and says by its code that something went wrong."""
    with _attached(forked, place) as desk:
        desk.sees("Lift stuck")
        os.kill(forked.children()[0], signal.SIGKILL)
        assert desk.exit_code() == 128 + signal.SIGKILL
        assert b"\x1b[?1049l" in desk.raw


def test_a_closed_window_ends_the_session(forked: Forked, place: Path) -> None:
    """Its process and the one that handed the terminal over are both gone."""
    with _attached(forked, place) as desk:
        desk.sees("Lift stuck")
        desk.hang_up()
        _await(lambda: forked.children() == [])
        desk.process.wait(30)


def test_without_a_server_attach_says_so(tmp_path: Path) -> None:
    """In one sentence."""
    words = [sys.executable, "-m", "console.cli", "attach", "ana", "--folder", str(tmp_path)]
    with Desk(words) as desk:
        assert desk.exit_code() == 2
        desk.sees("no desk is served in ")


def test_a_server_that_dies_takes_its_sessions_along(place: Path, tmp_path: Path) -> None:
    """They are told as by a hang-up, so drafts are kept."""
    with Forked(_url(place), tmp_path) as server, Session(server) as ana:
        ana.sees("Lift stuck")
        server.process.kill()
        _is_gone(ana)


def test_a_server_told_to_end_lets_sessions_end_cleanly(forked: Forked) -> None:
    """Each gives its terminal back, and it exits with 0; the last test that it serves."""
    with Session(forked) as ana:
        ana.sees("Lift stuck")
        forked.process.terminate()
        _is_gone(ana)
        assert ana.ended is not None
        assert ana.raw.endswith(b"\x1b[?1049l\x1b[?25h")
        assert forked.process.wait(30) == 0


def _is_gone(session: Session) -> None:
    session.until(lambda: session.gone)
    _await(lambda: not Path(f"/proc/{session.pid}").exists())


def _turned_away(line: socket.socket) -> int:
    count = 0
    with suppress(BlockingIOError):
        while True:
            count += bool(read(line.recv(LONGEST)).facts.get("full"))
    return count
