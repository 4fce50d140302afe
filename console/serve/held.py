"""The answers that a session has on its screen, and how the next ones are made of them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from console.serve.differing import patched
from console.serve.parcel import unpacked

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from console.serve.answers import Told

_MOST: Final = 12
"""What a screenful asks, and a few orders beside it."""

Answer = tuple[int, Any]
"""One answer, and the tag that the counter gave it; 0 where there is none."""

NONE: Final[Answer] = (0, None)


class Held:
    """The newest answer to each kind of question; for several threads at once."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def find(self, asked: Sequence[Any]) -> list[Answer]:
        """What is held of each."""
        with self._guard:
            return [self._answers.get(_place(one), NONE) for one in asked]

    def renew(
        self, asked: Sequence[Any], held: Sequence[Answer], told: Sequence[Told]
    ) -> tuple[Any, ...]:
        """The answers as they are told on top of those held: the same one is the same object."""
        made = [_made(before, *one) for before, one in zip(held, told, strict=True)]
        with self._guard:
            for one, answer in zip(asked, made, strict=True):
                self._answers[_place(one)] = answer
                self._answers.move_to_end(_place(one))
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return tuple(answer for _tag, answer in made)


def _made(before: Answer, how: str, tag: int, data: bytes) -> Answer:
    if how == "same":
        return before
    told = unpacked(data)
    return tag, told if how == "whole" else patched(before[1], told)


def _place(question: Any) -> Hashable:
    """Two pages of one list are alike; two orders are not."""
    return type(question), getattr(question, "number", None)
