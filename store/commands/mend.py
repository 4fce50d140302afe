"""Mending a store: what can be derived is derived anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.facts import Fact
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MendStore(Command):
    """Derive again the queue columns, timers and alarms of some orders, and some technicians."""

    numbers: tuple[int, ...] = ()
    technicians: tuple[int, ...] = ()


def mend_store(work: Work, command: MendStore) -> Done:
    """The derived part put right; the journal says that it was, and is otherwise untouched."""
    orders = work.mend(command.numbers, command.technicians)
    mended = {"orders": list(command.numbers), "technicians": list(command.technicians)}
    work.record(Fact(name="mended", body=mended))
    return Done(
        sentence=N_("{orders} orders and {technicians} technicians were derived anew"),
        facts={"orders": orders, "technicians": len(command.technicians)},
        numbers=command.numbers,
    )
