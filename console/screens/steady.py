"""A list whose Enter does only what the operator has had before his eyes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.before_eyes import JUST_CHANGED, BeforeEyes
from console.i18n import _
from console.screens.telling import Telling
from store import clock

if TYPE_CHECKING:
    from textual import events


class Steady(Telling):
    """Says once that it has just changed, then does it."""

    def __init__(self) -> None:
        super().__init__()
        self.eyes = BeforeEyes()

    def on_click(self, event: events.Click) -> None:
        """A second click on a row may be an Enter: it comes here before what it chooses."""
        self.eyes.clicked(at=event.time)

    def is_unseen(self) -> bool:
        """Whether the key just read is refused, because the list has changed under it."""
        typed = self.desk.typed
        unseen = self.eyes.unseen(
            key_at=typed.taken_at, before_at=typed.before_at, at=clock.monotonic()
        )
        if unseen:
            self.hands.refuse(partial(_, JUST_CHANGED))
        return unseen
