"""A desk whose promises can be let fall due."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder
from store.records import open_records
from tests.prepared import KINDS
from tests.scheduler.backed import CHIEF
from tests.scheduler.desk import Desk
from tests.scheduler.faults import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Iterator[Desk]:
    """An open desk on each kind of database in turn, around the clock, in UTC."""
    with prepared.copy(request.param, _empty, tmp_path) as url:
        records = open_records(url, feed=False)
        yield Desk(records)
        records.close()


@pytest.fixture
def backed(tables_url: str) -> Iterator[Records]:
    """A desk with an order, of which backups may be made."""
    with closing(open_records(tables_url, feed=False)) as records:
        records.do(NewOrder(title="泵"), who=CHIEF, at=Hands().at)
        yield records


def _empty(url: str) -> None:
    open_records(url, feed=False).close()
