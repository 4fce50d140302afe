"""Plans of boards so small that all can be tried, of many shapes, and of 3,000 orders."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING, Any, Final

from console.commands_plan import at_full_speed, told
from console.intake.board_file import board_of
from store.domain.dispatch.search import Search
from tests.bench.figures import Row
from tests.bench.plan_boards import a_board
from tests.bench.plan_judge import Judge
from tests.bench.plan_runs import ours, timed
from tests.domain.dispatch_judge import judged

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES: Final = ((1, 1), (12, 30), (60, 3), (80, 12), (150, 20), (200, 80), (400, 30))
"""Orders and technicians."""


def size_rows(*, quick: bool) -> Iterator[Row]:
    """The rows of them all."""
    yield from _small(12 if quick else 40)
    yield from _shapes()
    yield from _great(quick=quick)


def _small(count: int) -> Iterator[Row]:
    parts = []
    for seed in range(count):
        board = a_board(seed, orders=6 + seed % 4, people=2, load=2.5)
        best = least(Judge(board))
        parts.append(ours(board, "--iterations", "2000") / best if best else 1.0)
    missed = sum(part > 1 + 1e-9 for part in parts) / count
    of = f"{count} boards of 6 to 9 orders, all plans tried: "
    yield Row(measure=of + "not the best", ours=100 * missed, unit="%", most=5)
    yield Row(measure=of + "the worst is worse by", ours=100 * (max(parts) - 1), unit="%", most=1)


def least(judge: Judge) -> float:
    """The cost of the best plan, by trying every sequence of every technician."""
    count = len(judge.orders)
    nobody = float(sum(order["not_served_cost"] for order in judge.orders))
    best = [nobody] + [inf] * ((1 << count) - 1)
    missed = [order["not_served_cost"] for order in judge.orders]
    for who in range(len(judge.people)):
        routes = _sequences(judge, who)
        after = list(best)
        for had, cost in enumerate(best):
            if cost == inf:
                continue
            for some, more in routes.items():
                if not had & some:
                    saved = sum(missed[one] for one in range(count) if some >> one & 1)
                    after[had | some] = min(after[had | some], cost + more - saved)
        best = after
    return min(best)


def _sequences(judge: Judge, who: int) -> dict[int, float]:
    """By set of orders, as bits: what the best sequence of them costs one technician."""
    person, count = judge.people[who], len(judge.orders)
    begins, ends = person["shift"]
    limit = judge.board["overload_share"] * (ends - begins)
    able = [one for one in range(count) if judge.able(who, one)]
    found: dict[int, float] = {}

    def onward(done: int, place: int, now: float, cost: float, used: float) -> None:
        total = cost + max(0.0, used - limit)
        found[done] = min(found.get(done, inf), total)
        for one in able:
            if done >> one & 1:
                continue
            order, leg = judge.orders[one], judge.minutes[place][one]
            end = max(now + leg, order["ready"]) + order["duration_min"]
            if end <= ends:
                late = order["weight"] * max(0, end - order["due"])
                more = leg + order["duration_min"]
                onward(done | 1 << one, one, end, cost + leg + late, used + more)

    onward(0, count + who, begins, 0.0, 0.0)
    return found


def _shapes() -> Iterator[Row]:
    wrong = 0
    for orders, people in SHAPES:
        for load in (0.7, 1.6):
            try:
                ours(a_board(orders, orders=orders, people=people, load=load), "--seconds", "1")
            except AssertionError:
                wrong += 1
    of = f"{2 * len(SHAPES)} boards of 1 to 400 orders with skills: that break a rule"
    yield Row(measure=of, ours=wrong, unit="", most=0)


def _great(*, quick: bool) -> Iterator[Row]:
    """A board that is searched by territories, beside it in one piece: given as much processor, and
    given as long on the wall, in which several processors do more.
    """
    board: dict[str, Any] = a_board(1, orders=3000, people=400)
    plan, used = timed(board, "--iterations", "0")
    first = judged(board, plan)
    of = "3,000 × 400"
    yield Row(measure=f"{of}: the first plan, the whole command", ours=used, unit="s", most=3)
    for seconds in (3, 10) if quick else (3, 10, 30):
        begun = time.monotonic()
        cost = ours(board, "--seconds", str(seconds))
        took = time.monotonic() - begun
        whole, took_whole = _in_one_piece(board, seconds)
        yield Row(
            measure=f"{of}: {seconds} s as a part of the first plan",
            ours=cost / first,
            unit="×",
            peer=whole / first,
            peer_name="in one piece",
            most=1.0,
        )
        yield Row(
            measure=f"{of}: {seconds} s, on the clock on the wall",
            ours=took,
            unit="s",
            peer=took_whole,
            peer_name="in one piece",
        )
        as_long, _took = _in_one_piece(board, min(took, seconds))
        yield Row(
            measure=f"{of}: {seconds} s, beside one that has as long on the wall",
            ours=cost / first,
            unit="×",
            peer=as_long / first,
            peer_name="in one piece",
            most=as_long / first,
        )


def _in_one_piece(board: dict[str, Any], seconds: float) -> tuple[float, float]:
    """What a plan costs that is not made by territories, and the seconds on the wall."""
    begun, used = time.monotonic(), time.process_time()
    with at_full_speed():
        search = Search(board_of(board))
        for _better in search.run(lambda: (time.process_time() - used) / seconds):
            pass
    took = time.monotonic() - begun
    return judged(board, told(search.kernel, search.best)), took
