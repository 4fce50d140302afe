"""What a doctor is asked, and what he answers: findings, each of one check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.queries.checks import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where."""

    check: Check
    number: int | None = None
    """The order; None where none is meant."""
    technician: int | None = None
    calendar: int | None = None
    plan: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What fills the check's sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found among some orders."""

    findings: tuple[Finding, ...]
    orders: int
    entries: int
    """Journal entries read."""
    last: int | None
    """The highest number looked at; None when there are no more orders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamineOrders(Query[Examined]):
    """The next orders: chain, replay, queue columns, timers and alarm of each."""

    after: int = 0
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamineDesk(Query[tuple[Finding, ...]]):
    """What is of no one order: file, seals, loose ends, people, calendars, the desk's own chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The newest seal: kept outside the store, it shows later that nothing before it was redone."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestSeal(Query[Seal | None]):
    """What to write down elsewhere; None while nothing is sealed."""
