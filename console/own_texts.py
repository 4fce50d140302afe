"""Texts of the desk's own, from small files beside its config file; what is there is made safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.config import config_path, plain_text
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS: Final = "revisit.txt"
"""What is asked at a revisit, a question a line."""
_MOST_LINES: Final = 6
_WIDEST: Final = 200


def own_text(name: str, *, widest: int = _WIDEST) -> str | None:
    """What a file beside the config file says; None where there is none that can be read.

    A line beyond the `widest` ends in three points.
    """
    try:
        text = plain_text(config_path().parent / name)
    except (OSError, UnicodeDecodeError, ValueError):
        return None
    return "\n".join(safe(line, limit=widest) for line in text.splitlines())


def own_questions(usual: Sequence[str]) -> tuple[str, ...]:
    """The desk's own questions for a revisit, else the usual ones."""
    text = own_text(QUESTIONS)
    lines = [line.strip() for line in (text or "").splitlines()]
    return tuple(line for line in lines if line)[:_MOST_LINES] or tuple(usual)
