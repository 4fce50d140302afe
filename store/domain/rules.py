"""What an order's promises are judged by: its service level and its calendars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.domain.calendar import Calendar
from store.domain.targets import LEAST, ClockKind, ServiceLevel, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

ALWAYS = Calendar.always()
"""Every second counts: for promises that came without a calendar."""

_PLAIN = ServiceLevel(id=0, code="", calendar=0)
"""How an order without a service level is watched: warned and orphaned, but promised nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The level and the present calendar of an order, and the versions its clocks hold."""

    level: ServiceLevel | None = None
    calendar: Calendar | None = None
    """None only where nothing was promised on a calendar; then every second counts."""
    calendar_version: int | None = None
    calendars: Mapping[int, Calendar] = field(default_factory=dict)
    followed_above: bool = False
    """Whether the order stands under one that somebody follows, see `bearing`."""

    policy: ServiceLevel = field(init=False, repr=False, compare=False)
    """The level, or the plain one that promises nothing but still watches."""
    hours: Calendar = field(init=False, repr=False, compare=False)
    """The present calendar."""

    def __post_init__(self) -> None:
        """Say once what is asked for at every step."""
        object.__setattr__(self, "policy", self.level or _PLAIN)
        object.__setattr__(self, "hours", self.calendar or ALWAYS)

    def version(self, version: int | None) -> Calendar:
        """The calendar that a clock was computed with; the present one if it is not at hand."""
        if version is None or version == self.calendar_version:
            return self.hours
        return self.calendars.get(version, self.hours)

    def target(self, priority: int, kind: ClockKind) -> Target | None:
        """What the level promises for a clock at a priority; None promises nothing.

        Where it names nothing, as to the nearest priority that is less urgent: what becomes more
        urgent is not promised less.
        """
        if self.level is None:
            return None
        targets = self.level.targets
        named = (targets.get((level, kind)) for level in range(priority, LEAST + 1))
        return next((target for target in named if target is not None), None)
