"""One look at the desk: everything the board shows besides the list, asked in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from console.hands_first import hands_first
from store.domain.floods import CALM, Storm, storm_after

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.seat import Seat
    from store.queries.alarms import Strip
    from store.queries.health import Pulse
    from store.queries.holder import DeskHeld
    from store.queries.people import TechnicianLine

Answer = TypeVar("Answer")

ALARMS_HELD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The desk at one instant."""

    at: datetime
    counts: Mapping[str, int]
    strip: Strip
    people: tuple[TechnicianLine, ...]
    pulse: Pulse
    read_only: bool
    """Whether the store would take no write now."""
    empty: bool
    """Whether there has never been an order."""
    untouched: bool
    """Whether nobody has said either that it shall be so."""
    storm: Storm = CALM
    """How the flood of alarms is told that goes on."""
    held: DeskHeld | None = None
    """In whose name it stands."""

    def looks_like(self, other: Overview) -> bool:
        """Whether it shows nothing that the other does not, but that time has passed."""
        return self._shown == other._shown

    def tells_of(self, pulse: Pulse | None) -> bool:
        """Whether its pulse is told otherwise than another."""
        return pulse is None or pulse.ails != self.pulse.ails

    @property
    def _shown(self) -> tuple[object, ...]:
        ails = self.pulse.ails
        how = self.read_only, self.empty, self.untouched, self.held
        return (self.counts, self.strip, self.people, ails, how)

    @property
    def offered_from(self) -> str:
        """Whose desk waits for the asker to take it over; empty where none does."""
        return "" if self.held is None or self.held.mine else self.held.offered_from


def look(seat: Seat, before: Overview | None = None) -> Overview:
    """Ask the store, all of the same moment; runs in a worker, raises what the store raises.

    Between two questions hands go first.
    """
    from store.queries.alarms import AlarmStrip
    from store.queries.asking import MayWrite
    from store.queries.board import QueueCounts
    from store.queries.health import Health
    from store.queries.holder import DeskHolder
    from store.queries.people import DeskEmpty, DeskUntouched, TechnicianBoard

    storm = before.storm if before is not None else CALM
    hands_first.stand_back()
    with seat.asking() as ask:
        counts, strip, people, pulse, held, may_write = ask.several(
            QueueCounts(),
            AlarmStrip(limit=ALARMS_HELD, storm=storm),
            TechnicianBoard(),
            Health(),
            DeskHolder(),
            MayWrite(),
            between=hands_first.stand_back,
        )
        empty = not counts["all_open"] and ask(DeskEmpty())
        return Overview(
            at=seat.now(),
            counts=counts,
            strip=strip,
            storm=storm_after(storm, strip.groups),
            people=people,
            pulse=pulse,
            held=held,
            read_only=not may_write,
            empty=empty,
            untouched=empty and ask(DeskUntouched()),
        )
