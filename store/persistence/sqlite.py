"""SQLite: the one module that knows its library, its file and its switches.

Nothing here or elsewhere may `open()` the database file: closing such a handle drops the locks
that SQLite holds for this process.
"""

from __future__ import annotations

import contextlib
import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from store.domain.errors import BadInput, StoreBusy, StoreTrouble, StoreUnreachable
from store.domain.words import N_
from store.persistence.engines import Engines, none_left_behind
from store.persistence.sqlite_file import OpenFile
from store.persistence.sqlite_lane import Lane
from store.persistence.sqlite_waiting import Waiting
from store.persistence.states import FileStates
from store.persistence.trouble import in_our_words, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

READERS = 2
"""Connections for reading that stay open: each keeps about a MiB of a console's memory."""
_AT_ONCE = 6
"""Connections that may read at once; a console needs about three, for moments."""

_SWITCHES = ("synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864", "temp_store=2")
_CACHE_KIB = 256
"""Of pages that a connection keeps: the kernel keeps them too."""
_STATEMENTS = 8
"""That a connection keeps prepared. One takes 20 µs to prepare, and tens of KiB as long as it is
kept."""
_CHECKPOINT_BYTES = 4 * 1024 * 1024
_SHARED = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "beegfs", "ocfs2"}
    | {"gfs2", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs"}
)


@cache
def library() -> Any:
    """The DB-API module: pysqlite3 where there is one, for it carries the mended SQLite."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    # Without one, each NULL is looked for in vain along two attributes: ten times what it costs.
    dbapi2.register_adapter(type(None), {}.get)
    return dbapi2


def is_old(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can damage a file that several processes write (WAL-reset fault)."""
    mended = (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version < (3, 51, 3) and not mended


def path_of(url: URL) -> Path:
    """The file that a URL names, absolute; refuses a store in memory, and options."""
    name = url.database
    if not name or ":memory:" in name or name.startswith("file:"):
        raise BadInput(
            where=str(url),
            wrong=N_("a store in memory would be lost"),
            right=N_("name a file, such as sqlite:///desk.db"),
        )
    if url.query:
        raise BadInput(
            where=str(url),
            wrong=N_("a file takes no options"),
            right=N_("leave out the “?” and what follows it"),
        )
    return Path(os.path.expanduser(name)).absolute()  # of nobody who is known, `~` is a name


def writable(path: Path) -> bool:
    """Whether the system lets us write the file, the folder and the queue of writers.

    Raises OSError where the file is not there.
    """
    path.stat()
    lane = lane_of(path)
    places = (path, path.parent, *((lane,) if lane.exists() else ()))
    return all(os.access(place, os.W_OK) for place in places)


def lane_of(path: Path) -> Path:
    """The file on which writers queue."""
    return path.with_name(path.name + "-lane")


_readable = partial(str, encoding="utf-8", errors="replace")
"""Text that some other program wrote in another encoding must not close every screen."""


def dial(path: Path, *, patience: float, query_only: bool) -> Any:
    """A new connection in autocommit mode, with our switches set."""
    db = library().connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=patience,
        isolation_level=None,  # the driver must not send BEGIN by itself
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )
    db.text_factory = _readable
    try:
        own = (f"cache_size=-{_CACHE_KIB}", f"query_only={int(query_only)}")
        for switch in (*_SWITCHES, *own):
            db.execute("PRAGMA " + switch)
        if is_old(library().sqlite_version_info):
            db.execute("PRAGMA wal_autocheckpoint=0")
    except BaseException:
        db.close()
        raise
    return db


def prove_writable(path: Path) -> None:
    """Raise `StoreReadOnly` while this process still takes a file for read-only that is not.

    SQLite asks that when it opens the first connection, and remembers it until the last is closed.
    """
    with in_our_words(), contextlib.closing(dial(path, patience=0, query_only=False)) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
        except library().OperationalError as error:
            if not isinstance(told(error), StoreBusy):
                raise  # busy is as good: it waits behind somebody who writes


