"""The small desk, made once and copied for every story."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.journeys.stories import small_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records


@pytest.fixture(scope="session")
def small_desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a small desk."""
    file = tmp_path_factory.mktemp("journeys") / "small.db"
    small_desk(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def records(small_desk_file: Path, sqlite_url: str) -> Iterator[Records]:
    """A small desk of one's own."""
    shutil.copyfile(small_desk_file, sqlite_url.removeprefix("sqlite:///"))
    records = open_records(sqlite_url, feed=False)
    yield records
    records.close()
