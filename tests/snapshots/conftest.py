"""The busy desk, made once and copied for every picture."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.snapshots.story import busy_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records


@pytest.fixture(scope="session")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of the desk that is pictured."""
    file = tmp_path_factory.mktemp("pictured") / "busy.db"
    busy_desk(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def records(busy_file: Path, sqlite_url: str) -> Iterator[Records]:
    """That desk, of one's own."""
    shutil.copyfile(busy_file, sqlite_url.removeprefix("sqlite:///"))
    with closing(open_records(sqlite_url, feed=False)) as records:
        yield records
