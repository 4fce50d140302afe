"""Keeps an order's pending timers equal to what the order implies now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence.loading import TIMER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.timers import TimerAim
    from store.persistence.known import Known, TimerKey
    from store.persistence.statements import Batch


def key_of(aim: TimerAim) -> TimerKey:
    """What makes a timer of an order unique."""
    return (str(aim.kind), str(aim.clock or ""), aim.run, aim.level)


def plan(batch: Batch, known: Known, aims: Iterable[TimerAim]) -> None:
    """New aims are inserted, moved ones moved, others no longer implied go; fired ones stay."""
    wanted = {key_of(aim): aim.due_at for aim in aims}
    for key, due_at in wanted.items():
        seen = known.timers.get(key)
        if seen is None:
            kind, clock, run, level = key
            batch.insert(
                TIMER,
                {
                    "number": known.now.number,
                    "kind": kind,
                    "clock": clock,
                    "run": run,
                    "level": level,
                    "due_at": due_at,
                    "aim_at": due_at,
                },
            )
        elif not seen.fired and seen.due_at != due_at:
            moved = {"due_at": due_at, "aim_at": due_at, "tries": 0, "trouble": None}
            batch.update(TIMER, {"id": seen.id}, moved)
    for key, seen in known.timers.items():
        if key not in wanted and not seen.fired:
            batch.delete(TIMER, {"id": seen.id})
