"""Complaints that nobody has answered, and projects that are due: looked at beside the sweeps.

Many are about no order, so that they are not among the timers of orders: the row of each is its
timer, and says once a level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.notices import put_complaint_notice, put_project_notice
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records


def ring_complaints(records: Records, *, at: datetime) -> int:
    """Raise the alarm of every complaint that is due by `at`; how many rang."""
    if not records.complaints_due(at=at):
        return 0
    with records.work(who=THE_DESK, at=at) as work:
        rang = work.ring_complaints()
        for voice in rang:
            put_complaint_notice(work, voice, at=at)
    return len(rang)


def ring_projects(records: Records, *, at: datetime) -> int:
    """Raise the alarm of every project whose clock is due by `at`; how many rang."""
    if not records.projects_due(at=at):
        return 0
    with records.work(who=THE_DESK, at=at) as work:
        rang = work.ring_projects()
        for project in rang:
            put_project_notice(work, project, at=at)
    return len(rang)
