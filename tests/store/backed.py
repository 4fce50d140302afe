"""Desks that are backed up, and what is in them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from store import backups
from store.commands import NewOrder
from store.domain.who import THE_DESK
from store.persistence.database import connect
from store.persistence.rows_alike import summed, tables
from store.records import open_records
from tests.store.desk import ANA, furnish, minutes

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records


def sums(url: str) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and their digest."""
    with closing(connect(url)) as database, database.reading() as conn:
        return {table.name: summed(conn, table, database.kind) for table in tables()}


def sealed(records: Records) -> None:
    """What was done so far has a seal."""
    with records.work(who=THE_DESK, at=minutes(2)) as work:
        assert work.seal()


def small(url: str, path: Path) -> Path:
    """A backup of a furnished desk with a seal."""
    with closing(open_records(url, feed=False)) as records:
        furnish(records)
        records.do(NewOrder(title="水泵 '漏水'"), who=ANA, at=minutes(1))
        sealed(records)
        backups.make(records.database, path, at=minutes(3))
    return path
