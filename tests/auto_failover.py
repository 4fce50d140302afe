"""A pair of PostgreSQL servers that changes places by itself: pg_auto_failover on the loopback.

Built by the recipe of docs/serving.md ("Many hosts") word for word, but all three on one machine.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import clock
from tests.postgres import binaries, free_port, unprivileged

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
IN_PLACE = {"primary", "secondary"}
"""What the two are called when each has what the other has."""
WITHIN_S = 90.0
SOONER = {
    "health_check_period": "1s",
    "health_check_timeout": "2s",
    "health_check_retry_delay": "1s",
    "node_considered_unhealthy_timeout": "5s",
    "primary_demote_timeout": "5s",
}
"""How soon a node that says nothing counts as dead: with the defaults nobody writes for 50 s."""


def is_installed() -> bool:
    """Whether this machine has it (Debian: pg-auto-failover-cli, postgresql-15-auto-failover)."""
    return shutil.which("pg_autoctl") is not None


class AutoPair:
    """A monitor and two nodes, each a process group that a test may kill."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ports = {name: free_port() for name in ("monitor", "a", "b")}
        hosts = ",".join(f"{HOST}:{self._ports[name]}" for name in ("a", "b"))
        self.url = f"postgresql://paidan@{hosts}/paidan"
        """The address that consoles are given."""

    def build(self) -> None:
        """The monitor, then one node after the other; returns when they are in place."""
        self._autoctl("create monitor --auth trust --ssl-self-signed", "monitor", named=True)
        self._start("monitor")
        for name in ("a", "b"):
            words = f"create postgres --name {name} --auth trust --ssl-self-signed"
            monitor = f"--dbname paidan --username paidan --monitor {self._monitor}"
            self._autoctl(f"{words} {monitor}", name, named=True)
            self._start(name)
        self.in_place()
        for setting, value in SOONER.items():
            self._ask_monitor(f"ALTER SYSTEM SET pgautofailover.{setting} = '{value}'")
        self._ask_monitor("SELECT pg_reload_conf()")

    def in_place(self) -> None:
        """Wait until one takes writes and the other has what it has."""
        pause, end = threading.Event(), clock.monotonic() + WITHIN_S
        while {node["current_group_state"] for node in self._nodes()} != IN_PLACE:
            if clock.monotonic() > end:
                raise RuntimeError(f"the pair does not come about: {self._nodes()}")
            pause.wait(0.2)

    def switch_over(self) -> None:
        """As planned, by the monitor; returns at once."""
        self._start("switchover", f"perform switchover --monitor {self._monitor}")

    def kill(self, state: str) -> str:
        """Kill the machine of the node in this state, keeper and server; which it was."""
        name = next(n["nodename"] for n in self._nodes() if n["current_group_state"] == state)
        server = int((self._folder / name / "postmaster.pid").read_text().split()[0])
        for group in (self._running.pop(str(name)).pid, os.getpgid(server)):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        return str(name)

    def back(self, name: str) -> None:
        """Start a node that was killed, and wait until it has what the other has."""
        self._start(name)
        self.in_place()

    def stop(self) -> None:
        """End all of it."""
        for child in self._running.values():
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
        for child in self._running.values():
            child.wait(60)

    @property
    def _monitor(self) -> str:
        port = self._ports["monitor"]
        return f"postgresql://autoctl_node@{HOST}:{port}/pg_auto_failover?sslmode=require"

    def _ask_monitor(self, statement: str) -> None:
        """As its administrator, who comes in by the socket."""
        address = ["-p", str(self._ports["monitor"]), "-d", "postgres"]
        command = [f"{binaries()}/psql", "-q", "-v", "ON_ERROR_STOP=1", *address, "-c", statement]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self._how())

    def _nodes(self) -> list[dict[str, str]]:
        said = self._autoctl(f"show state --json --monitor {self._monitor}")
        nodes: list[dict[str, str]] = json.loads(said)
        return nodes

    def _autoctl(self, words: str, name: str = "", *, named: bool = False) -> str:
        where = f" --hostname {HOST} --pgport {self._ports[name]}" if named else ""
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            self._words(words + where, name), capture_output=True, **self._how()
        )
        if done.returncode != 0:
            raise RuntimeError(f"pg_autoctl {words}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()

    def _start(self, name: str, words: str = "run") -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                self._words(words, name if words == "run" else ""),
                stdout=log,
                stderr=log,
                process_group=0,
                **self._how(),
            )

    def _words(self, words: str, name: str) -> list[str]:
        place = ["--pgdata", str(self._folder / name)] if name else []
        return ["pg_autoctl", *words.split(), *place]

    def _how(self) -> dict[str, Any]:
        places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
        path = f"{binaries()}:{os.environ['PATH']}"
        plain = {**dict.fromkeys(places, str(self._folder)), "LC_ALL": "C.UTF-8", "PATH": path}
        return {"cwd": self._folder, "env": plain, **unprivileged()}


@contextmanager
def auto_pair() -> Iterator[AutoPair]:
    """One that is built and in place."""
    folder = Path(tempfile.mkdtemp(prefix="paidan-pair-"))
    somebody = unprivileged()
    if somebody:
        os.chown(folder, somebody["user"], somebody["group"])
    pair = AutoPair(folder)
    try:
        pair.build()
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(folder, ignore_errors=True)
