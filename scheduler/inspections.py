"""Inspections: a week is drawn beside the sweeps once it is over, where the desk has set a share.

The database says that a week is drawn once. What nobody was there to draw is made up.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records


def draw_due(records: Records, *, at: datetime) -> int:
    """Draw every week that is owed; how many.

    Who lost a race looks again, and finds what the other one has drawn.
    """
    if not records.draws_due(at=at):
        return 0
    return records.again(partial(_draw, records, at))


def _draw(records: Records, at: datetime) -> int:
    with records.work(who=THE_DESK, at=at) as work:
        return len(work.draw_owed())
