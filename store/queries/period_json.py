"""A period's figures as JSON and back: how they are frozen in baselines and packs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from store.domain.kpi.baseline import Period, Sure
from store.domain.kpi.table import KPIS

if TYPE_CHECKING:
    from collections.abc import Mapping


def period_plain(period: Period) -> dict[str, Any]:
    """Every figure as value, n, unit, low and high."""
    return {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "zone": period.zone,
        "figures": {
            name: [one.value, one.n, one.unit, one.low, one.high]
            for name, one in period.figures.items()
        },
        "mixes": {name: dict(mix) for name, mix in period.mixes.items()},
    }


def period_from(told: Mapping[str, Any]) -> Period:
    """The same read back, in the order in which they are shown; what nobody knows is left out."""
    figures = {name: told["figures"][name] for name in KPIS if name in told["figures"]}
    return Period(
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        zone=told["zone"],
        figures={
            name: Sure(name=name, value=value, n=n, unit=unit, low=low, high=high)
            for name, (value, n, unit, low, high) in figures.items()
        },
        mixes=told["mixes"],
    )
