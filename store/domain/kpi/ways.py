"""The few ways in which figures are reckoned, and what is said of each figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unit(StrEnum):
    """What a value counts."""

    SECONDS = "s"
    ORDERS = "orders"
    RATIO = "ratio"
    """0 to 1, or more where one count is divided by another."""
    TIMES = "times"
    """A mean over orders of how often something befell each."""
    POINTS = "points"
    """-100 to 100."""
    HUNDRED = "per 100"
    """So many for each hundred orders."""
    CASES = "cases"
    """How many there are of what is no order."""


class Rows(StrEnum):
    """What a figure is of, and `--rows` lists."""

    ORDERS = "orders"
    SHIFTS = "shifts"
    CONTRACTS = "contracts"
    COMPLAINTS = "complaints"
    PRAISE = "praise"
    INSPECTIONS = "inspections"
    HANDOFFS = "handoffs"
    STAGES = "stages"
    PROJECTS = "projects"


COUNTED: Final[Mapping[Rows, str]] = {
    Rows.ORDERS: N_("orders"),
    Rows.SHIFTS: N_("shifts"),
    Rows.CONTRACTS: N_("contracts"),
    Rows.COMPLAINTS: N_("complaints"),
    Rows.PRAISE: N_("praise"),
    Rows.INSPECTIONS: N_("inspections"),
    Rows.HANDOFFS: N_("hand-offs"),
    Rows.STAGES: N_("stages"),
    Rows.PROJECTS: N_("projects"),
}
"""How that is written."""


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
    planned: bool = False
    """Only of orders that a plan made."""


@dataclass(frozen=True, slots=True)
class Late:
    """Still open, and missed in the period."""

    clock: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Past their own due time under a waiver: kept by it, or still open so."""


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


@dataclass(frozen=True, slots=True)
class Heard:
    """One sum for each of another, of surveys that fell due in the period."""

    sum: str
    over: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Fall:
    """By which part of what it was one sum for each of another fell since the period before."""

    sum: str
    over: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """From ring to acknowledgement: the mean, else what so many tenths do not pass."""

    tenths: int | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """Time at work for each of time on duty."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """Contracts renewed of those that ended."""


@dataclass(frozen=True, slots=True)
class Said:
    """How many complaints, or how much praise, came in the period."""

    praise: bool = False


@dataclass(frozen=True, slots=True)
class Complained:
    """Complaints for each hundred orders closed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Complaints answered in time, of those answered or late."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """The mean score of inspections scored in the period, or how many of them led to an action."""

    acted: bool = False


class Part(StrEnum):
    """A part of how departments work together."""

    TAKEN = "taken"
    """Hand-offs answered in time."""
    KEPT = "kept"
    """Hand-offs that were not bounced back."""
    HANDED_ON = "handed on"
    """Stages handed on by their due."""
    MOVING = "moving"
    """Time of projects in which none waited for another department."""


@dataclass(frozen=True, slots=True)
class Together:
    """One part of how departments work together; None for the mean of them all."""

    part: Part | None = None


Way = (
    Counted
    | Mean
    | Rank
    | Each
    | Kept
    | Late
    | Waived
    | Fixed
    | Aged
    | Restricted
    | Balance
    | Heard
    | Fall
    | Acknowledged
    | Worked
    | Renewed
    | Said
    | Complained
    | Answered
    | Inspected
    | Together
)


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
    rows: Rows = Rows.ORDERS
