"""Chases (催单): the customer asks where we are, and what that changes in a queue.

A chase is no progress: clocks and silence go on as they did. It lets the order stand further up,
as if what runs out first did so half an hour earlier. Four chases are heard and more of them only
counted, so that nobody calls his way past a greater need for ever.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

HEARD: Final = 4
"""Chases that raise the rank."""
STEP: Final = timedelta(minutes=30)
"""How much earlier one lets an order stand."""


def ahead(chased: int) -> timedelta:
    """How much earlier an order stands in a queue that was chased so often."""
    return min(chased, HEARD) * STEP
