"""Keeps an order's pending timers equal to what the order implies now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.timer_kinds import TimerKind, means_something
from store.persistence.loading import TIMER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.timers import TimerAim
    from store.persistence.known import Known, TimerKey, TimerSeen
    from store.persistence.statements import Batch


_GIVEN = ("number", "kind", "clock", "run", "level", "due_at", "aim_at")
_NAMES = {kind: kind.value for kind in TimerKind}


def key_of(aim: TimerAim) -> TimerKey:
    """What makes a timer of an order unique."""
    return (_NAMES.get(aim.kind) or aim.kind.value, str(aim.clock or ""), aim.run, aim.level)


def has_moved(seen: TimerSeen, due_at: datetime, *, at: datetime) -> bool:
    """Whether a stored timer must be aimed anew to be due then."""
    return seen.due_at != due_at and (not seen.fired or due_at > max(at, seen.due_at))


def plan(batch: Batch, known: Known, aims: Iterable[TimerAim], *, at: datetime) -> None:
    """New aims are inserted, moved ones moved, others no longer implied go; fired ones stay.

    A fired one whose due time was put off, and is to come again, has not fired for that. What
    means nothing here is a newer program's, and stays.
    """
    wanted = {key_of(aim): aim.due_at for aim in aims}
    for key, due_at in wanted.items():
        seen = known.timers.get(key)
        if seen is None:
            batch.insert_row(TIMER, _GIVEN, (known.now.number, *key, due_at, due_at))
        elif has_moved(seen, due_at, at=at):
            moved = {"due_at": due_at, "aim_at": due_at, "fired_at": None}
            batch.update(TIMER, {"id": seen.id}, {**moved, "tries": 0, "trouble": None})
    for key, seen in known.timers.items():
        if key not in wanted and not seen.fired and means_something(*key[:2]):
            batch.delete(TIMER, {"id": seen.id})
