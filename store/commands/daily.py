"""Daily progress: asked for by hand on work that runs for days, or no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.daily import ask, note_due
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDaily(Command):
    """Whether an order owes a note each working day though its service level asks for none."""

    number: int
    on: bool = True
    version: int | None = None


def ask_daily(work: Work, command: AskDaily) -> Done:
    """The order so marked; what its level asks for is asked anyway."""
    order = work.order(command.number, command.version)
    after, facts = ask(order, on=command.on, at=work.at, by=work.who.operator)
    if facts:
        work.save(order, after, *facts)
    said = N_("order {number} owes a note each working day")
    due_at = note_due(after, work.rules(after))
    told: dict[str, object] = {"number": order.number}
    if command.on and due_at is not None:
        told["due_at"] = due_at
        said = N_("order {number} owes a note each working day, the next by {due_at}")
    if not command.on:
        said = N_("order {number} is not asked for a note each day")
        if due_at is not None:
            said = N_("order {number}: its service level asks for a note each day all the same")
    return Done(sentence=said, facts=told, numbers=(order.number,))
