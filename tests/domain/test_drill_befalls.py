"""What befalls single orders of a rehearsed day: the same ones under every rule, and no others."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.drill.assumed import Assumed
from store.domain.drill.befalls import OVERRUN_TIMES, asking, claimed, overrun
from store.domain.drill.calls import fated
from store.domain.drill.compare import Setting, Shocks, played, scene_of
from store.domain.drill.rules import FIRST, RULES
from store.domain.drill.run import rehearse
from tests.domain.test_drill import ALONE, DAY, calls_of, settings_of
from tests.domain.test_drill import _case as case_of
from tests.domain.test_drill import _scene as scene_with

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.domain.drill.calls import Case

BEFALLS: dict[str, Callable[[Sequence[Case], int, int], list[Case]]] = {
    "overrun": lambda cases, n, seed: overrun(cases, day=1, count=n, seed=seed),
    "claim": lambda cases, n, seed: claimed(cases, day=1, count=n, hours=4.0, seed=seed),
    "department": lambda cases, n, seed: asking(cases, day=1, count=n, hours=4.0, seed=seed),
}


@given(st.integers(0, 1000), st.integers(0, 60), st.sampled_from(sorted(BEFALLS)))
def test_it_befalls_as_many_orders_of_that_day_as_are_asked_for(
    seed: int, count: int, what: str
) -> None:
    """Or all there are; calls, promises and all else of them stay, and a seed draws the same."""
    cases = fated(calls_of(Random(seed), 90, 3), Assumed(), seed=seed)
    found = BEFALLS[what](cases, count, seed)
    assert found == BEFALLS[what](cases, count, seed)
    changed = [(was, now) for was, now in zip(cases, found, strict=True) if was != now]
    due = [one for one in cases if DAY <= one.call.at < 2 * DAY]
    assert len(changed) == min(count, len(due))
    for was, now in changed:
        assert DAY <= was.call.at < 2 * DAY
        assert (was.call, was.within) == (now.call, now.within)
        if what == "overrun":
            before, after = (sum(visit.labour for visit in one.visits) for one in (was, now))
            longer = [one for one, other in zip(was.visits, now.visits, strict=True)
                      if one != other]  # fmt: skip
            assert len(longer) == 1
            assert longer[0].opened
            assert after - before == pytest.approx(longer[0].labour * (OVERRUN_TIMES - 1))
        elif what == "claim":
            assert now == replace(was, wait=now.wait)
            assert now.wait > was.wait
        else:
            assert now == replace(was, asks=now.asks)
            assert now.asks > 0


def test_while_another_department_is_asked_the_clock_runs_and_at_a_claim_it_stands() -> None:
    """Either way somebody goes a second time."""
    plain = case_of(480.0)
    told = {}
    for name, case in (
        ("department", replace(plain, asks=40.0)),
        ("claim", replace(plain, wait=40.0)),
    ):
        (fate,) = rehearse(scene_with([case], ALONE), RULES[FIRST])
        spans = [(went.left_at, went.done_at) for went in fate.visits]
        assert spans == [(480, 510), (550, 580)]
        assert fate.done_at == 580
        assert fate.due_at == case.last_due
        told[name] = fate.due_at - (480 + case.within)
    assert told == {"department": 0, "claim": 40}


def test_whoever_waits_for_a_part_may_have_to_ask_besides() -> None:
    """One after the other, each of them once; then the work goes on as it would have."""
    visits = ((30.0, True, True), (30.0, False, True), (30.0, True, True), (30.0, True, True))
    case = replace(case_of(480.0, visits=visits, wait=10.0), asks=20.0)
    (fate,) = rehearse(scene_with([case], ALONE), RULES[FIRST])
    assert len(fate.visits) == 4
    assert fate.due_at == case.last_due == 480 + case.within + 10 + DAY


@given(settings_of(), st.sampled_from(sorted(RULES)))
def test_no_order_is_due_later_than_it_is_judged(setting: Setting, rule: str) -> None:
    """What is judged under every rule the same is known before the first is tried."""
    scene = scene_of(setting, seed=setting.seed)
    for case, fate in zip(scene.cases, rehearse(scene, RULES[rule]), strict=True):
        assert fate.due_at <= case.last_due
        if fate.done_at is not None:
            assert fate.due_at == pytest.approx(case.last_due)


def test_a_bad_day_is_worse_than_a_good_one() -> None:
    """Each of the three by itself, under the rule of the desk."""
    setting = Setting(calls=calls_of(Random(3), 400, 4), crew=10, a_week=1e6, runs=3)

    def mean(shocks: Shocks) -> float:
        runs = played(replace(setting, shocks=shocks), rules=("dispatch",))["dispatch"]
        return sum(run["mean"] for run in runs) / len(runs)

    good = mean(Shocks())
    for bad in (Shocks(overrun=60), Shocks(claim=60), Shocks(department=60)):
        assert mean(bad) > good, bad
