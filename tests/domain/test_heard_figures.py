"""CSAT, NPS and response rate hold for all answers; nothing heard has no rate."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from store.domain.heard_figures import (
    CSAT_LEAST,
    CSAT_MOST,
    NPS_LEAST,
    NPS_MOST,
    csat_of,
    nps_of,
    response_of,
)

stars = st.lists(st.integers(CSAT_LEAST, CSAT_MOST))
tens = st.lists(st.integers(NPS_LEAST, NPS_MOST))
counts = st.integers(0, 10_000)


def test_nothing_heard_has_no_rate() -> None:
    """Neither 0 nor 100 per cent: both would be a claim."""
    assert csat_of(()).rate is None
    assert nps_of(()).value is None
    assert response_of(answered=0, refused=0, expired=0).rate is None


@given(stars)
def test_csat_is_the_share_of_fours_and_fives(answers: list[int]) -> None:
    """Counted by another way; a mean of stars would differ."""
    by = Counter(answers)
    share = csat_of(answers)
    assert (share.count, share.of) == (by[4] + by[5], len(answers))
    if answers:
        assert share.rate == (by[4] + by[5]) / len(answers)


@given(stars.filter(bool), stars.filter(bool))
def test_csat_of_two_groups_lies_between_theirs(some: list[int], others: list[int]) -> None:
    """What holds for each of two months holds for both together."""
    rates = sorted(csat_of(part).rate or 0.0 for part in (some, others))
    both = csat_of(some + others).rate
    assert both is not None
    assert rates[0] - 1e-12 <= both <= rates[1] + 1e-12


@given(tens)
def test_each_answer_is_in_one_group_of_nps(answers: list[int]) -> None:
    """Promoters 9 and 10, detractors 0 to 6, and nobody is lost."""
    score = nps_of(answers)
    by = Counter(answers)
    assert score.of == len(answers)
    assert score.passives == by[7] + by[8]
    assert score.promoters == by[9] + by[10]


@given(tens.filter(bool))
def test_nps_turns_with_its_groups(answers: list[int]) -> None:
    """From -100 to 100, and the ends only where all are of one group."""
    value = nps_of(answers).value
    assert value is not None
    assert -100 <= value <= 100
    assert (value == 100) is all(answer >= 9 for answer in answers)
    assert (value == -100) is all(answer <= 6 for answer in answers)


@given(counts, counts, counts)
def test_what_expired_is_never_an_answer(answered: int, refused: int, expired: int) -> None:
    """It can only lower the rate."""
    share = response_of(answered=answered, refused=refused, expired=expired)
    more = response_of(answered=answered, refused=refused, expired=expired + 1)
    assert share.of == answered + refused + expired
    assert more.rate is not None
    assert share.rate is None or more.rate <= share.rate
