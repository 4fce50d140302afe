"""Great boards by territories, each in a process of its own: every rule kept, the same plans."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from console import beside
from console.commands_plan import told
from console.intake.board_file import board_of
from console.replan import apart
from console.replan.apart import bettered
from console.replan.spent import Spent
from store.domain.dispatch import near, standing, territory
from store.domain.dispatch.linked import search_for
from store.domain.dispatch.replan import Replan
from tests.domain import replan_judge
from tests.domain.dispatch_judge import judged
from tests.domain.test_dispatch_linked import a_linked_board
from tests.domain.test_dispatch_plans import a_board
from tests.domain.test_replan import a_board as a_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.dispatch.search import Search
    from store.domain.dispatch.standing import Plan

    Boards = Callable[[int], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few technicians make a great board, and fewer a territory."""
    monkeypatch.setattr(apart, "FEW", 4)
    monkeypatch.setattr(territory, "MOST", 4)


def plain(seed: int) -> dict[str, Any]:
    return a_board(seed, orders=60, people=14)


def linked(seed: int) -> dict[str, Any]:
    return a_linked_board(seed, orders=40, people=12)


def by_rounds(search: Search, rounds: int = 400) -> list[Plan]:
    return [*bettered(search, Spent(rounds=rounds, seconds=None), wanted=lambda: True)]


@pytest.mark.parametrize("board", [plain, linked])
@pytest.mark.parametrize("seed", range(6))
def test_plans_by_territories_keep_every_rule(seed: int, board: Boards) -> None:
    """Judged by other code; each is better than the one before it, and all rounds are made."""
    values = board(seed)
    search = search_for(board_of(values), seed=seed)
    first = search.best.cost
    better = by_rounds(search)
    for plan in better:
        assert judged(values, told(search.kernel, plan)) == pytest.approx(plan.cost)
    costs = [first, *(plan.cost for plan in better)]
    assert len(costs) > 1
    assert costs == sorted(costs, reverse=True)
    assert search.best is better[-1]
    assert search.rounds >= 400


@pytest.mark.parametrize("board", [plain, linked])
def test_processes_make_no_other_plan(board: Boards, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seed and rounds give the same, in one process or in several."""
    values = board(3)
    plans = []
    for can in (True, True, False):
        monkeypatch.setattr(beside, "can_fork", lambda can=can: can)
        search = search_for(board_of(values), seed=5)
        by_rounds(search)
        plans.append((told(search.kernel, search.best), search.rounds))
    assert plans[0] == plans[1] == plans[2]


def test_every_technician_and_order_is_in_one_territory() -> None:
    """None too great; every turn cuts another way; who shares no skill lives in another."""
    values = plain(2)
    for number, one in enumerate(values["technicians"]):
        one["skills"] = ["lift"] if number % 2 else ["water", "power"]
    for one in values["orders"]:
        one["skill"] = one["skill"] or "lift"
    search = search_for(board_of(values))
    turns = [search.territories(turn) for turn in range(3)]
    for some in turns:
        assert sorted(who for one in some for who in one.people) == list(range(14))
        assert all(len(one.people) <= 4 for one in some)
        assert all(len({who % 2 for who in one.people}) == 1 for one in some)
        jobs = [job for one in some for job in one.jobs]
        able = {job for job in range(60) if search.kernel.able[job]}
        assert len(jobs) == len(set(jobs))
        assert set(jobs) == able
    assert len({tuple(one.people for one in some) for some in turns}) > 1


def test_no_territory_is_much_greater_than_another() -> None:
    """Processors that share them out are done at one time."""
    search = search_for(board_of(plain(7)))
    for turn in range(4):
        sizes = [len(one.people) for one in search.territories(turn)]
        assert len(sizes) == 4
        assert max(sizes) - min(sizes) <= 1
        assert [len(one.people) for one in search.territories(turn, most=7)] == [7, 7]


def test_what_lies_at_a_border_is_taken_out_most() -> None:
    """Where a search within a territory is told around which of its orders."""
    search = search_for(board_of(plain(4)))
    seed = next(job for job in search.troubled(search.territories(0)) if search._home[job] >= 0)
    half = next(one for one in search.territories(1, most=7) if seed in one.jobs)
    best, often = search.best, [0, 0]
    for turn, seeds in enumerate((None, [seed])):
        with search.within(half, 1, seeds):
            for _ in range(100):
                often[turn] += seed in search._ruin({})
                search._stand(best)
    assert often[1] > 2 * often[0]


@pytest.mark.parametrize("few", [100, 0])
def test_a_territory_is_left_alone_by_the_others(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """While one is searched, nobody else gets another stop; also where only some are asked."""
    monkeypatch.setattr(standing, "FEW", few)
    monkeypatch.setattr(near, "_CROWD", few)
    search = search_for(board_of(plain(4)))
    some = search.territories(0)[0]
    before = search.best
    with search.within(some, 0):
        for job in some.jobs:
            assert {*search._near.about(job, search._routes, search._home)} <= {*some.people}
        for _better in search.run(lambda: search.rounds / 200):
            pass
    after = search.best
    assert after.cost < before.cost
    for was, now in zip(before.routes, after.routes, strict=True):
        assert was.person in some.people or was.stops == now.stops


def test_what_lies_over_a_border_is_found_a_way() -> None:
    """Who may go to an order lives in another territory, and has no time for it there."""
    values = plain(1)
    search = search_for(board_of(values))
    some = search.territories(0)
    with search.across(some, 0):
        seeds = set(search._seeds)
    best = search.best
    assert set(best.unserved) <= seeds
    late = {job for route in best.routes for job in route.overdue(search.kernel.due)}
    assert late <= seeds


def test_it_ends_when_it_is_wanted_no_more() -> None:
    """The best plan so far stands; no process is left."""
    values = plain(5)
    search = search_for(board_of(values))
    first, asked = search.best.cost, iter([True] * 12)
    spent = Spent(rounds=None, seconds=3600.0)
    for _better in bettered(search, spent, wanted=lambda: next(asked, False)):
        pass
    assert judged(values, told(search.kernel, search.best)) <= first


def test_seconds_of_all_processes_count_together() -> None:
    """Two territories at once take no longer than what was asked for."""
    search = search_for(board_of(plain(6)))
    spent = Spent(rounds=None, seconds=2.0)
    for _better in bettered(search, spent, wanted=lambda: True):
        pass
    assert spent.elsewhere > 0.5
    assert 2.0 <= spent.used < 3.0


@pytest.mark.parametrize("seed", range(20))
def test_the_board_at_present_is_planned_by_territories_too(seed: int) -> None:
    """No rule of the desk is broken on the way."""
    present = a_desk(Random(seed))
    replan = Replan(present, seed=seed)
    for plan in by_rounds(replan.search, 100):
        assert replan_judge.broken(present, replan.moves_of(plan)) == []
