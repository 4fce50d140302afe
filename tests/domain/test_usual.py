"""What a customer usually has, told from what he had."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.domain.usual import Past, usual_priority, usual_site

orders = st.lists(
    st.builds(
        Past,
        site=st.none() | st.integers(1, 3),
        kind=st.sampled_from(("", "lift", "Lift", "电梯")),
        priority=st.integers(1, 4),
    ),
    max_size=12,
)


@given(orders)
def test_it_is_the_most_frequent_and_of_equals_the_latest(past: list[Past]) -> None:
    """So that one order out of the way changes nothing, and a customer who moves is followed."""
    told = [order.site for order in past if order.site is not None]
    site = usual_site(past)
    assert (site is None) == (not told)
    for other in told:
        assert site is not None
        assert (told.count(site), -told.index(site)) >= (told.count(other), -told.index(other))


@given(orders, st.sampled_from(("lift", "LIFT", "电梯", " lift ")))
def test_a_priority_is_that_of_its_kind(past: list[Past], kind: str) -> None:
    """However the kind is written; orders of another kind say nothing."""
    meant = kind.strip().casefold()
    same = [order for order in past if order.kind.casefold() == meant]
    told = usual_priority(past, kind=kind, tier="standard")
    assert told == usual_priority(same, kind="", tier="standard")
    assert (told is None) == (not same)


def test_a_key_customer_begins_a_step_further_up() -> None:
    """Only where no order of his says another."""
    past = [Past(site=1, kind="lift", priority=3)]
    assert usual_priority(past, kind="lamp", tier="key") == 2
    assert usual_priority(past, kind="lift", tier="key") == 3
    assert usual_priority([], kind="", tier="gold") is None
