"""A call to a customer: what came of it, and the next one, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import REASON, later, line, one_of
from store.domain.calls import OUTCOMES, Outcome, in_a_row, next_call, outcome_text
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCall(Command):
    """The customer of an order was called; keeps the follow-up that was due first, if any is."""

    number: int
    outcome: str
    """One of `OUTCOMES`."""
    place: int | None = None
    """Which follow-up; None for the one that is due first, or for a call nobody had promised."""
    next_at: datetime | None = None
    """When to call again; None for what the outcome proposes."""
    note: str = ""


def record_call(work: Work, command: RecordCall) -> Done:
    """The follow-up kept, and the next one promised where the outcome asks for one.

    One that was promised for that minute already is the next one.
    """
    outcome = Outcome(one_of(command.outcome, list(OUTCOMES), N_("outcome")))
    note = line(command.note, N_("what was said"), limit=REASON)
    order = work.order(command.number)
    before = in_a_row(work.outcomes_of(command.number), outcome)
    proposed = next_call(
        outcome,
        before=before,
        at=work.at,
        hours=work.rules(order).hours,
        desk=work.desk_hours(),
    )
    place = command.place
    if place is None:
        place = work.first_follow_up(command.number)
    kind = work.kind_of_follow_up(command.number, place)
    work.keep_follow_up(command.number, place, outcome=outcome_text(outcome, note))
    facts: dict[str, object] = {"number": command.number, "what": OUTCOMES[outcome].label}
    again = proposed
    if command.next_at is not None:
        again = later(command.next_at, N_("next call"), than=work.at)
    if again is None:
        sentence = N_("#{number}: {what}")
    else:
        if work.follow_up_of(command.number, due_at=again, kind=kind) is None:
            work.promise_follow_up(command.number, due_at=again, kind=kind, note=note)
        facts["again"] = again
        sentence = N_("#{number}: {what}; next call {again}")
    return Done(sentence=sentence, facts=facts, numbers=(command.number,))
