"""A seat at a store, and a pile in which some things wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.line_to_wait import typed_line
from console.parking import carry_or_park, send
from console.pile import Pile, WaitingFile
from console.seat import Seat
from store import clock
from store.queries.card import Trace
from tests.console.faulty_desk import ANA

if TYPE_CHECKING:
    from pathlib import Path

    from console.errand import Errand
    from console.typed_line import TypedLine
    from console.waiting import Waiting
    from store.domain.intents import Done
    from store.records import Records


def a_line(text: str, *, selected: int | None = None, before: int | None = None) -> TypedLine:
    """A line as it was typed just now."""
    return typed_line(text, selected=selected, before=before, seen={}, seen_at=clock.now())


def notes(records: Records, number: int) -> list[str]:
    """What was noted about an order, in order."""
    trace = records.ask(Trace(number=number), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


class PileDesk:
    """Ana's seat, and her pile with these items in it."""

    def __init__(self, records: Records, tmp_path: Path, *items: Waiting) -> None:
        self.seat = Seat(records=records, who=ANA, name="Ana", now=clock.now)
        self.pile = Pile()
        self.pile.found(*WaitingFile.claim(tmp_path / "waiting", "someone"))
        for item in items:
            self.pile.add(item)

    def waits(self, errand: Errand) -> bool:
        """Whether an errand waits once it has been done."""
        done = carry_or_park(self.seat, errand, errand.sending(), self.pile, away=None)
        return done.parked is not None

    def send(self) -> list[Done | None]:
        """Send what waits; what came of it."""
        said: list[Done | None] = []
        send(self.pile, self.seat, said.append)
        return said
