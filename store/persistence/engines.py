"""What both databases give to the front: a reader, a writer, and a way to queue."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Two engines on one store."""

    reader: Engine
    """Transactions that see one moment and cannot write."""
    glancer: Engine
    """The same connections for single statements, with fewer words to the server."""
    writer: Engine
    """Transactions that hold the write lock from their first word (SQLite) or lock rows."""
    queue: Callable[[float], AbstractContextManager[None]]
    """Stand in line for writing, at most so many seconds."""
    announce: Callable[[Connection], None]
    """Tell other processes at commit."""
    committed: Callable[[Connection], None]
    """Housekeeping after a commit, still in line."""
    loosened: Callable[[Connection], AbstractContextManager[None]]
    """Around a transaction that rebuilds tables: foreign keys are checked at its end only."""
    state: Callable[[Connection | None], Hashable | None]
    """The name of what a transaction sees, see `states`; without one, of the state as it is now."""
    old_sqlite: bool = False
    """Whether the SQLite library has the WAL-reset fault."""
    disposed: Callable[[], None] = lambda: None
    """Told that no pooled connection is left."""

    rested: Callable[[], None] = lambda: None
    """Told that it is a quiet moment: idle connections may give back what they keep."""

    def dispose(self) -> None:
        """Drop every pooled connection; the next use opens new ones."""
        self.reader.dispose()
        self.writer.dispose()
        self.disposed()


@contextmanager
def all_idle(engine: Engine, *troubles: type[Exception]) -> Iterator[list[PoolProxiedConnection]]:
    """Every connection of an engine that nobody uses, the next one to be handed out first.

    `troubles` are the driver's. Safe beside threads that use the pool: who comes meanwhile is
    given another connection. Those that the caller invalidates are closed, once all are out: what
    is cut sooner would go back to the pool at once.
    """
    from sqlalchemy import QueuePool
    from sqlalchemy.exc import SQLAlchemyError

    pool = engine.pool
    assert isinstance(pool, QueuePool)
    with ExitStack() as held, suppress(SQLAlchemyError, *troubles):
        yield [
            held.enter_context(closing(engine.raw_connection())) for _ in range(pool.checkedin())
        ]


def none_left_behind(engine: Engine) -> None:
    """Close a connection that comes back after its pool was let go.

    The file may be another by then, or the server a standby. SQLAlchemy would keep it in the
    pool that nobody has any more, open until the collector comes by.
    """
    from sqlalchemy import event

    def made(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["pool"] = engine.pool

    def back(_connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.get("pool") is not engine.pool:
            record.invalidate()

    event.listen(engine, "connect", made)
    event.listen(engine, "checkin", back)
