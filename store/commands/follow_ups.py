"""Follow-ups: promised to a customer with a time, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import REASON, later, line
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFollowUp(Command):
    """Promise to come back to the customer of an order by a time."""

    number: int
    due_at: datetime
    kind: str = "call"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFollowUp(Command):
    """An open follow-up of an order was done; `place` counts from 1 within the order."""

    number: int
    place: int
    outcome: str = ""


def promise_follow_up(work: Work, command: PromiseFollowUp) -> Done:
    """One more open follow-up, with its timer."""
    made = work.promise_follow_up(
        command.number,
        due_at=later(command.due_at, N_("follow-up time"), than=work.at),
        kind=line(command.kind, N_("kind"), limit=40) or "call",
        note=line(command.note, N_("note"), limit=REASON),
    )
    return Done(
        sentence=N_("follow-up {place} of order {number} promised"),
        facts={"number": command.number, "place": made.place, "due_at": made.due_at},
        numbers=(command.number,),
    )


def keep_follow_up(work: Work, command: KeepFollowUp) -> Done:
    """The follow-up done, and its reminder gone."""
    outcome = line(command.outcome, N_("outcome"), limit=REASON)
    work.keep_follow_up(command.number, command.place, outcome=outcome)
    return Done(
        sentence=N_("follow-up {place} of order {number} done"),
        facts={"number": command.number, "place": command.place},
        numbers=(command.number,),
    )
