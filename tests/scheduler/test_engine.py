"""The alarm clock: aimed, steady, and hard to kill."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.engine import BEAT, STALLED_AFTER, AlarmClock, Pulse
from scheduler.warden import Warden
from store import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 60.0
"""Seconds that a test waits for an event before it fails; a healthy run takes milliseconds."""


class Bell:
    """A ring that remembers when it was rung and says when to ring next."""

    def __init__(self, upcoming: list[datetime | Exception | None]) -> None:
        self.upcoming = upcoming
        self.rung: list[datetime] = []
        self.changed = threading.Condition()

    def __call__(self) -> datetime | None:
        with self.changed:
            self.rung.append(clock.now())
            answer = self.upcoming.pop(0) if self.upcoming else None
            self.changed.notify_all()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait_for(self, times: int) -> bool:
        """Whether it was rung so often before the test's patience ended."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.rung) >= times, timeout=LONG)


@contextmanager
def running(bell: Bell) -> Iterator[AlarmClock]:
    alarm_clock = AlarmClock(bell, now=clock.now, monotonic=time.monotonic)
    alarm_clock.start()
    try:
        yield alarm_clock
    finally:
        alarm_clock.stop()


def test_it_sweeps_at_once_when_it_starts() -> None:
    """What fell due while the desk was off must not wait for the first beat."""
    bell = Bell([])
    with running(bell):
        assert bell.wait_for(1)


def test_it_wakes_at_the_moment_the_sweep_named() -> None:
    """Not before it, and not at the next beat."""
    aim = clock.now() + timedelta(milliseconds=400)
    bell = Bell([aim])
    with running(bell):
        assert bell.wait_for(2)
    assert timedelta(0) <= bell.rung[1] - aim < BEAT / 2


def test_an_earlier_aim_wins_over_a_later_one() -> None:
    """A new order due in a moment is not made to wait for an older one due tomorrow."""
    bell = Bell([clock.now() + timedelta(hours=1)])
    with running(bell) as alarm_clock:
        assert bell.wait_for(1)
        alarm_clock.aim(clock.now() + timedelta(milliseconds=100))
        assert bell.wait_for(2)


def test_a_sweep_that_raises_is_told_and_the_next_one_comes() -> None:
    """One failure must end neither the thread nor the aiming."""
    bell = Bell([RuntimeError("the store is locked")])
    with running(bell) as alarm_clock:
        assert bell.wait_for(1)
        alarm_clock.sweep_soon()
        assert bell.wait_for(2)
        alarm_clock.aim(clock.now())
        assert bell.wait_for(3)
    assert alarm_clock.pulse.trouble is None


def test_news_in_the_middle_of_a_sweep_makes_it_look_once_more() -> None:
    """What was committed behind its back may be due before everything that it saw."""
    heard: list[bool] = []

    class Interrupted(Bell):
        def __call__(self) -> datetime | None:
            if not self.rung:
                heard.append(alarm_clock.look_again())
            return super().__call__()

    bell = Interrupted([])
    alarm_clock = AlarmClock(bell, now=clock.now, monotonic=time.monotonic)
    alarm_clock.start()
    try:
        assert bell.wait_for(2)
    finally:
        alarm_clock.stop()
    assert heard == [True]
    assert alarm_clock.look_again() is False, "none is under way: whoever hears must look himself"


def test_a_wake_up_that_comes_while_it_stops_ends_too() -> None:
    """A sweep that found itself stopped once turned in circles for ever."""
    bell = Bell([])
    with running(bell) as alarm_clock:
        assert bell.wait_for(1)
    late = threading.Thread(target=alarm_clock._sweep, daemon=True)
    late.start()
    late.join(LONG)
    assert not late.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_thread_is_noticed_and_replaced() -> None:
    """APScheduler keeps saying that it runs when its thread is gone."""
    bell = Bell([])
    with running(bell) as alarm_clock:
        assert bell.wait_for(1)
        scheduler = alarm_clock._scheduler
        scheduler._process_jobs = _die
        scheduler.wakeup()
        scheduler._thread.join(LONG)
        assert not scheduler._thread.is_alive()
        assert bell.wait_for(2), "the warden did not bring it back"
        assert alarm_clock.pulse.rebuilt == 1


def _die() -> None:
    raise SystemExit


def test_a_step_of_the_wall_clock_is_told_to_the_check() -> None:
    """An hour forward or back, and only then."""
    offset = [0.0]
    seen: list[bool] = []
    warden = Warden(
        seen.append,
        now=lambda: datetime.fromtimestamp(1_000_000 + offset[0], UTC),
        monotonic=lambda: 50.0,
    )
    warden.look()
    for step in (3600.0, 3600.0, 0.0):
        offset[0] = step
        warden.look()
    assert seen == [False, True, False, True]


def test_old_sweeps_are_called_stalled() -> None:
    """The operator is told when nobody should trust the warnings."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    pulse = Pulse(last_good_at=at, rebuilt=0, trouble=None)
    assert not pulse.stalled(at=at + STALLED_AFTER)
    assert pulse.stalled(at=at + STALLED_AFTER + timedelta(seconds=1))


def test_a_wake_up_that_comes_as_it_stops_does_not_keep_it_running() -> None:
    """A process that was told to end must end, even with a sweep asked for at that moment."""
    bell = Bell([])
    alarm_clock = AlarmClock(bell, now=clock.now, monotonic=time.monotonic)
    alarm_clock.stop()
    late = threading.Thread(target=alarm_clock._sweep, daemon=True)
    late.start()
    late.join(LONG)
    assert not late.is_alive()
    assert bell.rung == []
