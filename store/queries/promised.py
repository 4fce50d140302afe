"""What an order would be promised if it were written down now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.running import Running
    from store.domain.targets import ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """The level's name, and each of its clocks with its due time, in the order of the clocks."""

    level: str
    clocks: tuple[tuple[ClockKind, datetime], ...]
    running: Running | None = None
    """Whether the clocks run at once; None where none of them heeds working hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedNow(Query[Promised | None]):
    """None where no level is kept. A customer by code or name; who is not known has the desk's."""

    priority: int
    customer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveBy(Query[Mapping[int, datetime]]):
    """Until when orders are promised to be resolved, by number, as far as the asker sees them.

    An order of which nothing more is promised is left out.
    """

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveBy(Query[datetime | None]):
    """When somebody is to be at an order by its level alone; `OrderUnknown` where it is not seen.

    None where that is not promised, or somebody has been there.
    """

    number: int
