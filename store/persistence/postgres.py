"""PostgreSQL: connections that notice a dead server, and two pools on it."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from store.persistence.engines import Engines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.engine import ExceptionContext

CHANNEL = "paidan"
"""The name under which a commit is announced, within one database."""

_DIAL = {
    "connect_timeout": "3",
    "keepalives": "1",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "8000",
    "application_name": "paidan",
}
_HOSTS = re.compile(r"^(?P<scheme>[^:]+)://(?P<who>[^@/]*@)?(?P<hosts>[^/?]*,[^/?]*)(?P<rest>.*)$")


def spelled(url: str) -> str:
    """The URL as SQLAlchemy reads it: our driver, and libpq's `a,b` hosts as repeated `host=`."""
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
    several = _HOSTS.match(url)
    if several is None:
        return url
    hosts = "&".join("host=" + host for host in several["hosts"].split(","))
    joint = "&" if "?" in several["rest"] else "?"
    who = several["who"] or ""
    return f"{several['scheme']}://{who}{several['rest']}{joint}{hosts}"


def dialled(url: URL, *settings: str) -> URL:
    """The URL with our time limits and server settings, wherever it does not say otherwise."""
    ours = dict(_DIAL)
    if isinstance(url.query.get("host"), tuple):
        ours["target_session_attrs"] = "read-write"  # several hosts: the one that takes writes
    theirs = {name: value for name, value in url.query.items() if name != "options"}
    given = url.query.get("options", "")
    options = [given] if isinstance(given, str) else list(given)
    options = [*(f"-c {setting}" for setting in settings), *options]
    return url.set(query={**ours, **theirs, "options": " ".join(options).strip()})


def dial(url: URL) -> psycopg.Connection[Any]:
    """A connection of its own, in autocommit mode, for listening."""
    import psycopg

    full = dialled(url, "jit=off")
    _, words = full.get_dialect()().create_connect_args(full)
    return psycopg.connect(**words, autocommit=True)


def engines(url: URL, *, patience: float, read_limit: float) -> Engines:
    """Reader and writer pools; a read longer than `read_limit` seconds is ended by the server."""
    from sqlalchemy import create_engine, event

    def engine(*settings: str, pool: int) -> Engine:
        return create_engine(
            dialled(url, "jit=off", *settings),
            pool_pre_ping=True,
            pool_timeout=patience,
            pool_size=pool,
            max_overflow=pool,
        )

    reader = engine(f"statement_timeout={read_limit * 1000:.0f}", pool=3)
    writer = engine(
        f"lock_timeout={patience * 1000:.0f}", "idle_in_transaction_session_timeout=60000", pool=2
    )

    def leave_a_demoted_server(context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) == "25006":
            context.is_disconnect = True
            reader.dispose()  # it answers reads still, but of the past

    event.listen(reader, "connect", _only_read)
    event.listen(writer, "handle_error", leave_a_demoted_server)
    return Engines(
        reader=reader,
        writer=writer,
        queue=lambda _patience: nullcontext(),
        announce=_announce,
        committed=lambda _conn: None,
        loosened=_begun,
    )


def _only_read(connection: Any, _record: object) -> None:
    import psycopg

    # Not a setting of the server: `target_session_attrs=read-write` would take it for a standby.
    connection.read_only = True
    # One moment for a count and its rows, as on SQLite.
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ


@contextmanager
def _begun(conn: Connection) -> Iterator[None]:
    with conn.begin():
        yield


def _announce(conn: Connection) -> None:
    conn.exec_driver_sql("NOTIFY " + CHANNEL)
