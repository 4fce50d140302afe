"""A desk whose promises can be let fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.scheduler.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    """An open desk on each kind of database in turn, around the clock, in UTC."""
    records = open_records(store_url, feed=False)
    yield Desk(records)
    records.close()
