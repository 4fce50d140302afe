"""Puts side by side, in the fork server's memory, what its sessions use again and again.

To use a function or a word is to count its users, in the page where it lies: a session has that
page copied for itself. Those that it uses are few among all that were imported, and one lies here
and one there; side by side they take as few pages as they can. Which ones they are is read from
`often.txt` and `often_words.txt`, which `python -m tests.bench.often` writes; what these do not
name, or what is no more, costs a page and nothing else.
"""

from __future__ import annotations

import gc
import sys
from importlib.resources import files
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FUNCTIONS: Final = "often.txt"
"""Each as its module and its own name, with a colon between."""
WORDS: Final = "often_words.txt"

_KEPT: Final[list[str]] = []


def told(name: str) -> tuple[str, ...]:
    """The lines of one of the two."""
    return tuple(files("console.serve").joinpath(name).read_text("utf-8").split())


def words_first() -> None:
    """Before anything is imported: names that are there are shared with what comes."""
    _KEPT.extend(sys.intern(word) for word in told(WORDS))


def functions_together() -> None:
    """Once all is imported, and the holes of that are filled."""
    together(gc.get_objects(), frozenset(told(FUNCTIONS)))


def together(things: Iterable[object], names: frozenset[str]) -> int:
    """Give those functions that have one of these names new code; how many of them do."""
    moves = _Moves(names)
    found = [one for one in things if type(one) is FunctionType]
    for one in found:
        moved = moves.of(one.__code__, one.__module__)
        if moved is not one.__code__:
            one.__code__ = moved
    return moves.made


class _Moves:
    """Copies of code, each made once; a function that others share is still shared."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._known: dict[int, tuple[CodeType, CodeType]] = {}
        """By where it was; both are held, or another could come to lie there meanwhile."""
        self.made = 0

    def of(self, code: CodeType, module: str | None) -> CodeType:
        """The copy; the same where neither it nor what is written within it is named."""
        known = self._known.get(id(code))
        if known is None:
            known = self._known[id(code)] = code, self._moved(code, module)
        return known[1]

    def _moved(self, code: CodeType, module: str | None) -> CodeType:
        within = tuple(
            self.of(one, module) if isinstance(one, CodeType) else one for one in code.co_consts
        )
        changed = any(new is not old for new, old in zip(within, code.co_consts, strict=True))
        if not changed and f"{module}:{code.co_qualname}" not in self._names:
            return code
        self.made += 1
        return code.replace(co_consts=within) if changed else code.replace()
