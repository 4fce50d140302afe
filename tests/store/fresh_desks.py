"""As many small desks as a test asks for, each as new as the first, on each kind of database."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from store.records import open_records
from tests.store.desk import furnish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pytest

    from tests.postgres import PgServer

    Desks = Callable[[], AbstractContextManager[str]]
    """Each call makes a desk, gives its URL, and takes it away in the end."""


@contextmanager
def sqlite_desks(folder: Path, _request: pytest.FixtureRequest) -> Iterator[Desks]:
    """Copies of one file."""
    first = folder / "first.db"
    _furnished(f"sqlite:///{first}")
    names = count()

    @contextmanager
    def desk() -> Iterator[str]:
        copy = folder / f"{next(names)}.db"
        shutil.copyfile(first, copy)
        yield f"sqlite:///{copy}"

    yield desk


@contextmanager
def postgres_desks(_folder: Path, request: pytest.FixtureRequest) -> Iterator[Desks]:
    """Databases made after one."""
    server: PgServer = request.getfixturevalue("pg_server")
    first = server.create()
    _furnished(server.url(first))

    @contextmanager
    def desk() -> Iterator[str]:
        name = server.create(template=first)
        yield server.url(name)
        server.drop(name)

    yield desk
    server.drop(first)


def furnished_in_utc(url: str) -> None:
    """A small desk whose calendars are London's in winter."""
    records = open_records(url, feed=False)
    furnish(records)
    records.close()


def _furnished(url: str) -> None:
    records = open_records(url, feed=False, zone="Asia/Shanghai")
    furnish(records)
    records.close()
