"""Python looks for litter seldom only as long as somebody wants that, whoever ends first."""

from __future__ import annotations

import gc
from threading import Event, Thread

from console import litter


def test_the_last_of_two_threads_puts_it_back() -> None:
    """Neither finds what the other has set and keeps that for good."""
    usual = gc.get_threshold()
    entered, may_leave = Event(), Event()

    def other() -> None:
        with litter.seldom:
            entered.set()
            may_leave.wait(10)

    thread = Thread(target=other)
    with litter.seldom:
        thread.start()
        assert entered.wait(10)
        assert gc.get_threshold() == litter.SELDOM
    assert gc.get_threshold() == litter.SELDOM
    may_leave.set()
    thread.join(10)
    assert gc.get_threshold() == usual


def test_what_fails_meanwhile_puts_it_back_too() -> None:
    """An ask may be refused."""
    usual = gc.get_threshold()
    try:
        with litter.seldom:
            raise LookupError
    except LookupError:
        pass
    assert gc.get_threshold() == usual
