"""Exceptions as actions of the console: ask for one on an order, the list, each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import judges
from console.actions_kinds import DESK, ORDERS, Action, Kind, Question, Takes
from console.actions_moves import NO_ORDER
from console.deed_kinds import ALL, Deed, by_key, text
from store.domain.lifecycle import STATES
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_OVER: Final = N_("order {number} is {state}: nobody deviates from it any more")


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


def _over(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    spec = STATES.get(line.state)
    if spec is not None and spec.final:
        return _OVER.format(number=line.number, state=spec.label)
    return None


def _ask_for(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from console.words_exceptions import exception_meant
    from store.commands.exceptions import AskException

    assert line is not None
    meant = exception_meant(told["deviation"])
    return AskException(number=line.number, reason=told["reason"], **meant)


EXCEPTION_ACTIONS: tuple[Action, ...] = (
    Action(
        id="exception",
        keys=("f11",),
        words="except 例外",
        label=N_("Exception"),
        help=N_("ask to deviate: price, overtime, scope, a deadline, a step"),
        group=ORDERS,
        why_not=_over,
        questions=(
            Question(
                name="deviation",
                label=N_("price 500, overtime 4, scope WORDS, waiver resolve +2d, step WORDS"),
                kind=Kind.DEVIATION,
                asks=N_("which exception"),
            ),
            Question(name="reason", label=N_("why it is needed")),
        ),
        make=_ask_for,
        about_order=True,
    ),
    Action(
        id="exceptions",
        keys=("f24",),
        words="exceptions 例外审批 审批",
        label=N_("Exceptions"),
        help=N_("which exceptions wait to be decided, by whom and by when, and which may be used"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.EXCEPTIONS,
    ),
)

DEEDS: Final[Mapping[str, Deed]] = {
    "grant": Deed(
        key="1",
        words=("grant", "批准"),
        label=N_("Grant"),
        questions=(text("why", N_("what is to be heeded, or nothing"), optional=True),),
        said=N_("grant exception {of}"),
    ),
    "refuse": Deed(
        key="2",
        words=("refuse", "驳回"),
        label=N_("Refuse"),
        questions=(text("why", N_("why it is refused")),),
        said=N_("refuse exception {of}"),
    ),
    "use": Deed(
        key="3",
        words=("use", "使用"),
        label=N_("Use"),
        questions=(
            text(
                "size",
                N_("how much of it is used: a number, or all"),
                start=ALL[0],
                judge=judges.part,
            ),
            text("what", N_("what is done by it")),
        ),
        said=N_("make use of exception {of}"),
    ),
    "withdraw": Deed(
        key="4",
        words=("withdraw", "撤回"),
        label=N_("Withdraw"),
        questions=(text("why", N_("why it is withdrawn")),),
        said=N_("withdraw exception {of}"),
    ),
}
"""Every step, in the order in which they come."""
BY_KEY: Final = by_key(DEEDS)
