"""A pair of PostgreSQL servers on the loopback address: what one acknowledges, both have."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from tests.postgres import PgServer
from tests.scheduler.faults import until

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLLOWED = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


class Pair:
    """A primary that acknowledges nothing which its standby does not have on its disk."""

    def __init__(self, first: PgServer, second: PgServer) -> None:
        self.primary, self.standby = first, second
        hosts = ",".join(f"127.0.0.1:{server.port}" for server in (first, second))
        self.url = f"postgresql://paidan@{hosts}/postgres"
        """The address that consoles are given: both, in the order of their making."""

    def wait_for_standby(self) -> None:
        """From now on the primary acknowledges nothing alone."""
        _set(self.primary, "synchronous_standby_names = '*'")
        until(lambda: said(self.primary, _FOLLOWED) == 1, "it does not follow")

    def go_on_alone(self) -> None:
        """Let the primary acknowledge by itself what waits for a standby that is no more."""
        _set(self.primary, "synchronous_standby_names = ''")

    def take_over(self) -> None:
        """Make the standby the primary, which waits for nobody: the other one may be dead."""
        said(self.standby, "SELECT pg_promote()")
        self.primary, self.standby = self.standby, self.primary
        self.go_on_alone()

    def switch_over(self) -> None:
        """Change places as planned: stop, promote, and follow the other one."""
        self.primary.stop()
        self.take_over()
        _follow(self.standby, self.primary)
        self.standby.start()
        self.wait_for_standby()


@contextmanager
def paired(first: PgServer) -> Iterator[Pair]:
    """A running server, and one that follows it."""
    standby = PgServer(durable=True, standby_of=first)
    try:
        standby.start()
        pair = Pair(first, standby)
        pair.wait_for_standby()
        yield pair
    finally:
        standby.remove()


def said(server: PgServer, statement: str) -> object:
    """The first value of what a server answers."""
    plain = server.url().replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        found = connection.execute(statement.encode())
        return found.fetchone()[0] if found.description else None  # type: ignore[index]


def _set(server: PgServer, setting: str) -> None:
    said(server, f"ALTER SYSTEM SET {setting}")
    said(server, "SELECT pg_reload_conf()")


def _follow(server: PgServer, other: PgServer) -> None:
    """From its next start on be a standby of another, which has taken over from it."""
    data = server.folder / "data"
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"primary_conninfo = 'host=127.0.0.1 port={other.port} user=paidan'\n")
    (data / "standby.signal").touch()
