"""Exceptions: asked for, granted within a limit, used, and withdrawn; each in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.exception_limits import SETTING_LIMITS
from store.commands.exceptions_agreed import (
    agreed,
    check_runs,
    checked_size,
    limit_said,
    waived_due,
    what_said,
)
from store.commands.exceptions_asked import (
    AskException,
    GrantException,
    RefuseException,
    SetExceptionLimit,
    StandIn,
    UseException,
    WithdrawException,
)
from store.commands.inputs import REASON, line, needed
from store.domain.exception_limits import rungs, turn
from store.domain.exception_refusals import (
    LimitTooSmall,
    NobodyMayGrant,
    NotWithdrawn,
    WaiverMoves,
)
from store.domain.exception_steps import check_other, granted, refused, stands, used, withdrawn
from store.domain.exceptions import Deviation, Grant
from store.domain.finding.grams import folded
from store.domain.intents import Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from store.domain.errors import Refusal
    from store.domain.exception_limits import Decider
    from store.domain.exceptions import OrderException
    from store.domain.intents import Command
    from store.persistence.work import Work


def ask_exception(work: Work, command: AskException) -> Done:
    """Granted at once within the asker's own limit; else it waits for somebody whose limit does."""
    asked = agreed(work, command)
    limit, by = work.own_limit(asked), work.who.operator
    if limit is not None:
        new = work.add_exception(asked)
        became = granted(new, limit, limit_of=by, why="", at=work.at, by=by)
        became = work.put_exception("exception_granted", new, became)
        return _granted(work, became)
    first = turn(rungs(work.may_grant(asked)), 0)
    if not first:
        raise NobodyMayGrant(what=what_said(asked), number=asked.number)
    new = work.add_exception(asked)
    sentence = N_("exception {id} asked for: {what} on order {number}; {who} to decide by {by}")
    return _done(new, sentence, who=_names(work, first), by=new.decide_by)


def grant_exception(work: Work, command: GrantException) -> Done:
    """By the limit of whoever does it, else of whom he stands in for at this time."""
    why = line(command.why, N_("why"), limit=REASON)
    asked = work.exception(command.exception, command.seen)
    stands(asked, N_("granted"), Grant.ASKED, at=work.at)
    by = work.who.operator
    check_other(asked, by=by)
    check_runs(work, asked)
    limit, limit_of = work.own_limit(asked), by
    if limit is None:
        others = work.may_grant(asked)
        decider = next((one for one in others if one.may(by)), None)
        if decider is None:
            raise _too_small(work, asked, others)
        limit, limit_of = decider.limit, decider.operator
    became = granted(asked, limit, limit_of=limit_of, why=why, at=work.at, by=by)
    return _granted(work, work.put_exception("exception_granted", asked, became))


def refuse_exception(work: Work, command: RefuseException) -> Done:
    """By whoever could grant it."""
    why = needed(command.why, N_("why"), limit=REASON)
    asked = work.exception(command.exception, command.seen)
    became = refused(asked, why, at=work.at, by=work.who.operator)
    if not _could_grant(work, asked):
        raise _too_small(work, asked, work.may_grant(asked))
    became = work.put_exception("exception_refused", asked, became)
    return _done(became, N_("exception {id} refused: {what} on order {number}"))


def use_exception(work: Work, command: UseException) -> Done:
    """Whoever works on its order may, while it is granted; nobody one that moves a deadline."""
    what = needed(command.what, N_("what is done by it"), limit=REASON)
    held = work.exception(command.exception, command.seen)
    if held.clock and held.id not in work.notes(held.number):
        raise WaiverMoves(id=held.id)
    size = None if command.size is None else checked_size(held.kind, command.size)
    became = spend(work, held, size, what)
    if became.state is Grant.USED:
        return _done(became, N_("exception {id} used, nothing of it is left: {what}"))
    sentence = N_("exception {id} used, {left} left: {what}")
    return _done(became, sentence, left=f"{became.left:g}")


def spend(work: Work, held: OrderException, size: float | None, what: str) -> OrderException:
    """One use within the present transaction, with its fact."""
    became = used(held, size, what, at=work.at)
    return work.put_exception("exception_used", held, became)


def use_for_step(work: Work, number: int, step: str) -> OrderException | None:
    """Use up a live grant to skip this step of an order, in this transaction; None without one."""
    wanted = folded(step.strip())
    for held in work.live_exceptions(number, Deviation.STEP.value):
        if folded(held.about.strip()) == wanted:
            return spend(work, held, None, held.about)
    return None


def withdraw_exception(work: Work, command: WithdrawException) -> Done:
    """By who asked for it or granted it, by whose limit that was, or by who could grant it."""
    why = needed(command.why, N_("why"), limit=REASON)
    held = work.exception(command.exception, command.seen)
    became = withdrawn(held, why, at=work.at, by=work.who.operator)
    concerned = {held.asked_by, held.decided_by, held.limit_of}
    if work.who.operator not in concerned and not _could_grant(work, held):
        raise NotWithdrawn(id=held.id)
    moved = waived_due(work, held)
    became = work.put_exception("exception_withdrawn", held, became)
    if moved is not None and moved != (due := waived_due(work, held)):
        sentence = N_("exception {id} withdrawn: {what} on order {number}, due {due} again")
        return _done(became, sentence, due=due)
    return _done(became, N_("exception {id} withdrawn: {what} on order {number}"))


def _could_grant(work: Work, asked: OrderException) -> bool:
    by = work.who.operator
    if work.own_limit(asked) is not None:
        return True
    return any(one.may(by) for one in work.may_grant(asked))


def _too_small(work: Work, asked: OrderException, others: tuple[Decider, ...]) -> Refusal:
    what = what_said(asked)
    if not others:
        return NobodyMayGrant(what=what, number=asked.number)
    return LimitTooSmall(id=asked.id, what=what, who=_names(work, others))


def _granted(work: Work, became: OrderException) -> Done:
    due = waived_due(work, became)
    if due is not None:
        sentence = N_(
            "exception {id} granted: {what} on order {number}, due {due} now; limit: {limit}"
        )
        return _done(became, sentence, due=due, limit=limit_said(work, became))
    sentence = N_("exception {id} granted: {what} on order {number}, until {until}; limit: {limit}")
    told = {"until": became.expires_at, "limit": limit_said(work, became)}
    return _done(became, sentence, **told)


def _names(work: Work, deciders: Iterable[Decider]) -> list[str]:
    return [work.operator(one.operator).name for one in deciders]


def _done(became: OrderException, sentence: str, **facts: Any) -> Done:
    told = {"id": became.id, "what": what_said(became), "number": became.number, **facts}
    return Done(sentence=sentence, facts=told, numbers=(became.number,))


EXCEPTIONS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    AskException: ask_exception,
    GrantException: grant_exception,
    RefuseException: refuse_exception,
    UseException: use_exception,
    WithdrawException: withdraw_exception,
    **SETTING_LIMITS,
}
"""What is done about exceptions; nothing of it is taken back, one is withdrawn instead."""

__all__ = [
    "EXCEPTIONS_DONE",
    "AskException",
    "GrantException",
    "RefuseException",
    "SetExceptionLimit",
    "StandIn",
    "UseException",
    "WithdrawException",
    "spend",
    "use_for_step",
]
