"""The search beside the console: told the board, heard of, and gone when nobody wants it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

from console.replan import beside
from console.replan.beside import Searching
from console.replan.wire import plain, read
from store.domain.dispatch.crew import Stop
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.replan import Replan, propose
from tests.domain import replan_judge as judge
from tests.domain.test_replan import ROUNDS, a_board, plans

if TYPE_CHECKING:
    from console.replan.beside import Heard

PATIENCE_S = 60.0


def found(board: Present, start: dict[int, int]) -> list[Heard]:
    """All that is heard of a search, to its end."""
    heard: queue.Queue[Heard] = queue.Queue()
    search = Searching(board, start, heard.put)
    told = [heard.get(timeout=PATIENCE_S)]
    while not told[-1].over:
        told.append(heard.get(timeout=PATIENCE_S))
    search.end()
    return told


@pytest.mark.parametrize("seed", range(20))
def test_a_board_is_told_whole(seed: int) -> None:
    """What is read of it gives the same plans."""
    board = a_board(Random(seed))
    assert plans(read(json.loads(json.dumps(plain(board))))) == plans(board)


def test_an_appointment_is_told() -> None:
    """Whoever gets the order comes when the customer awaits somebody."""
    met = Stop(number=1, at=None, takes=30, due=90, weight=3.0, planned=60, ready=60, appointed=60)
    board = Present(workers=(), tasks=(Task(stop=met),))
    (task,) = read(json.loads(json.dumps(plain(board)))).tasks
    assert task.stop == met


def test_better_plans_are_heard_until_it_is_over() -> None:
    """Each keeps the rules, and costs less than the one before."""
    board = next(board for board in map(a_board, map(Random, range(200))) if len(plans(board)) > 1)
    replan = Replan(board)
    told = found(board, replan.moves)
    assert told[-1].rounds >= ROUNDS
    better = [one.moves for one in told if one.moves is not None]
    assert better
    for moves in better:
        assert judge.broken(board, moves) == []
        assert propose(replan.kernel, moves).keeps_the_rules


def test_it_ends_with_whoever_wanted_it() -> None:
    """A console that is gone leaves no search behind."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "console.replan.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    board = next(board for board in map(a_board, map(Random, range(50))) if len(board.tasks) > 8)
    asked = {"seconds": 3600, "rounds": 10**12, "seed": 1, "board": plain(board), "start": []}
    assert child.stdin is not None
    child.stdin.write(json.dumps(asked) + "\n")
    child.stdin.close()
    assert child.wait(timeout=PATIENCE_S) == 0


def test_a_search_that_breaks_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown stays; nobody waits for more."""
    monkeypatch.setattr(beside, "plain", lambda _board: {"nothing": "of a board"})
    (last,) = found(a_board(Random(1)), {})
    assert (last.lost, last.moves) == (True, None)
