"""The line that a prompt is answered in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.widgets import Input

from store.domain.text import safe

if TYPE_CHECKING:
    from textual import events

_LONGEST: Final = 10_000
"""Characters taken of one paste; no field keeps so many, so that a longer one is refused."""


class PromptLine(Input):
    """An input that is shown and hidden, and keeps the keys for as long as it is wanted."""

    DEFAULT_CSS = """
    PromptLine > .input--selection { text-style: reverse; }
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, select_on_focus=False, **kwargs)
        self.wanted = False
        """Whether a question is open."""
        self.touched = False
        """Whether hands have written in it, be it the same again."""
        # A cursor that does not blink costs a slow line nothing.
        self.set_reactive(Input.cursor_blink, False)

    async def _on_key(self, event: events.Key) -> None:
        """Textual's own handler, which is called next, does what the key is for."""
        self.touched = self.touched or event.is_printable

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines as one, controls shown as what they are: nothing of it is lost unseen."""
        # Textual's own handler, which keeps the first line only, would be called next.
        event.prevent_default()
        event.stop()
        text = safe(event.text.strip("\r\n"), limit=_LONGEST)
        self.touched = True
        self.replace(text, *self.selection)

    def on_resize(self, _event: events.Resize) -> None:
        """The terminal's caret stands where ours does: an input method looks for it there."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_hide(self, event: events.Hide) -> None:
        """News of an earlier closing must not take the keys from a question opened since."""
        if self.wanted:
            event.prevent_default()
