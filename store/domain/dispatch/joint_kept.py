"""Whether days keep the rules with what several are sent to, by how they were without it.

A kernel that has it among what it does not move takes those days for what there is: that nothing
gives way to it is seen here.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.turn import Turn, Turns
    from store.domain.dispatch.turns import TurnsKernel

_SAME: Final = 1e-6
"""Minutes between two starts that are the same."""


def turn_in(kernel: TurnsKernel, made: Turns, number: int) -> Turn | None:
    """When somebody comes to an order."""
    stops = kernel.stops
    return next((turn for job, turn in made.turns.items() if stops[job].number == number), None)


def held_up(base: TurnsKernel, kernel: TurnsKernel, made: Turns) -> bool:
    """Whether something of somebody's day gives way, or he is not there when the others begin."""
    if not kernel.present.sent:
        return False
    short = {base.stops[job].number for job in base.now[made.person].short}
    turns = {kernel.stops[job].number: turn for job, turn in made.turns.items()}
    if not short.issuperset(kernel.stops[job].number for job in made.short):
        return True
    return _misses(kernel, made.person, turns) or _later(base, kernel, made.person, turns)


def _misses(kernel: TurnsKernel, person: int, turns: Mapping[int, Turn]) -> bool:
    """Whether somebody who is sent with others does not begin when they do."""
    who = kernel.workers[person].id
    mine = (one for one in kernel.present.sent if who in one.have)
    return any(
        one.number not in turns or abs(turns[one.number].start - one.start) > _SAME for one in mine
    )


def _later(base: TurnsKernel, kernel: TurnsKernel, person: int, turns: Mapping[int, Turn]) -> bool:
    """Whether anything else of his comes later than it may."""
    kept, sent = base.kept[person], {one.number for one in kernel.present.sent}
    for job in base.now[person].turns:
        number = base.stops[job].number
        turn = None if number in sent else turns.get(number)
        if turn is None:
            continue
        late = job in base.urgent and turn.late > 0
        if late or turn.start > kept.starts.get(job, inf) or turn.end > kept.ends.get(job, inf):
            return True
    return False


def undone(kernel: TurnsKernel) -> frozenset[int]:
    """Orders for several that none of those comes to who have them."""
    sent = {one.number for one in kernel.present.sent}
    lone = {one.stop.number for one in kernel.present.joint} - sent
    done = {
        kernel.stops[job].number for made in kernel.now for job in made.turns.keys() - made.short
    }
    return frozenset(lone - done)
