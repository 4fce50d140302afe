"""How an order ends, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.facts import Fact
from store.domain.lifecycle import MOVES, STATES, Move, State, VisitState
from store.domain.moves_refusals import (
    OriginalCancelled,
    OriginalIsDuplicate,
    OriginalMissing,
    OwnDuplicate,
)
from store.domain.moves_visits import the_visit
from store.domain.order import Clock, Pause, Visit
from store.domain.reckon import fixed
from store.domain.sop import again
from store.domain.surveys import planned, taken_back
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.errors import MoveRefused
    from store.domain.moves_common import Ask, Draft
    from store.domain.order import WorkOrder


def finish(draft: Draft, ask: Ask) -> None:
    """The work is done; with others still on it, only the one visit is.

    Whoever has done it had accepted and was there, by now at the latest. Where nobody had the order
    nobody came: response and arrival end, neither kept nor, unless they are late by now, missed.
    """
    came = True
    if _skips(draft, ask):
        live = draft.live()
        came = bool(live)
        draft.body |= {"insisted": True} if came else {"insisted": True, "nobody": True}
        _end_everything(draft, live)
    else:
        draft.end_visit(the_visit(draft, ask), VisitState.DONE)
        if draft.live():
            if draft.state is not State.WAITING:
                draft.follow_visits()
            return
    draft.close_pauses()
    if draft.before.state is State.WAITING:
        draft.set["reason"] = ""  # it was why it waited; the wait keeps it
    for kind in (ClockKind.RESPOND, ClockKind.ARRIVE):
        (draft.meet if came else draft.end_clocks)(kind)
    draft.meet(ClockKind.RESOLVE)
    draft.state = State.DONE
    draft.set["done_at"] = draft.at
    draft.set["first_resolved_at"] = draft.before.first_resolved_at or draft.at
    if ask.asked_lately is not None:
        lately = ask.asked_lately
        draft.set |= planned(draft.before, draft.rules, at=draft.at, asked_lately=lately)


def _skips(draft: Draft, ask: Ask) -> bool:
    """Whether the operator insists on an end that the visits have not come to."""
    if not ask.insist:
        return False
    return ask.technician is None and (len(draft.live()) != 1 or draft.state is not State.ON_SITE)


def _end_everything(draft: Draft, live: list[Visit]) -> None:
    """Who was on site has done it, or else the one furthest along; the others are called back."""
    for place, visit in enumerate(live):
        worked = visit.state is VisitState.ON_SITE or place == 0
        draft.end_visit(visit, VisitState.DONE if worked else VisitState.WITHDRAWN)


def verify(draft: Draft, _ask: Ask) -> None:
    """Somebody has looked at the work, or asked the customer, and it is good."""
    draft.state = State.VERIFIED
    draft.set["verified_at"] = draft.at


def close(draft: Draft, _ask: Ask) -> None:
    """The order leaves the desk; closing what is done says that it is good, too."""
    if draft.before.verified_at is None:
        draft.set["verified_at"] = draft.at
        draft.first.append(Fact(name=MOVES[Move.VERIFY].fact, body={"implied": True}))
    draft.end_clocks()
    draft.set["cadence_s"] = None
    draft.state = State.CLOSED
    draft.set["closed_at"] = draft.at


def reopen(draft: Draft, ask: Ask) -> None:
    """It was not done after all: the time it was over is not counted, the promises run again."""
    before = draft.before
    since = before.done_at or before.state_since
    draft.pauses.append(
        Pause(from_at=since, to_at=max(since, draft.at), reason=ask.reason, kind="closed")
    )
    draft.set |= {
        "done_at": None,
        "verified_at": None,
        "closed_at": None,
        "duplicate_of": None,
        "reason": ask.reason,
        "reopened": before.reopened + 1,
        **taken_back(before),
    }
    draft.steps = [again(step) for step in draft.steps]
    draft.state = State.REOPENED
    running = {clock.kind for clock in draft.clocks if clock.running}
    for kind in ClockKind:
        if kind not in running:
            _run_again(draft, kind)


def _run_again(draft: Draft, kind: ClockKind) -> None:
    """The next run of a clock: resolve goes on from its original start, the others begin now."""
    before = draft.before
    last = next((clock for clock in reversed(draft.clocks) if clock.kind is kind), None)
    target = draft.rules.target(before.priority, kind) or (last.target if last else None)
    by = before.awaited_by
    if kind is ClockKind.ARRIVE and by is not None and by > draft.at:
        draft.start(fixed(kind, by, draft.rules, since=draft.at))
    elif kind is not ClockKind.RESOLVE:
        if target is not None:
            draft.start(Clock(kind=kind, started_at=draft.at, target=target))
    elif last is not None and last.fixed_due_at is not None:
        draft.start(
            Clock(
                kind=kind,
                started_at=last.started_at,
                fixed_due_at=last.fixed_due_at,
                calendar_version=last.calendar_version,
            )
        )
    elif target is not None:
        began = last.started_at if last is not None else before.opened_at
        draft.start(Clock(kind=kind, started_at=began, target=target))


def cancel(draft: Draft, ask: Ask) -> None:
    """Nobody needs it any more: every promise ends, everybody is called back."""
    _give_up(draft, ask, State.CANCELLED)


def duplicate(draft: Draft, ask: Ask) -> None:
    """The same request is another order already; that one goes on."""
    if ask.duplicate_of is None:
        raise draft.refused(OriginalMissing, ask.move)
    if ask.duplicate_of == draft.before.number:
        raise draft.refused(OwnDuplicate, ask.move)
    draft.set["duplicate_of"] = ask.duplicate_of
    _give_up(draft, ask, State.DUPLICATE)


def check_original(order: WorkOrder, original: WorkOrder, *, root: int) -> None:
    """Refuse an original that has left the desk undone; `root` is what it is a duplicate of."""
    why = _NO_ORIGINALS.get(original.state)
    if why is not None and original.number != order.number:
        label, state = MOVES[Move.DUPLICATE].label, STATES[order.state].label
        facts = {"number": order.number, "move": label, "state": state}
        raise why(**facts, original=original.number, root=root)


_NO_ORIGINALS: Mapping[State, type[MoveRefused]] = {
    State.DUPLICATE: OriginalIsDuplicate,
    State.CANCELLED: OriginalCancelled,
}


def _give_up(draft: Draft, ask: Ask, state: State) -> None:
    draft.close_pauses()
    draft.end_clocks()
    draft.set["cadence_s"] = None
    draft.withdraw_all(VisitState.RECALLED if ask.recall else VisitState.WITHDRAWN)
    draft.state = state
    if ask.reason:
        draft.set["reason"] = ask.reason
