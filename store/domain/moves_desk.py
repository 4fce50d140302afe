"""What the desk does to an order without moving it through its life."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.domain.daily import note_due, percent_of
from store.domain.facts import Fact
from store.domain.incidents import next_word
from store.domain.lifecycle import STATES, Category
from store.domain.moves_common import Draft, missed, refusal
from store.domain.moves_refusals import (
    FieldFixed,
    FinishedAlready,
    NobodyFollows,
    OrderOver,
    PriorityUnknown,
)
from store.domain.order import WorkOrder
from store.domain.promised_again import appoint, repromise
from store.domain.reckon import promise
from store.domain.replay import changes, whole_ms
from store.domain.targets import LEAST, ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.rules import Rules

Told = tuple[WorkOrder, tuple[Fact, ...]]
"""An order, and the facts that brought it there."""

PRIORITIES = tuple(range(1, LEAST + 1))
EDITABLE = frozenset(
    {"title", "description", "kind", "needs", "site", "customer", "asset", "level"}
    | {"takes_s", "crew", "appointment_at", "appointment_to", "project", "project_stage"}
)
"""What an operator may correct; everything else follows from moves."""

_PRIORITISE = N_("change priority")
_UPDATE = N_("tell the customer")
_FOLLOW = N_("be followed")
_CHASE = N_("be chased")
_UNFOLLOW = N_("be let go")
_EDIT = N_("be edited")


def open_order(
    order: WorkOrder,
    *,
    at: datetime,
    rules: Rules,
    resolve_by: datetime | None = None,
    fact: str = "created",
) -> Told:
    """A request with its promises made, and the fact that carries all of it.

    `resolve_by` is a due time that the order's source already gave; it stays as it was promised.
    """
    born = promise(order, rules, at=whole_ms(at), resolve_by=resolve_by)
    body, words = changes(None, born)
    late = (missed(clock) for clock in born.clocks if clock.breached_at is not None)
    return born, (Fact(name=fact, body=body, words=words or None), *late)


def prioritise(order: WorkOrder, priority: int, *, rules: Rules, at: datetime, by: int) -> Told:
    """Change the priority: promises are made anew from their original start, pauses kept.

    What was missed stays missed, and the first due time stays beside the new one. A clock that the
    change makes late is kept as missed but does not ring.
    """
    if priority not in PRIORITIES:
        raise refusal(order, PriorityUnknown, _PRIORITISE)
    if priority == order.priority:
        return order, ()
    _at_the_desk(order, _PRIORITISE)
    draft = _draft(order, at, rules)
    draft.set |= {"priority": priority, "progress_at": draft.at}
    draft.body |= {"from": order.priority, "by": by}
    repromise(draft, priority)
    return draft.done("prioritised")


def reclock(order: WorkOrder, *, rules: Rules, at: datetime) -> Told:
    """Recompute running clocks after their calendar or level was edited; no fact if none moved."""
    draft = _draft(order, at, rules)
    repromise(draft, order.priority)
    after, facts = draft.done("reclocked")
    return (order, ()) if after == order else (after, facts)


def update_customer(
    order: WorkOrder,
    *,
    rules: Rules,
    at: datetime,
    by: int,
    note: str = "",
    alone: bool = False,
) -> Told:
    """The customer was told; the promise of the next word starts again from now.

    `alone` says that others who were promised it were not told: that promise stays open.
    """
    _at_the_desk(order, _UPDATE)
    draft = _draft(order, at, rules)
    draft.set["told_at"] = draft.at
    if not alone:
        draft.meet(ClockKind.NEXT_UPDATE)
        promised = next_word(order, rules, at=draft.at)
        if promised is not None:
            draft.start(promised)
    return _noted(draft, "updated_customer", by, note)


def note(order: WorkOrder, text: str, *, rules: Rules, at: datetime, by: int) -> Told:
    """Write something down about an order, whatever its state; it counts as a sign of life."""
    draft = _draft(order, at, rules)
    if note_due(order, rules) is not None:
        draft.set["noted_at"] = draft.at
    percent = percent_of(text)
    if percent is not None and not STATES[order.state].final:
        draft.set["progress"] = percent
    return _noted(draft, "noted", by, text)


def chase(
    order: WorkOrder,
    *,
    rules: Rules,
    at: datetime,
    by: int,
    note: str = "",
    asked: int | None = None,
    insist: bool = False,
) -> Told:
    """The customer asks where we are: counted, and no sign of life of ours.

    `asked` is the duplicate that he asked about, where it is another order. What is finished is
    chased only when the operator insists.
    """
    _at_the_desk(order, _CHASE)
    if STATES[order.state].category is Category.DONE and not insist:
        raise refusal(order, FinishedAlready, _CHASE)
    draft = _draft(order, at, rules)
    draft.set["chased"] = order.chased + 1
    if asked is not None and asked != order.number:
        draft.body["other"] = asked
    return _worded(draft, "chased", by, note)


def follow(order: WorkOrder, *, rules: Rules, at: datetime, by: int) -> Told:
    """An operator says “I follow this”, so that it is no orphan while no technician holds it."""
    _at_the_desk(order, _FOLLOW)
    draft = _draft(order, at, rules)
    draft.set |= {"follower": by, "progress_at": draft.at}
    draft.body["follower"] = by
    return draft.done("followed")


def unfollow(order: WorkOrder, *, rules: Rules, at: datetime, by: int) -> Told:
    """No operator follows it any more; held by no technician, it is an orphan from now on."""
    if order.follower is None:
        raise refusal(order, NobodyFollows, _UNFOLLOW)
    draft = _draft(order, at, rules)
    draft.set |= {"follower": None, "progress_at": draft.at}
    if STATES[order.state].orphan:
        draft.set["state_since"] = draft.at  # the time without anybody begins now, not back then
    draft.body |= {"follower": None, "from": order.follower, "by": by}
    return draft.done("followed")


def edit(
    order: WorkOrder, fields: Mapping[str, Any], *, rules: Rules, at: datetime, by: int
) -> Told:
    """Correct some fields; a new level (with its `rules`) makes the promises anew.

    So does an appointment that of the arrival.
    """
    if not fields.keys() <= EDITABLE:
        raise refusal(order, FieldFixed, _EDIT)
    if all(getattr(order, name) == value for name, value in fields.items()):
        return order, ()
    draft = _draft(order, at, rules)
    draft.set |= {**fields, "progress_at": draft.at}
    draft.body["by"] = by
    appoint(draft, replace(order, **fields).awaited_by)
    if fields.get("level", order.level) != order.level and not STATES[order.state].final:
        repromise(draft, order.priority)
    return draft.done("edited")


def _draft(order: WorkOrder, at: datetime, rules: Rules) -> Draft:
    return Draft(order, at=whole_ms(at), rules=rules)


def _at_the_desk(order: WorkOrder, label: str) -> None:
    if STATES[order.state].final:
        raise refusal(order, OrderOver, label)


def _noted(draft: Draft, fact: str, by: int, text: str) -> Told:
    draft.set["progress_at"] = draft.at
    return _worded(draft, fact, by, text)


def _worded(draft: Draft, fact: str, by: int, text: str) -> Told:
    draft.body["by"] = by
    after, facts = draft.done(fact)
    if not text:
        return after, facts
    words = {**(facts[0].words or {}), "note": text}
    return after, (replace(facts[0], words=words), *facts[1:])
