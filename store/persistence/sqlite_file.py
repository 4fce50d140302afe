"""Whether the file under the store's name is still the one that the connections have open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.errors import StoreUnreachable
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class OpenFile:
    """One name and the file behind it; by `stat`, since opening it would drop SQLite's locks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._present()

    def renew(self) -> None:
        """Connections were let go: whatever has the name now is the store."""
        self._known = self._present()

    def check(self, let_go: Callable[[], None]) -> None:
        """Raise `StoreUnreachable` where a write would go into a file without a name.

        `let_go` drops the connections and renews, so that a file put back is opened anew.
        """
        present = self._present()
        if present is None:
            let_go()
            raise StoreUnreachable(why=N_("its file {path} was deleted").format(path=self._path))
        if present == self._known:
            return
        replaced = self._known is not None
        let_go()
        if replaced:
            wrong = N_("its file {path} was replaced by another; nothing was changed, look again")
            raise StoreUnreachable(why=wrong.format(path=self._path))

    def _present(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino
