"""What a line that writes an order down is like: asked in a worker, and only while hands rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.containers import Vertical
from textual.message import Message

from console.actions import ACTIONS
from console.desk_app import DeskApp
from console.i18n import language
from console.looks import cut
from console.pacing import Paced

if TYPE_CHECKING:
    from console.grammar.understand import Understood
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.likely import Likely, LikelyOrders

_ASK_EVERY_S: Final = 0.3


class Likening(Vertical):
    """Knows of the line that stands there which order it is likely about; Enter waits for none."""

    class Likened(Message, bubble=False):
        """The store has told."""

        def __init__(self, line: str, found: tuple[Likely, ...]) -> None:
            super().__init__()
            self.line = line
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self._like: Likely | None = None
        self._like_asked: tuple[str, LikelyOrders] | None = None
        """The line that is to be compared, and by what."""
        self._like_soon = Paced(self, _ASK_EVERY_S, self._ask_like)

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def _show(self) -> None:
        """Something above the line is another; to be filled by the bar."""
        raise NotImplementedError

    def liken(self, told: Understood | Exception | None, line: str) -> None:
        """A line was read: what it is like is another question, asked where it asks for one."""
        before, self._like_asked = self._like_asked, None
        if told is not None and not isinstance(told, Exception):
            from console.grammar.alike import likely_meant

            query = likely_meant(told.parsed)
            self._like_asked = (line, query) if query is not None else None
        asked = self._like_asked
        if asked is None or before is None or asked[1] != before[1]:
            self._like = None
            if asked is not None:
                self._like_soon()

    def _ask_like(self) -> None:
        seat, asked = self.desk.seat, self._like_asked
        if seat is not None and asked is not None and self.desk.away is None:
            work = partial(self._find_like, seat, *asked)
            self.run_worker(work, thread=True, group="like", exit_on_error=False)

    def _find_like(self, seat: Seat, line: str, query: LikelyOrders) -> None:
        try:
            found = seat.ask(query)
        except Exception as error:  # noqa: BLE001  a line is done without it, too
            self.log(error)
        else:
            self.post_message(self.Likened(line, found))

    def on_likening_likened(self, message: Likened) -> None:
        """Show it, if the line still stands so."""
        message.stop()
        asked = self._like_asked
        if asked is not None and asked[0] == message.line:
            self._like = message.found[0] if message.found else None
            self._show()

    def like_rows(self, width: int) -> tuple[Parts, ...]:
        """The order that it is likely about, and how that is chased; nothing where it is new."""
        if self._like is None or self._like_asked is None:
            return ()
        from console.grammar.alike import likely_said
        from console.grammar.verbs import word_for

        verb = word_for(ACTIONS["chase"], chinese=language() != "en")
        at, zone = self.desk.now(), self.desk.zone
        said = likely_said(self._like, verb, at=at, zone=zone, cells=width - 1)
        return (cut(((f" {said}", "soon"),), width),)
