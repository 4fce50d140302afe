"""How long the screen stands still at most, act by act, over a hundred thousand orders.

Run `python -m tests.bench stalls`. Between two looks for a key nothing is heard and nothing is
painted; the longest such turn of each act stands beside that of an empty Textual app, which hears
the same keys and does nothing. What ran in a turn that was too long is printed.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store import clock
from tests.bench.board import read_for, swept
from tests.bench.board_desk import SIZE
from tests.bench.figures import Row, show
from tests.bench.million import QUICK, million
from tests.bench.stalls_desk import LONG_S
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EACH_S, TYPED_S, AFTER_S, FIRST_S = 0.2, 0.05, 0.4, 3.0
"""Between two keys, two letters, after the last one of an act, and after the start."""
ROWS: Final = 5_000
"""Orders that are imported while somebody types."""
_WORDS: Final = "lift stuck, two people inside"

ACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "scroll": ("G", "g", "\x1b[6~", "\x1b[6~", "j", "k"),
    "queues": ("2", "5", "]", "[", "1"),
    "panes": ("t", "t"),
    "filter": ("/", *"lift or pump", "\r", "\x1b"),
    "sort": ("s", "\r", "s", "\x1b[B", "\r", "s", "\r"),
    "jump": ("\x10", *"wang", "\x1b"),
    "card": ("\r", "\x1b[6~", "\x1b"),
    "clocks explained": ("e", "\x1b"),
    "note": (";", *_WORDS, "\r"),
    "undo": ("z", "Z", "U", "\x1b"),
    "assign": ("d", *"wang", "\x1b"),
    "typed command": (":", *"note 1-40 seen", "\r", "\x1b", "\x1b"),
    "alarms": ("A", "j", "a", "\x1b", "\x1b"),
    "alarm figures": ("M", "\x1b"),
    "calls": ("C", "j", "\x1b"),
    "hand-over": ("J", "j", "o", "w", "\x1b", "\x1b"),
    "time machine": ("T", "\r", "\x1b[D", "\x1b[D", "\x1b[5~", "\x1b[5~", "\x1b"),
    "day": ("Y", "\x1b[C", "m", "\x1b[B", "\x1b[C", "\x1b", "\x1b"),
    "forecast": ("F", "j", "\x1b"),
    "automatic": ("^", "j", "\x1b"),
    "operators": ("|", "j", "\x1b"),
    "settings": ("\x14", "j", "\x1b"),
    "re-plan": ("R", "j", " ", "\x1b"),
    "plans": ("Q", "n", *"monthly", "\x1b", "\x1b"),
    "new order": ("n", *"wang", "\r", *_WORDS, "\x1b"),
    "help, language, theme": ("?", "\x1b[6~", "\x1b", "L", "L", "#", "#"),
    "waiting work": ("$", "\x1b"),
}
"""What opens every screen and leads back, and the usual acts."""
TYPING: Final = ("n", *(_WORDS * 4), "\x1b")
STARTED, IMPORTED, BEGUN = "start", "import while typing", "import from the welcome screen"

Longest = dict[str, tuple[float, str]]
"""Milliseconds of the longest turn of an act, and what ran in it."""


class Watched:
    """A program at a terminal that tells of its turns."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk = desk
        self._file = file
        self._read = 0

    def does(self, keys: Sequence[str]) -> None:
        """The keys of an act, as fast as hands are."""
        for key in keys:
            self.desk.press(key)
            read_for(self.desk, TYPED_S if len(keys) > 8 else EACH_S)
        read_for(self.desk, AFTER_S)
        self.desk.feed()

    def longest(self) -> tuple[float, str]:
        """Since it was asked last."""
        lines = self._file.read_text("utf-8").splitlines()
        new, self._read = lines[self._read :], len(lines)
        turns = [(float(ms), ran) for ms, _space, ran in (line.partition(" ") for line in new)]
        return max(turns, default=(0.0, ""))


@contextmanager
def watched(folder: Path, *words: str) -> Iterator[Watched]:
    """The command with these words on a terminal of its own; without any, the empty app."""
    folder.mkdir()
    homes = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    env = {
        **dict.fromkeys(homes, str(folder)),
        "PAIDAN_LANG": "en",
        "PYTHONDONTWRITEBYTECODE": None,
    }
    turns = folder / "turns"
    turns.touch()
    command = (PYTHON, "-m", "tests.bench.stalls_desk", str(turns), *words)
    with Desk(command, size=SIZE, env=env) as desk:
        yield Watched(desk, turns)


def ours(url: str, folder: Path) -> Longest:
    """The console over a large store, then over an empty one that is filled."""
    found: Longest = {}
    with watched(folder / "large", "console", "--db", url) as console:
        console.desk.sees("all open", 60)
        console.desk.until(lambda: "> " in console.desk.text(), 60)
        read_for(console.desk, FIRST_S)
        found[STARTED] = console.longest()
        for act, keys in ACTS.items():
            console.does(keys)
            found[act] = console.longest()
            console.desk.sees("all open")  # and not where a key has gone astray
        with _importing(url, _file(folder)):
            console.does(TYPING)
        found[IMPORTED] = console.longest()
        console.desk.sees("all open")
    with watched(
        folder / "empty", "console", "--db", f"sqlite:///{folder / 'empty.db'}"
    ) as console:
        console.desk.sees("no orders yet", 60)
        console.longest()
        console.does(("2\r", f"{_file(folder)}\r", "\r"))
        console.desk.sees("orders imported", 60)
        found[BEGUN] = console.longest()
    return found


def floor(folder: Path) -> Longest:
    """The same keys into an app that does nothing."""
    found: Longest = {}
    with watched(folder / "floor") as app:
        app.desk.sees("empty", 60)
        read_for(app.desk, FIRST_S)
        found[STARTED] = app.longest()
        for act, keys in {**ACTS, IMPORTED: TYPING}.items():
            app.does(keys)
            found[act] = app.longest()
    return found


def run() -> list[Row]:
    """An act a row."""
    url = swept(million("sqlite", orders=QUICK, now=True))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told, least = ours(url, folder), floor(folder)
    for act, (ms, ran) in told.items():
        if ran:
            print(f"{act}: {ms:.0f} ms in {ran}", file=sys.stderr)
    return [
        Row(
            measure=f"longest stall of the screen, 100,000 orders: {act}",
            ours=ms,
            unit="ms",
            peer=least[act][0] if act in least else None,
            peer_name="empty app",
            most=1000 * LONG_S,
        )
        for act, (ms, _ran) in told.items()
    ]


def _file(folder: Path) -> Path:
    """Orders in our own field names."""
    file = folder / "orders.csv"
    if not file.exists():
        at = clock.now().isoformat()
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("external_id", "title", "priority", "site", "opened_at", "state"))
            for row in range(ROWS):
                site = f"Site {row % 50}"
                writer.writerow((f"X{row}", f"{_WORDS} {row}", 1 + row % 4, site, at, "new"))
    return file


@contextmanager
def _importing(url: str, file: Path) -> Iterator[None]:
    """Another process imports meanwhile."""
    words = (PYTHON, "-m", "console.cli", "import", str(file), "--db", url)
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as importing:
        yield
        assert importing.wait(60) == 0


if __name__ == "__main__":
    raise SystemExit(show(run()))
