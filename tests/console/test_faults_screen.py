"""A terminal that stops reading, and one that is pulled to another size again and again."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from store import clock
from store.commands.follow_ups import PromiseFollowUp
from store.queries.card import OrderCard
from tests.console.faulty_desk import ANA, console, faults, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

PATIENCE_S = 20.0


def _rings(records: Records) -> int:
    alarm = records.ask(OrderCard(number=1), who=ANA, at=clock.now()).alarm
    return alarm.rings if alarm is not None else 0


def test_timers_fire_while_the_terminal_does_not_read(sqlite_url: str, tmp_path: Path) -> None:
    """A frozen link must not silence the desk; what it shows afterwards is the present."""
    with closing(furnish(sqlite_url)) as records, console(sqlite_url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        at = clock.now()
        due_at = at + timedelta(seconds=1)
        for _ in range(40):  # more than the line takes while nobody reads
            desk.press("\x0c")
        records.do(PromiseFollowUp(number=1, due_at=due_at, note="call"), who=ANA, at=at)
        end = clock.monotonic() + PATIENCE_S
        while not _rings(records) and clock.monotonic() < end:
            desk.press("\x0c")
        assert _rings(records) == 1
        desk.sees("follow-up due", timeout=PATIENCE_S)
        desk.press("j")
        desk.until(lambda: any("> A assigned" in line for line in desk.screen.display))
        assert faults(records) == []


def test_the_chosen_order_stays_chosen_in_a_storm_of_sizes(sqlite_url: str, tmp_path: Path) -> None:
    """A window manager sends every size on the way; the last one must be right."""
    small, large = (80, 24), (200, 50)
    with closing(furnish(sqlite_url)) as records, console(sqlite_url, tmp_path, size=small) as desk:
        desk.sees("Lift stuck", timeout=30)
        desk.press("j")
        desk.until(lambda: any("> A assigned" in line for line in desk.screen.display))
        for _ in range(15):
            desk.resize(*large)
            desk.read(0.01)
            desk.resize(*small)
            desk.read(0.01)
        desk.resize(*large)
        desk.press("\x0c")
        desk.sees("#2 Pump leaks")  # its card stands beside the table
        desk.until(lambda: any("> A assigned" in line for line in desk.screen.display))
        desk.resize(*small)
        desk.press("\x0c")
        desk.until(lambda: any(line.startswith(" > A assigned") for line in desk.screen.display))
        desk.until(lambda: "#2 Pump leaks" not in desk.text())
        assert desk.process.poll() is None
        assert faults(records) == []
