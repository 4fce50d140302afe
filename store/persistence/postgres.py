"""PostgreSQL: connections that notice a dead server, and two pools on it."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from store.clock import monotonic
from store.persistence.engines import Engines, all_idle, none_left_behind
from store.persistence.states import of_server

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
_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_MAY_WRITE = """
SELECT NOT pg_is_in_recovery() AND has_table_privilege('journal', 'INSERT') AND reset_val = 'off'
FROM pg_settings WHERE name = 'default_transaction_read_only'"""
_FRESH = 1.0
"""Seconds for which a connection that answered is taken to be alive."""
_IDLE = 10.0
"""Seconds after which a process that stopped in the middle of a write loses what it holds."""
_PUT_OFF_KIB = 256
"""How much the index of words puts off: every search reads all of it, and at some commit somebody
waits until it is sorted in."""
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

    def engine(begin: str, *settings: str, pool: int) -> Engine:
        made = create_engine(
            dialled(url, "jit=off", *settings),
            pool_timeout=patience,
            pool_size=pool,
            max_overflow=pool,
            pool_use_lifo=True,  # what a busy moment opened more of is not kept warm
        )
        event.listen(made, "connect", _leave_beginning_to_us)
        event.listen(made, "begin", lambda conn: _begin(conn, begin))
        none_left_behind(made)
        return made

    reader = engine(_ONE_MOMENT, f"statement_timeout={read_limit * 1000:.0f}", pool=3)
    writer = engine(
        "BEGIN",
        f"lock_timeout={patience * 1000:.0f}",
        f"idle_in_transaction_session_timeout={_IDLE * 1000:.0f}",
        f"gin_pending_list_limit={_PUT_OFF_KIB}",
        pool=2,
    )

    def leave_a_demoted_server(context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) == "25006":
            context.is_disconnect = True
            reader.dispose()  # it answers reads still, but of the past

    event.listen(reader, "connect", _only_read)
    event.listen(writer, "handle_error", leave_a_demoted_server)
    return Engines(
        reader=reader,
        glancer=reader.execution_options(one_statement=True),
        writer=writer,
        queue=lambda _patience: nullcontext(),
        announce=_announce,
        state=of_server,
        committed=lambda _conn: None,
        loosened=_begun,
        rested=lambda: _let_go(reader, writer),
    )


def may_write(conn: Connection) -> bool:
    """Whether the server, the session's own default and our rights allow a write."""
    return bool(conn.exec_driver_sql(_MAY_WRITE).scalar_one())


def _let_go(reader: Engine, writer: Engine) -> None:
    """Keep one connection of a console at rest: a server has few, and a hundred consoles."""
    from psycopg import Error

    for engine, kept in ((reader, 1), (writer, 0)):
        with all_idle(engine, Error) as idle:
            for spare in idle[kept:]:
                spare.invalidate()


def _begin(conn: Connection, words: str) -> None:
    """Say BEGIN, which also finds out whether the connection still lives.

    A single statement needs no transaction, and a connection used a moment ago no proof of life.
    """
    last, conn.info["used"] = conn.info.get("used", 0.0), monotonic()
    alone = conn.get_execution_options().get("one_statement", False)
    if not alone or monotonic() - last > _FRESH:
        conn.exec_driver_sql(words)


def _only_read(connection: Any, _record: object) -> None:
    # Only now: `target_session_attrs=read-write` would take it for a standby while connecting.
    connection.execute("SET default_transaction_read_only = on")


def _leave_beginning_to_us(connection: Any, _record: object) -> None:
    connection.autocommit = True


@contextmanager
def _begun(conn: Connection) -> Iterator[None]:
    with conn.begin():
        yield


def _announce(conn: Connection) -> None:
    conn.exec_driver_sql("NOTIFY " + CHANNEL)
