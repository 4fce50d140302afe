"""What of a board needs somebody now: the orders that a repair would give to somebody."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store import clock

if TYPE_CHECKING:
    from console.seat import Seat
    from store.queries.replan import Planning

_MOST_S: Final = 1.0
"""How long one repair may be reckoned."""
SMALL: Final = 400
"""A board of so many open orders is looked over sooner than another process has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needing:
    """How many orders need somebody else, and whose they are."""

    orders: int
    people: int
    name: str
    """Of the only one whose they are."""
    urgent: int
    """Orders of the first priority that nobody has."""


class Looking:
    """Looks over the board, a large one in a process of its own: keys are not kept waiting by it,
    and what it takes of memory goes with it.
    """

    def __init__(self) -> None:
        self._children: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._ended = False

    def look(self, seat: Seat, *, open_orders: int) -> Needing | None:
        """What needs somebody; None for nothing, and where nobody waits for it any more."""
        afar = getattr(seat.records, "needing", None)  # the store is open in another process
        if afar is not None:
            found: Needing | None = afar(who=seat.who, at=seat.now(), open_orders=open_orders)
            return found
        if open_orders > SMALL:
            return self._beside(_task_of(seat))
        from store.queries.replan import BoardToPlan

        return needing_in(seat.ask(BoardToPlan()))

    def end(self) -> None:
        """Nobody wants to know any more; returns at once."""
        with self._lock:
            self._ended = True
            for child in self._children:
                with suppress(OSError):
                    child.kill()

    def _beside(self, task: dict[str, Any]) -> Needing | None:
        with self._lock:
            if self._ended:
                return None
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "console.replan.look"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                start_new_session=True,  # a key that interrupts us must not end it before we do
            )
            self._children.add(child)
        told, _nothing = child.communicate(json.dumps(task) + "\n")
        with self._lock:
            self._children.remove(child)
        if child.returncode:
            if self._ended:
                return None
            msg = f"the look over the board ended with {child.returncode}"
            raise RuntimeError(msg)
        found = json.loads(told)
        return None if found is None else Needing(**found)


def needing_in(planning: Planning) -> Needing | None:
    """What the repair takes from who cannot come to it, and gives out at once; None for nothing."""
    from store.domain.dispatch.replan import Replan

    until = clock.monotonic() + _MOST_S
    replan = Replan(planning.present, over=lambda: clock.monotonic() > until)
    tasks = {task.stop.number: task for task in planning.present.tasks}
    holders = {number: tasks[number].holder for number in replan.moves}
    losing = {number: [who] for number, who in holders.items() if who is not None}
    new = [number for number, who in holders.items() if who is None]
    for one in replan.kernel.present.sent:
        if one.losing:
            losing[one.number] = [*one.losing]
        elif not one.had:
            new.append(one.number)
    urgent = sum(planning.tasks[number].priority == 1 for number in new)
    if not losing and not urgent:
        return None
    people = {who for some in losing.values() for who in some}
    name = planning.people[min(people)].name if people else ""
    return Needing(orders=len(losing), people=len(people), name=name, urgent=urgent)


def _task_of(seat: Seat) -> dict[str, Any]:
    """For another process, which opens the store itself; on a pipe, where no other user looks."""
    who, pace, sites = seat.who, seat.pace, seat.who.scope.sites
    return {
        "url": seat.records.database.url.render_as_string(hide_password=False),
        "operator": who.operator,
        "role": who.role.value,
        "sites": None if sites is None else sorted(sites),
        "via": who.via,
        "pace": [pace.speed, pace.since and pace.since.isoformat()],
        "at": seat.now().isoformat(),
    }
