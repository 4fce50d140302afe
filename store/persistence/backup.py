"""A copy of the whole store, whole or not there at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from store.domain.errors import BadInput, StoreTrouble
from store.domain.words import N_
from store.persistence import halves, sqlite
from store.persistence.own_files import are_of_a_store
from store.persistence.trouble import in_our_words

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL

    from store.persistence.database import Database


def backup(database: Database, to: Path, *, force: bool = False) -> Path:
    """Copy the store while it is being used, check the copy, and only then give it its name.

    SQLite: a compact database file. PostgreSQL: an archive for pg_restore. A file of that name is
    replaced only by `force`, the store itself never. Returns `to`; raises `BadInput` for a name
    that cannot be taken, else `StoreTrouble`.
    """
    _refuse_the_store(to)
    _refuse_nowhere(to)
    if not force:
        _refuse_a_file(to)
    with in_our_words(), halves.begun(to) as half:
        (_copy_sqlite if database.kind == "sqlite" else _copy_postgres)(database, half)
        halves.check_ours(half)
        _sync(half)
        _give_name(half, to, force=force)
        _sync(to.parent)
    return to


def _refuse_the_store(to: Path) -> None:
    if are_of_a_store(to):
        raise BadInput(
            where=str(to),
            wrong=N_("this is the store itself"),
            right=N_("name another file for the copy"),
        )


def _refuse_nowhere(to: Path) -> None:
    if not to.parent.is_dir():
        raise BadInput(
            where=str(to),
            wrong=N_("the folder {path} is missing").format(path=to.parent),
            right=N_("make it first, or name another"),
        )


def _refuse_a_file(to: Path) -> None:
    if to.exists() or to.is_symlink():
        raise BadInput(
            where=str(to),
            wrong=N_("there is a file of this name"),
            right=N_("name another one, or replace it with --force"),
        )


def _give_name(half: Path, to: Path, *, force: bool) -> None:
    """A long copy leaves time for somebody else's of this name, also from another machine."""
    if not force:
        try:
            os.link(half, to)
        except FileExistsError:
            _refuse_a_file(to)
        except OSError:  # a disk without links
            _refuse_a_file(to)
        else:
            return
    half.replace(to)


def _copy_sqlite(database: Database, half: Path) -> None:
    # VACUUM INTO reads one moment and lets writers go on; a stepwise copy starts again with each.
    path, patience = sqlite.path_of(database.url), database.patience
    with contextlib.closing(sqlite.dial(path, patience=patience, query_only=False)) as db:
        db.execute("VACUUM INTO ?", (str(half),))
    with contextlib.closing(sqlite.dial(half, patience=patience, query_only=True)) as db:
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreTrouble(why=N_("the copy is damaged: {verdict}").format(verdict=verdict))


def _copy_postgres(database: Database, half: Path) -> None:
    where, secret = _libpq(database.url)
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={half}", where, secret=secret)
    _run("pg_restore", "--list", str(half), secret=secret)


def _libpq(url: URL) -> tuple[str, str]:
    from psycopg.conninfo import make_conninfo

    _, words = url.get_dialect()().create_connect_args(url)
    words.pop("context", None)
    secret = str(words.pop("password", ""))  # by the environment: arguments can be seen by others
    return make_conninfo(**words), secret


def _run(program: str, *arguments: str, secret: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise StoreTrouble(why=N_("{program} is not installed").format(program=program))
    environment = {**os.environ, **({"PGPASSWORD": secret} if secret else {})}
    done = subprocess.run(
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        words = " ".join(done.stderr.split())
        raise StoreTrouble(why=f"{program}: {words}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
