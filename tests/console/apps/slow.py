"""A board whose source answers when told to: `o` lets it go on, `f` makes it fail."""

from __future__ import annotations

from queue import Queue
from typing import TYPE_CHECKING

from textual.widgets import Static

from console.terminal import FrugalApp
from console.widgets.work_table import WorkTable
from tests.console.apps.board import COLUMNS
from tests.console.apps.numbers import START, Numbers

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.widgets.window import Ask, Page


class Slow(Numbers):
    """Waits in its worker thread for a word."""

    instant = False

    def __init__(self, app: SlowBoard) -> None:
        super().__init__(5000)
        self.app = app
        self.words: Queue[str] = Queue()

    def page(self, ask: Ask) -> Page:
        self.app.call_from_thread(self.app.say, "asked")
        if self.words.get() == "fail":
            raise ConnectionError("the line is down")
        return super().page(ask)


class SlowBoard(FrugalApp[None]):
    """One line of talk and a table."""

    BINDINGS = [("z", "say('keys live')", "z"), ("o", "go('on')", "go"), ("f", "go('fail')", "f")]

    def compose(self) -> ComposeResult:
        self.source = Slow(self)
        self.talk = Static(markup=False)
        yield self.talk
        yield WorkTable(COLUMNS, self.source, at=START)

    def on_mount(self) -> None:
        self.query_one(WorkTable).focus()

    def say(self, text: str) -> None:
        self.talk.update(text, layout=False)

    def action_say(self, text: str) -> None:
        self.say(text)

    def action_go(self, word: str) -> None:
        self.source.words.put(word)

    def on_work_table_fetch_failed(self, message: WorkTable.FetchFailed) -> None:
        self.say(f"failed: {message.error}")


if __name__ == "__main__":
    SlowBoard().run()
