"""Score cards of technicians for a month, and the orders behind each of their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.honours import Rules
    from store.domain.scorecard import Figure, Group, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One technician."""

    id: int
    code: str
    name: str
    closed: int
    """Orders of his that were closed in the month."""
    figures: Mapping[Measure, Figure]
    """Those that he has: without an order there is no figure."""
    praises: int
    """Praise of him that came in the month, whether it named an order or none."""
    score: float | None
    """None where too few measures have a figure."""
    star: bool
    gold: bool
    gold_figures: Mapping[Measure, Figure]
    """Over the months that gold is given by."""
    gold_closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Everybody in sight who has an order or works here, the best score first."""

    month: str
    """`2026-11`."""
    zone: str
    group: Mapping[Measure, Group]
    cards: tuple[Card, ...]
    rules: Rules
    """By what star and gold were found: as they stood when the month ended."""
    other_now: bool
    """Whether the desk has set others since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCards(Query[Cards]):
    """Refused to a display that only shows the desk; of some sites only those are looked at."""

    month: str
    """`2026-11`."""
    zone: str = "UTC"
    """Where months begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOrders(Query[tuple[int, ...]]):
    """Exactly the orders that a figure is of, as many as its n, rising."""

    month: str
    zone: str = "UTC"
    technician: str
    """His code."""
    measure: str
    """One of `Measure`."""
