"""A real PostgreSQL server for the tests, in a temporary folder, run by a user without power."""

from __future__ import annotations

import itertools
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, LiteralString

import pytest
from psycopg import sql

from tests.postgres_line import MANY, Line
from tests.rooms import alive, room_for_a_server

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUICK: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "min_wal_size=32MB",
    "max_wal_size=64MB",  # it lies in memory
)
_ALWAYS: Final = ("log_min_messages=fatal",)
_SMALL: Final = "32MB"
"""Memory of a server of tests; many of them run side by side."""
USUAL: Final = "128MB"
"""Memory of a server that nobody has told how much it may take."""
_names = itertools.count(1)


class PgMissing(Exception):
    """This machine has no PostgreSQL server, or no user who may run one."""


def binaries() -> Path:
    """The folder with `initdb` and `postgres`, newest version first; PgMissing without one."""
    asked = shutil.which("pg_config")
    places = [Path(_output(asked, "--bindir"))] if asked else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(installed, key=lambda place: float(place.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    places += [Path(on_path).resolve().parent] if on_path else []
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise PgMissing("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")


class PgServer:
    """One server with its own data folder, on a free port of the loopback address."""

    def __init__(
        self,
        *,
        durable: bool = False,
        memory: str = _SMALL,
        standby_of: PgServer | None = None,
        known_as: str = "",
        connections: int = 200,
    ) -> None:
        """Make the data folder; `durable` keeps fsync on, for tests that pull the plug.

        `standby_of` is a running server whose data is copied and whose changes are followed;
        `known_as` an address by which another host of the tests' own may come in, too.
        """
        self._bin = binaries()
        self._as = unprivileged()
        settings = _ALWAYS if durable else _QUICK + _ALWAYS
        self._settings = (
            *settings,
            f"shared_buffers={memory}",
            f"max_connections={connections}",
        )
        # Twice as fast as going through the log where nothing waits for a disk; the way before 15.
        by_file = not durable and _version(self._bin) >= 15
        self._copies: LiteralString = " STRATEGY FILE_COPY" if by_file else ""
        self._process: subprocess.Popen[bytes] | None = None
        self.folder = room_for_a_server(durable=durable)
        self.port = free_port()
        self._line = Line(self.port, keeps=connections >= MANY)
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        if standby_of is None:
            self._make_cluster()
        else:
            self._copy_cluster(standby_of)
        self._listens = ",".join(filter(None, ("127.0.0.1", known_as)))
        if known_as:
            with (self.folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as rules:
                rules.write(f"host all all {known_as}/24 trust\n")

    def url(self, dbname: str = "postgres") -> str:
        """The address of a database, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://paidan@127.0.0.1:{self.port}/{dbname}"

    @property
    def pid(self) -> int:
        """Of the first of its processes."""
        assert self._process is not None
        return self._process.pid

    def start(self, *, within_s: float = 30) -> None:
        """Start and wait until it answers; the port stays the same from the first start on."""
        command = [f"{self._bin}/postgres", "-D", f"{self.folder}/data", "-p", str(self.port)]
        settings = (f"listen_addresses={self._listens}", f"unix_socket_directories={self.folder}")
        for setting in (*settings, *self._settings):
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [*_dies_with_us(), *command], cwd=self.folder, stdout=log, stderr=log, **self._as
            )
        self._process = process
        pause = threading.Event()
        for _ in range(int(within_s / 0.05)):
            if process.poll() is not None:
                break
            if self._answers():
                return
            pause.wait(0.05)
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """Stop in order, cutting sessions off; harmless when it is not running."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the server and its children at once, as a crash would; `start` then recovers."""
        if self._process is None:
            return
        children = children_of(self._process.pid)
        self._end(signal.SIGKILL)
        for child in children:
            _kill(child)
        pause = threading.Event()
        while any(alive(child) for child in children):
            pause.wait(0.01)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server holds still: connections stand, and nobody answers on them."""
        assert self._process is not None
        all_of_it = [self._process.pid, *children_of(self._process.pid)]
        for process in all_of_it:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in all_of_it:
                os.kill(process, signal.SIGCONT)

    def create(self, *, template: str = "template1") -> str:
        """Make a database of its own from a template; its name."""
        name = f"desk_{os.getpid()}_{next(_names)}"
        clause = sql.SQL(f"CREATE DATABASE {{}} TEMPLATE {{}}{self._copies}")
        self._line.run(clause.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        self._line.run(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def remove(self) -> None:
        """Stop at once, since nobody wants what is in it, and take the data folder away."""
        self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_cluster(self) -> None:
        command = [f"{self._bin}/initdb", "-D", f"{self.folder}/data", "-U", "paidan"]
        command += ["--auth=trust", "--no-sync", "--encoding=UTF8"]
        said = b""
        for locale in ("C.UTF-8", "C"):  # the second where the system does not know the first
            done: subprocess.CompletedProcess[bytes] = subprocess.run(
                [*command, f"--locale={locale}"], cwd=self.folder, capture_output=True, **self._as
            )
            if done.returncode == 0:
                return
            said = done.stderr
        shutil.rmtree(self.folder, ignore_errors=True)
        raise RuntimeError(f"initdb failed: {said.decode(errors='replace')}")

    def _copy_cluster(self, other: PgServer) -> None:
        command = [f"{self._bin}/pg_basebackup", "-D", f"{self.folder}/data", "-U", "paidan"]
        command += ["-h", "127.0.0.1", "-p", str(other.port), "-R", "--checkpoint=fast"]
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            [*command, "--no-sync"], cwd=self.folder, capture_output=True, **self._as
        )
        if done.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise RuntimeError(f"no copy was made: {done.stderr.decode(errors='replace')}")

    def _answers(self) -> bool:
        asked = [f"{self._bin}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked).returncode == 0

    def _end(self, how: signal.Signals) -> None:
        self._line.close()
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def running(*, durable: bool) -> Iterator[PgServer]:
    """One server until the caller is done; without PostgreSQL a skip, or a failure in CI."""
    try:
        server = PgServer(durable=durable)
    except PgMissing as missing:
        if os.environ.get("PAIDAN_REQUIRE_POSTGRES") == "1":
            raise
        pytest.skip(f"{missing}; the PostgreSQL half of the tests is left out")
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _version(folder: Path) -> int:
    """The number before the point; 0 where it says none."""
    said = re.search(r"\d+", _output(f"{folder}/postgres", "--version"))
    return int(said[0]) if said else 0


def unprivileged() -> dict[str, Any]:
    """How to start a process as somebody other than root, whom PostgreSQL refuses."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise PgMissing("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _dies_with_us() -> list[str]:
    """A prefix that stops the server when the test process is killed, where the system has one."""
    tool = shutil.which("setpriv")
    return [tool, "--pdeathsig", "INT", "--"] if tool else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """The processes that another one has started and that are there now."""
    if not Path("/proc/self/stat").exists():
        listed = _output("pgrep", "-P", str(pid))
        return [int(child) for child in listed.split()]
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
