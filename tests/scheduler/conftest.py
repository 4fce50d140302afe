"""A desk whose promises can be let fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.prepared import KINDS
from tests.scheduler.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.prepared import Prepared


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Iterator[Desk]:
    """An open desk on each kind of database in turn, around the clock, in UTC."""
    with prepared.copy(request.param, _empty, tmp_path) as url:
        records = open_records(url, feed=False)
        yield Desk(records)
        records.close()


def _empty(url: str) -> None:
    open_records(url, feed=False).close()
