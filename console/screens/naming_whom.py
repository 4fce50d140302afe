"""While an order is lifted on the schedule board, letters name whoever is to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.grammar.names import matching
from console.i18n import _, coded
from console.screens.arranging import Arranging

if TYPE_CHECKING:
    from textual import events

    from store.queries.days import Day


class NamingWhom(Arranging):
    """A letter that begins nobody's name is the key that it is anyway, as is a large one."""

    _days: tuple[Day, ...] = ()
    """Those that are shown."""
    _whom = ""
    """What is written of his name."""

    def on_key(self, event: events.Key) -> None:
        """The cursor goes to whoever is called so; Backspace takes a letter back."""
        if self.lifted is None or self.swaps:
            return
        sign = event.character if event.is_printable else None
        letter = sign is not None and sign.isalnum() and not sign.isupper()
        if sign is not None and (letter or (sign == " " and self._whom)):
            self._named(event, self._whom + sign)
        elif event.key == "backspace" and self._whom:
            self._named(event, self._whom[:-1])
        elif event.key in {"up", "down"}:
            self._whom = ""

    def on_paste(self, event: events.Paste) -> None:
        """What an input method gives is a name, too."""
        if self.lifted is not None and not self.swaps:
            event.stop()
            event.prevent_default()  # else it is refused as well
            self._go_to(self._whom + event.text.strip())

    def _named(self, event: events.Key, text: str) -> None:
        if self._go_to(text) or self._whom:
            event.stop()
            event.prevent_default()

    def _go_to(self, text: str) -> bool:
        """Have the cursor on the first who is called so; whether there is any."""
        found = matching((day.line for day in self._days), text)
        if text and not found:
            said = _("nobody here is called “{text}”").format(text=text[:40])
            if self._whom or len(text) > 1:
                self.hands.refuse(said)
            return False
        self._whom = text
        if found:
            self.table.jump_to(found[0].id)
            who = coded(found[0].name, found[0].code)
            self.hands.say(_("“{text}”: {name}").format(text=text, name=who), "muted")
        return True

    def _take_up(self, *, swaps: bool) -> None:
        self._whom = ""
        super()._take_up(swaps=swaps)
