"""The line that a prompt is answered in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


class PromptLine(Input):
    """An input that is shown and hidden, and keeps the keys for as long as it is wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, select_on_focus=False, **kwargs)
        self.wanted = False
        """Whether a question is open."""
        # A cursor that does not blink costs a slow line nothing.
        self.set_reactive(Input.cursor_blink, False)

    def on_resize(self, _event: events.Resize) -> None:
        """The terminal's caret stands where ours does: an input method looks for it there."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_hide(self, event: events.Hide) -> None:
        """News of an earlier closing must not take the keys from a question opened since."""
        if self.wanted:
            event.prevent_default()
