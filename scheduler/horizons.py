"""Calendars whose holidays run out, certificates that end, trainings that are due.

They are looked at beside the sweeps, and told once a level.

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
    rang = 0
    if records.horizons_due(at=at):
        with records.work(who=THE_DESK, at=at) as work:
            told = work.raise_horizons()
            for one in told:
                put_horizon_notice(work, one, at=at)
        rang += len(told)
    return rang


def remind(records: Records, *, at: datetime) -> int:
    """Ring for every certificate and training that is due by `at`; how many rang."""
    if not records.reminders_due(at=at):
        return 0
    with records.work(who=THE_DESK, at=at) as work:
        return len(work.raise_reminders())
