"""How long the screen stands still at most, while every screen is opened over a large desk.

The console itself watches its loop (`console/stalls.py`) and writes long turns into its log.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tests.bench.figures import Row
from tests.bench.million import QUICK, million
from tests.console.faulty_desk import console

MOST_MS = 100
LOOKS = (
    *("G", "g", "\x1b[6~", "2", "5", "1", "t", "t", "]", "["),
    *("/lift\r", "\x1b", "//lift\r", "\x1b", "\x10wang", "\x1b", ":as 1 \x1b"),
    *("s\x1b", "v", "\x1b", "e", "\x1b", "U", "\x1b", "A", "\x1b", "C", "\x1b", "M", "\x1b"),
    *(
        "F",
        "\x1b",
        "T",
        "\x1b[D",
        "\x1b[5~",
        "\x1b",
        "Y",
        "\x1b[C",
        "\x1b",
        "Q",
        "n",
        "\x1b",
        "\x1b",
    ),
    *("J", "\x1b", "n", "lift\r", "\x1b", "?", "\x1b[6~", "\x1b", "L", "L", "#", "#", "\x0c"),
)
"""What opens every screen and leads back."""

_TOLD = re.compile(r"paidan\.stalls: (\d+) ms: (.*)")


def stalls(url: str, home: Path, *, longest_ms: int = MOST_MS) -> list[tuple[int, str]]:
    """Milliseconds and what ran, of every turn that was too long."""
    with console(
        url, home, operator=None, size=(160, 42), env={"PAIDAN_STALLS": str(longest_ms)}
    ) as desk:
        desk.until(lambda: re.search(r"\d{3} +P[1-4]", desk.text()), 60)
        desk.settle(0.3)
        for keys in LOOKS:
            desk.press(keys)
            desk.settle(0.3)
        desk.sees("all open")  # and not where a key has gone astray
        desk.press("\x11")
        desk.exit_code()
    logs = [path.read_text("utf-8") for path in home.rglob("paidan.log")]
    return [(int(ms), what) for log in logs for ms, what in _TOLD.findall(log)]


def run() -> list[Row]:
    """The longest turn over a hundred thousand orders."""
    with tempfile.TemporaryDirectory() as home:
        found = stalls(million("sqlite", orders=QUICK, now=True), Path(home))
    longest, what = max(found, default=(0, ""))
    measure = f"longest turn over {MOST_MS} ms, every screen opened ({len(found)} such) {what}"
    return [Row(measure=measure.strip(), ours=longest, unit="ms", most=MOST_MS)]
