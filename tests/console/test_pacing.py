"""What news set off is rarer where many hear them; what one did oneself is shown at once."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from console.pacing import Paced, phase, stretched

GAP_S = 0.1


class Crowded(App[None]):
    """A console that has been told how many there are."""

    def __init__(self, sessions: int) -> None:
        super().__init__()
        self.sessions = sessions


@given(st.integers(1, 100))
def test_a_hundred_sessions_ask_no_more_often_than_twenty(sessions: int) -> None:
    """And up to twenty each asks as often as one alone."""
    assert sessions / stretched(sessions) <= 20.000001
    if sessions <= 20:
        assert stretched(sessions) == 1


@given(st.integers(100, 5000))
def test_nobody_waits_longer_than_among_a_hundred(sessions: int) -> None:
    """A gap that grew on and on would be an outage."""
    assert stretched(sessions) == 5


@given(st.integers(1, 4_000_000))
def test_neighbours_ask_at_other_times(process: int) -> None:
    """Each in its own part of the gap."""
    here, there = phase(process), phase(process + 1)
    assert 0 <= here < 1
    assert 0.3 < abs(here - there) < 0.7


async def _second_call(sessions: int, *, by_news: bool, own: bool) -> float:
    """Seconds from a call to the next one that is asked for at once."""
    called: asyncio.Queue[float] = asyncio.Queue()
    app = Crowded(sessions)
    async with app.run_test():
        loop = asyncio.get_running_loop()
        paced = Paced(app, GAP_S, lambda: called.put_nowait(loop.time()), by_news=by_news)
        paced.now()
        first = await called.get()
        paced()
        paced(own=own)
        return await asyncio.wait_for(called.get(), 30) - first


async def test_a_gap_is_stretched_in_a_crowd() -> None:
    """Of what is set off by news."""
    assert await _second_call(100, by_news=True, own=False) >= 5 * GAP_S * 0.99


async def test_what_one_did_oneself_does_not_wait_for_the_crowd() -> None:
    """Also where news of others wait already."""
    began = await _second_call(100, by_news=True, own=True)
    assert GAP_S * 0.99 <= began < 5 * GAP_S


async def test_what_is_no_news_is_as_it_was() -> None:
    """Names that are looked up while one types."""
    assert await _second_call(100, by_news=False, own=False) < 5 * GAP_S
