"""Figures of the desk's own alarms: how fast they are heard, how many come, which cry wolf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH: Final = 5
"""Rings of a rule before anything is said of it."""

WOLF_PERCENT: Final = 50
"""From this share on, rings that went by themselves make a rule cry wolf."""

MOST_AN_HOUR: Final = 6
"""Alarms that one operator can deal with in an hour: one in ten minutes (EEMUA 191)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long some alarms waited to be acknowledged, in seconds; None where none was."""

    median_s: float | None
    p90_s: float | None
    mean_s: float | None


def waits(seconds: Sequence[float]) -> Waits:
    """The median, the time within which nine of ten were acknowledged, and the mean."""
    if not seconds:
        return Waits(median_s=None, p90_s=None, mean_s=None)
    held = sorted(max(0.0, one) for one in seconds)
    return Waits(median_s=_within(held, 50), p90_s=_within(held, 90), mean_s=sum(held) / len(held))


def _within(held: Sequence[float], percent: int) -> float:
    """The smallest wait that so many per cent did not exceed."""
    return held[-(-len(held) * percent // 100) - 1]


def cries_wolf(*, rings: int, lapsed: int) -> bool:
    """Whether at least half of a rule's rings went by themselves before anybody acted."""
    return rings >= ENOUGH and lapsed * 100 >= rings * WOLF_PERCENT


def per_hour(count: int, hours: int) -> float | None:
    """A rate; None where nobody was at the desk."""
    return count / hours if hours else None
