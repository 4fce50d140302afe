"""Taking an order through its life: one table of moves, and one way through all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from store.domain.lifecycle import AS_ORDER, MOVES, STATES, Category, Move, State
from store.domain.moves_common import Ask, Draft, live_visits, refusal
from store.domain.moves_desk import (
    chase,
    edit,
    follow,
    note,
    open_order,
    prioritise,
    reclock,
    unfollow,
    update_customer,
)
from store.domain.moves_end import cancel, close, duplicate, finish, reopen, verify
from store.domain.moves_refusals import CannotFrom, NeedsInsisting, NobodyHasIt, ReasonMissing
from store.domain.moves_visits import accept, arrive, assign, decline, depart
from store.domain.moves_wait import resume, wait
from store.domain.replay import whole_ms
from store.domain.sop import missing
from store.domain.sop_refusals import steps_missing

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.errors import Refusal
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

Mover = Callable[[Draft, Ask], None]

MOVERS: Mapping[Move, Mover] = {
    Move.ASSIGN: assign,
    Move.ACCEPT: accept,
    Move.DECLINE: decline,
    Move.DEPART: depart,
    Move.ARRIVE: arrive,
    Move.WAIT: wait,
    Move.RESUME: resume,
    Move.FINISH: finish,
    Move.VERIFY: verify,
    Move.CLOSE: close,
    Move.REOPEN: reopen,
    Move.CANCEL: cancel,
    Move.DUPLICATE: duplicate,
}
"""What each move does to the draft, once the lifecycle has let it start."""

OF_A_VISIT = frozenset({Move.ACCEPT, Move.DECLINE, Move.DEPART, Move.ARRIVE, Move.FINISH})
"""Moves that a second technician may make while the first is already further along."""


def why_not(order: WorkOrder, move: Move, *, insist: bool = False) -> Refusal | None:
    """Why the order cannot make this move from where it stands; None when it can.

    Says nothing of what the move must be told (technician, reason, wake-up): `advance` asks that.
    """
    spec = MOVES[move]
    stands = _stands(order, move)
    if stands & spec.sources or (insist and stands & spec.override):
        return None
    if not stands & spec.override:
        return refusal(order, CannotFrom, spec.label)
    alone = move is Move.FINISH and not live_visits(order.visits)
    return refusal(order, NobodyHasIt if alone else NeedsInsisting, spec.label)


def advance(
    order: WorkOrder,
    move: Move,
    *,
    at: datetime,
    by: int,
    rules: Rules,
    technician: int | None = None,
    reason: str = "",
    wake_at: datetime | None = None,
    insist: bool = False,
    duplicate_of: int | None = None,
    also: bool = False,
    instead: int | None = None,
    recall: bool = False,
    start_at: datetime | None = None,
    asked_lately: bool | None = None,
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order after a move, and the facts of it; a MoveRefused says why it cannot be.

    `at` is aware, and cut to milliseconds; it may lie before the last move, as wall clocks do.
    """
    if at.utcoffset() is None:
        msg = "`at` has no time zone"
        raise ValueError(msg)
    why = why_not(order, move, insist=insist)
    if why is not None:
        raise why
    spec = MOVES[move]
    if spec.needs_reason and not reason.strip():
        raise refusal(order, ReasonMissing, spec.label)
    at = whole_ms(at)
    ask = Ask(
        move=move,
        at=at,
        by=by,
        rules=rules,
        technician=technician,
        reason=reason,
        wake_at=wake_at,
        insist=insist,
        duplicate_of=duplicate_of,
        also=also,
        instead=instead,
        recall=recall,
        start_at=None if start_at is None else whole_ms(start_at),
        asked_lately=asked_lately,
    )
    draft = Draft(order, at=at, rules=rules)
    draft.set["progress_at"] = at
    MOVERS[move](draft, ask)
    after, facts = draft.done(spec.fact)
    if order.steps:
        _check_gate(order, move, after)
    return after, facts


def _check_gate(order: WorkOrder, move: Move, after: WorkOrder) -> None:
    """Refuse what its procedure gates, whoever asks, through whatever door, insisting or not.

    With others still at work an end of one's own part is not the end of the work.
    """
    if move is Move.FINISH and after.state is not State.DONE:
        return
    lacks = missing(order, move)
    if lacks:
        raise steps_missing(order, move, lacks)


def _stands(order: WorkOrder, move: Move) -> set[State]:
    """From where a move starts: the order's state, or those of its visits where it is theirs."""
    if move in OF_A_VISIT and STATES[order.state].category is Category.OPEN:
        return {order.state, *[AS_ORDER[visit.state] for visit in live_visits(order.visits)]}
    return {order.state}


__all__ = [
    "MOVERS",
    "advance",
    "chase",
    "edit",
    "follow",
    "note",
    "open_order",
    "prioritise",
    "reclock",
    "unfollow",
    "update_customer",
    "why_not",
]
