"""Plans of whole boards beside OR-tools, PyVRP and VROOM, and beside the best there can be.

Boards of 300 orders and 40 technicians from places of real requests; all answers are judged by code
that is not the solver's. In full it takes most of an hour of two cores; `--quick` a few minutes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.bench.figures import Row, middle
from tests.bench.plan_boards import a_board
from tests.bench.plan_day import day_rows
from tests.bench.plan_judge import Judge
from tests.bench.plan_runs import FROM_OURS, PEERS, ours, peers_at_hand, stretch, theirs
from tests.bench.plan_sizes import size_rows
from tests.bench.plan_solomon import solomon_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADS: Final = {1.0: "normal load", 1.3: "1.3 × load"}


@dataclass
class Answers:
    """What one board's plans cost."""

    load: float
    judge: Judge
    greedy: float = 0.0
    second: float = 0.0
    minute: float | None = None
    peers: dict[tuple[str, float], float] = field(default_factory=dict)

    def best(self, seconds: float) -> float:
        """The best of the three given so many seconds."""
        return min(self.peers[peer, seconds] for peer in PEERS)


def run(*, quick: bool = False) -> list[Row]:
    """Every row; quick takes two boards, and gives nobody more than five seconds."""
    peers_at_hand()
    boards = [
        Answers(load, Judge(a_board(seed, load=load)))
        for load in LOADS
        for seed in range(2 if quick else 10)
    ]
    wait = stretch()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for _done in pool.map(lambda one: _ask(one, quick=quick, wait=wait), boards):
            pass
    return [*_peer_rows(boards, quick=quick), *size_rows(quick=quick), *solomon_rows(), *day_rows()]


def _ask(one: Answers, *, quick: bool, wait: float) -> None:
    board = one.judge.board
    one.greedy = min(one.judge.worth(one.judge.greedy()), ours(board, "--iterations", "0"))
    one.second = ours(board, "--seconds", "1")
    if not quick:
        one.minute = ours(board, "--seconds", "60")
    for seconds in (5.0, 30.0) if one.load == 1.0 and not quick else (5.0,):
        for peer in PEERS:
            one.peers[peer, seconds] = theirs(one.judge, peer, seconds, wait=wait)
    one.peers[FROM_OURS, 5.0] = theirs(one.judge, FROM_OURS, 5.0, wait=wait)


def _peer_rows(boards: list[Answers], *, quick: bool) -> Iterator[Row]:
    for load, name in LOADS.items():
        some = [one for one in boards if one.load == load]
        of = f"300 × 40, {name}, median of {len(some)}"
        for peer in (*PEERS, FROM_OURS):
            yield _against(f"{of}: 1 s, {peer} 5 s", some, peer, 5.0)
        yield Row(
            measure=f"{of}: 1 s as a part of the best of the three at 5 s",
            ours=middle([one.second / one.best(5.0) for one in some]),
            unit="×",
            most=0.75,
        )
        if load == 1.0 and not quick:
            for peer in PEERS:
                yield _against(f"{of}: 1 s, {peer} 30 s", some, peer, 30.0, most_ratio=1.0)
        if not quick:
            yield Row(
                measure=f"{of}: 1 s as a part of our own 60 s",
                ours=middle([one.second / (one.minute or one.second) for one in some]),
                unit="×",
                most=1.15,
            )
        yield Row(
            measure=f"300 × 40, {name}: 1 s as a part of greedy, the worst of {len(some)}",
            ours=max(one.second / one.greedy for one in some),
            unit="×",
            most=1.0,
        )


def _against(
    measure: str, some: list[Answers], peer: str, seconds: float, most_ratio: float | None = None
) -> Row:
    """The medians of both; the ratio beside them is that of the medians."""
    return Row(
        measure=measure,
        ours=middle([one.second for one in some]),
        unit="min",
        peer=middle([one.peers[peer, seconds] for one in some]),
        peer_name=peer,
        most_ratio=most_ratio,
    )
