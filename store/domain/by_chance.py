"""How likely something comes so often by chance alone; pure."""

from __future__ import annotations

from math import exp


def in_a_row(usual: float, months: int) -> float:
    """How likely it comes in so many given months where so many days are usual in one more."""
    return float((1 - exp(-usual / (months + 1))) ** months)


def chance(days: int, usual: float) -> float:
    """How likely it comes on so many days or more where `usual` are to be expected (Poisson)."""
    if days <= 0:
        return 1.0
    if usual <= 0:
        return 0.0
    term, below = exp(-usual), 0.0
    for n in range(days):
        below += term
        term *= usual / (n + 1)
    return max(0.0, 1.0 - below)
