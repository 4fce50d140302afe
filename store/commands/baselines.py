"""Days of one's own frozen as what outcomes are held against from now on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.commands.inputs import NAME, needed
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.kpi.baseline import NothingToFreeze, NotOver
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeBaseline(Command):
    """Every figure of some days over, with its interval, is what counts from now on.

    It takes the place of the one before, which is kept. Who sees some sites has it of his own.
    """

    name: str
    first: str
    """ISO 8601, as the last day, which counts."""
    last: str
    zone: str = "UTC"
    """Where these days begin."""


def meant(command: FreezeBaseline, at: datetime) -> tuple[str, date, date]:
    """Its name, and its days, which are over by then."""
    name = needed(command.name, N_("name"), limit=NAME)
    first, last = (_day(text) for text in (command.first, command.last))
    try:
        zone = ZoneInfo(command.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            where=N_("zone"), wrong=command.zone[:40], right=N_("name one such as Asia/Shanghai")
        ) from None
    if last >= at.astimezone(zone).date():
        raise NotOver(last=last.isoformat())
    return name, first, last


def freeze_baseline(work: Work, command: FreezeBaseline) -> Done:
    """`NotOver` for days that still go on, `NothingToFreeze` where nothing was closed."""
    name, first, last = meant(command, work.at)
    closed, parts = work.periods(first, last, command.zone)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    if not closed:
        raise NothingToFreeze(**days)
    number = work.freeze_baseline(name, (first, last), command.zone, parts)
    said = N_("baseline {number} “{name}” is frozen: {first} to {last}, of {count} orders closed")
    facts: dict[str, Any] = {"number": number, "name": name, "count": closed, **days}
    return Done(sentence=said, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseBaseline(Command):
    """One that was frozen before is what counts again; the one that counts now is kept."""

    baseline: int


def use_baseline(work: Work, command: UseBaseline) -> Done:
    """`BaselineUnknown` where there is none of this number."""
    facts = work.use_baseline(command.baseline)
    said = N_("baseline {number} “{name}” counts now: {first} to {last}")
    return Done(sentence=said, facts=facts)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if not date(1900, 1, 1) <= day <= date(9000, 1, 1):
        raise BadInput(where=N_("day"), wrong=text[:40], right=N_("name a day such as 2026-10-31"))
    return day


BASELINES: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    FreezeBaseline: freeze_baseline,
    UseBaseline: use_baseline,
}
