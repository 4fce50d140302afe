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
    from tests.snapshots.views import View


@pytest.fixture(scope="session")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of the desk that is pictured."""
    file = tmp_path_factory.mktemp("pictured") / "busy.db"
    busy_desk(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def records(busy_file: Path, sqlite_url: str, view: View) -> Iterator[Records]:
    """That desk, of one's own, or one that never had an order."""
    if not view.empty:
        shutil.copyfile(busy_file, sqlite_url.removeprefix("sqlite:///"))
    with closing(open_records(sqlite_url, feed=False, zone="Asia/Shanghai")) as records:
        yield records
