"""A part of an order that becomes an order of its own.

The customer asked for it when he asked for the whole, so the promise to resolve it is the one he
has: the same start and the same waits, whatever the desk writes down when; also the same deadline
waiver, which is withdrawn of both. What is granted later is of one of them. Nobody has taken the
part yet: the promises to respond, to arrive and of the next word begin now, as after a reopening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import STATES, State
from store.domain.links import MOST_LINKS, LinksFull, refused_link, tied
from store.domain.moves_common import missed, refusal
from store.domain.moves_refusals import OrderOver
from store.domain.order import Clock, Pause, WorkOrder
from store.domain.reckon import recomputed
from store.domain.replay import changes, whole_ms
from store.domain.targets import ClockKind
from store.domain.waivers import as_waived
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.rules import Rules

SPLIT: Final = N_("be split")


def split_off(
    order: WorkOrder, title: str, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The new order, to be given its number, and the facts that make it."""
    if STATES[order.state].final:
        raise refusal(order, OrderOver, SPLIT)
    if len(order.links) >= MOST_LINKS:
        raise refused_link(LinksFull, order, SPLIT, most=MOST_LINKS)
    at = whole_ms(at)
    pauses = tuple(_pauses(order, at))
    part = WorkOrder(
        number=0,
        title=title,
        description=order.description,
        kind=order.kind,
        priority=order.priority,
        state=State.NEW,
        state_since=at,
        site=order.site,
        customer=order.customer,
        asset=order.asset,
        contact=order.contact,
        level=order.level,
        opened_at=order.opened_at,
        created_at=at,
        progress_at=at,
        links=(order.number,),
        pauses=pauses,
        clocks=tuple(recomputed(c, pauses, rules, at=at) for c in _promised(order, rules, at)),
    )
    body, words = changes(None, part)
    origin = {"by": by, "other": order.number}
    late = (missed(clock) for clock in part.clocks if clock.breached_at is not None)
    return part, (Fact(name="created", body=origin | body, words=words or None), *late)


def parted(
    order: WorkOrder, part: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """What the order keeps of it: that it was split, and the link."""
    return tied(order, {*order.links, part}, part, "split", rules=rules, at=at, by=by)


def _pauses(order: WorkOrder, at: datetime) -> Iterator[Pause]:
    """What the whole waited, ended now; the time in which it was done does not count either."""
    for pause in order.pauses:
        yield evolve(pause, to_at=pause.to_at or max(pause.from_at, at))
    if order.done_at is not None:
        yield Pause(from_at=order.done_at, to_at=max(order.done_at, at), kind="closed")


def _promised(order: WorkOrder, rules: Rules, at: datetime) -> Iterator[Clock]:
    for kind in ClockKind:
        target = rules.target(order.priority, kind)
        if kind is ClockKind.RESOLVE:
            last = next((c for c in reversed(order.clocks) if c.kind is kind), None)
            began = order.opened_at if last is None else last.started_at
            fixed = None if last is None else last.fixed_due_at
            if fixed is not None and last is not None:
                version = last.calendar_version
                same = Clock(
                    kind=kind, started_at=began, fixed_due_at=fixed, calendar_version=version
                )
                yield as_waived(same, last)
            elif target is not None:
                yield as_waived(Clock(kind=kind, started_at=began, target=target), last)
        elif target is not None:
            yield Clock(kind=kind, started_at=at, target=target)
