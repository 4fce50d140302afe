"""A page of text to scroll: an order's card, a ledger, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from console.looks import Parts, lines_of, width

if TYPE_CHECKING:
    from textual.app import ComposeResult

_MOST_SECTIONS = 8


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
        self._sections = [_Section()]

    def compose(self) -> ComposeResult:
        """One section until there are more."""
        yield from self._sections

    def tell(self, lines: tuple[Parts, ...]) -> None:
        """Show these lines; a section that is shown already costs nothing."""
        told = _parted(lines)
        more = [_Section() for _ in told[len(self._sections) :]]
        self._sections += more
        for place, section in enumerate(self._sections):
            section.tell(told[place] if place < len(told) else ())
        if more:
            _mounting = self.mount(*more)


class _Section(Static):
    """Some lines of a page: where a countdown ticks, only they are made anew."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._shown: tuple[Parts, ...] = ()

    def tell(self, lines: tuple[Parts, ...]) -> None:
        """Show these lines; where they are those shown already, nothing happens."""
        if lines != self._shown:
            grown = len(lines) != len(self._shown)
            self._shown = lines
            self.display = bool(lines)
            self.update(lines_of(lines), layout=grown or self._wraps(lines))

    def _wraps(self, lines: tuple[Parts, ...]) -> bool:
        """Whether some line is so long that another text may need another height."""
        room = self.size.width
        return any(width(line) > room for line in lines)


def _parted(lines: tuple[Parts, ...]) -> list[tuple[Parts, ...]]:
    """The lines in sections, each with the empty line that ends it; never more than a screenful."""
    sections: list[list[Parts]] = [[]]
    for line in lines:
        sections[-1].append(line)
        if not line and len(sections) < _MOST_SECTIONS:
            sections.append([])
    return [tuple(section) for section in sections if section]
