"""A long turn of the loop is told of, with what ran in it."""

from __future__ import annotations

import asyncio
import logging

import pytest
from textual.app import App
from textual.message import Message

from console import turns
from console.slicing import Sliced
from console.stalls import watching
from store import clock

_LONG_S = 0.15


def _computes() -> None:
    end = clock.monotonic() + _LONG_S
    while clock.monotonic() < end:
        pass


def _reckons() -> None:
    end = clock.monotonic() + _LONG_S
    while clock.monotonic() < end:
        pass


async def _works() -> int:
    await asyncio.sleep(0)
    _computes()
    await asyncio.sleep(_LONG_S)  # a wait is no stall, however long
    _reckons()
    await asyncio.sleep(0.01)
    return 7


def test_a_long_turn_is_told_with_what_ran(caplog: pytest.LogCaptureFixture) -> None:
    """In milliseconds, and the place in our own source."""
    with caplog.at_level(logging.WARNING, "paidan.stalls"):
        assert turns.run(_works(), watching({"PAIDAN_STALLS": "50"})) == 7
    told = caplog.messages
    ran = [[name for name in ("_computes", "_reckons") if name in one] for one in told]
    assert ran == [["_computes"], ["_reckons"]]
    for one in told:
        assert int(one.split()[0]) >= 1000 * _LONG_S
        assert one.count(" > ") <= 4  # the last places, not the whole stack


class _Slow(Sliced[None]):
    """A screen whose messages take long."""

    class Work(Message):
        """Some of it."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def on__slow_work(self) -> None:
        """Long, while something of somebody else is ready."""
        self.order.append("work")
        asyncio.get_running_loop().call_soon(self.order.append, "other")
        _computes()


async def test_others_have_their_turn_between_long_messages() -> None:
    """Also a key: while a form is put up what is typed is heard."""
    async with App[None]().run_test() as pilot:
        screen = _Slow()
        await pilot.app.push_screen(screen)
        for _ in range(2):
            screen.post_message(screen.Work())
        await pilot.pause()
        assert screen.order[:3] == ["work", "other", "work"]


@pytest.mark.parametrize("asked", ["", "0", "soon"])
def test_nobody_watches_unless_asked(asked: str, caplog: pytest.LogCaptureFixture) -> None:
    """A thread that looks at stacks is not free."""
    assert watching({"PAIDAN_STALLS": asked}) is None
    assert turns.run(_works(), None) == 7
    assert caplog.messages == []
