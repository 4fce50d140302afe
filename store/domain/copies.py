"""A history told again and again: at other times, of other places and people, for measuring."""

from __future__ import annotations

from dataclasses import dataclass

SITE, CUSTOMER = -1, -2
"""What a pattern names where each copy has a site and a customer of its own."""

TECHNICIANS = (-3, -4, -5, -6)
"""What a pattern calls its first, second ... technician."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Which pattern is told again, how much later, and of whom.

    A pattern is a `History` whose site, customer and technicians are the stand-ins above. Moving it
    keeps its promises right only where the calendar's hours move with it: by any time on one that
    never closes, by whole weeks on one without holidays and summer time.
    """

    pattern: int
    """Its place in the list of patterns, from 0."""
    shift_s: int
    """Whole seconds later than the pattern; negative is earlier."""
    site: int
    customer: int
    technicians: tuple[int, ...]
    """At least as many as the pattern names."""
    title: str
    salt: int
    """What its free text is salted with, below 2**48: from a seed, a store can be made again."""
