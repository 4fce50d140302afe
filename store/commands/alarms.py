"""Acknowledging alarms: the bell falls silent, the clocks run on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command, Done
from store.domain.timer_kinds import TIMERS, read_kind
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
    sentence, facts = _said(work, silenced, calendars)
    return Done(sentence=sentence, facts=facts, numbers=silenced)


def _said(
    work: Work, numbers: tuple[int, ...], calendars: tuple[str, ...]
) -> tuple[str, dict[str, object]]:
    """One alarm is named with what it is about; several are counted."""
    count = len(numbers) + len(calendars)
    if count > 1:
        return N_("{count} alarms acknowledged"), {"count": count}
    if calendars:
        return N_("alarm of the calendar {code} acknowledged"), {"code": calendars[0]}
    alarm = work.alarm_of(numbers[0]) if numbers else None
    if alarm is None:
        return N_("no alarm rings any more"), {}
    kind = read_kind(alarm.kind)
    what = TIMERS[kind].label if kind in TIMERS else alarm.kind
    return N_("alarm of #{number} acknowledged: {what}"), {"number": numbers[0], "what": what}
