"""Mending a store: what can be derived is derived anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.facts import Fact
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MendStore(Command):
    """Derive again the queue columns, timers and alarms of some orders, technicians, calendars."""

    numbers: tuple[int, ...] = ()
    technicians: tuple[int, ...] = ()
    calendars: tuple[int, ...] = ()
    """By their ids: what is kept of their horizons."""
    plans: tuple[int, ...] = ()
    """By their ids: when they come next."""
    search: bool = False
    """Whether the whole search index is written again."""
    callers: bool = False
    """Whether customers and those who called are made known again by what they are called."""
    figures: bool = False
    """Whether all that figures are read from is made anew."""
    counters: bool = False
    """Whether counters go on after the highest number that is taken."""


def mend_store(work: Work, command: MendStore) -> Done:
    """The derived part put right; the journal says that it was, and is otherwise untouched."""
    if command.counters:
        work.mend_counters()  # before anything is written that wants a number
    work.mend_horizons(command.calendars)
    work.mend_plans(command.plans)
    orders = work.mend(command.numbers, command.technicians)
    mended: dict[str, Any] = {"orders": list(command.numbers)}
    mended["technicians"] = list(command.technicians)
    if command.calendars:
        mended["calendars"] = list(command.calendars)
    if command.plans:
        mended["plans"] = list(command.plans)
    if command.search:
        work.reindex_all()
        mended["search"] = True
    if command.callers:
        work.mend_callers()
        mended["callers"] = True
    if command.figures:
        work.mend_figures()
        mended["figures"] = True
    if command.counters:
        mended["counters"] = True
    work.record(Fact(name="mended", body=mended))
    return Done(
        sentence=N_(
            "{orders} orders, {technicians} technicians and {calendars} calendars derived anew"
        ),
        facts={
            "orders": orders,
            "technicians": len(command.technicians),
            "calendars": len(command.calendars),
        },
        numbers=command.numbers,
    )
