"""A small desk on each kind of database: two sites, two customers, three technicians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.prepared import KINDS
from tests.store.desk import furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared


@pytest.fixture
def other_url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty store of the other kind than `store_url`, or `tables_url`, has."""
    (one,) = {"store_url", "tables_url"}.intersection(request.fixturenames)
    if request.getfixturevalue(one).startswith("sqlite"):
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'other.db'}"


@pytest.fixture(params=KINDS)
def records(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path
) -> Iterator[Records]:
    """An open store with a small desk in it, of each kind in turn."""
    with prepared.copy(request.param, _furnished, tmp_path) as url:
        opened = open_records(url, feed=False, zone="Asia/Shanghai")
        yield opened
        opened.close()


def _furnished(url: str) -> None:
    records = open_records(url, feed=False, zone="Asia/Shanghai")
    furnish(records)
    records.close()
