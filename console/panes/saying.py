"""What came of the last key, told for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from textual.containers import Container

from console.desk_app import DeskApp
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.errand import Errand
    from console.looks import Parts

FADES_AFTER: Final = timedelta(seconds=30)


class Saying(Container):
    """A line for it, above the line that asks for more."""

    def __init__(self) -> None:
        super().__init__()
        self.errand: Errand | None = None
        """The errand whose question is open."""
        self._said_at: datetime | None = None
        """When the result that is shown was told; None where none is."""
        self._follows = False
        """Whether that result can be told in another language."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def tell_above(self, news: Parts) -> None:
        """Show it above what an open question offers; to be filled by who asks."""
        raise NotImplementedError

    def say(self, text: str | Callable[[], str], tone: str) -> None:
        """Show a result in place of the last one, above what an open question offers.

        A text that is asked for follows another language; any other is gone with the old one.
        """
        sign = {"good": "✓ ", "overdue": "✗ ", "soon": "! "}.get(tone, "")

        def parts() -> Parts:
            return ((f" {sign}{text if isinstance(text, str) else text()}", tone),)

        if self.errand is not None:
            self.tell_above(parts())
        else:
            self.noted(follows=not isinstance(text, str), nothing=not text)
            self.query_one("#said", PartsBar).show(lambda _width, _height: (parts(),))

    def noted(self, *, follows: bool, nothing: bool = False) -> None:
        """Remember when a result was told, and whether it can be told in another language."""
        self._said_at = None if nothing else self.desk.now()
        self._follows = follows

    def hush(self) -> None:
        """Nobody needs the last result any more."""
        if self._said_at is not None and self.errand is None:
            self.say("", "")

    def fade(self, at: datetime) -> None:
        """A result is news for half a minute."""
        if self._said_at is not None and at - self._said_at >= FADES_AFTER:
            self.hush()

    def say_again(self) -> None:
        """Another language is spoken now."""
        if self._follows:
            self.query_one("#said", PartsBar).renew()
        else:
            self.hush()
