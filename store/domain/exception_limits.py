"""Limits of exceptions: how much one may grant at once and in a month, and who may grant; pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a role, or one person instead of his role, may grant of one kind.

    Sizes are money or hours; None is no bound. Without any limit nothing may be granted.
    """

    kind: str
    """One of `Deviation`."""
    role: str = ""
    operator: int | None = None
    each: float | None = None
    """How large one may be."""
    month: float | None = None
    """How much all that are granted by it in a calendar month may come to."""
    count: int | None = None
    """How many may be granted by it in a calendar month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What somebody's limit has granted in a month."""

    size: float = 0.0
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Somebody whose limit suffices for an exception."""

    operator: int
    limit: Limit
    stands_in: tuple[int, ...] = ()
    """Who may grant in his place at this time."""

    def may(self, operator: int) -> bool:
        """Whether somebody may grant by this limit."""
        return operator == self.operator or operator in self.stands_in


_CENT: Final = 0.005
"""Amounts are kept to the cent; sums of them are compared as such."""


def suffices(limit: Limit, size: float | None, spent: Spent) -> bool:
    """Whether one more of this size is within a limit."""
    asked = size or 0.0
    if limit.each is not None and asked > limit.each + _CENT:
        return False
    if limit.month is not None and spent.size + asked > limit.month + _CENT:
        return False
    return limit.count is None or spent.count < limit.count


def limit_held(limits: Iterable[Limit], *, kind: str, operator: int, role: str) -> Limit | None:
    """Somebody's own limit of a kind, else that of his role; None where there is neither."""
    mine = [one for one in limits if one.kind == kind]
    own = next((one for one in mine if one.operator == operator), None)
    of_role = (one for one in mine if one.operator is None and one.role == role)
    return own if own is not None else next(of_role, None)


def rungs(deciders: Iterable[Decider]) -> tuple[tuple[Decider, ...], ...]:
    """Whom it goes to first, and whom one up: those of the smallest limit that suffices first."""

    def reach(decider: Decider) -> tuple[bool, float, bool, int]:
        each, count = decider.limit.each, decider.limit.count
        return each is None, each or 0.0, count is None, count or 0

    ordered = sorted(deciders, key=lambda one: (*reach(one), one.operator))
    return tuple(tuple(group) for _, group in groupby(ordered, key=reach))


def turn(of: tuple[tuple[Decider, ...], ...], rung: int) -> tuple[Decider, ...]:
    """Whose turn it is once it has gone up so many times: those at the top stay there."""
    return of[min(rung, len(of) - 1)] if of else ()


def month_of(at: datetime, zone: str) -> str:
    """The calendar month of an instant there, `2026-11`."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m}"
