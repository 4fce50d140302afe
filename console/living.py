"""What a screen may do for the app: follow the desk, and keep words that shall outlive it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from datetime import datetime

    from console.feed import NewsArrived
    from console.seat import Seat


@runtime_checkable
class Living(Protocol):
    """A screen that follows the desk while it is mounted, also below other screens."""

    def tick(self, at: datetime) -> None:
        """A second has passed."""
        ...

    def hear(self, news: NewsArrived) -> None:
        """Something was committed."""
        ...

    def say_again(self) -> None:
        """Another language is spoken now, or the standing has changed."""
        ...

    def seated(self, seat: Seat) -> None:
        """The store is open."""
        ...


def said_again(screen: Living) -> None:
    """All that a screen shows, in the language that is spoken now."""
    from textual.screen import Screen

    from console.widgets.bars import PartsBar

    screen.say_again()
    if isinstance(screen, Screen):
        for bar in screen.query(PartsBar):
            bar.renew()


@runtime_checkable
class Keeping(Protocol):
    """A screen with words in it that shall outlive the console."""

    def keep(self) -> None:
        """Put on the shelf what stands in its lines now."""
        ...
