"""Rehearsed days: laws of every rehearsal, and cases that can be reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.drill.assumed import (
    FIGURES,
    OTHERWISE,
    Assumed,
    FigureOutside,
    FigureUnknown,
    changed,
    told,
)
from store.domain.drill.calls import Call, Case, Visit, fated, storm, thinned
from store.domain.drill.compare import Setting, Shocks, against_first, played, scene_of
from store.domain.drill.crew import Worker, crew_for, ill
from store.domain.drill.rules import FIRST, OURS, RULES
from store.domain.drill.run import Scene, rehearse
from store.domain.drill.score import measured

DAY = 24 * 60.0
HERE, THERE = (42.36, -71.06), (42.30, -71.10)
TRADES = ("lift", "power", "water")


def calls_of(dice: Random, count: int, days: int) -> list[Call]:
    """Some days of calls all over a town."""
    made = [
        Call(
            at=dice.random() * days * DAY,
            place=(42.3 + dice.random() / 10, -71.1 + dice.random() / 10),
            trade=dice.choice(TRADES),
            priority=dice.randint(1, 4),
        )
        for _ in range(count)
    ]
    return sorted(made, key=lambda call: call.at)


@st.composite
def settings_of(draw: st.DrawFn) -> Setting:
    """Small desks, from idle to drowned."""
    dice = Random(draw(st.integers(0, 2**32)))
    calls = calls_of(dice, draw(st.integers(1, 90)), draw(st.integers(2, 4)))
    # Shocks are of the second day.
    calls.append(Call(at=DAY * 1.9, place=HERE, trade="lift", priority=1))
    calls.sort(key=lambda call: call.at)
    return Setting(
        calls=calls,
        crew=draw(st.integers(1, 12)),
        runs=1,
        a_week=1e6,
        seed=draw(st.integers(0, 1000)),
        assumed=Assumed(
            first_fix=draw(st.sampled_from((0.3, 0.85, 1.0))),
            wait_share=draw(st.sampled_from((0.0, 0.3))),
            no_access=draw(st.sampled_from((0.0, 0.3))),
            wait_tail=draw(st.sampled_from((0.0, 1.5))),
        ),
        shocks=Shocks(
            storm=draw(st.integers(0, 10)),
            ill=draw(st.integers(0, 3)),
            down=draw(st.booleans()),
            overrun=draw(st.integers(0, 5)),
            claim=draw(st.integers(0, 5)),
            department=draw(st.integers(0, 5)),
        ),
    )


@given(settings_of(), st.sampled_from(sorted(RULES)))
def test_nobody_is_in_two_places_and_everybody_does_his_trade(setting: Setting, rule: str) -> None:
    """Whatever the rule: shifts, trades, the way there, and nobody sent while the desk is down."""
    scene = scene_of(setting, seed=setting.seed)
    fates = rehearse(scene, RULES[rule])
    by_worker: dict[int, list[tuple[float, float]]] = {}
    for case, fate in zip(scene.cases, fates, strict=True):
        before = case.call.at
        for went in fate.visits:
            worker = scene.crew[went.worker]
            assert case.call.trade in worker.trades
            assert any(begins <= went.left_at < ends for begins, ends in worker.shifts)
            assert before <= went.left_at <= went.there_at < went.done_at
            assert scene.down is None or not scene.down[0] <= went.left_at < scene.down[1]
            by_worker.setdefault(went.worker, []).append((went.left_at, went.done_at))
            before = went.done_at
        if fate.done_at is not None:
            assert fate.done_at == fate.visits[-1].done_at <= scene.until
    for spans in by_worker.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(spans)))


@given(settings_of(), st.sampled_from(sorted(RULES)))
def test_nobody_stays_idle_beside_work_that_he_could_do(setting: Setting, rule: str) -> None:
    """An order that nobody went to had nobody on shift for it from its call on."""
    scene = scene_of(setting, seed=setting.seed)
    fates = rehearse(scene, RULES[rule])
    ended = {
        one: max((went.done_at for fate in fates for went in fate.visits if went.worker == one),
                 default=0.0)
        for one in range(len(scene.crew))
    }  # fmt: skip
    for case, fate in zip(scene.cases, fates, strict=True):
        if fate.visits or case.call.at >= scene.until:
            continue
        for one, worker in enumerate(scene.crew):
            if case.call.trade not in worker.trades:
                continue
            for begins, ends in worker.shifts:
                free = max(begins, case.call.at, ended[one])
                if scene.down and scene.down[0] <= free < scene.down[1]:
                    free = scene.down[1]
                # Two hours: the way there may be longer than what is left of the shift.
                assert free + 120 > min(ends, scene.until)


@given(settings_of())
def test_the_same_seed_is_the_same_rehearsal(setting: Setting) -> None:
    """And every rule meets the same calls, people and dice."""
    small = replace(setting, runs=2)
    assert played(small) == played(small)
    one, other = scene_of(setting, seed=5), scene_of(setting, seed=5)
    assert (one.cases, one.crew) == (other.cases, other.crew)


def _scene(cases: list[Case], workers: list[Worker], until: float = 3 * DAY) -> Scene:
    return Scene(cases=cases, crew=workers, assumed=Assumed(fixed_min=0.0), until=until)


ONCE = ((30.0, True, True),)


def _case(
    at: float,
    *,
    priority: int = 3,
    place: tuple[float, float] = HERE,
    wait: float = 0.0,
    visits: tuple[tuple[float, bool, bool], ...] = ONCE,
) -> Case:
    call = Call(at=at, place=place, trade="lift", priority=priority)
    told = [Visit(labour=labour, opened=opened, fixed=fixed) for labour, opened, fixed in visits]
    told += [told[-1]] * (8 - len(told))
    within = Assumed().hours(priority) * 60
    return Case(call=call, within=within, wait=wait, visits=tuple(told))


ALONE = [Worker(trades=frozenset({"lift"}), yard=HERE, shifts=((480.0, 960.0), (1920.0, 2400.0)))]


def test_one_technician_alone_by_hand() -> None:
    """Two calls before the shift, one at its end: the third is for tomorrow."""
    cases = [_case(0.0), _case(10.0, priority=1), _case(955.0, place=THERE)]
    first, ours = (rehearse(_scene(cases, ALONE), RULES[rule]) for rule in (FIRST, OURS))
    assert [fate.done_at for fate in first[:2]] == [510.0, 540.0]
    assert [fate.done_at for fate in ours[:2]] == [540.0, 510.0]
    assert [went.left_at for went in ours[2].visits] == [1920.0]


def test_a_visit_that_ends_nothing_is_made_again() -> None:
    """Nobody opened, then a part was missing, then the work was not finished, then it was."""
    visits = ((20.0, False, True), (20.0, True, True), (25.0, True, False), (15.0, True, True))
    case = _case(480.0, visits=visits, wait=30.0)
    (fate,) = rehearse(_scene([case], ALONE), RULES[FIRST])
    spans = [(went.left_at, went.done_at) for went in fate.visits]
    assert spans == [(480, 490), (1930, 1950), (1980, 2005), (2005, 2020)]
    assert (fate.due_at, fate.done_at) == (480 + case.within + DAY + 30, 2020)


def test_work_that_is_begun_is_finished_before_the_next_shift() -> None:
    """Somebody who works through the night does not begin elsewhere meanwhile."""
    long = _case(900.0, visits=((1200.0, True, True),))
    other = _case(1000.0)
    fates = rehearse(_scene([long, other], ALONE), RULES[FIRST])
    assert [fate.visits[0].left_at for fate in fates] == [900.0, 2100.0]


def test_the_nearest_goes_by_our_rule_and_who_is_longest_free_by_the_other() -> None:
    """Of two who are idle."""
    near, far = (Worker(trades=frozenset({"lift"}), yard=yard, shifts=((at, 960.0),))
                 for yard, at in ((HERE, 490.0), (THERE, 480.0)))  # fmt: skip
    for rule, who in ((FIRST, 1), (OURS, 0)):
        (fate,) = rehearse(_scene([_case(600.0)], [near, far]), RULES[rule])
        assert fate.visits[0].worker == who


def test_what_is_measured_by_hand() -> None:
    """What is due after the end is not judged, done or not; open and late is not kept."""
    cases = [_case(0.0, priority=1), _case(0.0, priority=2), _case(900.0, priority=4)]
    scene = _scene(cases, ALONE, until=960.0)
    fates = rehearse(scene, RULES[FIRST])
    assert [fate.done_at for fate in fates] == [510.0, 540.0, 930.0]
    found = measured(scene, fates)
    assert (found["urgent_kept"], found["kept"]) == (50.0, 50.0)
    assert (found["mean"], found["median"], found["p90"]) == ((8.5 + 9 + 0.5) / 3, 8.5, 9.0)
    fates[0].done_at = fates[2].done_at = None
    found = measured(scene, fates)
    assert (found["urgent_kept"], found["kept"], found["open"]) == (50.0, 50.0, 2.0)
    fates[1].done_at = 721.0
    assert measured(scene, fates)["urgent_kept"] == 0.0


@given(st.integers(0, 1000), st.floats(0, 1))
def test_calls_are_drawn_and_never_made(seed: int, share: float) -> None:
    """Those that are drawn were there, in their order; a storm adds its own within the hour."""
    calls = calls_of(Random(seed), 50, 3)
    drawn = thinned(calls, share, seed=seed)
    assert [call for call in calls if call in drawn] == drawn
    more = storm(calls, at=600.0, count=7, seed=seed)
    extra = [call for call in more if call not in calls]
    assert len(more) == len(calls) + 7
    assert all(600 <= call.at <= 660 and call.priority <= 2 for call in extra)
    assert [call.at for call in more] == sorted(call.at for call in more)


@given(st.integers(0, 1000), st.integers(3, 40))
def test_a_crew_masters_every_trade_and_rests_two_days_of_seven(seed: int, count: int) -> None:
    """And who is ill is away for that day alone."""
    crew = crew_for(calls_of(Random(seed), 60, 14), count, seed=seed)
    assert {trade for one in crew for trade in one.trades} == set(TRADES)
    assert all(1 <= len(one.trades) <= 3 for one in crew)
    for one in crew:
        days = {begins // DAY for begins, _ in one.shifts if 0 <= begins < 7 * DAY}
        assert len(days) == 5
        assert all(ends - begins == 480 for begins, ends in one.shifts)
    away = ill(crew, count=2, day=1, seed=seed)
    changed_ = [(one, other) for one, other in zip(crew, away, strict=True) if one != other]
    assert len(changed_) <= 2
    for one, other in changed_:
        gone = set(one.shifts) - set(other.shifts)
        assert {begins // DAY for begins, _ in gone} == {1.0}


def test_dice_keep_the_means_that_are_assumed() -> None:
    """Labour 45 minutes on average, one visit of seven too few, one order of eight waits."""
    cases = fated(calls_of(Random(1), 4000, 5), Assumed(), seed=1)
    visits = [visit for case in cases for visit in case.visits]
    assert sum(v.labour for v in visits) / len(visits) == pytest.approx(45, rel=0.03)
    assert sum(v.fixed for v in visits) / len(visits) == pytest.approx(0.85, abs=0.01)
    assert sum(v.opened for v in visits) / len(visits) == pytest.approx(0.96, abs=0.01)
    waits = [case.wait for case in cases if case.wait]
    assert len(waits) / len(cases) == pytest.approx(0.12, abs=0.02)
    assert sum(waits) / len(waits) == pytest.approx(48 * 60, rel=0.12)


def test_figures_are_changed_by_name_and_within_sense() -> None:
    """Every figure is explained, and every other assumption is one of them."""
    assert set(told(Assumed())) == set(FIGURES)
    for names in OTHERWISE.values():
        assert changed(Assumed(), names) != Assumed()
    assert changed(Assumed(), {"first_fix": 0.5}).first_fix == 0.5
    with pytest.raises(FigureUnknown):
        changed(Assumed(), {"luck": 1.0})
    for value in (1.5, float("nan"), -1.0):
        with pytest.raises(FigureOutside):
            changed(Assumed(), {"first_fix": value})


def test_our_rule_keeps_more_urgent_promises_with_less_driving_on_a_tight_crew() -> None:
    """What a report claims, on days drawn for this test."""
    setting = Setting(calls=calls_of(Random(3), 700, 5), crew=18, a_week=1e6, runs=4)
    ours = against_first(played(setting, rules=(FIRST, OURS)))[OURS]
    assert ours["urgent_kept"].least > 10
    assert ours["drive"].most < -10
