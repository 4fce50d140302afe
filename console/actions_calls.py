"""Calls to customers as actions: whom to call now, and what came of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, ORDERS, Action, Kind, Question
from console.actions_moves import NO_ORDER
from store.domain.calls import Outcome
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.calls import CallLine

_OUTCOME = Question(
    name="outcome",
    label=N_("what came of the call: reached, no-answer, promised, unhappy, done"),
    kind=Kind.OUTCOME,
    asks=N_("what came of it"),
)
NEXT = Question(
    name="next_at",
    label=N_("call again at (15:00, +2h, tomorrow 9:00); nothing for what is proposed"),
    kind=Kind.WHEN,
    optional=True,
    asks=N_("call again at"),
)
_SAID = Question(name="said", label=N_("what was said"), optional=True)
REVISIT_ASKS: Final[Mapping[Outcome, tuple[Question, ...]]] = {
    Outcome.TO_DO: (
        Question(name="said", label=N_("what is to be done")),
        Question(
            name="opens",
            label=N_("open an order for it, or call again: order, call"),
            asks=N_("order or call"),
            start="order",
        ),
    ),
    Outcome.REFUSED: (_SAID,),
}
"""What is asked of a revisit that came to this, beside its key."""
_ORDER_WORDS: Final = {"": "order", "工单": "order"}
_CALL_WORDS: Final = frozenset({"call", "回电", "电话"})


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


def _record(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.calls import RecordCall

    assert line is not None
    return RecordCall(
        number=line.number,
        outcome=told["outcome"],
        next_at=told.get("next_at") or None,
        note=told.get("said", ""),
    )


def recorded(call: CallLine, outcome: Outcome | None, answers: Told) -> Command:
    """What came of a call in the list: by one key, or as it was answered."""
    from store.commands.calls import RecordCall
    from store.domain.calls import CallReason

    return RecordCall(
        number=call.number,
        place=call.place if call.why is CallReason.PROMISED else None,
        outcome=outcome.value if outcome is not None else answers["outcome"],
        next_at=answers.get("next_at") or None,
        note=answers.get("said", ""),
    )


def revisited(call: CallLine, outcome: Outcome, answers: Told) -> Command:
    """What came of a revisit in the list, by one key and what was answered."""
    from store.commands.revisits import CALL, ORDER, RecordRevisit

    word = answers.get("opens", ORDER).strip().casefold()
    return RecordRevisit(
        number=call.number,
        place=call.place,
        outcome=outcome.value,
        note=answers.get("said", ""),
        opens=CALL if word in _CALL_WORDS else _ORDER_WORDS.get(word, word),
    )


CALL_ACTIONS: tuple[Action, ...] = (
    Action(
        id="calls",
        keys=("C",),
        words="calls 回访单",
        label=N_("Calls"),
        help=N_("whom to call now: promises that are due, orders without progress"),
        group=DESK,
        why_not=_not_open,
    ),
    Action(
        id="outcome",
        keys=("E",),
        words="outcome 结果",
        label=N_("Outcome"),
        help=N_("what came of a call to the customer; the next call is proposed"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_OUTCOME, NEXT, _SAID),
        make=_record,
        about_order=True,
    ),
)
