"""The copy of one's own desk that a drill is played on: whose it may be, and how it is made."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from console.drill.pool import own_pool
from store.commands.sight import OutOfSight
from store.domain.errors import BadInput
from store.domain.words import N_
from store.persistence.backup import backup
from store.records import open_records

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from console.cli_call import Call
    from store.persistence.database import Database


def check_sight(call: Call) -> None:
    """A copy is of the whole desk, whose calls come and are told: not to who sees some sites."""
    own = open_records(call.settings.store, create=False, renew=False, feed=False)
    with closing(own) as records:
        if call.who(records).scope.sites is not None:
            raise OutOfSight


def copy_store(store: str, file: Path, *, at: datetime) -> None:
    """A sound copy of the operator's own store, which is only read.

    `BadInput` where a drill could not be played on it.
    """
    records = open_records(store, create=False, renew=False, feed=False)
    try:
        if not own_pool(records, at):
            raise BadInput(
                where="--copy",
                wrong=N_("this desk has never had a call to draw from"),
                right=N_("play without --copy"),
            )
        if records.database.kind == "sqlite":
            backup(records.database, file)
        else:
            _move_a_copy(records.database, file)
    finally:
        records.close()


def _move_a_copy(source: Database, file: Path) -> None:
    """Row by row, as one moment shows them; each table is compared before it may be opened."""
    from store.persistence.database import connect
    from store.persistence.moving import move

    with closing(connect(f"sqlite:///{file}")) as target:
        move(source, target, keep=True, check=lambda: None)
