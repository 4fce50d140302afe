"""What of a board needs somebody now: the orders that a repair would give to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store import clock

if TYPE_CHECKING:
    from console.seat import Seat

_MOST_S: Final = 1.0
"""How long one repair may be reckoned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needing:
    """How many orders need somebody else, and whose they are."""

    orders: int
    people: int
    name: str
    """Of the only one whose they are."""
    urgent: int
    """Orders of the first priority that nobody has."""


def needing_now(seat: Seat) -> Needing | None:
    """What the repair takes from who cannot come to it, and gives out at once; None for nothing."""
    from store.domain.dispatch.replan import Replan
    from store.queries.replan import BoardToPlan

    planning = seat.ask(BoardToPlan())
    until = clock.monotonic() + _MOST_S
    moves = Replan(planning.present, over=lambda: clock.monotonic() > until).moves
    tasks = {task.stop.number: task for task in planning.present.tasks}
    losing = [who for number in moves if (who := tasks[number].holder) is not None]
    new = [number for number in moves if tasks[number].holder is None]
    urgent = sum(planning.tasks[number].priority == 1 for number in new)
    if not losing and not urgent:
        return None
    name = planning.people[losing[0]].name if losing else ""
    return Needing(orders=len(losing), people=len(set(losing)), name=name, urgent=urgent)
