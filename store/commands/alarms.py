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
    """Silence the alarms of some orders and calendars, or (with None) all that the asker sees."""

    numbers: tuple[int, ...] | None = None
    """None is every order and every calendar."""
    calendars: tuple[str, ...] = ()
    """By their codes, beside orders that are named."""
    rings: int | None = None
    """How often an order that is named had rung when the asker looked: what rang since goes on."""


def acknowledge(work: Work, command: Acknowledge) -> Done:
    """Those that rang ring no more, until something worse comes."""
    silenced = work.acknowledge(command.numbers, rings=command.rings)
    everything = command.numbers is None
    calendars = work.acknowledge_horizons(None if everything else command.calendars)
    return Done(
        sentence=N_("{count} alarms acknowledged"),
        facts={"count": len(silenced) + len(calendars)},
        numbers=silenced,
    )
