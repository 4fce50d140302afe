"""What an appointment of the customer means for a day: from when, and by when the work is due.

Its end is the due time of the clock to arrive for as long as that runs: who comes when that was
agreed is not late, and who comes sooner stands before a closed door.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


def due_within(due: float, at: float | None, takes: float) -> float:
    """When work is due that begins no earlier than it was promised: then it cannot be done sooner.

    Minutes; `inf` is no promise.
    """
    return due if at is None or due == inf else max(due, at + takes)


def due_at_within(due: datetime | None, at: datetime | None, takes: timedelta) -> datetime | None:
    """The same of instants."""
    return due if at is None or due is None else max(due, at + takes)
