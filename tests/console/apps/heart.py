"""Draws a new screen fifty times a second and writes a beat to the file named by the argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

_STOCK = "stock" in sys.argv
if not _STOCK:
    import console  # noqa: F401  before Textual, as every entry point of ours does

from textual.app import App  # noqa: E402  after `console`
from textual.widgets import Static  # noqa: E402  after `console`

Base: Any = App
if not _STOCK:
    from console.terminal import FrugalApp

    Base = FrugalApp

_BEAT_S = 0.02


class Heart(Base):  # type: ignore[misc] # the base is chosen by the argument
    """Shows keys; `s` says the size, `p` pauses, `!` raises with a secret in a local variable."""

    beats = 0
    paused = False
    key = ""

    def __init__(self, file: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def compose(self) -> ComposeResult:
        yield Static("key none", id="key", markup=False)
        yield Static(id="noise", markup=False)

    def on_mount(self) -> None:
        self.set_interval(_BEAT_S, self.beat)

    def beat(self) -> None:
        """Change every cell of the screen and leave a mark."""
        self.beats += 1
        os.write(self.file, b".")
        letter = chr(97 + self.beats % 26)
        words = "\n".join(f"beat {self.beats} " + letter * 70 for _ in range(20))
        if "calm" not in sys.argv and not self.paused:
            self.query_one("#noise", Static).update(words, layout=self.beats == 1)

    def on_key(self, event: Key) -> None:
        os.write(self.file, f"<{event.key}>".encode())
        if event.key == "exclamation_mark":
            self.fail()
        self.paused = self.paused or event.key == "p"
        told = f"size {self.size.width}x{self.size.height}" if event.key == "s" else event.key
        self.query_one("#key", Static).update(f"key {told}", layout=False)

    def fail(self) -> None:
        """A fault, as a bug would make it."""
        secret = "SECRET" + "-LOCAL"
        raise RuntimeError(f"{len(secret)} \ud800")


if __name__ == "__main__":
    beats = Path(sys.argv[1])
    app = Heart(beats) if _STOCK else Heart(beats, log_file=beats.parent / "state" / "heart.log")
    app.run()
    if "lingers" in sys.argv:
        os.write(app.file, b"over")
        sys.stdin.readline()
    sys.exit(app.return_code)
