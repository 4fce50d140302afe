"""Revisits: planned beside the sweeps, each customer's once a month.

They are not among the timers of orders until they are planned. What nobody was there to plan at
the beginning of a month is planned when somebody is, over what is left of the month.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

LOOK = 200
"""Revisits of one transaction; those left have the next, after a look for alarms."""


def plan_some(records: Records, *, at: datetime) -> int:
    """Plan revisits that customers are due for, at most `LOOK` of them; how many.

    Who lost a race looks again at once, and finds what the other one has planned.
    """
    if not records.revisits_due(at=at):
        return 0
    return records.again(partial(_some, records, at))


def plan_due(records: Records, *, at: datetime) -> int:
    """Plan all of them; how many."""
    planned = 0
    while True:
        made = plan_some(records, at=at)
        planned += made
        if made < LOOK:
            return planned


def is_all(planned: int) -> bool:
    """Whether a look that planned so many has left none."""
    return planned < LOOK


def _some(records: Records, at: datetime) -> int:
    with records.work(who=THE_DESK, at=at) as work:
        return len(work.plan_revisits(most=LOOK))
