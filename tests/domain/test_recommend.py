"""Who should go to one order: the same as trying everybody everywhere, each part of it told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from random import Random

import pytest

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices, Stop, Wanted, Worker
from store.domain.dispatch.recommend import Crew
from store.domain.dispatch.rules import SENTENCES, SHORT, Rule
from store.domain.dispatch.score import PARTS, why_dearer
from store.domain.dispatch.travel_table import TravelTable
from tests.domain import places_judge as places
from tests.domain import recommend_judge as judge
from tests.domain.recommend_ranked import recommended

CASES, BLOCKS = 2000, 20
PLACE = (42.35, -71.06)
"""Where everybody in the examples is."""

SITES = {1: PLACE, 2: (42.33, -71.01), 3: (42.36, -71.03), 4: PLACE}
"""Of five sites that may be in a table the fifth lies nobody knows where; two are in one place."""


def a_table(dice: Random) -> TravelTable | None:
    """Whole or with gaps, often other minutes there than back; often there is none."""
    if dice.random() < 0.4:
        return None
    some = [site for site in range(1, 6) if dice.random() < 0.8]
    minutes: dict[int, dict[int, int]] = {}
    for one in some:
        row = {to: dice.randint(0, 60) for to in some if to != one and dice.random() < 0.8}
        if row or dice.random() < 0.5:
            minutes[one] = row
    return TravelTable(minutes, {site: SITES[site] for site in SITES if dice.random() < 0.9})


def a_site(dice: Random) -> int | None:
    """One that a table may know, one that none does, or none at all."""
    return dice.choice((None, None, 1, 2, 3, 4, 5, 6))


def a_stop(dice: Random, number: int, *, under_way: bool = False) -> Stop:
    """Times of which some coincide, and a place that not everybody knows."""
    place = (42.3 + dice.random() / 9, -71.1 + dice.random() / 9)
    planned = None if under_way else dice.choice((None, None, None, -20.0, 90.0, 250.5, 1400.0))
    meant = dice.choice((planned, planned, None))
    return Stop(
        number=number,
        at=dice.choice((place, place, place, place, PLACE, None)),
        site=a_site(dice),
        takes=dice.choice((0, 15, 30, 45, 90, 33.5, 33.5, 60, 330, 720)),
        due=dice.choice((dice.randint(-60, 900), inf)),
        weight=dice.choice((0.0, 1.0, 3.0, 8.0, 20.0)),
        ready=0.0 if under_way else max(dice.choice((0.0, 0.0, 0.0, 60.0, 300.0)), meant or 0.0),
        under_way=under_way,
        planned=planned,
        locked=dice.random() < 0.4,
    )


def a_worker(dice: Random, number: int) -> Worker:
    """Some with several spans, some with none; some who overrun what they have."""
    spans = dice.choice(
        [
            ((0, 300),),
            ((0, 480), (1300, 1800)),
            ((60, 240), (300, 600), (900, 1200)),
            ((0, 20), (25, 40), (100, 400), (1000, 1400)),
            ((0, 700), (960, 1500)),
            ((-0.0, 90.0),),
            (),
        ]
    )
    stops = [a_stop(dice, number * 100 + n) for n in range(dice.choice((0, 1, 2, 3, 5, 7)))]
    if spans and spans[0][0] <= 0 and dice.random() < 0.4:
        stops.insert(0, a_stop(dice, number * 100 + 99, under_way=True))
    return Worker(
        id=number,
        at=dice.choice((PLACE, (42.33, -71.01), (42.3512, -71.06), (42.353, -71.06), None)),
        site=a_site(dice),
        base=dice.choice((PLACE, None)),
        base_site=a_site(dice),
        rest=dice.choice((480.0, 480.0, 480.0, 0.0, 300.0, 660.0)),
        spans=spans,
        off=dice.random() < 0.05,
        away=dice.random() < 0.5,
        worked_until=dice.choice((None, None, -30.0, -600.0)),
        skills={skill: dice.randint(1, 5) for skill in (1, 2, 3) if dice.random() < 0.7},
        papers={
            name: dice.choice((None, -5.0, 100.0, 900.0))
            for name in ("high voltage", "lift")
            if dice.random() < 0.7
        },
        carries=frozenset(thing for thing in ("camera", "ladder") if dice.random() < 0.7),
        home=dice.choice((None, 1, 2)),
        regions=frozenset(dice.choice(((), (), (1,), (1, 2)))),
        refused_by=frozenset(dice.choice(((), (), (7,)))),
        asked_for_by=frozenset(dice.choice(((), (7,)))),
        stops=tuple(stops),
    )


def a_wanted(dice: Random, people: int) -> Wanted:
    return Wanted(
        stop=a_stop(dice, 9999),
        region=dice.choice((None, 1, 2, 3)),
        customer=dice.choice((None, 7)),
        skill=dice.choice((None, 1, 2)),
        level=dice.choice((1, 1, 2, 4)),
        paper=dice.choice(("", "", "high voltage")),
        needs=frozenset(dice.choice(((), (), ("camera",), ("camera", "ladder")))),
        usual=dice.choice((None, dice.randrange(people))),
        locked_to=frozenset(dice.choice(((), (), (), (dice.randrange(people),)))),
        names={"skill": "lift", "paper": "High voltage", "region": "west", "customer": "Acme"},
    )


@pytest.mark.parametrize("block", range(BLOCKS))
def test_it_is_what_trying_everything_gives(block: int) -> None:
    """The same people in the same order at the same cost, by other code; each part as well."""
    dice = Random(block)
    for _ in range(CASES // BLOCKS):
        workers = [a_worker(dice, n) for n in range(dice.randint(1, 9))]
        wanted, prices = a_wanted(dice, len(workers)), Prices()
        table = a_table(dice)
        advice = Crew(workers, Travel(table=table), prices).recommend(wanted)
        able, told = recommended(workers, wanted, prices, judge.told_by(table))
        assert advice.able == able
        assert advice.able + len(advice.barred) == len(workers)
        assert [offer.worker for offer in advice.offers] == [who for _, who, _ in told]
        for offer, (_, _, best) in zip(advice.offers, told, strict=True):
            assert offer.score.total == pytest.approx(best.total)
            assert [getattr(offer.score, name) for name in PARTS] == pytest.approx(best.parts)
            assert offer.placed.end == pytest.approx(best.end)
            assert offer.parts == best.shifts
            assert {slip.number: slip.later for slip in offer.placed.slips} == pytest.approx(
                best.slips
            )


def test_nobody_is_in_two_places_at_once() -> None:
    """Nor does the next span of a day begin while he is at work, however that overran the gap."""
    dice, overran = Random(6), 0
    for _ in range(1500):
        worker, table = a_worker(dice, 1), a_table(dice)
        told = judge.told_by(table)
        crew = Crew([worker], Travel(table=table))
        visits = [
            places.Visit((stop.at, stop.site), start, done)
            for one in crew.laid[1]
            for stop, start, done in zip(one.stops, one.starts, one.dones[1:], strict=True)
        ]
        assert places.in_two_places(worker, visits, told) == []
        overran += any(
            one.stops and then.begins == one.dones[-1] > one.ends
            for one, then in pairwise(crew.laid[1])
        )
        wanted = a_wanted(dice, 1)
        for offer in crew.recommend(wanted).offers:
            stop, placed = wanted.stop, offer.placed
            under_way = [visit for visit, one in zip(visits, _stops(crew), strict=True) if one]
            mine = places.Visit((stop.at, stop.site), placed.start, placed.end)
            assert places.in_two_places(worker, [*under_way, mine], told) == []
    assert overran > 20


def _stops(crew: Crew) -> list[bool]:
    """Whether each of his stops is under way."""
    return [stop.under_way for one in crew.laid[1] for stop in one.stops]


def test_everybody_is_recommended_or_told_why_not() -> None:
    """Each rule that keeps somebody has its sentence, and holds: without it he could go."""
    dice = Random(5)
    seen = set()
    for _ in range(300):
        workers = [a_worker(dice, n) for n in range(6)]
        wanted = a_wanted(dice, len(workers))
        crew = Crew(workers)
        advice = crew.recommend(wanted)
        for who, rules in advice.barred.items():
            assert rules
            assert crew.offer(who, wanted) is None
            seen |= {one.rule for one in rules}
            for one in rules:
                assert one.sentence.format(**one.facts)
    assert seen == set(Rule) - {Rule.AWAY_NOW, Rule.OFF_SHIFT, Rule.HELD_PAPER, Rule.GOES}
    assert set(Rule) == set(SENTENCES) == set(SHORT)


WANG = Worker(id=1, at=PLACE, base=PLACE, spans=((0, 480),), skills={1: 3}, home=1)
LI = replace(WANG, id=2, at=(42.30, -71.10))
TASK = Stop(number=1042, at=PLACE, takes=60, due=240, weight=8.0)
LOCKED = Stop(number=7, at=PLACE, takes=60, due=900, weight=1.0, ready=30, planned=30, locked=True)
"""In the way of another order: there is no room before it, and none behind it."""
ORDER = Wanted(stop=TASK, skill=1, region=1, customer=7, names={"skill": "lift"})


def test_why_not_him_is_a_subtraction() -> None:
    """The parts in which he is dearer make up the whole difference."""
    crew = Crew([WANG, LI])
    best, other = crew.recommend(ORDER).offers
    assert (best.worker, best.margin) == (1, 180)
    gaps = why_dearer(other.score, best.score)
    assert list(gaps) == ["travel", "waiting"]
    assert sum(gaps.values()) == pytest.approx(other.score.total - best.score.total)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"off": True}, Rule.OFF),
        ({"skills": {2: 5}}, Rule.SKILL),
        ({"skills": {1: 2}}, Rule.LEVEL),
        ({"papers": {"lift": -1.0}}, Rule.EXPIRED),
        ({"papers": {"lift": 30.0}}, Rule.EXPIRED),
        ({"papers": {}}, Rule.NO_CERTIFICATE),
        ({"refused_by": frozenset({7})}, Rule.REFUSED),
        ({"regions": frozenset({2})}, Rule.REGION),
        ({"spans": (), "away": True}, Rule.ABSENT),
        ({"spans": ()}, Rule.NO_SHIFT),
        ({"spans": ((0, 50),)}, Rule.SHIFT),
        ({"spans": ((0, 300),), "worked_until": -100.0}, Rule.REST),
        ({"spans": ((0, 130),), "stops": (LOCKED,)}, Rule.HELD),
    ],
)
def test_one_rule_keeps_him_from_it(change: dict[str, object], rule: Rule) -> None:
    """And nothing but that rule: as he was he may go."""
    papers: dict[str, float | None] = {"lift": None}
    able = replace(WANG, papers=papers)
    wanted = replace(ORDER, level=3, paper="lift")
    assert Crew([able]).recommend(wanted).able == 1
    # Fields of several types, by name.
    advice = Crew([replace(able, **change)]).recommend(wanted)  # type: ignore[arg-type]
    assert [one.rule for one in advice.barred[1]] == [rule]
    assert advice.counted() == {rule: 1}


def test_nobody_can_and_what_would_help() -> None:
    """Whom one rule alone keeps away, least overtime first; a missing skill helps nobody."""
    short, shorter = replace(WANG, spans=((0, 50),)), replace(LI, spans=((0, 30),))
    away = replace(WANG, id=3, spans=(), away=True)
    no_skill = replace(WANG, id=4, skills={})
    two_rules = replace(short, id=5, off=True)
    advice = Crew([away, shorter, short, no_skill, two_rules]).recommend(ORDER)
    assert not advice.offers
    helps = [(one.worker, one.barred.rule) for one in advice.helps]
    assert helps == [(1, Rule.SHIFT), (2, Rule.SHIFT), (3, Rule.ABSENT)]
    assert advice.helps[0].barred.facts["over"] == 10


def test_what_is_under_way_is_not_interrupted() -> None:
    """However urgent the order: it comes after what he has begun, and before the rest."""
    begun = replace(TASK, number=1, takes=100, weight=0.0, under_way=True)
    later = replace(TASK, number=2, takes=100, weight=1.0, due=200)
    busy = replace(WANG, stops=(begun, later))
    (offer,) = Crew([busy]).recommend(replace(ORDER, stop=replace(TASK, due=0))).offers
    assert (offer.placed.after, offer.placed.start) == (1, 100)
    (slip,) = offer.placed.slips
    assert (slip.number, slip.later, slip.late_before, slip.late) == (2, 60, 0, 60)


def test_the_customer_speaks_in_it_too() -> None:
    """Who is asked for, or mostly went, is worth a way; who is refused does not go at all."""
    asked, usual = replace(LI, asked_for_by=frozenset({7})), replace(ORDER, usual=2)
    plain = Crew([WANG, LI]).recommend(ORDER)
    wished = Crew([WANG, asked]).recommend(usual)
    (before,) = (one for one in plain.offers if one.worker == 2)
    (after,) = (one for one in wished.offers if one.worker == 2)
    assert before.score.total - after.score.total == pytest.approx(30)


def test_now_is_better_than_tomorrow_where_nothing_is_promised() -> None:
    """Nor is a way saved worth a night; with a promise far away it is the same."""
    tomorrow = replace(WANG, spans=((1200, 1600),))
    for due in (inf, 3000):
        for weight in (1.0, 3.0):
            stop = replace(TASK, due=due, weight=weight)
            told = Crew([tomorrow, LI]).recommend(replace(ORDER, stop=stop)).offers
            assert [one.worker for one in told] == [LI.id, tomorrow.id]
            assert told[1].score.waiting == pytest.approx(0.05 * weight * 1200)


def test_who_waits_without_a_promise_is_not_overtaken_for_nothing() -> None:
    """The wait of those that are pushed back counts as the order's own does."""
    before = [replace(TASK, number=n, due=inf, weight=1.0) for n in (1, 2, 3)]
    busy = replace(WANG, stops=tuple(before))
    asked = replace(ORDER, stop=replace(TASK, due=inf, weight=1.0, takes=90))
    (offer,) = Crew([busy]).recommend(asked).offers
    assert (offer.placed.after, offer.placed.slips) == (3, ())
    urgent = replace(ORDER, stop=replace(TASK, due=inf, weight=20.0))
    (offer,) = Crew([busy]).recommend(urgent).offers
    assert offer.placed.after is None
    assert [slip.number for slip in offer.placed.slips] == [1, 2, 3]
