"""Calendars whose holidays run out: looked at beside the sweeps, and told once a level.

They are not among the timers of orders: there is no order to lock, and nothing to be in time for
by the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.notices import put_horizon_notice
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records


def tell_horizons(records: Records, *, at: datetime) -> int:
    """Raise the alarm of every calendar that is due by `at`; how many rang."""
    if not records.horizons_due(at=at):
        return 0
    with records.work(who=THE_DESK, at=at) as work:
        rang = work.raise_horizons()
        for told in rang:
            put_horizon_notice(work, told, at=at)
    return len(rang)
