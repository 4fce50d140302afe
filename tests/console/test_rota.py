"""When consoles of one host do what all do once a second or a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from console.rota import Rota

MOMENTS = st.integers(1_700_000_000_000, 1_900_000_000_000).map(
    lambda ms: datetime.fromtimestamp(ms / 1000, UTC)
)
SHARES = st.floats(0, 1, exclude_max=True)


@given(MOMENTS, SHARES, st.sampled_from([1, 5]))
@example(datetime(2026, 1, 1, tzinfo=UTC), 0.0, 1)
def test_a_tick_comes_within_its_span_and_never_a_second_late(
    at: datetime, share: float, every: int
) -> None:
    """Whose clock shows seconds sees the last one for a moment longer, at most."""
    rest = Rota(share).until_tick(at, every_s=every)
    assert 0 < rest <= every + 0.003
    late = (at + timedelta(seconds=rest)).timestamp() % every
    assert 0.001 < late < 0.76
    assert share or late < 0.003


@given(st.integers(0, 10_000), st.integers(2, 200))
def test_many_that_come_one_after_the_other_are_spread_evenly(first: int, count: int) -> None:
    """However many were there before: no twentieth of a second has much more than its part."""
    lates = sorted(0.75 * Rota.of(first + one).share for one in range(count))
    fullest = max(sum(low <= one < low + 0.05 for one in lates) for low in lates)
    assert fullest <= count * 0.05 / 0.75 + 3


@given(MOMENTS, SHARES)
def test_a_minute_is_a_minute_whenever_it_begins(at: datetime, share: float) -> None:
    """Once in sixty seconds there is another one."""
    rota = Rota(share)
    minutes = {rota.minute(at + timedelta(seconds=second)) for second in range(60)}
    assert len(minutes) in (1, 2)
    assert rota.minute(at + timedelta(seconds=60)) == rota.minute(at) + 1
