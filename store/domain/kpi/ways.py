"""The few ways in which figures are reckoned, and what is said of each figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a value counts."""

    SECONDS = "s"
    ORDERS = "orders"
    RATIO = "ratio"
    """0 to 1, or more where one count is divided by another."""
    TIMES = "times"
    """A mean over orders of how often something befell each."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many orders there are of a sum."""

    sum: str


@dataclass(frozen=True, slots=True)
class Mean:
    """A duration's mean over the orders that have it."""

    measure: str


@dataclass(frozen=True, slots=True)
class Rank:
    """The duration that so many tenths of the orders do not pass: between two, in proportion."""

    measure: str
    tenths: int


@dataclass(frozen=True, slots=True)
class Each:
    """One sum for each order of another."""

    sum: str
    over: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept of those settled, and of those still open that are missed already."""

    clock: str


@dataclass(frozen=True, slots=True)
class Late:
    """Still open, and missed in the period."""

    clock: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """Done for good on the first visit, of those that are old enough to know."""

    days: int


@dataclass(frozen=True, slots=True)
class Aged:
    """Open at the end of the period, by how long they were so then."""

    over_days: int = 0
    to_days: int | None = None


@dataclass(frozen=True, slots=True)
class Restricted:
    """The mean time to resolve within a horizon, open orders counted for as long as they were."""

    days: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Opened for each that was closed."""


Way = Counted | Mean | Rank | Each | Kept | Late | Fixed | Aged | Restricted | Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One figure."""

    label: str
    formula: str
    """In words, for whoever has to defend it."""
    way: Way
    unit: Unit
    clock: str = ""
    """What its time is measured by; empty where it measures none."""
    without: str = ""
    """Whom it leaves out, besides those that count nowhere."""
    source: str
    """The columns of the order that it rests on."""
