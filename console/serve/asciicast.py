"""What a recording says, as asciinema reads it: asciicast v2, a line of JSON an event; pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

OUTPUT = "o"
RESIZED = "r"


def head(size: tuple[int, int], *, at: datetime, title: str) -> bytes:
    """The first line: when it began, and in how large a window."""
    columns, rows = size
    told = {
        "version": 2,
        "width": columns,
        "height": rows,
        "timestamp": int(at.timestamp()),
        "title": title,
        "env": {"TERM": "xterm-256color"},
    }
    return _line(told)


def event(seconds: float, kind: str, text: str) -> bytes:
    """What happened so many seconds after the beginning."""
    return _line([round(max(0.0, seconds), 6), kind, text])


def _line(told: object) -> bytes:
    # Escaped, so that no sign in it ends a line for whoever reads it.
    return json.dumps(told, ensure_ascii=True).encode() + b"\n"
