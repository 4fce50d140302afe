"""How far it is from place to place is remembered from one question to the next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

from store.domain.dispatch import ways as known
from store.domain.dispatch.board import Travel
from store.domain.dispatch.ways import Ways, ways_of

if TYPE_CHECKING:
    import pytest

    from store.domain.distance import Position


def _places(count: int, seed: int = 3) -> list[Position | None]:
    dice = Random(seed)
    return [None, *((42 + dice.random(), -71 + dice.random()) for _ in range(count))]


def test_who_asks_again_is_told_what_a_newcomer_is_told() -> None:
    """In whatever order places became known."""
    travel, dice = Travel(speed_kmh=31.0), Random(5)
    for seed in range(20):
        places, fresh = _places(12, seed), Ways(travel)
        dice.shuffle(places)
        again = ways_of(travel)
        for one in places:
            for other in places:
                told = again.between(again.number(one), again.number(other))
                assert told == fresh.between(fresh.number(one), fresh.number(other))
                assert told == again.around(one).to[again.number(other)]


def test_other_figures_are_other_ways() -> None:
    """A desk that sets its speed is not told the old minutes."""
    slow, fast = ways_of(Travel(speed_kmh=10.0)), ways_of(Travel(speed_kmh=90.0))
    assert ways_of(Travel(speed_kmh=10.0)) is slow
    here, there = (42.0, -71.0), (42.2, -71.2)
    assert slow.between(slow.number(here), slow.number(there)) > fast.between(
        fast.number(here), fast.number(there)
    )


def test_beyond_many_places_all_is_reckoned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Technicians are seen at thousands of places a day."""
    travel = Travel(speed_kmh=32.0)
    monkeypatch.setattr(known, "_MOST", 5)
    first = ways_of(travel)
    for place in _places(6):
        first.number(place)
    assert ways_of(travel) is not first


def test_threads_that_ask_together_mean_the_same_places() -> None:
    """A number belongs to one place, whoever gave it."""
    ways, places = Ways(Travel()), _places(3_000)
    shuffled = [Random(n).sample(places, len(places)) for n in range(4)]
    with ThreadPoolExecutor(4) as hands:
        told = list(hands.map(lambda some: {one: ways.number(one) for one in some}, shuffled))
    assert all(one == told[0] for one in told)
    assert len(set(told[0].values())) == len(places)
    fresh = Ways(Travel())
    for one, other in zip(places, reversed(places), strict=True):
        minutes = fresh.between(fresh.number(one), fresh.number(other))
        assert ways.between(told[0][one], told[0][other]) == minutes