def engines(url: URL, *, create: bool, patience: float) -> Engines:
    """Reader and writer on one file, made when absent and wanted."""
    from sqlalchemy import QueuePool, create_engine, event

    from store.persistence.sqlite_rest import rest

    path = path_of(url)
    lane, waiting = Lane(lane_of(path)), Waiting(patience)
    with in_our_words():
        _make_ready(path, lane, create=create, patience=patience)
        file = OpenFile(path)

    def engine(begin: str, **pool: int) -> Any:
        made = create_engine(
            url,
            module=library(),
            creator=lambda: dial(path, patience=patience, query_only=begin == "BEGIN"),
            poolclass=QueuePool,
            pool_use_lifo=True,  # the connection whose page cache is warm, and few caches
            pool_timeout=patience,
            **pool,
        )
        event.listen(made, "begin", lambda conn: waiting.begin(conn, begin))
        none_left_behind(made)
        return made

    @contextlib.contextmanager
    def in_line(patience: float) -> Iterator[None]:
        with waiting.up_to(patience), lane.held(patience):
            file.check(made.dispose)
            yield

    old = is_old(library().sqlite_version_info)
    reader = engine("BEGIN", pool_size=READERS, max_overflow=_AT_ONCE - READERS)
    writer = engine("BEGIN IMMEDIATE", pool_size=1, max_overflow=1)

    def rested() -> None:
        for one in (reader, writer):
            rest(one, library().Error)

    states = FileStates(partial(dial, path, patience=patience, query_only=True), library().Error)

    def disposed() -> None:
        file.renew()
        states.forget()

    made = Engines(
        reader=reader,
        glancer=reader,
        writer=writer,
        queue=in_line,
        announce=lambda _conn: None,  # the lane's own closing is the bell
        committed=(lambda conn: _tidy(path, conn)) if old else (lambda _conn: None),
        loosened=_loosened,
        state=states.name,
        old_sqlite=old,
        disposed=disposed,
        rested=rested,
    )
    return made


def _make_ready(path: Path, lane: Lane, *, create: bool, patience: float) -> None:
    if create:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        if not create or not path.parent.is_dir():
            raise StoreUnreachable(why=N_("there is no store at {path}").format(path=path))
        _refuse_shared_disk(path)
        # Made, not opened: O_EXCL says that nobody, so no thread of ours, has it open yet.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    _refuse_shared_disk(path)
    with contextlib.closing(dial(path, patience=patience, query_only=False)) as db:
        if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with lane.held(patience):
                db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA schema_version").fetchone()


def _refuse_shared_disk(path: Path) -> None:
    kind = disk_kind(path.parent)
    if kind in _SHARED:
        raise StoreUnreachable(
            why=N_("{path} lies on a network disk ({kind}), where SQLite loses data").format(
                path=path, kind=kind
            )
        )


def disk_kind(folder: Path) -> str:
    """The file system's name as the kernel lists it; empty where it lists none."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    device = folder.stat().st_dev
    ours = f"{os.major(device)}:{os.minor(device)}"
    kinds = [line.split(" - ", 1)[1].split()[0] for line in lines if line.split()[2] == ours]
    return kinds[-1] if kinds else ""


@contextlib.contextmanager
def _loosened(conn: Connection) -> Iterator[None]:
    switch = conn.connection.cursor().execute  # past SQLAlchemy: inside a transaction it is ignored
    switch("PRAGMA foreign_keys=OFF")
    try:
        with conn.begin():
            yield
            orphans = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise StoreTrouble(why=N_("rows point to nothing: {rows}").format(rows=orphans[:5]))
    finally:
        switch("PRAGMA foreign_keys=ON")


def _tidy(path: Path, conn: Connection) -> None:
    """Checkpoint in the lane: with no other writer the WAL-reset fault has nothing to race."""
    with contextlib.suppress(FileNotFoundError):
        if path.with_name(path.name + "-wal").stat().st_size > _CHECKPOINT_BYTES:
            conn.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
