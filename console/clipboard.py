"""What is copied: by the terminal, which may not obey, and into a file, which always can be read.

OSC 52 is never answered, so that nobody can know whether a terminal has taken a text. Where it is
not known to be one that does, the text goes into a file, too, and the operator is told which. The
sequence is made here of base64 alone: nothing of a text can end it or begin another.
"""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LONGEST: Final = 18_000
"""Characters copied at once; in base64 four bytes each still fit what terminals take (100 kB)."""

_START, _END = "\x1b]52;c;", "\x07"
_THROUGH_TMUX, _OUT_OF_TMUX = "\x1bPtmux;", "\x1b\\"

_PROGRAMS: Final = frozenset({"iTerm.app", "WezTerm", "ghostty", "vscode", "rio", "tabby"})
"""What TERM_PROGRAM names where the terminal has OSC 52."""

_TERMS: Final = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
"""How TERM begins there."""


def plain(text: str) -> str:
    """A text to be pasted anywhere: what a terminal or a shell would obey is a picture of it."""
    return safe(text, multiline=True, limit=LONGEST).strip("\n")


def osc52(text: str, *, tmux: bool = False) -> str:
    """The bytes that have a terminal copy the text.

    In tmux twice: it takes the bare one where `set-clipboard` is on, and hands the wrapped one on
    where `allow-passthrough` is.
    """
    sequence = f"{_START}{b64encode(plain(text).encode()).decode('ascii')}{_END}"
    if not tmux:
        return sequence
    inner = sequence.replace("\x1b", "\x1b\x1b")
    return f"{sequence}{_THROUGH_TMUX}{inner}{_OUT_OF_TMUX}"


def takes_copies(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to obey; behind tmux and screen nobody knows."""
    if environ.get("TMUX") or environ.get("STY"):
        return False
    if environ.get("TERM_PROGRAM") in _PROGRAMS or environ.get("WT_SESSION"):
        return True
    return environ.get("TERM", "").startswith(_TERMS)


def keep_copy(path: Path, text: str) -> None:
    """Write it into a file that only its owner reads; OSError where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with suppress(FileNotFoundError):
            beside.unlink()
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(f"{plain(text)}\n".encode())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
