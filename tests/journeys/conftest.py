"""The small desk, made once and copied for every story."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.journeys.stories import lived, small_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records


FRAME_S = 0.25
"""How long between two frames that nobody has asked for."""


@pytest.fixture(scope="session", autouse=True)
def frames() -> Iterator[None]:
    """What has changed is laid out once all rests (`rest.py`), not sixty times a second before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.screen.UPDATE_PERIOD", FRAME_S)
        yield


@pytest.fixture(scope="session")
def small_desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a small desk."""
    file = tmp_path_factory.mktemp("journeys") / "small.db"
    small_desk(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def lived_desk_file(small_desk_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of one with an order more in each state of its life."""
    file = tmp_path_factory.mktemp("journeys") / "lived.db"
    shutil.copyfile(small_desk_file, file)
    with closing(open_records(f"sqlite:///{file}", feed=False)) as records:
        lived(records)
    return file


@pytest.fixture
def lived_records(lived_desk_file: Path, sqlite_url: str) -> Iterator[Records]:
    """That desk, of one's own."""
    shutil.copyfile(lived_desk_file, sqlite_url.removeprefix("sqlite:///"))
    with closing(open_records(sqlite_url, feed=False)) as records:
        yield records


@pytest.fixture
def records(small_desk_file: Path, sqlite_url: str) -> Iterator[Records]:
    """A small desk of one's own."""
    shutil.copyfile(small_desk_file, sqlite_url.removeprefix("sqlite:///"))
    records = open_records(sqlite_url, feed=False)
    yield records
    records.close()
