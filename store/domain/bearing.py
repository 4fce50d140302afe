"""What a parent bears for the orders that stand under it.

A child is a case of its parent's trouble. Whoever follows the parent looks after the whole of it,
so “nobody follows” is not true of a child while its parent is at work and has somebody: one alarm
for an incident and its forty cases, not forty-one. Let go of the parent, or finish it, and each
child that nobody has is an orphan again, by the time for which nobody has had it.

Nothing else is borne (`TimerSpec.borne` says which is). A child's deadlines ring for themselves:
each is a promise to a customer of its own. A wait that is over and a call that was promised are
about that one order. “No progress” stays as well: word to all under the parent counts as progress
of each child, so that it rings only for one that nobody has spoken of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.families import is_open
from store.domain.lifecycle import LIVE_VISITS

if TYPE_CHECKING:
    from store.domain.order import WorkOrder


def is_followed(parent: WorkOrder) -> bool:
    """Whether an order is at work, or waits, and an operator or a technician has it."""
    if not is_open(parent.state):
        return False
    return parent.follower is not None or any(v.state in LIVE_VISITS for v in parent.visits)
