"""The host's own sshd as the door: by a line of authorized_keys, and by ForceCommand."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from store.commands.operator_keys import EnrolOperator, RevokeKey
from store.commands.orders import NewOrder
from store.commands.places import SaveSite
from store.queries.card import Trace
from tests.console.openssh_door import ACCOUNT, OpenSshDoor, openssh_before
from tests.console.ssh_desk import make_key, ran, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAYS: Final = ("command", "ForceCommand")
_PEOPLE: Final = {"ana": "ana", "bo": "bo", "north": "north", "eve": "bo"}
"""Keys, and whom their lines name; the desk does not know eve's."""


@pytest.fixture(scope="module", params=_WAYS)
def door(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenSshDoor]:
    """The small desk with an order at a site, its office, and sshd before it."""
    place = tmp_path_factory.mktemp("served")
    (place / "known_hosts").touch()
    with served_in(place) as desk:
        desk.do(SaveSite(code="N1", name="North"))
        desk.do(NewOrder(title="Boiler cold", site="N1", priority=2))
        key = make_key(place / "north")
        desk.do(EnrolOperator(code="north", name="north", role="office", sites=("N1",), key=key))
        make_key(place / "eve")
        with openssh_before(desk, request.param, _PEOPLE) as opened:
            yield opened


def test_a_console_opens_and_gives_the_terminal_back(door: OpenSshDoor) -> None:
    """It is the operator's whose key it is; the journal names him, his key and his address."""
    with door.desk.connect(key="bo", name=ACCOUNT) as bo:
        bo.sees("Lift stuck")
        assert "Bo" in bo.line(0)
        bo.resize(90, 20)
        bo.until(lambda: bo.line(19).strip() != "")
        bo.press(":note 1 seen by bo\r")
        bo.sees("noted")
        bo.press("q")
        assert bo.exit_code() == 0
        assert b"\x1b[?1049l\x1b[?25h" in bo.raw
    entry = door.desk.ask(Trace(number=1))[-1]
    assert (entry.by_name, entry.via) == ("Bo", "ssh")
    assert entry.origin is not None
    assert entry.origin.key == door.desk.fingerprint("bo")
    assert re.fullmatch(r"127\.0\.0\.\d+", entry.origin.address)


def test_a_line_along_is_carried_out_with_his_rights(door: OpenSshDoor) -> None:
    """By SSH_ORIGINAL_COMMAND, with the exit codes of `paidan do`; no shell sees it."""
    run = door.desk.run
    code, said = run("list", "--query", "boiler or lift", "--json", key="bo", name=ACCOUNT)
    assert (code, _titles(said)) == (0, ["Boiler cold", "Lift stuck"])
    code, said = run("do 'note 2 by a script'", "--json", key="bo", name=ACCOUNT)
    assert (code, json.loads(said[said.index("{") :])["ok"]) == (0, True)
    entry = door.desk.ask(Trace(number=2))[-1]
    assert entry.origin is not None
    assert (entry.by_name, entry.origin.key) == ("Bo", door.desk.fingerprint("bo"))
    for line, expected, part in (
        ("do as 99 wang", 1, "99"),
        ("do frobnicate", 2, ""),
        ("id; touch {home}/own", 2, "ssh carries out do, list, show, who, kpi, export here"),
        ("x" * 30_000, 2, "the command is too long"),
        ("\x1b]0;own\x07", 2, "ssh carries out"),
    ):
        code, said = run(line.format(home=door.desk.home), key="bo", name=ACCOUNT)
        assert (code, part in said) == (expected, True), said
        assert "\x1b" not in said
    assert not (door.desk.home / "own").exists()


def _titles(said: str) -> list[str]:
    return [one["title"] for one in json.loads(said[said.index("[") :])]


def test_a_site_office_sees_its_sites_alone(door: OpenSshDoor) -> None:
    """On the screen, and by a script."""
    with door.desk.connect(key="north", name=ACCOUNT) as north:
        north.sees("Boiler cold")
        assert "Lift stuck" not in north.text()
        north.press("q")
        assert north.exit_code() == 0
    code, said = door.desk.run("list --json", key="north", name=ACCOUNT)
    assert (code, _titles(said)) == (0, ["Boiler cold"])
    assert door.desk.run("show 1", key="north", name=ACCOUNT)[0] == 1
    assert door.desk.run("do note 1 x", key="north", name=ACCOUNT)[0] == 1


