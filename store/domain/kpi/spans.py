"""Stretches of time as pairs of whole numbers, the second of which is not within; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Span = tuple[int, int]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time, no part of it twice, the earliest first."""
    found: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of some time when other time is taken from it."""
    left: list[Span] = []
    away = joined(taken)
    for begins, ends in joined(spans):
        at = begins
        for one, other in away:
            if other > at and one < ends:
                left.append((at, one))
                at = max(at, other)
        left.append((at, ends))
    return [span for span in left if span[0] < span[1]]


def length(spans: Iterable[Span]) -> int:
    """How long it all is, no part of it twice."""
    return sum(ends - begins for begins, ends in joined(spans))


def shared(spans: Iterable[Span], others: Iterable[Span]) -> int:
    """How long both have in common."""
    held = joined(spans)
    return length(held) - length(without(held, others))
