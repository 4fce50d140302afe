"""A served desk with the real OpenSSH client before it."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from console.serve import house
from console.serve.far import FarRecords
from store import clock
from store.commands.operator_keys import AddKey
from store.domain.operator_keys import read_key
from store.domain.who import THE_DESK
from store.records import open_records
from tests.console.faulty_desk import furnish
from tests.console.pty_desk import ROOT, Desk
from tests.console.served import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from console.who_is_in import SessionLine
    from store.domain.intents import Command, Done, Query

Answer = TypeVar("Answer")

_PORT = re.compile(rb"ssh -p (\d+) ")
_PATIENCE_S = 90.0
"""A server begins in two seconds on a machine that has nothing else to do."""


def make_key(path: Path, passphrase: str = "") -> str:
    """A key of ed25519; its public line."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(path)], check=True
    )
    return path.with_suffix(".pub").read_text().strip()


class SshDesk:
    """`paidan serve` on a port of its own; the key of each who is named lies in its home."""

    program = "console.cli"

    def __init__(
        self,
        store: str,
        home: Path,
        *flags: str,
        program: str = program,
        people: Collection[str] = ("ana", "bo"),
        **env: str,
    ) -> None:
        assert shutil.which("ssh"), "the OpenSSH client is missing"
        self.home = home
        self.said = bytearray()
        self.store, self.flags, self.program = store, flags, program
        self._clients = count(2)
        self._env = {**environment(home), "LC_ALL": "C.UTF-8", **env}
        for code in people:
            self.do(AddKey(operator=code, line=make_key(home / code)))
        self._start()

    def _start(self) -> None:
        words = ["serve", "--db", self.store, "--port", "0"]
        words += ["--folder", str(self.home / "serve"), *self.flags]
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.program, *words],
            cwd=ROOT,
            env=self._env,
            stderr=subprocess.PIPE,
            start_new_session=True,  # as of a terminal of its own, whose keys are for all of it
        )
        try:
            self.port = int(self.hears(_PORT)[1])
        except BaseException:
            self.stop()
            raise

    def hears(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """Wait until the server has said this."""
        assert self.process.stderr is not None
        end = monotonic() + _PATIENCE_S
        while not (found := pattern.search(self.said)):
            assert monotonic() < end, self.said
            if select.select([self.process.stderr], [], [], 0.1)[0]:
                self.said += os.read(self.process.stderr.fileno(), 4096)
        return found

    def __enter__(self) -> SshDesk:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> int:
        """Stop it; its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(30)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return code

    def starts(self, *flags: str) -> str:
        """What another start says that fails by these flags."""
        words = ["serve", "--db", self.store, "--port", "0", "--folder", str(self.home / "other")]
        done = subprocess.run(
            [sys.executable, "-m", self.program, *words, *flags],
            cwd=ROOT,
            env=environment(self.home),
            stderr=subprocess.PIPE,
            timeout=_PATIENCE_S,
        )
        assert done.returncode
        return done.stderr.decode()

    def again(self) -> None:
        """Stop it and start it anew."""
        self.stop()
        self.said.clear()
        self._start()

    def do(self, command: Command) -> Done:
        """Something done on the machine itself."""
        with closing(open_records(self.store, feed=False)) as records:
            return records.do(command, who=THE_DESK, at=clock.now())

    def ask(self, query: Query[Answer]) -> Answer:
        """Something asked there."""
        with closing(open_records(self.store, feed=False)) as records:
            return records.ask(query, who=THE_DESK, at=clock.now())

    def who_is_in(self) -> tuple[SessionLine, ...]:
        """Its sessions as an administrator is told of them, the oldest first."""
        path = str(house.counter_in(self.home / "serve"))
        with closing(FarRecords(path)) as records:
            return records.sessions(who=THE_DESK, at=clock.now())

    def fingerprint(self, key: str) -> str:
        """Of a key in its home."""
        return read_key((self.home / f"{key}.pub").read_text()).fingerprint

    def sessions(self) -> int:
        """How many processes of sessions there are."""
        return len(self.session_pids())

    def session_pids(self) -> list[int]:
        """The processes of sessions."""
        return [pid for child in _children(self.process.pid) for pid in _children(child)]

    def pids(self, module: str) -> list[int]:
        """The processes of the server that run this module."""
        return [
            pid
            for pid in _children(self.process.pid)
            if module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something that no terminal shows."""
        end = monotonic() + _PATIENCE_S
        while not seen():
            assert monotonic() < end
            select.select([], [], [], 0.02)

    def words(
        self, *more: str, key: str = "ana", terminal: bool = True, name: str = "somebody"
    ) -> list[str]:
        """The command line of a client."""
        options = {
            "UserKnownHostsFile": str(self.home / "known_hosts"),
            "StrictHostKeyChecking": "accept-new",
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR" if terminal else "INFO",
        }
        told = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        keys = ["-i", str(self.home / key)] if key else []
        shape = ["-tt"] if terminal else ["-T"]
        return [
            *("ssh", "-F", "none", "-b", self._address(), *told, *keys, *shape),
            *("-p", str(self.port)),
            *(f"{name}@127.0.0.1", *more),
        ]

    def _address(self) -> str:
        """Another one for each client: one address may not come as often as tests do."""
        return f"127.0.0.{next(self._clients) % 250 + 2}"

    def connect(
        self,
        *more: str,
        key: str = "ana",
        size: tuple[int, int] = (110, 30),
        name: str = "somebody",
        before: tuple[str, ...] = (),
        **env: str,
    ) -> Desk:
        """A terminal with the client in it; `before` are words before its own key."""
        plain = {"HOME": str(self.home), "LC_ALL": None, "LANG": None, **env}
        words = self.words(*more, key=key, name=name)
        return Desk([words[0], *before, *words[1:]], size=size, env=plain)

    def run_with(self, before: list[str], *more: str) -> tuple[int, str]:
        """The same with these words before its own key."""
        words = self.words(*more, terminal=False)
        words[1:1] = before
        return ran(words)

    def run(
        self,
        *more: str,
        key: str = "ana",
        terminal: bool = False,
        name: str = "somebody",
        says: str = "",
    ) -> tuple[int, str]:
        """The client without a terminal of its own: its exit code and all it said."""
        return ran(self.words(*more, key=key, terminal=terminal, name=name), says)

    def attached(self, line: str, **env: str) -> tuple[int, str]:
        """What OpenSSH runs for a key of bo's, with what the client has sent along."""
        words = ["--key", self.fingerprint("bo"), "--folder", str(self.home / "serve")]
        done = subprocess.run(
            [sys.executable, "-m", self.program, "attach", "bo", *words],
            cwd=ROOT,
            env={
                **environment(self.home),
                "LC_ALL": "C.UTF-8",
                "SSH_CONNECTION": "192.0.2.7 1 192.0.2.1 22",
                "SSH_ORIGINAL_COMMAND": line,
                **env,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )
        return done.returncode, (done.stdout + done.stderr).decode()


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has just ended
        return []


def ran(words: list[str], says: str = "") -> tuple[int, str]:
    """A command line of a client, run to its end: its exit code and all it said."""
    done = subprocess.run(
        words,
        input=says.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(errors="replace")


@contextmanager
def served_in(place: Path, *flags: str, program: str = SshDesk.program) -> Iterator[SshDesk]:
    """The small desk, served."""
    url = f"sqlite:///{place / 'desk.db'}"
    furnish(url).close()
    with SshDesk(url, place, *flags, program=program) as desk:
        yield desk
