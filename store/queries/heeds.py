"""What speaks against sending whom to orders at once: what an operator's own choice is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.domain.visiting import ANY_TIME

if TYPE_CHECKING:
    from store.domain.dispatch.rules import Barred
    from store.domain.visiting import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the customer of an order wants somebody to come."""

    hours: Hours = ANY_TIME
    """By the clock of the site."""
    call_ahead: bool = False
    asked_for: tuple[str, ...] = ()
    """Technicians by name."""
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heeded:
    """One order, and who is how far from it; all by technician."""

    against: Mapping[int, tuple[Barred, ...]] = field(default_factory=dict)
    """The rules that somebody would break; who breaks none is left out."""
    far: Mapping[int, float] = field(default_factory=dict)
    """Kilometres in a straight line; who or whose way is not known is left out."""
    wishes: Wishes = Wishes()
    """What the customer wants of whoever comes; asked where everybody is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heeds(Query[Mapping[int, Heeded]]):
    """By order, as far as the asker sees it; what everybody has to do already is not asked."""

    numbers: tuple[int, ...]
    technician: int | str | None = None
    """Only of him, by id or code; None asks of everybody in sight."""
