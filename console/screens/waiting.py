"""What waits for the store, or for the operator: looked at, sent again, edited, or dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told as worded
from console.drafts import Draft
from console.hanging import HANG
from console.i18n import _, _n, tell
from console.looks import spread
from console.render_card import when
from console.screens.reading import MARK, ReadingScreen
from console.unsent import Begun
from store.domain.errors import StoreBusy
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.feed import NewsArrived
    from console.grammar.understand import Understood
    from console.looks import Parts
    from console.pile import Pile
    from console.preview import PreviewRow
    from console.seat import Seat
    from console.waiting import Waiting

_OLD = N_(
    "it may have been done already, the store no longer knows: t shows its order, Enter sends it"
)
_SHOWN = 300
"""Characters of a text that are shown here; all of it is kept."""


class WaitingScreen(ReadingScreen):
    """The oldest first, in the order in which they are sent."""

    BINDINGS = [
        Binding("enter", "again", show=False, id="waiting.again"),
        Binding("t", "trace", show=False, id="waiting.trace"),
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

    class Looked(Message, bubble=False):
        """What a line would change has been found out."""

        def __init__(self, item: Waiting, told: Understood, rows: tuple[PreviewRow, ...]) -> None:
            super().__init__()
            self.item = item
            self.told = told
            self.rows = rows

    def __init__(self) -> None:
        super().__init__()
        self._marked = 0
        self._marked_id = ""
        """The mark stays on what it was set on, though others above it are sent meanwhile."""
        self._said = ""
        self._warned = ""  # the id of an old one of which was said that it may be done already
        self._going: frozenset[str] = frozenset()  # being dropped: keys are meant for what is below

    def title_line(self) -> str:
        """What this screen is."""
        count = len(self._items)
        said = _n("Waiting to be sent: {count}", "Waiting to be sent: {count}", count)
        return said.format(count=count) if count else _("Waiting to be sent")

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any of it may be one that waited
        """Something was sent."""
        self.show_lines()

    def tick(self, at: datetime) -> None:
        """Something may have been sent or refused."""
        super().tick(at)
        self.show_lines()

    @property
    def _items(self) -> tuple[Waiting, ...]:
        return tuple(item for item in self.desk.pile.items if item.id not in self._going)

    @property
    def _chosen(self) -> Waiting | None:
        items = self._items
        known = (place for place, one in enumerate(items) if one.id == self._marked_id)
        self._marked = next(known, max(0, min(len(items) - 1, self._marked)))
        chosen = items[self._marked] if items else None
        self._marked_id = chosen.id if chosen is not None else ""
        return chosen

    def action_mark(self, step: int) -> None:
        """Mark the one below or above."""
        if self._chosen is not None:
            items, place = self._items, self._marked + step
            self._marked_id = items[max(0, min(len(items) - 1, place))].id
        self.show_marked()

    def action_again(self) -> None:
        """Have the marked one sent; what may be done already is said first."""
        item, seat, pile = self._chosen, self.desk.seat, self.desk.pile
        if item is None or seat is None or not item.held:
            return
        if item.is_old(at=self.desk.now()) and self._warned != item.id:
            self._warned = item.id
            self._said = _OLD
            self.show_lines()
        elif item.asks:
            self._work(partial(self._look, item, seat))
        else:
            self._work(partial(self._again, pile, seat, item))

    def _work(self, work: Callable[[], None]) -> None:
        def carefully() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001  whatever it is, it is shown
                self.post_message(self.Changed(error))

        self.run_worker(carefully, thread=True, group="waiting", exit_on_error=False)

    def _again(self, pile: Pile, seat: Seat, item: Waiting) -> None:
        from console.parking import again

        again(pile, seat, item)
        self.post_message(self.Changed(None))

    def _look(self, item: Waiting, seat: Seat) -> None:
        from console.late_reading import looked_at

        self.post_message(self.Looked(item, *looked_at(item, seat, self.desk.zone)))

    def on_waiting_screen_looked(self, message: Looked) -> None:
        """Show what it would change; Enter there does it."""
        from console.screens.preview import PreviewScreen

        message.stop()
        item, told, seat = message.item, message.told, self.desk.seat

        def decided(yes: bool | None) -> None:
            if yes and seat is not None:
                self._work(partial(self._agree, item, told, seat))

        self.desk.go_to(PreviewScreen(told.said, message.rows), decided)

    def _agree(self, item: Waiting, told: Understood, seat: Seat) -> None:
        from console.late_reading import agreed

        self.desk.pile.put(agreed(item, told, seat))
        self.post_message(self.Changed(None))

    def action_trace(self) -> None:
        """What has been done to its order: that may be it."""
        item = self._chosen
        if item is not None and item.numbers:
            self.desk.go_back(min(item.numbers))

    def action_edit(self) -> None:
        """Its text goes back to where it was written; it waits until that is sent."""
        item, desk = self._chosen, self.desk
        if item is None or not item.held:
            return
        if item.action == "new" and "" not in item.texts:
            self._said = _("its text stands in the form")
            self._work(partial(self._to_the_shelf, item))
            return
        if "" in item.texts:
            from console.line_to_wait import with_number

            text = with_number(item.line) if item.line is not None else item.texts[""]
            desk.go_back((item.id, text))
            return
        if item.texts:
            number = getattr(item.command, "number", None) or min(item.numbers, default=0)
            begun = Begun(texts=item.texts, id=item.id, waits=True)
            desk.drafts.bring_up((item.action, number), begun)
        written = N_("its text stands where it was written; the key of the action opens it")
        self._said = written if item.texts else N_("it has no text: Enter sends it, x drops it")
        self.show_lines()

    def _to_the_shelf(self, item: Waiting) -> None:
        """On disk there before it is gone here."""
        shelf, pile = self.desk.shelf, self.desk.pile
        shelf.keep(Draft(texts=item.texts, id=item.id))
        shelf.write()
        if shelf.why is None:
            pile.drop(item)
        self.post_message(self.Changed(shelf.why))

    def action_drop(self) -> None:
        """Nothing of the marked one is done."""
        item = self._chosen
        if item is not None and item.held:
            self._said = _("dropped")
            self._going |= {item.id}
            self._work(partial(self._drop, item))
            self.show_lines()

    def _drop(self, item: Waiting) -> None:
        self.desk.pile.drop(item)
        self.post_message(self.Changed(None))

    def on_waiting_screen_changed(self, message: Changed) -> None:
        """Show it, and send what may go now."""
        message.stop()
        if message.error is not None:
            self._said, self._going = worded(message.error), frozenset()
        self.desk.recount()
        self.desk.send_waiting()
        self.show_lines()

    def action_back(self) -> None:
        """Leave it all as it is."""
        self.desk.go_back(None)

    def lines(self) -> tuple[Parts, ...]:
        """Each with its words, and why it was refused."""
        chosen = self._chosen
        rows: list[Parts] = [((_(self._said), "muted"),)] if self._said else []
        if self.desk.away is not None and chosen is not None:
            rows += ((tell(self.desk.away), "overdue"),), ()
        if chosen is None:
            none = _("nothing waits: here stands what you do while the store is away; Esc back")
            return (*rows, ((none, "muted"),))
        for item in self._items:
            rows += self._rows(item, marked=item.id == chosen.id)
        return tuple(rows)

    def _rows(self, item: Waiting, *, marked: bool) -> list[Parts]:
        action = ACTIONS.get(item.action)
        name = _(action.label) if action is not None else safe(item.action, limit=40)
        orders = " ".join(f"#{number}" for number in sorted(item.numbers)[:8])
        text = safe(" · ".join(t for t in item.texts.values() if t), limit=_SHOWN)
        text = f": {text}" if "" in item.texts else text
        at = self._when(item).rjust(max(map(len, map(self._when, self.desk.pile.items))))
        tone = "held" if marked else ""
        line: Parts = (
            (MARK if marked else "   ", tone),
            (f"{at} ", tone),
            HANG,
            (f"{name} {orders}  {text}", tone),
        )
        said, look = self._standing(item)
        return [line, (("     ", ""), HANG, (said, look))]

    def _when(self, item: Waiting) -> str:
        return when(item.at, self.desk.zone, at=self.desk.now())

    def _standing(self, item: Waiting) -> tuple[str, str]:
        """What it waits for, and how that is shown."""
        if item.why:
            return f"✗ {item.why}", "overdue"
        if item.held and item.is_old(at=self.desk.now()):
            return "! " + _("more than 7 days old: it may have been done already"), "overdue"
        if self.desk.drafts.edits(item.id):
            return _("being edited: it is gone from here once its text is sent"), "soon"
        if item.asks:
            said = _n(
                "! changes {count} order: Enter shows how, then sends it",
                "! changes {count} orders: Enter shows how, then sends it",
                item.asks,
            )
            return said.format(count=item.asks), "soon"
        if item.held:
            return _("from an earlier console"), "soon"
        return self._on_its_way(item), "muted"

    def _on_its_way(self, item: Waiting) -> str:
        """When one that needs nothing of the operator is sent."""
        pile = self.desk.pile
        if self.desk.away is not None:
            return _("sent when the store is back")
        if item == pile.next():
            if isinstance(pile.trouble, StoreBusy):
                return _("sent when the store is free")
            if pile.trouble is not None:
                return _("tried again by itself: {why}").format(why=tell(pile.trouble))
            return _("being sent")
        return _("sent once what stands above it is gone from here")

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((_("Enter sends, t order, e edits, x drops, Esc back "), "key"),)
        return (spread(self.headed(), keys, width),)
