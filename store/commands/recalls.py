"""Recalls: a technician was sent by a command that was taken back, and must see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.recalls import see_recalls
from store.domain.words import N_, counted

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeRecalls(Command):
    """The technician, or the desk for him, has seen that he is not to go."""

    technician: int | str | None = None
    """By id, code or name: all that show on his line."""
    number: int | None = None
    """Only those of one order, of whomever."""


def acknowledge_recalls(work: Work, command: SeeRecalls) -> Done:
    """His line shows them no more; refused when there are none."""
    who = None if command.technician is None else work.technician(command.technician)
    if command.number is not None:
        numbers = [command.number]
    else:
        numbers = [] if who is None else work.recalls_of(who.id)
    seen: list[int] = []
    for number, order in work.orders(numbers).items():
        after, facts = see_recalls(order, at=work.at, technician=who.id if who else None)
        if facts:
            work.save(order, after, *facts)
            seen.append(number)
    if not seen:
        raise BadInput(
            where=N_("recall"),
            wrong=N_("none is shown"),
            right=N_("name a technician whose line shows one, or its order"),
        )
    return Done(
        sentence=counted(N_("{count} recall seen"), N_("{count} recalls seen"), len(seen)),
        facts={"count": len(seen)},
        numbers=tuple(seen),
    )
