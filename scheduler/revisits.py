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
"""Revisits of one transaction; those left have the next."""


def plan_due(records: Records, *, at: datetime) -> int:
    """Plan every revisit that customers are due for; how many.

    Who lost a race looks again at once, and finds what the other one has planned.
    """
    planned = 0
    while records.revisits_due(at=at):
        made = records.again(partial(_some, records, at))
        planned += made
        if made < LOOK:
            break
    return planned


def _some(records: Records, at: datetime) -> int:
    with records.work(who=THE_DESK, at=at) as work:
        return len(work.plan_revisits(most=LOOK))
