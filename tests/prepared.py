"""Stores made once in a run and copied for each test: an empty one climbs every migration first."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.persistence import migrate
from store.persistence.database import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.postgres import PgServer

    Fill = Callable[[str], None]
    """Makes a store at a URL, and closes it."""

KINDS = ("sqlite", "postgresql")


def only_tables(url: str) -> None:
    """Climb every migration, and write nothing: not even the operator that a desk begins with."""
    database = connect(url)
    migrate.upgrade(database)
    database.close()


class Prepared:
    """What was made so far, by kind of database and by who fills it."""

    def __init__(self, folder: Path, server: Callable[[], PgServer]) -> None:
        self._folder = folder
        self._server = server
        """Starts it only when it is wanted."""
        self._files: dict[Fill, Path] = {}
        self._databases: dict[Fill, str] = {}

    @contextmanager
    def copy(self, kind: str, fill: Fill, folder: Path) -> Iterator[str]:
        """The URL of a store of one's own, as `fill` makes it; a file stands in the folder."""
        if kind == "sqlite":
            yield self._file(fill, folder / "desk.db")
            return
        server = self._server()
        name = server.create(template=self._database(fill))
        yield server.url(name)
        server.drop(name)

    def _file(self, fill: Fill, path: Path) -> str:
        if fill not in self._files:
            made = self._folder / f"{len(self._files)}.db"
            fill(f"sqlite:///{made}")
            self._files[fill] = made
        shutil.copyfile(self._files[fill], path)
        return f"sqlite:///{path}"

    def _database(self, fill: Fill) -> str:
        if fill not in self._databases:
            server = self._server()
            made = server.create()
            fill(server.url(made))
            self._databases[fill] = made
        return self._databases[fill]
