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
_MOST = 6
"""Databases that are kept for copies; each takes twelve megabytes of memory."""


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
        """Those that were used last."""

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
            made = self._folder / f"{fill.__module__}-{len(self._files)}.db"
            if fill is not only_tables:
                self._file(only_tables, made)
            fill(f"sqlite:///{made}")
            self._files[fill] = made
        shutil.copyfile(self._files[fill], path)
        return f"sqlite:///{path}"

    def _database(self, fill: Fill) -> str:
        server = self._server()
        if fill in self._databases:
            made = self._databases.pop(fill)
        elif fill is only_tables:
            made = server.create()
            fill(server.url(made))
        else:
            made = server.create(template=self._database(only_tables))
            fill(server.url(made))
        self._databases[fill] = made  # the newest use stands last
        while len(self._databases) > _MOST:
            server.drop(self._databases.pop(next(iter(self._databases))))
        return made
