"""The collector rests while a batch is in hand, and only then."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest

from scheduler import runner
from scheduler.litter import Litter
from scheduler.runner import fire_due
from tests.scheduler.desk import after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.persistence.timers import DueTimer
    from store.persistence.work import Work
    from tests.scheduler.desk import Desk


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Whatever a test leaves, the next has a collector."""
    gc.enable()
    yield
    gc.enable()


def test_nothing_is_collected_in_the_middle_of_a_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And everything as ever when it is through."""
    seen: list[bool] = []
    fire_one = runner._fire_one

    def watched(work: Work, timer: DueTimer, at: datetime) -> None:
        seen.append(gc.isenabled())
        fire_one(work, timer, at)

    monkeypatch.setattr(runner, "_fire_one", watched)
    desk.order()
    assert fire_due(desk.records, at=after(30)).fired == len(seen) > 0
    assert set(seen) == {False}
    assert gc.isenabled()


def test_two_who_keep_it_do_not_take_it_from_each_other() -> None:
    """The first to end must not collect under the other, nor the last leave it off."""
    litter, inside, done = Litter(), threading.Event(), threading.Event()

    def hold() -> None:
        with litter.kept():
            inside.set()
            done.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    assert inside.wait(10)
    with litter.kept():
        assert not gc.isenabled()
    assert not gc.isenabled(), "the other still keeps it"
    done.set()
    other.join(10)
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """Whoever turned it off had a reason of his own."""
    gc.disable()
    with Litter().kept():
        pass
    assert not gc.isenabled()


def test_a_batch_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(RuntimeError), Litter().kept():
        raise RuntimeError
    assert gc.isenabled()
