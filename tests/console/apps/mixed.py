"""Many widgets, Chinese text, overlays at odd columns; stock or frugal by the first argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import ComposeResult

_STOCK = "stock" in sys.argv
if not _STOCK:
    import console  # noqa: F401  before Textual, as every entry point of ours does

from textual.app import App  # noqa: E402  after `console`
from textual.containers import Horizontal, Vertical  # noqa: E402  after `console`
from textual.events import Event, Key  # noqa: E402  after `console`
from textual.screen import ModalScreen  # noqa: E402  after `console`
from textual.widgets import DataTable, Input, Label, Static  # noqa: E402  after `console`

Base: Any = App
if not _STOCK:
    from console.terminal import FrugalApp

    Base = FrugalApp

NAMES = (
    "紧急工单：三号楼电梯停运",
    "Boiler 锅炉 pressure",
    "消防水泵漏水，请速到场",
    "Site A 站点",
)


def _tell_taken() -> None:
    if "TAKEN" in os.environ:
        with Path(os.environ["TAKEN"]).open("a") as taken:
            taken.write(".")


class Ask(ModalScreen[None]):
    """A modal at an odd column over Chinese text."""

    CSS = """
    Ask { align: left top; }
    Ask > Vertical { width: 31; height: 7; border: round red; margin: 3 0 0 17; }
    """
    BINDINGS = [("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label("确认派单给王工程师吗？", markup=False)
            field = Input(value="中文", select_on_focus=False)
            field.cursor_blink = False
            yield field


class Mixed(Base):  # type: ignore[misc] # the base is chosen by the argument
    """The screen both terminals must show alike."""

    CSS = """
    #left { width: 2fr; border: solid green; }
    #right { width: 33; border: solid blue; }
    #float { layer: over; offset: 20 5; width: 23; height: 3; background: darkred; }
    Screen { layers: base over; }
    """
    BINDINGS = [
        ("a", "ask", "ask"),
        ("n", "tell", "notify"),
        ("m", "float", "move"),
        ("t", "tick", "tick"),
        ("x", "clear", "clear"),
    ]
    ticks = 0

    def compose(self) -> ComposeResult:
        yield Static("派单台 ready", id="top", markup=False)
        with Horizontal():
            with Vertical(id="left"):
                yield DataTable(cursor_type="row", id="rows")
            with Vertical(id="right"):
                for name in NAMES:
                    yield Static(name * 3, markup=False)
        yield Static("浮动窗口：提示", id="float", markup=False)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        self.columns = table.add_columns("号", "标题", "剩余")
        for number in range(60):
            table.add_row(f"W{number:03}", NAMES[number % 4], f"{number % 10}:{number % 60:02}")
        table.focus()

    async def on_event(self, event: Event) -> None:
        """Tell by a byte each that a key was taken, so that none is joined with the next one."""
        if isinstance(event, Key) and not event.is_forwarded:
            _tell_taken()
        await super().on_event(event)

    def action_ask(self) -> None:
        self.push_screen(Ask())

    def action_tell(self) -> None:
        self.notify("工单已派给李师傅，请确认到场时间", title="派单", timeout=600)

    def action_clear(self) -> None:
        self.clear_notifications()

    def action_float(self) -> None:
        self.ticks += 1
        self.query_one("#float").styles.offset = (11 + self.ticks * 3 % 40, 3 + self.ticks % 9)

    def action_tick(self) -> None:
        self.ticks += 1
        table = self.query_one(DataTable)
        for key in list(table.rows)[:10]:
            table.update_cell(key, self.columns[2], f"{self.ticks % 10}:{self.ticks * 7 % 60:02}")
        self.query_one("#top", Static).update(f"派单台 ready {self.ticks}", layout=False)


if __name__ == "__main__":
    app = Mixed()
    app.run()
    sys.exit(app.return_code)
