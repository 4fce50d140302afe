"""The host's own sshd before a served desk, by the recipe of docs/serving.md and deploy/."""

from __future__ import annotations

import getpass
import os
import select
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Literal

import pytest

from tests.console.pty_desk import PATIENCE_S
from tests.console.served import environment
from tests.console.ssh_desk import SshDesk, make_key
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Way = Literal["command", "ForceCommand"]
"""What names the operator: the line of his key, or whose key it is."""

ACCOUNT: Final = getpass.getuser()
RECIPE: Final = ROOT / "deploy" / "paidan.sshd.conf"
_PRIVILEGES: Final = Path("/run/sshd")
_SFTP: Final = "/usr/lib/openssh/sftp-server"


def sshd_program() -> str:
    """A skip without one, or a failure in CI."""
    found = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        said = "sshd is not installed (Debian: apt-get install openssh-server)"
        (pytest.fail if os.environ.get("PAIDAN_REQUIRE_SSHD") == "1" else pytest.skip)(said)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class OpenSshDoor:
    """sshd on a port of its own; the clients of the desk come by it from now on."""

    def __init__(self, desk: SshDesk, way: Way, codes: Mapping[str, str], *more: str) -> None:
        """`codes` are keys in the desk's home, each with the operator of its line."""
        program = sshd_program()
        self.desk, self.way = desk, way
        self.place = desk.home / f"sshd-{way}"
        self.place.mkdir()
        make_key(self.place / "host_key")
        self._paidan = self.place / "paidan"
        env = " ".join(f"{name}={value}" for name, value in environment(desk.home).items())
        self._paidan.write_text(f'#!/bin/sh\nexec env {env} {sys.executable} -m console.cli "$@"\n')
        self._paidan.chmod(0o755)
        self._keys = self.place / "authorized_keys"
        self._keys.touch(0o600)
        for key, code in codes.items():
            self.let_in(key, code)
        self.port = _free_port()
        config = self.place / "sshd_config"
        config.write_text(f"{self._own(more)}\n{self._recipe()}")
        if os.getuid() == 0:
            _PRIVILEGES.mkdir(mode=0o755, exist_ok=True)
        self._log = self.place / "log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen([program, "-D", "-e", "-f", str(config)], stderr=log)
        end = monotonic() + PATIENCE_S
        while "Server listening" not in self.log():
            assert self.process.poll() is None, self.log()
            assert monotonic() < end, self.log()
            select.select([], [], [], 0.02)
        desk.port = self.port

    def log(self) -> str:
        """What sshd says."""
        return self._log.read_text(errors="replace")

    def _own(self, more: tuple[str, ...]) -> str:
        """What a host's configuration has besides, and a test's."""
        lines = (
            *("ListenAddress 127.0.0.1", f"Port {self.port}", f"HostKey {self.place}/host_key"),
            *("PidFile none", "UsePAM no", "StrictModes no", "PasswordAuthentication no"),
            *("X11Forwarding yes", "AllowAgentForwarding yes", f"Subsystem sftp {_SFTP}", *more),
        )
        return "\n".join(lines)

    def _recipe(self) -> str:
        """As it is laid out, with the test's account and paths, read off by `Match User`."""
        told = RECIPE.read_text("utf-8")
        for stands, ours in (
            ("Match User paidan", f"Match User {ACCOUNT}"),
            ("/etc/paidan/authorized_keys", str(self._keys)),
            ("/opt/paidan/bin/paidan", str(self._paidan)),
            ("/var/lib/paidan/serve", str(self.desk.home / "serve")),
        ):
            assert stands in told
            told = told.replace(stands, ours)
        if self.way == "command":
            told = "".join(
                line for line in told.splitlines(keepends=True) if "ForceCommand" not in line
            )
        return told

    def let_in(self, key: str, code: str) -> None:
        """A line more."""
        with self._keys.open("a") as lines:
            lines.write(self._line(key, code))

    def _line(self, key: str, code: str) -> str:
        """A line of authorized_keys, as docs/serving.md has it."""
        public = (self.desk.home / f"{key}.pub").read_text().strip()
        if self.way == "ForceCommand":
            return f"restrict,pty {public}\n"
        words = f"exec {self._paidan} attach {code} --folder {self.desk.home / 'serve'}"
        return f'restrict,pty,command="{words}" {public}\n'

    def stop(self) -> None:
        """Nobody comes any more."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)


@contextmanager
def openssh_before(
    desk: SshDesk, way: Way, codes: Mapping[str, str], *more: str
) -> Iterator[OpenSshDoor]:
    """Such a door, until the end of the block."""
    before = desk.port
    door = OpenSshDoor(desk, way, codes, *more)
    try:
        yield door
    finally:
        door.stop()
        desk.port = before
