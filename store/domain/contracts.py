"""Contracts of customers: their term, how one stands at a moment, what became of its renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

AHEAD_DAYS: Final = 60
"""Days before its end from which on a contract is ending, unless the desk is set otherwise."""


class Outcome(StrEnum):
    """What became of the renewal of a contract."""

    OPEN = "open"
    RENEWED = "renewed"
    LOST = "lost"


OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.OPEN: N_("renewal open"),
    Outcome.RENEWED: N_("renewed"),
    Outcome.LOST: N_("lost"),
}
"""How a renewal is written."""


class Standing(StrEnum):
    """How a contract stands at a moment."""

    AHEAD = "ahead"
    RUNNING = "running"
    ENDING = "ending"
    """It ends soon, or has ended, and nobody knows yet whether it goes on."""
    OVER = "over"


STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.AHEAD: N_("not begun"),
    Standing.RUNNING: N_("in force"),
    Standing.ENDING: N_("ending"),
    Standing.OVER: N_("over"),
}
"""How the standing of a contract is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Days from the first to the last, both within, of one wall clock."""

    first: date
    last: date
    zone: str

    @property
    def starts_at(self) -> datetime:
        """The first moment."""
        return midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first moment that lies outside it again."""
        return midnight(self.last + timedelta(days=1), self.zone)

    def meets(self, other: Term) -> bool:
        """Whether both have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def midnight(day: date, zone: str) -> datetime:
    """When a day begins there, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def standing(
    starts_at: datetime, ends_at: datetime, outcome: str, *, at: datetime, days: int = AHEAD_DAYS
) -> Standing:
    """How a contract stands; `days` are how long before its end it is called ending."""
    is_open = outcome == Outcome.OPEN
    if is_open and at >= ends_at - timedelta(days=days) and at >= starts_at:
        return Standing.ENDING
    if at >= ends_at:
        return Standing.OVER
    return Standing.AHEAD if at < starts_at else Standing.RUNNING


def days_left(ends_at: datetime, *, at: datetime) -> int:
    """Whole days to the end, below zero for each day that it has been over."""
    return (ends_at - at) // timedelta(days=1)
