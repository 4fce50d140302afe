"""The line that commands are typed in; a question mark between words asks instead of being text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.message import Message

from console.widgets.prompt_line import PromptLine

if TYPE_CHECKING:
    from textual import events


LONGEST: Final = 2_000
"""Characters; a longer paste is refused whole, not cut to something nobody meant."""


class CommandLine(PromptLine):
    """An input that can be asked what may follow."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self._short: str | None = None
        """What stood here as something more had no room."""

    class Asked(Message):
        """What may stand here?"""

    class Full(Message):
        """Something had no room, and nothing of it was taken."""

    @property
    def lacks(self) -> bool:
        """Whether something had no room that was to stand in the line as it is: it is not whole."""
        return self._short == self.value

    def empty(self) -> None:
        """Take everything away, and forget what had no room."""
        self.value, self._short = "", None

    def restricted(self) -> None:
        """The bell alone would not tell those who go on typing."""
        super().restricted()
        self._short = self.value
        self.post_message(self.Full())

    async def _on_key(self, event: events.Key) -> None:
        if event.character in {"?", "？"} and self._between_words():
            event.stop()
            event.prevent_default()
            self.post_message(self.Asked())

    def _between_words(self) -> bool:
        place = self.cursor_position
        return place == 0 or self.value[place - 1] in " 　"
