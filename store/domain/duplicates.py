"""One request that was written down twice: what the order that goes on keeps of the other one.

The other one stays as it was written: its words, its caller, its notes and what was promised on it
are read there, beside the order that goes on. Its chases are counted anew, its higher priority and
whoever is on the way to it are taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.deeds import DeedKind, in_effect
from store.domain.errors import MoveRefused
from store.domain.facts import Fact
from store.domain.lifecycle import STATES, Category
from store.domain.moves_common import Draft, live_visits
from store.domain.order import Visit
from store.domain.promised_again import repromise
from store.domain.replay import whole_ms
from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.domain.deeds import Deed
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

MOST_DUPLICATES: Final = 499
"""So many that the order that goes on and all of them can be locked and told as one set."""


class DuplicatesFull(MoveRefused):
    """More than can be told at once."""

    sentence = N_("order {number} cannot {move}: order {original} has {most} duplicates already")


def take_in(
    original: WorkOrder, duplicate: WorkOrder, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order that goes on: how often the other's customer asked counts with it.

    It is as urgent as the more urgent of the two, and where nobody has it, whoever was on the way
    to the other one goes on to it.
    """
    draft = _carried(original, duplicate.number, duplicate.chased, rules, at, by)
    if is_raised(original, duplicate):
        draft.set["priority"] = duplicate.priority
        repromise(draft, duplicate.priority)
    if goes_on_to(original, duplicate):
        _hand_over(draft, live_visits(duplicate.visits))
    return draft.done("took_duplicate")


def is_raised(original: WorkOrder, duplicate: WorkOrder) -> bool:
    """Whether what goes on is to be as urgent as the other one was."""
    open_yet = STATES[original.state].category in (Category.OPEN, Category.WAITING)
    return open_yet and duplicate.priority < original.priority


def goes_on_to(original: WorkOrder, duplicate: WorkOrder) -> bool:
    """Whether those who have the other one take what goes on: nobody has that, and it waits not."""
    return STATES[original.state].orphan and bool(live_visits(duplicate.visits))


def _hand_over(draft: Draft, visits: Sequence[Visit]) -> None:
    """As far along as they are; what they have reached they have reached for this order now."""
    first = len(draft.visits) + 1
    for place, visit in enumerate(visits, first):
        accepted, departed, arrived = (
            draft.at if reached is not None else None
            for reached in (visit.accepted_at, visit.departed_at, visit.arrived_at)
        )
        draft.visits.append(
            Visit(
                place=place,
                technician=visit.technician,
                state=visit.state,
                assigned_at=draft.at,
                accepted_at=accepted,
                departed_at=departed,
                arrived_at=arrived,
            )
        )
        if accepted is not None:
            draft.meet(ClockKind.RESPOND)
        if arrived is not None:
            draft.meet(ClockKind.ARRIVE)
    draft.body |= {"technician": visits[0].technician, "visit": first}
    draft.set |= {"follower": None, "progress_at": draft.at}
    draft.follow_visits()


def let_go(
    original: WorkOrder, number: int, chased: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The same without it, since it was another request after all."""
    return _carry(original, number, -chased, "lost_duplicate", rules, at, by)


def count_fewer(
    original: WorkOrder,
    number: int,
    counted: int,
    left: int,
    *,
    rules: Rules,
    at: datetime,
    by: int,
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The same, where the other one goes on as a duplicate with fewer chases than it brought."""
    without, gone = let_go(original, number, counted, rules=rules, at=at, by=by)
    again, kept = _carry(without, number, max(0, left), "took_duplicate", rules, at, by)
    return again, (*gone, *kept)


def carried(deeds: Sequence[Deed], number: int) -> int | None:
    """How many chases an order counts for a duplicate, by its deeds; None where it never took it.

    Duplicates of older stores were never taken in: nothing is counted for them.
    """
    active = in_effect(deeds)
    for deed in reversed(deeds):
        if deed.kind is not DeedKind.FAMILY or deed.id not in active or deed.undoes is not None:
            continue
        for told in reversed(deed.told):
            if told.fact.body.get("copy") == number:
                took = told.fact.name == "took_duplicate"
                return int(told.fact.body["chased"]) if took else None
    return None


def told_too(
    order: WorkOrder, text: str, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """A duplicate whose customer had word of the order that goes on."""
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["told_at"] = draft.at
    draft.body["by"] = by
    after, (fact, *rest) = draft.done("updated_customer")
    words = {"note": text} if text else None
    return after, (Fact(name=fact.name, body=fact.body, words=words), *rest)


def _carry(
    original: WorkOrder, number: int, chased: int, name: str, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    return _carried(original, number, chased, rules, at, by).done(name)


def _carried(
    original: WorkOrder, number: int, chased: int, rules: Rules, at: datetime, by: int
) -> Draft:
    draft = Draft(original, at=whole_ms(at), rules=rules)
    draft.set["chased"] = max(0, original.chased + chased)
    draft.body |= {"by": by, "copy": number, "other": number, "chased": abs(chased)}
    return draft
