"""A small desk on each kind of database: two sites, two customers, three technicians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.store.desk import furnish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records


@pytest.fixture
def records(store_url: str) -> Iterator[Records]:
    """An open store with a small desk in it."""
    opened = open_records(store_url, feed=False, zone="Asia/Shanghai")
    furnish(opened)
    yield opened
    opened.close()
