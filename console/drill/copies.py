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
        if records.database.kind != "sqlite":
            raise BadInput(
                where="--copy",
                wrong=N_("only a SQLite store can be copied for a drill"),
                right=N_("export its orders into one, or play without --copy"),
            )
        if not own_pool(records, at):
            raise BadInput(
                where="--copy",
                wrong=N_("this desk has never had a call to draw from"),
                right=N_("play without --copy"),
            )
        backup(records.database, file)
    finally:
        records.close()
