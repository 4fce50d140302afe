"""A lock is touched by nothing but its unlocking: a law over days of an order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.errors import Refusal
from store.domain.lifecycle import LIVE_VISITS, VisitState
from tests.budget import tries
from tests.domain.undo_desk import DOINGS, Desk

OFTEN = ("assign li", "assign wang", "also zhao", "lock", "lock", "place")
"""What a lock is about comes more often than the rest."""

doings = st.sampled_from(OFTEN) | st.sampled_from(sorted(DOINGS))


@settings(max_examples=tries(120, 600), deadline=None)
@given(st.lists(st.tuples(doings, st.integers(1, 400)), max_size=14))
def test_a_lock_holds_until_somebody_unlocks(day: list[tuple[str, int]]) -> None:
    """Nobody is called back from it, and its start stays; it ends with its last visit."""
    desk = Desk()
    for what, minutes in day:
        desk.passes(minutes)
        before = desk.order
        try:
            DOINGS[what](desk)
        except Refusal:
            assert desk.order == before
            continue
        after = desk.order
        live = {v.place for v in before.visits if v.state in LIVE_VISITS}
        if before.locked_by is None or what == "unlock":
            continue
        assert live, "what nobody has is not locked"
        if not any(v.state in LIVE_VISITS for v in after.visits):
            assert (after.locked_by, after.planned_at) == (None, None)
            continue
        assert (after.locked_by, after.planned_at) == (before.locked_by, before.planned_at)
        assert not live & {v.place for v in after.visits if v.state is VisitState.WITHDRAWN}
