"""What a served desk refuses to a client of OpenSSH, and how much of what it allows."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncssh
import pytest

from console.serve.opening import Wanted
from store.commands.operator_keys import EnrolOperator
from tests.console.pty_desk import Desk
from tests.console.ssh_desk import SshDesk, make_key, ran, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator

HASTY: Final = "tests.console.apps.hasty_desk"
PATIENCE_S: Final = 60
NOTHING: Final = ["-o", "ExitOnForwardFailure=yes", "-N"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk, served with little patience; the wall is never idle."""
    place = tmp_path_factory.mktemp("served")
    with served_in(place, "--idle", "80", program=HASTY) as desk:
        key = make_key(place / "wall")
        desk.do(EnrolOperator(code="wall", name="Wall", role="screen", key=key))
        yield desk


def _words(served: SshDesk, *flags: str, then: str = "") -> list[str]:
    """A client's line with these flags before the host, and a command behind it."""
    *words, host = (word for word in served.words(terminal=False) if word != "-T")
    return [*words, *flags, host, *([then] if then else [])]


# -- requests --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "then", "refused"),
    [
        (["-W", "127.0.0.1:22"], "", "open failed"),
        ([*NOTHING, "-R", "0:127.0.0.1:22"], "", "remote port forwarding failed"),
        ([*NOTHING, "-R", "0"], "", "remote port forwarding failed"),
        ([*NOTHING, "-R", "{home}/r.sock:127.0.0.1:22"], "", "remote port forwarding failed"),
        (["-s"], "sftp", "subsystem request failed"),
        (["-s"], "netconf", "subsystem request failed"),
        (["-Y"], "list", "X11 forwarding request failed"),
    ],
)
def test_a_request_is_refused(
    served: SshDesk, flags: list[str], then: str, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to here nor from here; and the client is told."""
    monkeypatch.setenv("DISPLAY", "127.0.0.1:9")
    told = [flag.format(home=served.home) for flag in flags]
    code, said = ran(_words(served, *told, then=then))
    assert refused in said
    assert (code == 0) == (then == "list")
    assert not (served.home / "r.sock").exists()


@pytest.mark.parametrize("to", ["127.0.0.1:22", "{home}/serve/counter.sock"])
def test_what_is_sent_through_a_local_port_goes_nowhere(served: SshDesk, to: str) -> None:
    """-L to a port and to a socket of the server, where its store is asked."""
    door = served.home / f"l{len(to)}.sock"
    forward = f"{door}:{to.format(home=served.home)}"
    with _client(_words(served, "-N", "-L", forward)) as client:
        served.until(door.exists)
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(door))
            assert _hears_the_end(line) == b""
    assert "open failed" in client.stdout_text  # type: ignore[attr-defined]


def test_there_is_no_proxy(served: SshDesk) -> None:
    """-D."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _client(_words(served, "-N", "-D", f"127.0.0.1:{port}")):
        served.until(lambda: _listens(port))
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"\x05\x01\x00")
            assert line.recv(2) == b"\x05\x00"  # the client itself says yes to that
            line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x16")
            assert _hears_the_end(line)[:2] != b"\x05\x00"


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def _hears_the_end(line: socket.socket) -> bytes:
    line.settimeout(PATIENCE_S)
    heard = b""
    with suppress(ConnectionResetError):
        while data := line.recv(1000):
            heard += data
    return heard


