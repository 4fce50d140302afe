"""A store that does not answer is asked once, however many wait for the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from console.serve.answers import Answers
from store.domain.errors import StoreTrouble
from store.queries.board import QueueCounts
from store.records import open_records
from tests.store.desk import furnish
from tests.store.two_sites import DESK, LATE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import datetime

    from store.domain.who import Who
    from store.queries.asking import Asking
    from store.records import Records

MANY = 8


class AwayOnce:
    """A store that keeps the first who asks waiting, then has nothing for him; it is back then."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.asked = 0
        self.gives_up = Event()

    def state(self) -> Hashable | None:
        """As it is."""
        return self._records.state()

    @contextmanager
    def asking(self, *, who: Who, at: datetime) -> Iterator[Asking]:
        """Once it is told to give up."""
        self.asked += 1
        if self.asked == 1:
            self.gives_up.wait(30)
            raise StoreTrouble(why="away")
        with self._records.asking(who=who, at=at) as ask:
            yield ask


def test_who_waits_for_the_same_hears_of_the_same_trouble(tables_url: str) -> None:
    """At once, not each after a try of his own; whoever comes later asks anew."""
    asked: Any = ((QueueCounts(), 0),)
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        answers = Answers()
        away: Any = AwayOnce(records)
        answers.told(records, asked, DESK, LATE)  # who asks is known by now
        later = LATE.replace(hour=LATE.hour + 1)
        with ThreadPoolExecutor(MANY) as hands:
            waiting = [hands.submit(answers.told, away, asked, DESK, later) for _ in range(MANY)]
            while _wanted(answers) != MANY:
                assert not any(one.done() for one in waiting)
            away.gives_up.set()
            for one in waiting:
                with pytest.raises(StoreTrouble):
                    one.result(30)
        assert away.asked == 1
        answers.told(away, asked, DESK, later)
        assert away.asked == 2


def _wanted(answers: Answers) -> int:
    with answers._guard:
        return sum(turn.wanted for turn in answers._turns.values())
