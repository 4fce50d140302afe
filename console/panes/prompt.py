"""The line that asks the operator for more: what is asked, and where he types."""

from __future__ import annotations

from textual.containers import Container
from textual.widgets import Static

from console.widgets.prompt_line import PromptLine


class Prompt(Container):
    """A question and its answer, in one line."""

    DEFAULT_CSS = """
    Prompt { height: 1; layout: horizontal; }
    Prompt #label { width: auto; max-width: 70%; height: 1; text-style: bold; }
    Prompt Input { height: 1; border: none; padding: 0; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.label = Static("", id="label", markup=False)
        self.line = PromptLine(id="line")
