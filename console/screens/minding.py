"""The part of the board that minds the store: notices that it is away, asks until it is back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.screens.commanding import Commanding
from store.domain.errors import (
    NotAllowed,
    Refusal,
    StoreReadOnly,
    StoreTooNew,
    StoreTrouble,
    StoreUnreachable,
)

if TYPE_CHECKING:
    from datetime import datetime

    from console.pacing import Paced
    from console.panes.hand_bar import HandBar

_TRY_AGAIN_S = 2
_PROOF: Final = timedelta(seconds=1)
"""How long a look may take, and how far apart they are, while the feed is in trouble."""


class Minding(Commanding):
    """Looks at the desk also when nothing calls for it but that the store is silent."""

    look: Paced
    """Ask the store how the desk stands."""

    _looking = False
    """Whether a look is under way."""

    _asked_at: datetime | None = None
    """When the last look was begun."""

    _write_refused = False
    """Whether the last command met a store that took no write, whatever it says of itself."""

    def mind_the_store(self, at: datetime) -> None:
        """Notice within seconds that the store is away, also where nobody asks it anything.

        The feed hears of it first; a look proves it, be it by not coming back either.
        """
        seat, asked = self.desk.seat, self._asked_at
        if seat is None or self.desk.standing.trouble is not None:
            return
        state = seat.records.feed_state
        if state is None or (asked is not None and at - asked < _PROOF):
            return
        if self._looking:
            self.desk.trouble(state.what, since=state.since)
        else:
            self.look.now()

    def failed(self, error: Exception) -> None:
        """The store did not answer; try again by ourselves, the board stays readable.

        To who may not ask any more, revoked while he sat here, nothing stays readable; nor where a
        newer program has renewed the store so that this one would misread it.
        """
        if isinstance(error, NotAllowed | StoreTooNew):
            self.desk.turn_away(error)
            return
        if isinstance(error, Refusal):
            self.desk.trouble(error)
        else:
            self.desk.trouble(StoreTrouble(why=type(error).__name__))
        self.set_timer(_TRY_AGAIN_S, self.look)

    def on_hand_bar_troubled(self, message: HandBar.Troubled) -> None:
        """A command met a store that could not be used."""
        message.stop()
        if isinstance(message.trouble, StoreReadOnly):
            self._write_refused = True
            self.desk.stand(read_only=True)
        elif isinstance(message.trouble, StoreUnreachable):
            self.failed(message.trouble)
