"""Carries out command lines, one after the other, as one would type them: `commands FILE.json`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from console.cli import main


def mark(text: str) -> None:
    """A line of ours between what the commands say."""
    sys.stdout.write(f"== {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    lines = Path(sys.argv[1])
    os.chdir(lines.parent)  # what they write without a folder belongs there
    for place, words in enumerate(json.loads(lines.read_text("ascii"))):
        mark(str(place))
        mark(f"ended {main(words)}")
    mark("all")
