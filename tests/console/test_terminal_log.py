"""What a fault leaves in the log of the terminal: the story, and nothing that is obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from console.terminal import FrugalApp

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "no site “\x1b]52;c;cm0gLXJm\x07\x9b2Jlift\u202e”"


class Falling(FrugalApp[int]):
    """Meets a fault whose message quotes text from outside."""

    def compose(self) -> list[Static]:
        """One line."""
        return [Static("here")]

    def on_mount(self) -> None:
        """Fall."""
        raise ValueError(HOSTILE)


async def test_a_log_quotes_hostile_text_as_something_to_look_at(tmp_path: Path) -> None:
    """Whoever reads the log does so in a terminal."""
    log = tmp_path / "state" / "console.log"
    with pytest.raises(ValueError, match="no site"):
        async with Falling(log_file=log).run_test():
            pass
    told = log.read_text(encoding="utf-8")
    assert "ValueError: no site “␛]52;c;cm0gLXJm␇␦2Jlift”" in told
    assert "Traceback" in told.splitlines()[0]
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
