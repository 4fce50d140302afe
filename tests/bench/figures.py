"""One measured figure beside its peer and its budget, and how a bench module shows its rows."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, ours and the peer's in the same run, and what it must reach."""

    measure: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    most: float | None = None
    """Our figure may be at most this."""
    most_ratio: float | None = None
    """Our figure may be at most this many times the peer's."""

    @property
    def ratio(self) -> float | None:
        """Ours as a part of the peer's."""
        return self.ours / self.peer if self.peer else None

    @property
    def reached(self) -> bool:
        """Whether every budget is kept."""
        ratio = self.ratio
        within = self.most is None or self.ours <= self.most
        return within and (self.most_ratio is None or ratio is None or ratio <= self.most_ratio)

    def __str__(self) -> str:
        parts = [
            f"{'ok  ' if self.reached else 'OVER'} {self.measure}: {self.ours:.3g} {self.unit}"
        ]
        if self.peer is not None and self.ratio == 0:
            parts.append(f"{self.peer_name} {self.peer:.3g} {self.unit}")
        elif self.peer is not None and self.ratio is not None:
            times = f"{self.ratio:.2f}x" if self.ratio >= 0.1 else f"1/{1 / self.ratio:.0f}"
            parts.append(f"{self.peer_name} {self.peer:.3g} {self.unit}, {times}")
        budgets = [
            f"at most {self.most:g} {self.unit}" if self.most is not None else "",
            f"at most {self.most_ratio:.3g}x" if self.most_ratio is not None else "",
        ]
        if any(budgets):
            parts.append("budget " + " and ".join(filter(None, budgets)))
        return "; ".join(parts)


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of the values lies (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def show(rows: Iterable[Row]) -> int:
    """Print the rows; the exit code tells whether all budgets were kept."""
    missed = 0
    for row in rows:
        print(row, flush=True)
        missed += not row.reached
    return 1 if missed else 0
