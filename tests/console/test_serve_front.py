"""The desk over SSH, as the real OpenSSH client finds it."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import stat
import struct
import termios
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from store.commands.orders import NewOrder
from store.queries.card import Trace
from store.queries.doctor import ExamineDesk
from store.queries.finding import FindOrders
from tests.console.pty_desk import Desk
from tests.console.ssh_desk import SshDesk, make_key, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 30
GIVEN_BACK = b"\x1b[?1049l\x1b[?25h"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk, served to all tests here; each leaves it running."""
    with served_in(tmp_path_factory.mktemp("served")) as desk:
        yield desk


def test_one_command_opens_the_console_and_q_gives_the_terminal_back(served: SshDesk) -> None:
    """With its rows, and the operator whose key it was."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        ana.sees("Ana")
        ana.press("q")
        assert ana.exit_code() == 0
        assert GIVEN_BACK in ana.raw


def test_a_window_pulled_to_another_size_is_painted_anew(served: SshDesk) -> None:
    """Nothing stands beyond its edge, and all lines are used."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        ana.resize(72, 16)
        ana.until(lambda: "Help" in ana.line(15))
        ana.press("n")
        ana.sees("New order")


def test_two_sessions_see_each_other_s_work_and_not_each_other_s_end(served: SshDesk) -> None:
    """One client is killed, another stopped: the third goes on."""
    with served.connect() as ana, served.connect(key="bo") as bo, served.connect() as third:
        for one in (ana, bo, third):
            one.sees("Lift stuck")
        ana.process.kill()
        bo.process.send_signal(signal.SIGSTOP)
        third.press("n")
        third.sees("New order")
        third.press("\r\x15water in the cellar")
        third.sees("water in the cellar")
        third.press("\x13")
        third.sees("New")
        bo.process.send_signal(signal.SIGCONT)
        bo.sees("water in the cellar")


def test_what_is_done_carries_address_and_key(served: SshDesk) -> None:
    """The journal says through which door, and its chain still holds."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        ana.press("n")
        ana.sees("New order")
        ana.press("\r\x15alarm bell rings\x13")
        ana.sees("alarm bell rings")
        ana.press("q")
        ana.exit_code()
    found = served.ask(FindOrders(text="alarm bell")).lines
    (made,) = served.ask(Trace(number=found[0].number))
    assert (made.via, made.by_name) == ("ssh", "Ana")
    assert made.origin is not None
    assert made.origin.key == served.fingerprint("ana")
    assert made.origin.address.startswith("127.0.0.")
    assert list(served.ask(ExamineDesk())) == []


def test_the_draft_of_a_vanished_client_is_kept(served: SshDesk) -> None:
    """The line breaks in the middle of a word."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        ana.press("n")
        ana.sees("New order")
        ana.press("\r\x15smoke in the lobby")
        ana.sees("smoke in the lobby")
        ana.process.kill()
    served.hears(re.compile(rb"ana has left"))
    with served.connect() as again:
        again.sees("Lift stuck")
        again.press("n")
        again.sees("smoke in the lobby")


def test_a_stranger_is_not_let_in(served: SshDesk) -> None:
    """Nor is anybody without a key."""
    make_key(served.home / "stranger")
    for key in ("stranger", ""):
        code, said = served.run(key=key)
        assert code == 255
        assert "Permission denied (publickey)" in said


def test_an_offered_key_lets_nobody_in_as_its_owner(served: SshDesk) -> None:
    """Mallory offers ana's public key first, whose private half she lacks, and then her own."""
    (served.home / "both").mkdir()
    offered = served.home / "both" / "ana.pub"
    offered.write_text((served.home / "ana.pub").read_text())
    with _two_keys(served, str(offered), str(served.home / "bo")) as mallory:
        mallory.sees("Lift stuck")
        mallory.sees("Bo")
        assert "Ana" not in mallory.line(0)


def _two_keys(served: SshDesk, first: str, second: str) -> Desk:
    words = served.words(key="")
    where = words.index("-tt")
    words[where:where] = ["-i", first, "-i", second]
    return Desk(words, size=(110, 30), env={"HOME": str(served.home)})


def test_what_a_client_says_before_it_is_let_in_is_acknowledged_at_once(served: SshDesk) -> None:
    """Until then it waits with what it says next; kernels put that off by 40 ms, twice a log-in."""
    assert median(_until_acknowledged(served) for _ in range(9)) < 0.03


def _until_acknowledged(served: SshDesk) -> float:
    """Seconds until the beginning of a packet is, to which nothing is answered yet."""
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"SSH-2.0-told\r\n")
        said = b""
        while b"none" not in said:  # which ends the list of what the server can do
            said += client.recv(4096)
        began = monotonic()
        client.sendall(b"\0")
        while _unacknowledged(client):
            assert monotonic() - began < PATIENCE_S
        return monotonic() - began


