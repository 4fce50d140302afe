"""A copy of an SQLite store as a store of its own, whole or not there at all."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from store.domain.errors import BadInput, StoreTrouble
from store.domain.words import N_
from store.persistence import halves, sqlite
from store.persistence.own_files import are_of_a_store
from store.persistence.trouble import in_our_words

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database


def backup(database: Database, to: Path, *, force: bool = False) -> Path:
    """Copy the store while it is being used, check the copy, and only then give it its name.

    A file of that name is replaced only by `force`, the store itself never. Returns `to`; raises
    `BadInput` for a name that cannot be taken, else `StoreTrouble`.
    """
    check_name(to, force=force)
    with in_our_words(), halves.begun(to) as half:
        vacuum_into(database, half)
        give_name(half, to, force=force)
    return to


def give_name(half: Path, to: Path, *, force: bool = False) -> None:
    """Have what `halves.begun` made stand under its name, whole even after a power cut.

    `BadInput` where something of that name is there and it is not by `force`.
    """
    halves.check_ours(half)
    settle(half, to, force=force)


def settle(half: Path, to: Path, *, force: bool = False) -> None:
    """The same for any file on that disk that nobody else knows."""
    _sync(half)
    _name(half, to, force=force)
    _sync(to.parent)


def check_name(to: Path, *, force: bool = False) -> None:
    """Refuse (`BadInput`) a name that `give_name` could not give, or must not."""
    _refuse_the_store(to)
    _refuse_nowhere(to)
    if not force:
        _refuse_a_file(to)


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
            right=N_("name a new one"),
        )


def _name(half: Path, to: Path, *, force: bool) -> None:
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


def vacuum_into(database: Database, to: Path) -> None:
    """Write what the store has at one moment as a compact file, and look whether it is sound."""
    # VACUUM INTO reads one moment and lets writers go on; a stepwise copy starts again with each.
    path, patience = sqlite.path_of(database.url), database.patience
    with contextlib.closing(sqlite.dial(path, patience=patience, query_only=False)) as db:
        db.execute("VACUUM INTO ?", (str(to),))
    with contextlib.closing(sqlite.dial(to, patience=patience, query_only=True)) as db:
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreTrouble(why=N_("the copy is damaged: {verdict}").format(verdict=verdict))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
