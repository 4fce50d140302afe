"""How chases move an order in its queue."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.domain.chases import HEARD, STEP, ahead

counts = st.integers(min_value=0, max_value=1_000)


@given(counts, counts)
def test_more_chases_never_stand_further_down(few: int, more: int) -> None:
    """And nobody calls his way past two hours."""
    low, high = sorted((few, more))
    assert timedelta(0) <= ahead(low) <= ahead(high) <= HEARD * STEP


def test_the_first_four_count_half_an_hour_each() -> None:
    """As docs/calls.md says."""
    heard = [ahead(count) / timedelta(minutes=30) for count in range(7)]
    assert heard == [0, 1, 2, 3, 4, 4, 4]
