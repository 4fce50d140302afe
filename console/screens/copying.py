"""Copying from a screen: the chosen order, or what the cursor or the mouse marks."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.i18n import _
from console.slicing import Sliced

if TYPE_CHECKING:
    from console.desk_app import DeskApp
    from console.panes.hand_bar import HandBar
    from console.seat import Seat
    from store.queries.board import BoardLine


class Copying(Sliced[Any]):
    """Two keys that take something elsewhere."""

    class Copied(Message):
        """What shall be copied is known, or why nothing is."""

        def __init__(self, text: str, what: str, error: Exception | None = None) -> None:
            super().__init__()
            self.text = text
            self.what = what
            self.error = error

    class Kept(Message):
        """The copy stands in its file, or could not be written."""

        def __init__(self, what: str, *, known: bool, path: str, wrong: str) -> None:
            super().__init__()
            self.what = what
            self.known = known
            self.path = path
            self.wrong = wrong

    if TYPE_CHECKING:

        @property
        def desk(self) -> DeskApp:
            """The app, as what it is."""
            ...

        @property
        def hands(self) -> HandBar:
            """Where it is said."""
            ...

        def line(self) -> BoardLine | None:
            """The chosen order."""
            ...

    def do_copy(self) -> None:
        """The chosen order as lines to paste."""
        line = self.line()
        if line is not None:
            self.copy_order(line.number)

    def copy_order(self, number: int) -> None:
        """An order as lines to paste."""
        seat = self.desk.seat
        if seat is not None:
            work = partial(self._fetch_copy, seat, number)
            self.run_worker(work, thread=True, group="copy", exit_on_error=False)

    def _fetch_copy(self, seat: Seat, number: int) -> None:
        from console.render_copy import copied_in_short, copied_order
        from store.queries.card import OrderCard

        try:
            card = seat.ask(OrderCard(number=number))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Copied("", "", error))
        else:
            at, zone = self.desk.now(), self.desk.zone
            what = copied_in_short(card, at=at, zone=zone)
            self.post_message(self.Copied(copied_order(card, at=at, zone=zone), what))

    def do_copy_row(self) -> None:
        """What the mouse has marked, else the row under the cursor, else the page in sight."""
        from console.marked import marked

        text = self.get_selected_text() or marked(self.focused)
        if text.strip():
            what = text.strip().splitlines()[0]
            self.copy(text, what if len(what) <= _SHORT else f"{what[: _SHORT - 3]}...")
        else:
            self.hands.refuse(lambda: _("there is nothing to copy here"))

    def on_copying_copied(self, message: Copied) -> None:
        """Hand it to the terminal."""
        from console.carrying import told

        message.stop()
        if message.error is not None:
            self.hands.refuse(told(message.error))
        else:
            self.copy(message.text, message.what)

    def copy(self, text: str, what: str) -> None:
        """Hand a text to the terminal and its file."""
        from console.clipboard import takes_copies

        self.desk.hand_copy(text)
        path, known = self.desk.copy_file, takes_copies(os.environ)
        if known or path is None:
            self.post_message(self.Kept(what, known=known, path="", wrong=""))
        else:
            work = partial(self._keep_copy, text, what)
            self.run_worker(work, thread=True, group="copy", exit_on_error=False)

    def _keep_copy(self, text: str, what: str) -> None:
        from console.clipboard import keep_copy
        from store.domain.system_words import why

        path = self.desk.copy_file
        assert path is not None
        try:
            keep_copy(path, text)
        except OSError as error:
            self.post_message(self.Kept(what, known=False, path=str(path), wrong=why(error)))
        else:
            self.post_message(self.Kept(what, known=False, path=str(path), wrong=""))

    def on_copying_kept(self, message: Kept) -> None:
        """Say where it went: the terminal was asked, and never answers."""
        message.stop()
        self.hands.say(partial(_said, message), "soon" if message.wrong else "good")


def _said(kept: Copying.Kept) -> str:
    what = kept.what
    if kept.known or not kept.path:
        return _("{what}: given to the terminal's clipboard").format(what=what)
    if kept.wrong:
        said = _("{what}: given to the terminal, which may not take it; {path}: {why}")
        return said.format(what=what, path=kept.path, why=_(kept.wrong))
    said = _("{what}: in {path}, and given to the terminal, which may not take it")
    return said.format(what=what, path=kept.path)


_SHORT = 24
"""Characters of what is copied that are said again."""
