"""Acknowledging alarms: the bell falls silent, the clocks run on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    """Silence the alarms of some orders, or (with None) of all that the asker sees."""

    numbers: tuple[int, ...] | None = None


def acknowledge(work: Work, command: Acknowledge) -> Done:
    """Those that rang ring no more, until something worse comes."""
    silenced = work.acknowledge(command.numbers)
    return Done(
        sentence=N_("{count} alarms acknowledged"),
        facts={"count": len(silenced)},
        numbers=silenced,
    )
