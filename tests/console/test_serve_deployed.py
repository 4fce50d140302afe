"""A served desk as a host keeps it: units, systemd's word, logs that tell no secret."""

from __future__ import annotations

import argparse
import configparser
import re
import select
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from console import cli_guard, cli_scheduler, cli_serve
from console.config import load
from console.serve import child
from console.serve.notifying import Notifier
from store import clock
from store.commands.operator_codes import OfferCode
from store.domain.one_time_codes import LONGEST, digest_of, new_code
from tests.console.faulty_desk import furnish
from tests.console.ssh_desk import SshDesk, make_key
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPLOY: Final = ROOT / "deploy"
_UNITS: Final = ("paidan.service", "paidan-timers.service")
_PROGRAM: Final = "/opt/paidan/bin/paidan"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[socket.socket]:
    """Where systemd would listen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify.sock"))
        line.settimeout(60)
        yield line


@pytest.mark.parametrize("name", _UNITS)
def test_a_unit_is_whole_and_lets_nothing_out(name: str, tmp_path: Path) -> None:
    """systemd's own opinion, where it is there: no complaint, and little exposure."""
    text = (_DEPLOY / name).read_text("utf-8")
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    # systemd minds capitals; this is how configparser is told to, which its types do not foresee.
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    service = unit["Service"]
    assert service["ExecStart"].startswith(f"{_PROGRAM} ")
    assert (service["User"], service["ProtectSystem"]) == ("paidan", "strict")
    assert service["NoNewPrivileges"] == "yes"
    copy = tmp_path / name
    copy.write_text(text.replace(_PROGRAM, sys.executable), "utf-8")
    if (analyze := shutil.which("systemd-analyze")) is not None:
        words = ([analyze, "verify", "--man=no"], [analyze, "security", "--offline=true"])
        verified, looked = (
            subprocess.run([*one, str(copy)], capture_output=True, text=True) for one in words
        )
        assert (verified.returncode, verified.stderr) == (0, "")
        exposure = re.search(r"exposure level for \S+: ([\d.]+)", looked.stdout)
        assert exposure is not None
        assert float(exposure[1]) <= 2.5


def test_what_the_unit_starts_is_a_line_that_paidan_takes() -> None:
    """A flag that goes would be noticed at the next reboot of somebody else's host."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    words = parser.add_subparsers()
    for command in (cli_serve, cli_scheduler):
        command.add_parser(words)
    for name in _UNITS:
        line = re.search(r"^ExecStart=\S+ (.+)$", (_DEPLOY / name).read_text("utf-8"), re.MULTILINE)
        assert line is not None
        _known, strange = parser.parse_known_args(line[1].split())
        assert strange == []


def test_the_settings_that_are_laid_out_are_taken() -> None:
    """With the store in the folder that the unit may write to."""
    settings = load(environ={"PAIDAN_CONFIG": str(_DEPLOY / "paidan.toml")})
    assert settings.store == "sqlite:////var/lib/paidan/desk.db"


def test_scripts_of_the_deployment_are_sound_shell() -> None:
    """Read by the shell that will run them."""
    for name in ("install", "paidan-admin"):
        assert subprocess.run(["sh", "-n", str(_DEPLOY / name)]).returncode == 0


def test_systemd_hears_and_no_log_holds_a_secret(tmp_path: Path, told: socket.socket) -> None:
    """Ready, alive, ending; and after a code that was wrong, one that was right and a login."""
    logs = tmp_path / "logs"
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    env = {
        "NOTIFY_SOCKET": str(tmp_path / "notify.sock"),
        "WATCHDOG_USEC": "200000",
        "LOGS_DIRECTORY": str(logs),
    }
    with SshDesk(url, tmp_path, people=("ana",), **env) as desk:
        assert told.recv(99) == b"READY=1"
        assert told.recv(99) == told.recv(99) == b"WATCHDOG=1"
        code = new_code()
        desk.do(OfferCode(operator="ana", digest=digest_of(code), until=clock.now() + LONGEST))
        make_key(tmp_path / "new")
        assert desk.run("wrong-code-1234", key="new", name="claim")[0] == 1
        assert desk.run(code, key="new", name="claim")[0] == 0
        with desk.connect(key="new") as ana:
            ana.sees("Lift stuck")
            ana.press("q")
            assert ana.exit_code() == 0
        desk.hears(re.compile(rb"has left"))
        while select.select([told], [], [], 0)[0]:  # as systemd would have all along
            told.recv(99)
        heard = b""
        desk.process.terminate()
        while heard != b"STOPPING=1":
            heard = told.recv(99)
        assert desk.process.stderr is not None
        said = (desk.said + desk.process.stderr.read()).decode()
    said += "".join(one.read_text("utf-8") for one in logs.glob("*"))
    keys = [(tmp_path / name).read_text() for name in ("new", "ana", "serve/host_key")]
    secrets = [code, "wrong-code-1234", *(line for key in keys for line in key.splitlines()[1:-1])]
    assert [one for one in secrets if one in said] == []
    assert "SHA256:" in said


@pytest.mark.usefixtures("cold")
def test_a_password_of_the_store_is_in_no_log_and_no_list_of_processes(tmp_path: Path) -> None:
    """Also where the store cannot be reached, and everything says so."""
    logs, secret = tmp_path / "logs", "Tr0ub4dor"
    url = f"postgresql://desk:{secret}@127.0.0.1:1/desk"
    metrics = ("--metrics", "127.0.0.1:0")
    with SshDesk(url, tmp_path, *metrics, people=(), LOGS_DIRECTORY=str(logs)) as desk:
        make_key(tmp_path / "ana")
        assert desk.run()[0] == 255
        pid = desk.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = [Path(f"/proc/{one}/cmdline").read_text() for one in children]
        desk.process.terminate()
        assert desk.process.stderr is not None
        said = (desk.said + desk.process.stderr.read()).decode()
    assert len(children) >= 2
    said += "".join(one.read_text("utf-8") for one in logs.glob("*")) + "".join(lines)
    assert secret not in said


def test_the_log_goes_where_systemd_says_and_turns_under_a_running_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever rotates it moves it away; the next story begins a new file. Sessions write there."""
    monkeypatch.setenv("LOGS_DIRECTORY", str(tmp_path / "logs"))
    log = Path(cli_guard.write_log("the first story"))
    assert log == tmp_path / "logs" / "paidan.log"
    log.rename(log.with_suffix(".1"))
    cli_guard.write_log("the second story")
    assert "first" not in log.read_text("utf-8")
    assert "second" in log.read_text("utf-8")
    assert child.own({"LOGS_DIRECTORY": "/var/log/paidan"}) == {"LOGS_DIRECTORY": "/var/log/paidan"}


def test_nobody_is_told_where_no_systemd_asks(tmp_path: Path) -> None:
    """Nor at an address that is none, nor when it has gone, nor for another process's sake."""
    for address in ("", "relative", str(tmp_path / "gone.sock"), "@no-such-name-here"):
        Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "x"}).stopping()
