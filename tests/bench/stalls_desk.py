"""Programs that write down how long each turn of their loop took: the console, and an empty app.

`stalls_desk.py FILE` is the empty app, `stalls_desk.py FILE WORDS` the command with those words.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

from console import turns
from console.stalls import Watched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

LONG_S = 0.1
"""What nothing may take: of such a turn it is told what ran in it."""
_TOLD_S = 0.0002


class Timed(Watched):
    """Writes each turn that anybody could measure as a line: milliseconds, and perhaps what ran."""

    def __init__(self, file: Path) -> None:
        super().__init__(LONG_S)
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def took(self, seconds: float) -> None:
        """A line."""
        if seconds > _TOLD_S:
            ran = f" {self.seen or 'unseen'}" if seconds > LONG_S else ""
            os.write(self._file, f"{seconds * 1000:.1f}{ran}\n".encode())


class Empty(App[None]):
    """Hears keys, and does nothing for any."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """One line, to be seen to have started."""
        yield Static("empty", markup=False)


def main() -> None:
    """Run until killed."""
    file, *words = sys.argv[1:]
    if not words:
        turns.run(Empty().run_async(), Timed(Path(file)))
        return
    from console import cli, desk

    def timed(environ: Mapping[str, str]) -> turns.Steady | None:
        return Timed(Path(file))

    desk._selector = timed
    sys.argv[1:] = words
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
