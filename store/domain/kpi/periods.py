"""The period before one, which a figure is held against."""

from __future__ import annotations

from datetime import date


def day_before(first: date, after: date) -> date:
    """The first day of the period before one: as many whole months, else as many days."""
    if first.day == after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        return date(max(year, 1), month + 1, 1)
    return max(first - (after - first), date(1, 1, 1))
