"""The words that only open the console, understood without a parser.

Making the parser of every command takes longer than painting the board; who opens the console
does not wait for it. Whatever is not plainly such a command line goes to the parser, which also
says what is wrong.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLAGS = {
    "--db": "store",
    "--as": "operator",
    "--lang": "language",
    "--theme": "theme",
    "--mouse": "mouse",
}
_SWITCHES = {"--readonly": "readonly", "--low-bandwidth": "low_bandwidth"}


def opening(words: Sequence[str], console: str) -> SimpleNamespace | None:
    """What the parser would make of these words; None where that is for the parser to say."""
    found: dict[str, str | bool | None] = dict.fromkeys((*_FLAGS.values(), *_SWITCHES.values()))
    named = False
    rest = iter(words)
    for word in rest:
        flag, joined, value = word.partition("=")
        if flag in _FLAGS:
            value = value if joined else next(rest, "")
            if not value or (value.startswith("-") and not joined):
                return None
            found[_FLAGS[flag]] = value
        elif word in _SWITCHES:
            found[_SWITCHES[word]] = True
        elif word == console and not named:
            named = True
        else:
            return None
    return SimpleNamespace(command=console, **found)
