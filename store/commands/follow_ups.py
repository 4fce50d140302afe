"""Follow-ups: promised to a customer with a time, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.inputs import REASON, later, line
from store.domain.errors import BadInput, FollowUpStands
from store.domain.follow_ups import USUAL
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
    """An open follow-up of an order was done."""

    number: int
    place: int | None = None
    """Counts from 1 within the order; None for the one that is due at `due_at`."""
    due_at: datetime | None = None
    outcome: str = ""


def promise_follow_up(work: Work, command: PromiseFollowUp) -> Done:
    """One more open follow-up, with its timer; `FollowUpStands` where one of that minute is open.

    Two operators promise the same call, or one does twice: the customer is called once.
    """
    due_at = later(command.due_at, N_("follow-up time"), than=work.at)
    kind = line(command.kind, N_("kind"), limit=40) or USUAL
    note = line(command.note, N_("note"), limit=REASON)
    same = work.follow_up_of(command.number, due_at=due_at, kind=kind)
    if same is not None:
        raise FollowUpStands(number=command.number, place=same.place, due_at=same.due_at)
    made = work.promise_follow_up(command.number, due_at=due_at, kind=kind, note=note)
    return Done(
        sentence=N_("follow-up {place} of order {number} promised for {due_at}"),
        facts={"number": command.number, "place": made.place, "due_at": made.due_at},
        numbers=(command.number,),
    )


def keep_follow_up(work: Work, command: KeepFollowUp) -> Done:
    """The follow-up done, and its reminder gone."""
    outcome = line(command.outcome, N_("outcome"), limit=REASON)
    place = command.place if command.place is not None else _due_then(work, command)
    work.keep_follow_up(command.number, place, outcome=outcome)
    return Done(
        sentence=N_("follow-up {place} of order {number} done"),
        facts={"number": command.number, "place": place},
        numbers=(command.number,),
    )


def _due_then(work: Work, command: KeepFollowUp) -> int:
    """The one that was seen as the next; another may be by now, and was not meant."""
    known = work.known(command.number)
    due = [promise.place for promise in known.follow_ups if promise.due_at == command.due_at]
    if not due:
        raise BadInput(
            where=N_("follow-up"),
            wrong=N_("order {number} has no open follow-up of that time any more").format(
                number=command.number
            ),
            right=N_("look at its card for those that are still open"),
        )
    return min(due)


FOLLOW_UPS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    PromiseFollowUp: promise_follow_up,
    KeepFollowUp: keep_follow_up,
}
