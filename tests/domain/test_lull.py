"""How long nobody may type: what so many seconds come to, for all limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.lull import WARNED_S, Lull, Stage

limits = st.floats(0.0, 100_000.0).map(lambda told: 0.0 if told < 1 else told)
idles = st.floats(0.0, 200_000.0)


@given(limits, limits, idles)
def test_it_locks_and_ends_when_it_should_and_never_before(
    lock_s: float, end_s: float, idle_s: float
) -> None:
    """A limit of 0 is none; an end counts before a lock."""
    stage = Lull(lock_s=lock_s, end_s=end_s).stage(idle_s)
    assert (stage is Stage.OVER) == bool(end_s and idle_s >= end_s)
    locked = bool(lock_s and idle_s >= lock_s)
    assert (stage is Stage.LOCKED) == (locked and stage is not Stage.OVER)


@given(limits.filter(bool), st.booleans())
def test_either_is_announced_a_minute_before(limit_s: float, ends: bool) -> None:
    """Or at half time, where the limit is shorter than two minutes."""
    lull = Lull(end_s=limit_s) if ends else Lull(lock_s=limit_s)
    soon = Stage.ENDS_SOON if ends else Stage.LOCKS_SOON
    warned = limit_s - min(WARNED_S, limit_s / 2)
    assert lull.stage(warned) is soon
    assert lull.stage(warned * 0.999) is Stage.AWAKE
