"""A desk goes into the file of a backup while it is used, and from there into an empty store.

Both databases make the same file, by what `db move` copies and compares with: a backup of one can
be restored into the other, and no tool of a server need be installed in the right version.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.domain.errors import (
    BadInput,
    Refusal,
    StoreFull,
    StoreHasDesk,
    StoreMoved,
    StoreTooNew,
)
from store.domain.system_words import why as why_of
from store.domain.words import N_
from store.persistence import (
    archive_file,
    halves,
    journal,
    marks,
    migrate,
    migrations,
    moving,
    rows_alike,
    seals,
    sqlite,
)
from store.persistence.archive_file import About, NoBackup
from store.persistence.backup import check_name, give_name, settle, vacuum_into
from store.persistence.database import address_of, connect, is_file
from store.persistence.moving import Compared
from store.persistence.trouble import in_our_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from store.persistence.database import Database

    Check = Callable[[Database], None]
    """Looks at a desk before it is used; what it raises keeps it from that."""

_HALVES: Final = "paidan-backup"
"""What backups that are being made are called, before what makes each name its own."""

_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What of a former store would be taken for a part of the new one."""


class BackupNotWritten(Refusal):
    """The folder of backups takes no more, or is not there."""

    sentence = N_("no backup could be written in {folder}: {why}; earlier ones are as they were")


def write_backup(database: Database, to: Path, *, at: datetime, check: Check) -> About:
    """Copy one moment of the desk into a file, lay it out again from there, and name it then.

    `check` is given the desk as it was laid out. `BadInput` for a name that cannot be taken,
    `BackupNotWritten` where there is no room, or no right.
    """
    check_name(to)
    aside = to.with_name(_HALVES)  # one name for all: what a killed one left goes with the next
    with _written_in(to.parent), halves.begun(aside) as half:
        with halves.workshop(aside) as folder:
            about = _gathered(database, folder / archive_file.DESK, at)
            archive_file.write(half, folder / archive_file.DESK, about)
        with laid_out(half, beside=aside) as (desk, _about):
            check(desk)
        give_name(half, to)
    return about


@contextmanager
def _written_in(folder: Path) -> Iterator[None]:
    try:
        yield
    except StoreFull as error:
        raise BackupNotWritten(folder=str(folder), why=N_("no room is left")) from error
    except OSError as error:
        raise BackupNotWritten(folder=str(folder), why=why_of(error)) from error


@contextmanager
def laid_out(path: Path, *, beside: Path | None = None) -> Iterator[tuple[Database, About]]:
    """The desk of a backup as a store of its own, compared, as long as the block runs.

    It stands in a private folder beside a file; without one beside the backup, or where that
    cannot be written, among what the system keeps for a while. Tables of an older program are
    renewed.
    """
    with halves.workshop(beside or _room_for(path)) as folder:
        file = folder / archive_file.DESK
        about = archive_file.unpack(path, file)
        if int(about.schema) > int(migrations.HEAD):
            raise StoreTooNew(theirs=about.schema, ours=migrations.HEAD)
        with closing(connect(str(file), create=False)) as database:
            migrate.upgrade(database)
            if about.schema == migrations.HEAD:
                _compare(path, about, database)
            yield database, about


def restore(path: Path, url: str, *, check: Check) -> About:
    """Lay a desk out where there is none: all of it, or nothing that could be opened.

    Into PostgreSQL the same call goes on with one that was killed. `StoreHasDesk` where a desk
    is; `NoBackup` where the file is none.
    """
    if is_file(url):
        return _restore_file(path, sqlite.path_of(address_of(url)), check)
    with closing(connect(url)) as target, laid_out(path) as (desk, about):
        name = f"backup {about.made_at.isoformat()} {about.head}"
        moving.move(desk, target, keep=True, check=lambda: check(target), called=name)
    return about


def _restore_file(path: Path, to: Path, check: Check) -> About:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(to.with_name(to.name + end).exists() for end in ("", *_BESIDE)) or to.is_symlink():
        raise StoreHasDesk(where=str(to))
    with laid_out(path, beside=to) as (desk, about):
        check(desk)
        desk.close()
        try:
            settle(sqlite.path_of(desk.url), to)
        except BadInput as bad:  # made meanwhile
            raise StoreHasDesk(where=str(to)) from bad
    return about


def _room_for(path: Path) -> Path:
    if os.access(path.parent, os.W_OK):
        return path
    return Path(tempfile.gettempdir()) / path.name


def _gathered(database: Database, file: Path, at: datetime) -> About:
    """Write one moment of the desk into a closed store of its own, and say what is in it."""
    if gone := migrate.standing_of(database).moved_to:
        raise StoreMoved(why=gone)
    if database.kind == "sqlite":
        with in_our_words():
            vacuum_into(database, file)
    with closing(connect(str(file))) as copy:
        if database.kind == "sqlite":
            _forget(copy)
        else:
            moving.move(database, copy, keep=True, check=lambda: None)
        with copy.reading() as conn:
            about = About(
                made_at=at,
                schema=f"{migrate.standing_of(copy).version:04}",
                kind=database.kind,
                head=journal.head(conn),
                seal=seals.newest(conn),
                tables=tuple(_summed(conn)),
                size=0,
            )
    return replace(about, size=file.stat().st_size)


def _forget(desk: Database) -> None:
    """A copy knows nothing of the backups of its store, lest it meddle with them."""
    with desk.writing() as conn:
        for mark in rows_alike.OF_BACKUPS:
            marks.drop(conn, mark)


def _compare(path: Path, about: About, desk: Database) -> None:
    with desk.reading() as conn:
        for told, found in zip(about.tables, _summed(conn), strict=True):
            if told != found:
                why = N_("table {table} is not what it says").format(table=told.table)
                raise NoBackup(path=str(path), why=why)


def _summed(conn: Connection) -> Iterator[Compared]:
    """Every table of an SQLite store."""
    for table in rows_alike.tables():
        rows, digest = rows_alike.summed(conn, table, "sqlite")
        yield Compared(table=table.name, rows=rows, digest=digest)