def _unacknowledged(client: socket.socket) -> int:
    """Bytes that the other end has not said to have."""
    told = fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4))
    return int(struct.unpack("i", told)[0])


def test_without_a_terminal_there_is_no_console(served: SshDesk) -> None:
    """`ssh -T`, and a terminal that draws no screen."""
    code, said = served.run()
    assert (code, "needs a terminal" in said) == (2, True)
    with served.connect(TERM="dumb") as dumb:
        assert dumb.exit_code() == 2
        dumb.sees("needs a terminal")


def test_no_variable_but_the_allowed_reaches_a_session(served: SshDesk) -> None:
    """A language does; what Python, Textual or we ourselves would obey does not."""
    words = ["-o", "SetEnv=LC_ALL=zh_CN.UTF-8 PAIDAN_DB=sqlite:////none/x.db TEXTUAL_DRIVER=a:b"]
    line = served.words()
    line[1:1] = words
    with Desk(line, size=(110, 30), env={"HOME": str(served.home)}) as ana:
        ana.sees("Lift stuck")
        ana.sees("派单")


def test_a_server_that_is_stopped_tells_everybody_and_is_known_again(served: SshDesk) -> None:
    """Terminals are given back, nothing is left; the key is for this account's eyes alone."""
    key = served.home / "serve" / "host_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    with served.connect() as ana:
        ana.sees("Lift stuck")
        served.process.terminate()
        ana.until(lambda: b"The desk is being stopped" in ana.raw)
        assert served.stop() == 0
        assert GIVEN_BACK in ana.raw
    assert not (served.home / "serve" / "sessions.sock").exists()
    served.again()
    assert key.read_bytes() == before
    code, said = served.run("id")
    assert (code, "IDENTIFICATION HAS CHANGED" in said) == (2, False)


def test_a_key_that_interrupts_stops_it_and_leaves_no_trace_of_python(tmp_path: Path) -> None:
    """It goes to all who share the terminal; and it says that it starts before it serves."""
    with served_in(tmp_path) as desk:
        assert desk.said.startswith(b"paidan: starting; nobody is let in yet ...\n")
        os.killpg(desk.process.pid, signal.SIGINT)
        said = desk.process.communicate(timeout=60)[1]
        assert desk.process.returncode == 0
        assert b"Traceback" not in bytes(desk.said) + said


def test_no_more_than_four_sessions_share_a_connection(served: SshDesk) -> None:
    """Whoever multiplexes."""
    control = ["-o", f"ControlPath={served.home}/c", "-o", "ControlMaster=auto"]
    desks = []
    try:
        for count in range(5):
            line = served.words()
            line[1:1] = control
            if count == 4:  # a client that is refused would make a connection of its own
                line[1:1] = ["-o", "ProxyCommand=false"]
            desk = Desk(line, size=(110, 30), env={"HOME": str(served.home)})
            desks.append(desk)
            if count < 4:
                desk.sees("Lift stuck")
        assert desks[4].exit_code() != 0
    finally:
        for desk in desks:
            desk.__exit__()


def _part(served: SshDesk, module: str, *, but: int = 0) -> int:
    """The process of this module, once it is another one than that."""
    pid = served.process.pid
    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            try:
                words = Path(f"/proc/{word}/cmdline").read_bytes().split(b"\0")
            except OSError:  # it has just ended
                continue
            if module.encode() in words and int(word) != but:
                return int(word)
    raise AssertionError(f"no {module}")


def test_a_session_outlives_the_process_that_has_the_store_open(served: SshDesk) -> None:
    """What was typed is still there, and news come as before."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        ana.press("n")
        ana.sees("New order")
        ana.press("\rsmoke in the lobby")
        ana.sees("smoke in the lobby")
        old = _part(served, "console.serve.counter")
        os.kill(old, signal.SIGKILL)
        _part(served, "console.serve.counter", but=old)
        ana.sees("smoke in the lobby")
        served.do(NewOrder(title="Gate jammed", priority=1))
        ana.press("\x1b")
        ana.sees("Gate jammed", PATIENCE_S)
        ana.press("q")
        assert ana.exit_code() == 0


def test_a_fork_server_that_dies_takes_its_sessions_and_makes_room_for_new_ones(
    served: SshDesk,
) -> None:
    """The terminal is given back, and the next log-in finds another one."""
    with served.connect() as ana:
        ana.sees("Lift stuck")
        old = _part(served, "console.serve.forks")
        os.kill(old, signal.SIGKILL)
        ana.exit_code()
        assert b"\x1b[?1049l" in ana.raw
    _part(served, "console.serve.forks", but=old)
    with served.connect() as again:
        again.sees("Lift stuck")
