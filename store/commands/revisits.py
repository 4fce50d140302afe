"""Revisits: planned for this month, and what came of the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.commands.calls import RecordCall, record_call
from store.commands.inputs import REASON, TITLE, later, line, needed, one_of
from store.commands.orders import NewOrder, new_order
from store.domain.calls import REVISITED, Outcome, next_call, outcome_text
from store.domain.errors import BadInput, Refusal
from store.domain.follow_ups import USUAL
from store.domain.intents import Command, Done
from store.domain.revisits import period_of
from store.domain.words import N_, counted
from store.persistence.revisits import customer_of

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.known import FollowUp
    from store.persistence.work import Work

MOST: Final = 2_000
"""Revisits planned by one command."""
ORDER, CALL = "order", "call"
OPENS: Final = (ORDER, CALL)
"""What something to do may open: another order, or a promise to call again."""


class NoRevisits(Refusal):
    """Nothing would ever be planned."""

    sentence = N_(
        "no customer is revisited at this desk: set how often first (paidan settings revisit_key 1)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRevisits(Command):
    """Plan now what customers are due for in this month; the scheduler does it by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRevisit(Command):
    """A customer was called because of his revisit."""

    number: int
    """The order at which it was promised."""
    outcome: str
    """One of `REVISITED`."""
    place: int | None = None
    """Which promise of that order; None for the revisit that is due first."""
    note: str = ""
    """What was said; what is to be done, where there is something."""
    opens: str = ORDER
    """What something to do opens, one of `OPENS`."""
    next_at: datetime | None = None
    """When to call again; None for what is proposed."""


def plan_revisits(work: Work, _command: PlanRevisits) -> Done:
    """Those that are not planned yet, even over what is left of the month."""
    figures = work.figures()
    if not any((figures.revisit_key, figures.revisit_standard, figures.revisit_others)):
        raise NoRevisits
    planned = work.plan_revisits(most=MOST)
    numbers = tuple(sorted({one.number for one in planned}))
    said = counted(N_("{count} revisit planned"), N_("{count} revisits planned"), len(planned))
    if not planned:
        said = N_("0 revisits planned: this month's are planned already, or nobody is due for one")
    rows = [{"number": one.number, "day": one.day} for one in planned]
    return Done(sentence=said, facts={"count": len(planned), "planned": rows}, numbers=numbers)


def record_revisit(work: Work, command: RecordRevisit) -> Done:
    """The promise kept; where there is something to do, an order or another promise with it."""
    outcome = Outcome(one_of(command.outcome, list(REVISITED), N_("outcome")))
    note = line(command.note, N_("what was said"), limit=REASON)
    held = _held(work, command)
    place = held.place
    if outcome is Outcome.NO_ANSWER:
        told = RecordCall(
            number=command.number,
            outcome=outcome.value,
            place=place,
            next_at=command.next_at,
            note=note,
        )
        return record_call(work, told)
    if outcome is Outcome.TO_DO:
        note = needed(command.note, N_("what is to be done"), limit=REASON)
    kept = outcome_text(outcome, note)
    facts: dict[str, Any] = {"number": command.number, "what": REVISITED[outcome].label}
    numbers: tuple[int, ...] = (command.number,)
    sentence = N_("#{number}: {what}")
    opens = one_of(command.opens, OPENS, N_("what it opens"))
    if outcome is Outcome.TO_DO and opens == ORDER:
        order = work.order(command.number)
        whose = customer_of(work.conn, command.number, period_of(held.kind) or "")
        about: dict[str, Any] = {"site": order.site, "customer": whose or order.customer}
        about |= {"description": note[TITLE:]}
        if about["customer"] == order.customer:  # else it is another one's by now, and its asset
            about["asset"] = order.asset
        made = new_order(work, NewOrder(title=note[:TITLE], **about))
        work.flush()  # its row comes before what the other order is promised from now on
        facts["other"] = made.facts["number"]
        numbers += made.numbers
        sentence = N_("#{number}: {what}; order {other}")
    work.keep_follow_up(command.number, place, outcome=kept)
    if outcome is Outcome.TO_DO and opens == CALL:
        facts["again"] = _call_again(work, command, note)
        sentence = N_("#{number}: {what}; next call {again}")
    return Done(sentence=sentence, facts=facts, numbers=numbers)


def _held(work: Work, command: RecordRevisit) -> FollowUp:
    """The open promise that is meant; another kind of promise is none."""
    held = [one for one in work.known(command.number).follow_ups if period_of(one.kind)]
    if command.place is not None:
        held = [one for one in held if one.place == command.place]
    if not held:
        raise BadInput(
            where=N_("revisit"),
            wrong=N_("order {number} has no open revisit").format(number=command.number),
            right=N_("look at the list of calls for those that are open"),
        )
    return min(held, key=lambda one: (one.due_at, one.place))


def _call_again(work: Work, command: RecordRevisit, note: str) -> datetime:
    order = work.order(command.number)
    again = command.next_at
    if again is None:
        hours, desk = work.rules(order).hours, work.desk_hours()
        again = next_call(Outcome.PROMISED, before=0, at=work.at, hours=hours, desk=desk)
        assert again is not None  # this outcome always proposes one
    again = later(again, N_("next call"), than=work.at)
    if work.follow_up_of(command.number, due_at=again, kind=USUAL) is None:
        work.promise_follow_up(command.number, due_at=again, note=note)
    return again
