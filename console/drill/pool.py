"""Whose calls come in a drill: those of the sample, or of the desk that was copied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from console.demo.sample import after_now
from console.demo.staff import customer_code, level_code, site_code
from store.domain.drill.plot import Model
from store.domain.who import SYSTEM_OPERATOR, Who
from store.queries.drill import UsualCalls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.records import Records

DESK = Who(operator=SYSTEM_OPERATOR, via="drill")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A call that may come again; sites, customers and levels by their codes."""

    gap_s: float
    """After the one before it."""
    title: str
    priority: int
    kind: str
    site: str | None
    customer: str | None
    level: str | None

    @property
    def model(self) -> Model:
        """What a plot is drawn from."""
        return Model(gap_s=self.gap_s, priority=self.priority)


def sample_pool(language: str) -> list[Caller]:
    """The real requests that the sample has after its present."""
    asked = after_now()
    gaps = _gaps([one.opened.total_seconds() for one in asked])
    return [
        Caller(
            gap_s=gap,
            title=one.title(language),
            priority=one.kind.priority,
            kind=one.kind.trade,
            site=site_code(one.place),
            customer=customer_code(one.department),
            level=level_code(one.kind.priority),
        )
        for one, gap in zip(asked, gaps, strict=True)
    ]


def own_pool(records: Records, at: datetime) -> list[Caller]:
    """The newest calls of the desk itself."""
    calls = records.ask(UsualCalls(), who=DESK, at=at)
    gaps = _gaps([one.opened_at.timestamp() for one in calls])
    return [
        Caller(
            gap_s=gap,
            title=one.title,
            priority=one.priority,
            kind=one.kind,
            site=one.site,
            customer=one.customer,
            level=one.level,
        )
        for one, gap in zip(calls, gaps, strict=True)
    ]


def _gaps(times: Sequence[float]) -> list[float]:
    """How long each came after the one before; the first as long as all on average."""
    apart = [later - earlier for earlier, later in pairwise(times)]
    return [sum(apart) / len(apart), *apart] if apart else [0.0] * len(times)