def test_of_two_sessions_one_that_is_killed_ends_alone(door: OpenSshDoor) -> None:
    """Its process goes with its client; the other one, of somebody else, goes on."""
    connect, before = door.desk.connect, door.desk.sessions()
    with connect(key="bo", name=ACCOUNT) as bo, connect(key="ana", name=ACCOUNT) as ana:
        bo.sees("Lift stuck")
        ana.sees("Lift stuck")
        assert door.desk.sessions() == before + 2
        bo.process.send_signal(signal.SIGKILL)
        door.desk.until(lambda: door.desk.sessions() == before + 1)
        assert "Ana" in ana.line(0)
        ana.press("q")
        assert ana.exit_code() == 0
    door.desk.until(lambda: door.desk.sessions() == before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"], "forwarding failed"),
        (["-W", "127.0.0.1:22"], "administratively prohibited"),
        (["-s", "sftp"], ""),  # sshd says nothing of what goes wrong behind a subsystem
        (["scp -t /tmp"], "ssh carries out do, list"),
    ],
)
def test_nothing_is_forwarded_and_no_file_goes(
    door: OpenSshDoor, words: list[str], said: str
) -> None:
    """Also where the host allows it to others."""
    own = door.desk.words(key="bo", name=ACCOUNT, terminal=False)
    where = own.pop()
    flags = [word for word in words if word not in {"sftp", "scp -t /tmp"}]
    code, told = ran([*own, *flags, where, *words[len(flags) :]])
    assert code in {2, 255}
    assert said in told


def test_neither_agent_nor_display_nor_variables_come_along(
    door: OpenSshDoor, tmp_path: Path
) -> None:
    """-A and -X are as good as left out, and no variable says by which key one came."""
    own, made = tmp_path / "proof", _agents()
    own.write_text(f"publickey {(door.desk.home / 'ana.pub').read_text()}")
    own.chmod(0o600)
    agent = str(tmp_path / "agent")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(agent)
        sent = f"SetEnv=PYTHONSTARTUP={own} SSH_USER_AUTH={own}"
        with door.desk.connect(
            key="bo",
            name=ACCOUNT,
            before=("-A", "-X", "-o", sent),
            DISPLAY=":9",
            SSH_AUTH_SOCK=agent,
        ) as bo:
            bo.sees("Lift stuck")
            assert "Bo" in bo.line(0)
            assert _agents() == made
            bo.press("q")
            assert bo.exit_code() == 0


def _agents() -> set[Path]:
    return set(Path("/tmp").glob("ssh-*/agent.*"))


def test_without_a_terminal_there_is_a_sentence(door: OpenSshDoor) -> None:
    """`ssh -T`, and a terminal that draws no screen."""
    code, said = door.desk.run(key="bo", name=ACCOUNT)
    assert (code, "the console needs a terminal; with ssh write ssh -t" in said) == (2, True)
    with door.desk.connect(key="bo", name=ACCOUNT, TERM="dumb") as bo:
        assert bo.exit_code() == 2
        bo.sees("the console needs a terminal")


@pytest.mark.parametrize("size", [(200, 60), (1, 1)])
def test_any_terminal_is_drawn_on(door: OpenSshDoor, size: tuple[int, int]) -> None:
    """A large one, one cell, a name that nobody knows: it opens, and outlives garbage."""
    with door.desk.connect(key="bo", name=ACCOUNT, size=size, TERM="no-such-terminal") as bo:
        bo.until(lambda: b"\x1b[?1049h" in bo.raw)
        os.write(bo.master, bytes(range(128, 256, 3)))
        bo.settle()
        bo.resize(110, 30)
        bo.sees("Lift stuck")
        bo.press("q")
        assert bo.exit_code() == 0


def test_a_key_that_is_revoked_ends_its_session(door: OpenSshDoor) -> None:
    """sshd still knows it; the desk does not, and says so in one sentence."""
    desk = door.desk
    key = make_key(desk.home / "short")
    desk.do(EnrolOperator(code="short", name="Short", role="dispatcher", sites=None, key=key))
    door.let_in("short", "short")
    with desk.connect(key="short", name=ACCOUNT) as short:
        short.sees("Lift stuck")
        desk.do(RevokeKey(operator="short", fingerprint=desk.fingerprint("short")))
        assert short.exit_code() == 1
        short.sees("paidan: the key by which you came in opens nothing any more")
        assert short.raw.count(b"\x1b[?1049l", short.raw.index(b"opens nothing any more")) == 0
    gone = "opens nothing any more" if door.way == "command" else "no operator here has this key"
    for line in ((), ("list",)):
        code, said = desk.run(*line, key="short", name=ACCOUNT, terminal=not line)
        assert (code, gone in said) == (1, True), said


def test_a_key_that_the_desk_does_not_know_opens_nothing(door: OpenSshDoor) -> None:
    """Whatever its line says: nobody could take it back."""
    code, said = door.desk.run("list", key="eve", name=ACCOUNT)
    assert (code, door.desk.fingerprint("eve") in said) == (1, True), said


def test_where_the_desk_is_gone_one_sentence_says_so(tmp_path: Path) -> None:
    """To whoever sits there, and to who comes."""
    with served_in(tmp_path) as desk, openssh_before(desk, "ForceCommand", {"bo": "bo"}):
        with desk.connect(key="bo", name=ACCOUNT) as bo:
            bo.sees("Lift stuck")
            assert desk.stop() == 0
            assert bo.exit_code() > 0
            bo.sees("The desk was stopped or started anew; come in again. Drafts are kept.")
            assert b"\x1b[?1049l\x1b[?25h" in bo.raw
        for line in ((), ("list",)):
            code, said = desk.run(*line, key="bo", name=ACCOUNT, terminal=not line)
            assert (code, said.count("paidan:")) == (2, 1), said
            assert "no desk is served in" in said
