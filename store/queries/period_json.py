"""A period's figures as JSON and back: how they are frozen in baselines and packs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from store.domain.kpi.baseline import Period, Sure
from store.domain.kpi.table import KPIS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def period_plain(period: Period) -> dict[str, Any]:
    """Every figure as value, n, unit, low and high, and how far it looks where that is less."""
    return {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "zone": period.zone,
        "figures": {
            name: [one.value, one.n, one.unit, one.low, one.high, *within_plain(one.within_s)]
            for name, one in period.figures.items()
        },
        "mixes": {name: dict(mix) for name, mix in period.mixes.items()},
    }


def within_plain(within_s: float | None) -> list[float]:
    """How far a figure looks, where that is less than it means to; else nothing."""
    return [] if within_s is None else [within_s]


def within_of(more: Sequence[float]) -> float | None:
    """The same read back."""
    return more[0] if more else None


def period_from(told: Mapping[str, Any]) -> Period:
    """The same read back, in the order in which they are shown; what nobody knows is left out."""
    figures = {name: told["figures"][name] for name in KPIS if name in told["figures"]}
    return Period(
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        zone=told["zone"],
        figures={
            name: Sure(
                name=name,
                value=value,
                n=n,
                unit=unit,
                low=low,
                high=high,
                within_s=within_of(more),
            )
            for name, (value, n, unit, low, high, *more) in figures.items()
        },
        mixes=told["mixes"],
    )
