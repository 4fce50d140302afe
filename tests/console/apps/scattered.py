"""Functions of all kinds, for a test that moves their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def plain(first: int, second: int = 2, *, third: int = 3) -> int:
    return first + second + third


def within(upto: int) -> list[int]:
    return [number * number for number in range(upto)]


def closes(more: int) -> Callable[[int], int]:
    def add(number: int) -> int:
        return number + more

    return add


def left() -> str:
    return "as it was"


CLOSED = [closes(1), closes(2)]


def answers() -> list[object]:
    return [
        plain(1),
        plain(1, 1, third=1),
        within(4),
        closes(5)(6),
        left(),
        *(f(7) for f in CLOSED),
    ]
