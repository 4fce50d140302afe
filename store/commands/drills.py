"""Drills that were played: kept in the journal of the player's own desk, for his training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from store.commands.inputs import CODE, instant, needed, one_of, whole
from store.domain.facts import Fact
from store.domain.intents import Command, Done
from store.domain.replay import epoch_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.persistence.work import Work

RATES: Final = ("respond", "arrive", "resolve", "next_update", "told", "answers")
"""Of which it is kept how many were kept in time, of how many."""
SECONDS: Final = ("orphan", "acknowledged_median", "acknowledged_worst")
"""Of which the seconds are kept; one that is not given was never measured."""
MOST: Final = 10**9
"""So far from zero may a figure be that is kept; a seed, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDrill(Command):
    """The asker has played a drill: when, which, and what it came to."""

    script: str
    seed: int
    speed_percent: int
    """Of the pace of life."""
    began_at: datetime
    ended_at: datetime
    copied: bool = False
    decisions: int = 0
    rates: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By one of `RATES`: kept, and of how many."""
    seconds: Mapping[str, int] = field(default_factory=dict)
    """By one of `SECONDS`."""


def record_drill(work: Work, command: RecordDrill) -> Done:
    """One entry of the journal; nothing else of the desk changes."""
    began = instant(command.began_at, N_("start"))
    ended = instant(command.ended_at, N_("end"))
    rates = {}
    for name, (kept, of) in command.rates.items():
        where = one_of(name, RATES, N_("score"))
        rates[name] = [whole(kept, 0, of, where), whole(of, 0, MOST, where)]
    seconds = {
        one_of(name, SECONDS, N_("score")): whole(value, 0, MOST, name)
        for name, value in command.seconds.items()
    }
    script = needed(command.script, N_("script"), limit=CODE)
    body = {
        "seed": whole(command.seed, -MOST, MOST, N_("seed")),
        "speed_percent": whole(command.speed_percent, 1, MOST, N_("speed")),
        "began_at": epoch_ms(began),
        "ended_at": epoch_ms(ended),
        "copied": bool(command.copied),
        "decisions": whole(command.decisions, 0, MOST, N_("decisions")),
        "rates": rates,
        "seconds": seconds,
    }
    work.record(Fact(name="drill_played", body=body, words={"script": script}))
    return Done(sentence=N_("drill {script} recorded"), facts={"script": script})