@contextmanager
def _client(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as client:
        try:
            yield client
        finally:
            client.terminate()
            said, _none = client.communicate(timeout=PATIENCE_S)
            client.stdout_text = said  # type: ignore[attr-defined]


def test_no_network_card_is_made(served: SshDesk) -> None:
    """-w: asked for by another client, since that of OpenSSH makes one at its own end first."""

    async def asked() -> None:
        async with asyncssh.connect(
            "127.0.0.1",
            served.port,
            username="ana",
            client_keys=[str(served.home / "ana")],
            known_hosts=None,
            config=None,
        ) as line:
            for ask in (line.create_tun, line.create_tap):
                with pytest.raises(asyncssh.ChannelOpenError):
                    await ask(asyncssh.SSHTunTapSession)

    asyncio.run(asked())


def test_no_agent_is_taken_along(served: SshDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """-A: nothing listens at the server that had not listened before."""
    agent = str(served.home / "agent.sock")
    running = subprocess.Popen(["ssh-agent", "-D", "-a", agent], stdout=subprocess.DEVNULL)
    try:
        served.until(lambda: os.path.exists(agent))
        monkeypatch.setenv("SSH_AUTH_SOCK", agent)
        before = _listening_sockets(agent)
        words = served.words()
        words[1:1] = ["-A"]
        with Desk(words, size=(110, 30), env={"HOME": str(served.home)}) as ana:
            ana.sees("Lift stuck")
            assert _listening_sockets(agent) - before == set()
    finally:
        running.terminate()
        running.wait()


def _listening_sockets(but: str) -> set[str]:
    """Paths of sockets that agents are asked at; other tests have sockets of other names."""
    told = (line.split()[-1] for line in Path("/proc/net/unix").read_text().splitlines())
    return {path for path in told if "agent" in path and path != but}


def test_of_the_environment_only_language_and_colour_are_kept() -> None:
    """Whatever a client sends costs no memory."""
    kept = Wanted()
    for name, value in (
        (b"LANG", b"zh_CN.UTF-8"),
        (b"COLORTERM", b"truecolor"),
        (b"LC_ALL", b"$(id)"),
        (b"PYTHONSTARTUP", b"/tmp/x"),
        (b"LANG", b"x" * 100_000),
        (b"\xff", b"\xff"),
        *((b"A%d" % number, b"x") for number in range(1000)),
    ):
        kept[name] = value
    assert kept == {b"LANG": b"zh_CN.UTF-8", b"COLORTERM": b"truecolor"}


def test_only_strong_algorithms_are_spoken(served: SshDesk) -> None:
    """What was broken years ago is not offered."""
    for flag in (
        "KexAlgorithms=diffie-hellman-group14-sha1",
        "Ciphers=aes128-cbc",
        "MACs=hmac-sha1",
        "HostKeyAlgorithms=ssh-rsa",
    ):
        cipher = [] if "MACs" not in flag else ["-o", "Ciphers=aes128-ctr"]
        code, said = ran(_words(served, "-o", flag, *cipher, then="list"))
        assert code == 255
        assert "no matching" in said


def test_a_name_to_log_in_with_reaches_no_terminal(served: SshDesk) -> None:
    """Nor any file: who somebody is, his key says."""
    name = "a\x1b]0;own\x07\x1b[2Jb"
    code, said = served.run("list", name=name)
    assert (code, "Lift stuck" in said) in {(0, True), (255, False)}, said  # newer clients refuse
    kept = (path for path in served.home.rglob("*") if path.is_file())
    assert not [path for path in kept if b"\x1b]0;own" in path.read_bytes()]
    assert b"\x1b" not in served.said


# -- limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        b"SSH-2.0-x\r\n\xff\xff\xff\xff" + b"\x00" * 40,
        b"SSH-2.0-x\r\n\x00\x10\x00\x00" + b"\x00" * 40,
        b"SSH-2.0-x\r\n\x00\x00\x00\x00" + b"\x00" * 40,
        b"SSH-2.0-" + b"x" * 300_000,
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00" * 100_000,
        b"SSH-1.5-old\r\n",
        b"",
    ],
)
def test_who_says_no_ssh_is_hung_up_on(served: SshDesk, sent: bytes) -> None:
    """Packets of any length, lines without an end, silence: at last the time to log in is over."""
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.settimeout(PATIENCE_S)
        with suppress(OSError):
            line.sendall(sent)
        assert b"SSH-2.0-paidan" in _hears_the_end(line)
    assert served.process.poll() is None


def test_idle_strangers_lock_nobody_out(served: SshDesk) -> None:
    """Many connect and say nothing: the oldest are hung up on, and an operator comes in."""
    idle = [_from(served, "127.0.0.252") for _ in range(13)]
    idle += [_from(served, "127.0.0.253") for _ in range(13)]
    try:
        assert served.run("list")[0] == 0
        _hears_the_end(idle[0])
    finally:
        for one in idle:
            one.close()


def test_who_comes_too_often_is_not_listened_to(served: SshDesk) -> None:
    """By the address; from another one somebody comes in meanwhile."""
    with ExitStack() as stack:
        heard = []
        for _ in range(60):
            line = stack.enter_context(_from(served, "127.0.0.254"))
            heard.append(line)
        assert _hears_the_end(heard[-1]) == b""
        assert served.run("list")[0] == 0


def _from(served: SshDesk, address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), source_address=(address, 0))


def test_six_wrong_keys_are_enough(served: SshDesk) -> None:
    """The seventh is not looked at, be it the right one."""
    wrong: list[str] = []
    for number in range(6):
        make_key(served.home / f"wrong{number}")
        wrong += ["-i", str(served.home / f"wrong{number}")]
    code, said = served.run_with(wrong)
    assert code == 255
    assert "too many tries" in said
    assert served.run_with(wrong[:10], "list")[0] == 0


def test_who_has_nothing_to_say_for_long_is_sent_away(served: SshDesk) -> None:
    """An idle session, a claimant who says no code, a client that is stopped; not the wall."""
    with (
        served.connect(key="wall") as wall,
        served.connect(key="wall") as stopped,
        served.connect(key="wrong0", name="claim") as claimant,
        served.connect() as ana,
    ):
        for desk in (wall, stopped, ana):
            desk.sees("Lift stuck")
        claimant.sees("one-time code:")
        code, said = served.run("list")
        assert (code, "too many sessions are open" in said) == (1, True)
        stopped.process.send_signal(signal.SIGSTOP)
        ana.until(lambda: b"Nothing was typed for a long time" in ana.raw)
        assert b"\x1b[?1049l" in ana.raw
        ana.exit_code()
        assert claimant.exit_code() != 0
        served.hears(re.compile(rb"Wall has left|wall has left"))
        assert wall.process.poll() is None
