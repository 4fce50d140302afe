"""The part of the desk that has an operator land where he was when his last session ended."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.css.query import NoMatches

from console.covering import Covering

if TYPE_CHECKING:
    from console.place import Place, PlaceFile


@runtime_checkable
class Placed(Protocol):
    """A screen that is somewhere."""

    def place(self) -> Place:
        """Where."""
        ...


class Landing(Covering):
    """Keeps the place at every end but that by one's own key: who leaves begins anew."""

    places: PlaceFile | None = None
    """Where it is kept; None where every console begins anew."""
    landing: Place | None = None
    """Where he was."""
    leaves = False
    """Whether he has left by his own key."""
    _noted: Place | None = None

    def leave(self) -> None:
        """The operator's own key."""
        self.leaves = True
        self.exit(0)

    def note_place(self) -> None:
        """Where one is now; of a console that nobody ever saw open it is where he was."""
        if self.seat is None or self.covered_at is not None:
            return
        for screen in self.screen_stack:
            if isinstance(screen, Placed) and screen.is_mounted:
                with suppress(NoMatches):  # its parts are taken down before it is
                    self._noted = screen.place()

    def keep_place(self) -> None:
        """For the next session; once it is covered it has, and newer ones may have since."""
        if self.covered_at is not None:
            return
        if self.places is not None and (self.leaves or self._noted is not None):
            self.places.write(None if self.leaves else self._noted)

    def covers(self) -> None:
        """Whoever comes in again lands there, also while the covered session is still open."""
        self.note_place()
        self.keep_place()
        super().covers()
