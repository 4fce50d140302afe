"""A page of text to scroll: an order's card, a ledger, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from console.looks import Parts, lines_of

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PartsPage(VerticalScroll):
    """Lines of parts, wrapped to the width, in a pane that scrolls."""

    DEFAULT_CSS = """
    PartsPage { scrollbar-size-vertical: 1; }
    PartsPage > Static { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar = [
        Binding("j", "scroll_down", show=False, id="page.down"),
        Binding("k", "scroll_up", show=False, id="page.up"),
        Binding("ctrl+d", "page_down", show=False, id="page.half_down"),
        Binding("ctrl+u", "page_up", show=False, id="page.half_up"),
        Binding("g", "scroll_home", show=False, id="page.first"),
        Binding("G", "scroll_end", show=False, id="page.last"),
    ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._text = Static("", markup=False)
        self._shown: tuple[Parts, ...] | None = None

    def compose(self) -> ComposeResult:
        """Just the text."""
        yield self._text

    def tell(self, lines: tuple[Parts, ...]) -> None:
        """Show these lines; where they are those shown already, nothing happens."""
        if lines != self._shown:
            grown = self._shown is None or len(lines) != len(self._shown)
            self._shown = lines
            self._text.update(lines_of(lines), layout=True if grown else self._wraps(lines))

    def _wraps(self, lines: tuple[Parts, ...]) -> bool:
        """Whether some line is so long that another text may need another height."""
        room = self._text.size.width
        return any(sum(len(text) * 2 for text, _tone in line) > room for line in lines)
