"""What work costs in parts is reckoned at a glance; it is what laying the days out anew gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices, Stop, Wanted, Worker
from store.domain.dispatch.fits import cheapest, overrun
from store.domain.dispatch.in_parts import in_parts
from store.domain.dispatch.laid import longer_than
from store.domain.dispatch.parts_cost import UNSURE, Days, parts_cost
from store.domain.dispatch.recommend import Crew
from tests.budget import tries
from tests.domain import recommend_judge as judge
from tests.domain.recommend_ranked import recommended
from tests.domain.test_recommend import a_table

PLACES = [(42.30 + n / 60, -71.10 + n % 3 / 40) for n in range(7)]


def eighths(least: float, most: float) -> st.SearchStrategy[float]:
    """Added up in any order they give the same: what fits to the very end fits in both codes."""
    return st.integers(int(least * 8), int(most * 8)).map(lambda one: one / 8)


minutes = st.one_of(st.integers(0, 4000), eighths(0, 4000))
lengths = st.one_of(st.integers(20, 600), eighths(20, 600))
flags = st.booleans()
gaps = st.one_of(st.sampled_from((1, 60, 241, 500, 960)), st.integers(1, 1500))


@st.composite
def stops(draw: st.DrawFn, number: int) -> Stop:
    """Some with a planned time, some locked to it, some that take no time, some that wait."""
    planned = draw(st.none() | st.none() | minutes)
    return Stop(
        number=number,
        at=draw(st.none() | st.sampled_from(PLACES)),
        site=draw(st.none() | st.integers(1, 6)),
        takes=draw(st.sampled_from((0, 0.5, 15, 30, 33.25, 60, 90)) | lengths),
        due=draw(minutes | st.just(inf)),
        weight=draw(st.sampled_from((0.0, 1.0, 3.0, 8.0, 20.0))),
        ready=draw(st.just(0.0) | st.just(0.0) | minutes) if planned is None else planned,
        planned=planned,
        locked=draw(st.booleans()),
    )


@st.composite
def workers(draw: st.DrawFn, number: int = 1) -> Worker:
    """With two spans or more, of one day or of several."""
    spans, now = [], float(draw(st.sampled_from((-60, 0, 0, 300))))
    for gap, length in draw(st.lists(st.tuples(gaps, lengths), min_size=2, max_size=6)):
        spans.append((now, now + length))
        now += length + gap
    count = draw(st.integers(0, 8))
    his: list[Stop] = [draw(stops(100 * number + one)) for one in range(count)]
    begun = draw(flags)
    if his and begun:
        his[0] = replace(his[0], under_way=True, planned=None, ready=0.0)
    return Worker(
        id=number,
        at=draw(st.none() | st.sampled_from(PLACES)),
        base=draw(st.none() | st.sampled_from(PLACES)),
        base_site=draw(st.none() | st.integers(1, 6)),
        rest=draw(st.sampled_from((480.0, 480.0, 0.0, 660.0))),
        worked_until=draw(st.none() | st.sampled_from((-30.0, -300.0))),
        spans=tuple(spans),
        stops=tuple(his),
    )


@st.composite
def long_work(draw: st.DrawFn, worker: Worker) -> Stop:
    """Longer than any of his spans, and mostly not than all of them."""
    each = [ends - begins for begins, ends in worker.spans]
    takes = draw(eighths(max(each) + 0.25, sum(each) + 30) | st.just(max(each) + 1))
    stop = draw(stops(9999))
    planned = stop.planned if draw(st.integers(0, 9)) == 0 else None
    return replace(stop, takes=takes, planned=planned)


@settings(max_examples=tries(80, 400))
@given(st.data())
def test_the_glance_and_the_days_laid_anew_cost_the_same(data: st.DataObject) -> None:
    """Where the glance says that it can be done, what that costs, and that it cannot."""
    worker = data.draw(workers())
    stop = data.draw(long_work(worker))
    table = a_table(Random(data.draw(st.integers(0, 50))))
    crew = Crew([worker], Travel(table=table))
    until = data.draw(st.just(inf) | minutes)
    days = Days(worker, crew.laid[1], crew._rooms[1], until)
    cost = parts_cost(crew._asked(stop), days)
    if cost == UNSURE or not longer_than(worker.spans, stop.takes):
        return
    plain = in_parts(worker, stop, crew.ways, crew.laid[1], crew.prices, until=until)
    assert cost == pytest.approx(inf if plain is None else plain.cost, abs=1e-6)


@settings(max_examples=tries(30, 160))
@given(st.data())
def test_by_how_much_it_does_not_fit(data: st.DataObject) -> None:
    """The same as every place of every span tells, and the first of those that lack as much."""
    worker = data.draw(workers())
    stop = data.draw(long_work(worker))
    crew = Crew([worker])
    until, around = data.draw(st.just(inf) | minutes), crew._asked(stop).around
    plain: tuple[float, int] = inf, -1
    for span, one in enumerate(crew.laid[1]):
        ends = min(one.ends, until)
        _cost, at, over = cheapest(one, stop, around, ends=ends, room=0.0, waiting=0.05)
        assert at < 0
        plain = min(plain, (over, span))
    rested = 0 < plain[0] <= crew.laid[1][plain[1]].cut
    assert overrun(crew.laid[1], stop, around, until) == (plain[0], rested)


@settings(max_examples=50)
@given(st.data())
def test_long_work_is_recommended_as_trying_everything_gives(data: st.DataObject) -> None:
    """To the same people in the same order at the same cost, by other code."""
    some = [data.draw(workers(number)) for number in range(1, 5)]
    wanted = Wanted(stop=data.draw(long_work(some[0])))
    table, prices = a_table(Random(data.draw(st.integers(0, 50)))), Prices()
    advice = Crew(some, Travel(table=table), prices).recommend(wanted)
    able, told = recommended(some, wanted, prices, judge.told_by(table))
    assert advice.able == able
    assert [one.score.total for one in advice.offers] == pytest.approx(
        [best.total for _, _, best in told]
    )


def test_who_works_longer_rests_longer_before_a_later_day() -> None:
    """Also where the last part of his day is over before that rest, and all else stays."""
    spans = ((60, 420), (480, 960), (961, 1261), (1321, 1351), (1651, 1951), (2011, 2491))
    timed = Stop(number=1, at=PLACES[0], takes=30, due=0.0, weight=3.0, ready=1400, planned=1400)
    long = Stop(number=9999, at=PLACES[1], takes=630, due=inf, weight=1.0, ready=300)
    his = Worker(id=1, at=PLACES[0], spans=spans, rest=660.0, stops=(timed,))
    crew = Crew([his])
    (offer,) = crew.recommend(Wanted(stop=long)).offers
    assert offer.score.knock_on > 0
    assert parts_cost(crew._asked(long), Days(his, crew.laid[1], crew._rooms[1], inf)) == UNSURE


def test_a_glance_is_enough_for_nearly_all() -> None:
    """Only for who has other work in parts, or is given a time, his days are laid out anew."""
    dice, seen = Random(4), Counter[bool]()
    for _ in range(400):
        his = _a_day_full(dice)
        crew = Crew([his])
        stop = replace(his.stops[0], number=9999, takes=dice.choice((600.0, 840.0)), planned=None)
        cost = parts_cost(crew._asked(stop), Days(his, crew.laid[1], crew._rooms[1], inf))
        seen[cost != UNSURE] += 1
    assert seen[True] == 400


def _a_day_full(dice: Random) -> Worker:
    """Shifts of three days, and more to do than one of them holds, some of it at a time."""
    spans = [(dice.choice((0.0, 300.0)), 480.0), (1440.0, 1920.0), (2880.0, 3360.0)]
    return Worker(
        id=1,
        at=PLACES[0],
        base=PLACES[1],
        spans=tuple(spans),
        stops=tuple(_at_times(dice, number) for number in range(8)),
    )


def _at_times(dice: Random, number: int) -> Stop:
    planned = dice.choice((None, None, 400.0, 1500.0))
    return Stop(
        number=number,
        at=dice.choice(PLACES),
        takes=dice.choice((30.0, 60.0, 90.0)),
        due=dice.uniform(0, 2000),
        weight=3.0,
        ready=planned or 0.0,
        planned=planned,
        locked=dice.random() < 0.3,
    )
