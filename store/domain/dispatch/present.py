"""The board as it stands: who is there and has what, and which orders may still change hands.

Whoever has orders comes to them in one agreed way: what is under way first, then the urgent before
the less urgent, then by due time. That is how the desk reckons everywhere, so a plan decides who
goes, never in which order: once it is taken, the desk reckons the very times that it has shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Stop, Worker

CHANGE_PRICE: Final = 20.0
"""Minutes that a plan must be worth for each order that goes to another technician."""
ACCEPTED_PRICE: Final = 40.0
"""Minutes beside that where the one who has it has said yes: he counts on it, and may pack for it.
"""
AHEAD: Final = 2 * 24 * 60.0
"""An order that nobody comes to is reckoned as if it were done after so many minutes."""
_LEFT_OUT: Final = 60.0
"""What it costs beside that, so that also an order without a promise is given to somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An order that is not begun, and may go to somebody, or to somebody else."""

    stop: Stop
    holder: int | None = None
    """Who has it now."""
    accepted: bool = False
    """Whether he has said yes to it: it is not taken from him for what is not more urgent."""
    able: Mapping[int, float] = field(default_factory=dict)
    """Whom no rule bars whatever else he has, and by when it must be done there for his papers."""
    own: Mapping[int, float] = field(default_factory=dict)
    """By technician, what it costs that just he goes: his region, the customer's wish."""

    @property
    def left_out(self) -> float:
        """What it costs that nobody comes to it."""
        return self.stop.weight * max(0.0, AHEAD - self.stop.due) + _LEFT_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a plan for the whole board is made from; times are minutes from when it was read."""

    workers: tuple[Worker, ...]
    """Their stops are those that no plan moves: under way, locked to them, done by two."""
    tasks: tuple[Task, ...]
    upset: frozenset[int] = frozenset()
    """Technicians whose day is another than it was to be: what they come to late needs somebody."""
    travel: Travel = field(default_factory=Travel)
    prices: Prices = field(default_factory=Prices)
    change_price: float = CHANGE_PRICE
    accepted_price: float = ACCEPTED_PRICE


def urgency(stop: Stop) -> tuple[bool, float, float, int]:
    """What comes before what among somebody's stops."""
    return not stop.under_way, -stop.weight, stop.due, stop.number
