"""Service levels: which clocks run under them, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """One service level."""

    id: int
    code: str
    name: str
    calendar: str
    """The code of the calendar that its targets run on."""
    policy: Mapping[str, Any] | None
    """targets {"1": {"respond": {"seconds": n} | {"days": n}}}, warn, after_s and the rest; None
    where it means nothing to this program."""
    customers: int
    """How many customers have it as their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevels(Query[tuple[LevelLine, ...]]):
    """Service levels by id whose code or name fits; the first is that of orders without one."""

    text: str = ""
    limit: int = 100
    after: int = 0
    """Only ids above this."""
