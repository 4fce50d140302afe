"""Every way a text reaches the screen, each with a payload that wants to command the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.segment import ControlType, Segment
from rich.style import Style
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input, Label, OptionList, RichLog, Static, TextArea

from console.terminal import FrugalApp
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.widgets.work_table import WorkTable
from tests.console.apps.numbers import START, ByHand

if TYPE_CHECKING:
    from textual.app import ComposeResult

PAYLOAD = (
    "up\x1b]52;c;QUJD\x07\x1b[2J\x1bc\x9b31m\x90q\x0e\x00"
    "\u202eabc\u2066\u200f\u200b\u200d\u2060\ufeff\ue000\U000e0041\ud800"
    "e\u0301\u0301\u0301\u0301\u0301\u0301[@click=app.quit]quit[/][/bad]end"
)


class Raw(Widget):
    """Segments as careless as they come."""

    def render_line(self, y: int) -> Strip:
        del y
        return Strip(
            [
                Segment("\x1b[2J", None, [(ControlType.CLEAR,)]),
                Segment(PAYLOAD, Style(link="http://e.x/\x1b]52;c;QUJD\x07")),
            ]
        )


class Hostile(FrugalApp[None]):
    """One of each."""

    CSS = "Vertical { height: 3; } DataTable, WorkTable, OptionList, RichLog { height: 3; }"
    BINDINGS = [("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        yield Static(PAYLOAD, markup=False)
        yield Label(PAYLOAD, markup=False)
        with Vertical() as box:
            box.styles.border = ("round", "red")
            yield Static("box", markup=False)
        row = Row(
            key=PAYLOAD,
            version=0,
            mark=(1,),
            cells=(PAYLOAD, Tinted(PAYLOAD, "overdue")),
            still=PAYLOAD,
        )
        columns = (
            Column(name="a", title=PAYLOAD, width=30),
            Column(name="c", title="", width=9, clock=True),
            Column(name="b", title=PAYLOAD, width=20, flexible=True),
        )
        yield WorkTable(columns, ByHand([row]), at=START)
        yield Raw()
        yield Input(value=PAYLOAD, placeholder=PAYLOAD)
        yield Button("button")
        yield DataTable()
        yield OptionList()
        yield RichLog()
        yield TextArea(PAYLOAD)

    def on_mount(self) -> None:
        from rich.text import Text

        box = self.query_one(Vertical)
        box.border_title = Text(PAYLOAD)
        self.query_one(Raw).styles.height = 1
        self.query_one(Button).label = Text(PAYLOAD)
        table = self.query_one(DataTable)
        table.add_column(Text(PAYLOAD))
        table.add_row(Text(PAYLOAD))
        self.query_one(OptionList).add_option(Text(PAYLOAD))
        self.query_one(RichLog).write(PAYLOAD)
        self.notify(PAYLOAD, title=PAYLOAD, markup=False, timeout=600)
        self.query_one(WorkTable).focus()


if __name__ == "__main__":
    app = Hostile()
    app.run()
    sys.exit(app.return_code)
