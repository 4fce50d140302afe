"""A page of numbered lines beside a bar: `page.py LINES`; `f` makes the page another one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.terminal import FrugalApp
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.looks import Parts


class Pages(FrugalApp[None]):
    """A bar that counts how often it was asked, and a page."""

    CSS = """
    PartsBar { border-right: solid white; height: auto; }
    PartsPage { border-left: solid white; padding: 0 1; }
    """
    BINDINGS = [("f", "other", "other"), ("w", "wide", "wide"), ("q", "quit", "quit")]

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.word = "line"

    def compose(self) -> ComposeResult:
        yield PartsBar()
        yield PartsPage()

    def on_mount(self) -> None:
        self.query_one(PartsBar).show(self._bar)
        self.query_one(PartsPage).tell(self._page())
        self.query_one(PartsPage).focus()

    def action_other(self) -> None:
        self.word = "another"
        self.query_one(PartsPage).tell(self._page())
        self.query_one(PartsBar).renew()

    def action_wide(self) -> None:
        self.word = "词" * 60
        self.query_one(PartsBar).renew()

    def _page(self) -> tuple[Parts, ...]:
        return tuple(((f"{self.word} {n} ", ""), ("工单", "strong")) for n in range(self.count))

    def _bar(self, width: int, _height: int) -> tuple[Parts, ...]:
        return (((f"bar {width}", "strong"),), ((self.word, "muted"),))


if __name__ == "__main__":
    Pages(int(sys.argv[1])).run()
