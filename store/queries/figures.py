"""What dispatch reckons with at this desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.dispatch.figures import Figures
    from store.queries.backups import BackupsNow


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTimes:
    """The desk's own table of travel times."""

    loaded_at: datetime
    loaded_by: str
    pairs: int
    sites: int
    missing: int
    """Pairs of its sites that it does not tell: there the reckoned way counts."""
    others: int
    """Sites of the desk that are not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """All of it."""

    figures: Figures
    travel: TravelTimes | None
    backups: BackupsNow
    """No figure of dispatch, but set and shown where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchFigures(Query[Reckoning]):
    """The figures as they are set, and what there is of a table."""
