"""A covered board asks nothing while an answer is on its way that a key has asked for."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from console import hands_first as module
from console.hands_first import hands_first
from console.order_told import order_told
from console.overview import look
from console.seat import Seat
from console.sources import QueueSource
from console.widgets.window import Ask, Where
from store import clock
from store.commands import NewOrder
from store.domain.who import THE_DESK
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PATIENCE_S = 30.0
SHORTLY_S = 0.05


def test_what_a_board_asks_of_itself_waits_for_the_hands(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look, the list and the card; each is there as soon as the answer is painted."""
    monkeypatch.setattr(module, "MOST_S", PATIENCE_S)
    with closing(open_records(sqlite_url, feed=False)) as records:
        made = records.do(NewOrder(title="lift"), who=THE_DESK, at=AT)
        seat = Seat(records=records, who=THE_DESK, name="Desk", now=lambda: AT)
        page = Ask(where=Where.TOP, limit=5)
        asks: tuple[Callable[[], object], ...] = (
            lambda: look(seat),
            lambda: QueueSource(seat, "all_open").page(page),
            lambda: order_told(seat, made.numbers[0], wide=True),
        )
        for ask in asks:
            done = Event()
            thread = Thread(target=lambda ask=ask, done=done: (ask(), done.set()))
            with hands_first:
                thread.start()
                assert not done.wait(SHORTLY_S)
            assert done.wait(PATIENCE_S)
            thread.join(PATIENCE_S)


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that does not come holds nothing up, nor does a second key begin anew for long."""
    monkeypatch.setattr(module, "MOST_S", SHORTLY_S)
    with hands_first, hands_first:
        began = clock.monotonic()
        hands_first.stand_back()
        assert SHORTLY_S * 0.9 <= clock.monotonic() - began < PATIENCE_S
    monkeypatch.setattr(module, "MOST_S", PATIENCE_S)
    began = clock.monotonic()
    hands_first.stand_back()
    assert clock.monotonic() - began < PATIENCE_S / 2


def test_the_last_of_two_answers_lets_it_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two screens were put up one behind the other."""
    monkeypatch.setattr(module, "MOST_S", PATIENCE_S)
    gone = Event()

    def covered() -> None:
        hands_first.stand_back()
        gone.set()

    thread = Thread(target=covered)
    with hands_first:
        with hands_first:
            thread.start()
        assert not gone.wait(SHORTLY_S)
    assert gone.wait(PATIENCE_S)
    thread.join(PATIENCE_S)
