"""Two consoles, two processes, two terminals, one store: what one does the other sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store import clock
from store.commands.follow_ups import PromiseFollowUp
from store.queries.card import OrderCard, Trace
from tests.console.faulty_desk import ANA, faults
from tests.journeys.side_by_side import ana_and_bo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

SOON_S = 30.0
"""A second is promised, and measured by `tests/bench/alarm.py`; a busy machine gets more."""


def _bells(desk: Desk) -> int:
    """How often the terminal was rung; the end of a pointer's shape is no bell."""
    return bytes(desk.raw).replace(b"\x1b]22;default\x07", b"").count(b"\x07")


def test_what_one_does_the_other_sees(store_url: str, tmp_path: Path) -> None:
    """A change, an alarm and its acknowledgement, without a key pressed in the other console."""
    with ana_and_bo(store_url, tmp_path) as (records, ana, bo):
        ana.press("d")
        ana.sees("L2 Wang Fang")
        ana.press("Wang\r")
        ana.sees("Wang Fang", timeout=SOON_S)
        bo.until(lambda: any("A assigned" in line and "Wang" in line for line in _rows(bo)), SOON_S)
        at = clock.now()
        soon = at + timedelta(seconds=2)
        records.do(PromiseFollowUp(number=1, due_at=soon, note="call"), who=ANA, at=at)
        for desk in (ana, bo):
            desk.sees("follow-up due", timeout=SOON_S)
            desk.until(lambda desk=desk: _bells(desk) == 1, SOON_S)  # type: ignore[misc]
        bo.press("a")
        for desk in (bo, ana):
            desk.sees("seen by Bo", timeout=SOON_S)
        card = records.ask(OrderCard(number=1), who=ANA, at=clock.now())
        assert card.alarm is not None
        assert card.alarm.rings == 1
        assert [_bells(ana), _bells(bo)] == [1, 1]
        assert faults(records) == []


def _rows(desk: Desk) -> list[str]:
    desk.feed()
    return list(desk.screen.display)


def test_the_slower_of_two_is_told_and_keeps_his_text(store_url: str, tmp_path: Path) -> None:
    """Bo writes why order 1 waits while Ana gives it away: he hears who did what, and decides."""
    with ana_and_bo(store_url, tmp_path) as (records, ana, bo):
        bo.press("w")
        bo.sees("· why:")
        bo.press("no key\r")
        bo.sees("wake me at")
        ana.press("d")
        ana.sees("L2 Wang Fang")
        ana.press("Wang\r")
        ana.sees("order 1 is assigned → Wang Fang")
        bo.press("+2h\r")
        bo.sees("was changed by Ana", timeout=SOON_S)
        bo.sees("Enter yes, Esc no")
        bo.press("\r")
        bo.until(lambda: any("W waiting" in line for line in _rows(bo)), SOON_S)
        trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
        assert [why for entry in trace if (why := entry.words.get("reason"))] == ["no key"]
        assert faults(records) == []
