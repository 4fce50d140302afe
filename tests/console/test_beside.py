"""Where the system allows no process more, the work is done all the same."""

from __future__ import annotations

import multiprocessing.process
from typing import TYPE_CHECKING

import pytest

from console import beside
from console.beside import Hands, in_a_process

if TYPE_CHECKING:
    from collections.abc import Iterator


def _double(n: int) -> int:
    return 2 * n


def _numbers() -> Iterator[int]:
    yield from range(3)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """How many processes more the system allows: one for each item in it."""
    allowed: list[None] = []
    start = multiprocessing.process.BaseProcess.start

    def begin(child: multiprocessing.process.BaseProcess) -> None:
        if not allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        allowed.pop()
        start(child)

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", begin)
    monkeypatch.setattr(beside, "can_fork", lambda: True)
    monkeypatch.setattr(beside, "processors", lambda: 4)
    return allowed


@pytest.mark.parametrize("more", [0, 1, 2])
def test_hands_do_with_those_there_are(room: list[None], more: int) -> None:
    """A full table of processes must not end an import."""
    room.extend([None] * more)
    with Hands(_double, most=3) as hands:
        for n in range(5):
            hands.give(n)
        assert [hands.take() for _ in range(5)] == [0, 2, 4, 6, 8]


def test_an_iterator_is_run_here_where_it_cannot_be_beside(room: list[None]) -> None:
    """The generator goes on alone."""
    assert not room
    assert list(in_a_process(_numbers)) == [0, 1, 2]
