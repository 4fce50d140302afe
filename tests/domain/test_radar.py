"""The radar: what was planted is seen, and noise is not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from math import exp, factorial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.by_chance import chance
from store.domain.radar import MANY, RUNNING, Rule, Sign, find
from tests.budget import tries

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
KINDS = ("lift", "plumbing", "power", "hvac", "door")
WORDS = ("hum", "leak", "smoke", "dark", "stuck", "cold", "loud", "wet", "slow", "crack")


def sign(number: int, days: float, **told: Any) -> Sign:
    """One order at site 1, so many days ago."""
    at = NOW - timedelta(days=days)
    months = (NOW.year - at.year) * 12 + NOW.month - at.month
    plain: dict[str, Any] = {"complaint": False, "site": 1, "asset": None, "what": ""}
    return Sign(id=number, at=at, day=at.date(), ago=months, days=days, **{**plain, **told})


def noise(seed: int, orders: int = 600, sites: int = 20) -> list[Sign]:
    """Four months of a desk at which nothing comes again but by chance."""
    rng = random.Random(seed)
    found = []
    for number in range(1, orders + 1):
        site = rng.randrange(1, sites + 1)
        told: dict[str, Any] = {"site": site, "what": rng.choice(KINDS)}
        told["asset"] = rng.choice([None, site * 100 + rng.randrange(10)])
        told["words"] = frozenset(rng.sample(WORDS, 3))
        found.append(sign(number, rng.uniform(0, 120), **told))
    return found


def planted(number: int = 9_000, site: int = 99, **told: Any) -> list[Sign]:
    """A lift that hums in this month and in both before it."""
    return [sign(number + n, days, site=site, **told) for n, days in enumerate((70, 40, 5))]


def keys(signs: list[Sign]) -> list[tuple[Rule, int, int | None]]:
    """What is proposed, and where."""
    return [(spot.rule, spot.site, spot.asset) for spot in find(signs)]


def test_three_complaints_of_one_kind_in_three_months_running_are_seen() -> None:
    """At an asset, else at a site; two are not, whatever else is done there."""
    for asset in (None, 7):
        signs = planted(asset=asset, complaint=True, what="noise")
        (spot,) = find([*signs, *noise(1)])
        assert (spot.rule, spot.site, spot.asset) == (Rule.COMPLAINTS, 99, asset)
        assert spot.complaints == (9_000, 9_001, 9_002)
        assert find([*signs[1:], *noise(1)]) == []


def test_one_kind_of_order_three_months_running_is_seen_where_that_is_rare() -> None:
    """Of a lift among a hundred assets; at a desk that is full of such orders it says nothing."""
    signs = planted(asset=7, what="lift")
    (spot,) = find([*signs, *noise(2, orders=100, sites=10)])
    assert (spot.rule, spot.asset, spot.orders) == (Rule.MONTHS, 7, (9_000, 9_001, 9_002))
    assert find([*signs[1:], *noise(2, orders=100, sites=10)]) == []
    assert keys([*planted(what="lift"), *noise(1, orders=10)]) == [(Rule.MONTHS, 99, None)]
    assert find([*planted(what="lift"), *noise(1)]) == []


def test_the_month_before_may_be_the_last_of_three() -> None:
    """At the beginning of a month nothing has come yet."""
    told: dict[str, Any] = {"complaint": True, "what": "noise", "site": 99}
    before = [sign(n, days, **told) for n, days in enumerate((100, 70, 40))]
    assert keys(before) == [(Rule.COMPLAINTS, 99, None)]
    for days in ((110, 100, 70), (100, 70, 5)):  # two months, and three that do not run
        assert keys([sign(n, ago, **told) for n, ago in enumerate(days)]) == []


def test_five_orders_on_an_asset_within_a_month_are_seen() -> None:
    """Of whatever kind; four are not, nor five in two months."""
    five = [sign(n, n + 1, site=99, asset=7, what=KINDS[n]) for n in range(MANY)]
    assert keys([*five, *noise(1)]) == [(Rule.MONTH, 99, 7)]
    assert keys(five) == [(Rule.MONTH, 99, 7)]
    assert keys(five[1:]) == []
    later = [sign(n, n * 9, site=99, asset=7, what=KINDS[n]) for n in range(MANY)]
    assert keys([*later, *noise(1)]) == []


def test_alike_words_of_one_site_are_seen() -> None:
    """Though each time another kind was noted, and much else was said."""
    said = [frozenset({"roof", "drip", WORDS[n]}) for n in range(6)]
    signs = [
        sign(9_000 + n, 10 + 15 * n, site=99, words=words, what=KINDS[n % 5])
        for n, words in enumerate(said)
    ]
    (spot,) = find([*signs, *noise(3)])
    assert (spot.rule, spot.site, len(spot.orders)) == (Rule.WORDS, 99, 6)
    assert spot.usual is not None
    assert spot.usual < 1
    once = [sign(9_000 + n, 5, site=99, words=words) for n, words in enumerate(said)]
    assert find([*once, *noise(3)]) == [], "many who report one fault are one day"


def test_noise_is_silence() -> None:
    """Desks of every size at which things come again by chance alone: one in ten, at the most."""
    count, wrong = tries(60, 400), 0
    for seed in range(count):
        size = random.Random(-seed)
        orders, sites = size.choice([40, 150, 600]), size.choice([3, 10, 40])
        found = find(noise(seed, orders, sites))
        wrong += any(spot.rule is not Rule.MONTH for spot in found)
    assert wrong <= count / 10


def test_what_was_decided_about_must_come_anew() -> None:
    """Three months from then on, not one more day."""
    signs = planted(complaint=True, what="noise")
    (spot,) = find(signs)
    assert find(signs, since={spot.key: NOW - timedelta(days=60)}) == []
    assert find(signs, since={spot.key: NOW - timedelta(days=90)}) == [spot]
    assert find(signs, since={"complaints:1:0:noise": NOW}) == [spot]


@given(st.permutations(range(3)))
def test_the_order_in_which_it_is_told_means_nothing(order: list[int]) -> None:
    """Nor does who told it first."""
    signs = [*planted(what="lift"), *noise(4, orders=10)]
    assert find(signs)
    shuffled = [*signs[3:], *(signs[n] for n in order)]
    assert find(shuffled) == find(signs)


def test_the_newest_is_told_last_whatever_its_number() -> None:
    """What was written down late came when it came; the newest says whom to invite."""
    late = [sign(-one.id, one.days, site=99, what="lift") for one in planted()]
    assert [spot.orders for spot in find(late)] == [(-9_000, -9_001, -9_002)]


@given(st.integers(0, 12), st.floats(0.0, 20.0))
def test_chance_is_the_tail_of_poisson(days: int, usual: float) -> None:
    """By its definition, term by term."""
    below = sum(exp(-usual) * usual**n / factorial(n) for n in range(days))
    assert chance(days, usual) == pytest.approx(1 - below, abs=1e-9)


def test_a_large_site_is_not_proposed_for_being_large() -> None:
    """Ten times the orders of each kind are what is usual there."""
    large = [
        sign(20_000 + n, days, site=99, what=kind)
        for n, (days, kind) in enumerate((d, k) for d in range(0, 120, 4) for k in KINDS)
    ]
    assert [spot for spot in find([*large, *noise(5)]) if spot.site == 99] == []
    assert RUNNING == 3
