"""Major incidents: declared on a cadence, and over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import whole
from store.domain.incidents import LEAST_S, MOST_S, PLAIN_S, declare, stand_down
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareIncident(Command):
    """An order is a major incident: its customers have word again and again."""

    number: int
    cadence_s: int = PLAIN_S
    """How long they wait for the next word, in seconds."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDown(Command):
    """The incident is over; the order goes on as others do."""

    number: int
    version: int | None = None


def declare_incident(work: Work, command: DeclareIncident) -> Done:
    """The order with the promise of the next word to everybody."""
    cadence = whole(command.cadence_s, LEAST_S, MOST_S, N_("seconds until the next word"))
    order = work.order(command.number, command.version)
    after, facts = declare(
        order, cadence, rules=work.rules(order), at=work.at, by=work.who.operator
    )
    work.save(order, after, *facts)
    return Done(
        sentence=N_("order {number} is a major incident: word to all every {minutes} minutes"),
        facts={"number": order.number, "minutes": cadence // _MINUTE},
        numbers=(order.number,),
    )


def stand_incident_down(work: Work, command: StandDown) -> Done:
    """The order with the promises of its level."""
    order = work.order(command.number, command.version)
    after, facts = stand_down(order, rules=work.rules(order), at=work.at, by=work.who.operator)
    work.save(order, after, *facts)
    return Done(
        sentence=N_("order {number} is a major incident no more"),
        facts={"number": order.number},
        numbers=(order.number,),
    )
