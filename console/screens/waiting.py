"""What waits for the store, or for the operator: sent again, edited, or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told as worded
from console.drafts import Draft
from console.i18n import _
from console.looks import spread
from console.render_card import when
from console.screens.reading import ReadingScreen
from store.domain.text import safe

if TYPE_CHECKING:
    from datetime import datetime

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.waiting import Waiting

_SHOWN = 300
"""Characters of a text that are shown here; all of it is kept."""


class WaitingScreen(ReadingScreen):
    """The oldest first, in the order in which they are sent."""

    BINDINGS = [
        Binding("enter", "again", show=False, id="waiting.again"),
        Binding("e", "edit", show=False, id="waiting.edit"),
        Binding("x", "drop", show=False, id="waiting.drop"),
        Binding("escape,q", "back", show=False, id="waiting.leave"),
        Binding("down,j", "mark(1)", show=False, priority=True, id="waiting.down"),
        Binding("up,k", "mark(-1)", show=False, priority=True, id="waiting.up"),
    ]

    class Changed(Message, bubble=False):
        """The disk has it, or the store could not be asked."""

        def __init__(self, error: Exception | None) -> None:
            super().__init__()
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self._marked = 0
        self._said = ""

    def title_line(self) -> str:
        """What this screen is."""
        return _("Waiting to be sent")

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any of it may be one that waited
        """Something was sent."""
        self.show_lines()

    def tick(self, at: datetime) -> None:
        """Something may have been sent or refused."""
        super().tick(at)
        self.show_lines()

    @property
    def _chosen(self) -> Waiting | None:
        items = self.desk.pile.items
        self._marked = max(0, min(len(items) - 1, self._marked))
        return items[self._marked] if items else None

    def action_mark(self, step: int) -> None:
        """Mark the one below or above."""
        self._marked = max(0, self._marked + step)
        self.show_lines()

    def action_again(self) -> None:
        """Have the marked one sent."""
        item, seat, pile = self._chosen, self.desk.seat, self.desk.pile
        if item is None or seat is None or not item.held:
            return

        def work() -> None:
            from console.parking import again

            try:
                again(pile, seat, item)
            except Exception as error:  # noqa: BLE001  whatever it is, it is shown
                self.post_message(self.Changed(error))
            else:
                self.post_message(self.Changed(None))

        self.run_worker(work, thread=True, group="waiting", exit_on_error=False)

    def action_edit(self) -> None:
        """Its text goes back to where it was written, and it waits no longer."""
        item, desk = self._chosen, self.desk
        if item is None or not item.held:
            return
        if item.action == "new":
            desk.shelf.keep(Draft(texts=item.texts))
            desk.run_worker(desk.shelf.write, thread=True, group="drafts", exit_on_error=False)
        elif "" in item.texts:
            desk.history.add(item.texts[""])
        else:
            desk.drafts[item.action, min(item.numbers, default=0)] = dict(item.texts)
        self._said = _("its text stands where it was written; the key of the action opens it")
        self._drop(item)

    def action_drop(self) -> None:
        """Nothing of the marked one is done."""
        item = self._chosen
        if item is not None and item.held:
            self._said = _("dropped")
            self._drop(item)

    def _drop(self, item: Waiting) -> None:
        pile = self.desk.pile

        def work() -> None:
            pile.drop(item)
            self.post_message(self.Changed(None))

        self.run_worker(work, thread=True, group="waiting", exit_on_error=False)

    def on_waiting_screen_changed(self, message: Changed) -> None:
        """Show it, and send what may go now."""
        message.stop()
        if message.error is not None:
            self._said = worded(message.error)
        self.desk.recount()
        self.desk.send_waiting()
        self.show_lines()

    def action_back(self) -> None:
        """Leave it all as it is."""
        self.desk.go_back(None)

    def lines(self) -> tuple[Parts, ...]:
        """Each with its words, and why it was refused."""
        chosen = self._chosen
        rows: list[Parts] = [((self._said, "muted"),)] if self._said else []
        if chosen is None:
            none = _("nothing waits: here stands what you do while the store is away; Esc back")
            return (*rows, ((none, "muted"),))
        for item in self.desk.pile.items:
            rows += self._rows(item, marked=item.id == chosen.id)
        return tuple(rows)

    def _rows(self, item: Waiting, *, marked: bool) -> list[Parts]:
        action = ACTIONS.get(item.action)
        name = _(action.label) if action is not None else safe(item.action, limit=40)
        orders = " ".join(f"#{number}" for number in sorted(item.numbers)[:8])
        text = safe(" · ".join(t for t in item.texts.values() if t), limit=_SHOWN)
        at = when(item.at, self.desk.zone, at=self.desk.now())
        line: Parts = (
            (" > " if marked else "   ", "held" if marked else ""),
            (f"{at:<12} {name} {orders}  {text}", "held" if marked else ""),
        )
        if item.why:
            return [line, ((f"     ✗ {item.why}", "overdue"),)]
        said = _("from an earlier console") if item.held else _("sent when the store is back")
        return [line, ((f"     {said}", "soon" if item.held else "muted"),)]

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((_("Enter sends again, e edits, x drops, Esc leaves "), "key"),)
        return (spread(((f" {self.title_line()}", "strong"),), keys, width),)
