"""Every question about packs, baselines and kinds of work, for whoever asks all that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.queries.kinds import KindsOfWork, OrdersOfKind
from store.queries.packs import (
    ComingPacks,
    DayWork,
    ListBaselines,
    ListPacks,
    ShowBaseline,
    ShowPack,
    SureFigures,
)
from tests.store.desk import NINE

if TYPE_CHECKING:
    from store.domain.intents import Query

_DAY: Final[dict[str, Any]] = {"first": NINE.date(), "last": NINE.date()}
PACKS: Final[tuple[Query[Any], ...]] = (
    *(SureFigures(**_DAY, site=site) for site in ("", "N1", "S1")),
    *(DayWork(**_DAY, ahead=NINE.replace(year=9000)), ListBaselines(), ShowBaseline()),
    *(KindsOfWork(), OrdersOfKind(kind="marker kind")),
    *(ListPacks(), ComingPacks(), ShowPack(kind="daily", period="2026-09-21")),
)
