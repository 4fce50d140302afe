"""Parent and children: several orders that are one trouble, and what holds among them.

A child stands under one parent, and a parent under nobody: the desk speaks of one incident and its
cases, so that one look tells what is missing, one notice reaches everybody, and no circle can come
about. A parent is not over while a case of it is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.errors import MoveRefused
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import STATES, Category, State
from store.domain.moves_common import Draft
from store.domain.replay import whole_ms
from store.domain.surveys import Survey, planned
from store.domain.who import EVERYWHERE
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.who import Scope

PUT_UNDER: Final = N_("be put under another order")
TAKE_OUT: Final = N_("be taken out from under another order")
PUT_BACK: Final = N_("be put back")

MOST_CHILDREN: Final = 499
"""So many that parent and children can be locked, told and taken back as one set."""


class FamilyRefused(MoveRefused):
    """Parent and children would contradict each other."""


class OwnParent(FamilyRefused):
    """A circle of one."""

    sentence = N_("order {number} cannot {move}: it would stand under itself")


class ParentIsChild(FamilyRefused):
    """A third storey: the order on top is to be named."""

    sentence = N_(
        "order {number} cannot {move}: order {parent} stands under order {root} itself; name that"
    )


class HasChildren(FamilyRefused):
    """A parent that would become a child."""

    sentence = N_("order {number} cannot {move}: it has orders under itself: {children}")


class HasParent(FamilyRefused):
    """One parent only."""

    sentence = N_("order {number} cannot {move}: it stands under order {parent}; take it out first")


class NoParent(FamilyRefused):
    """There is nothing to be taken out from."""

    sentence = N_("order {number} cannot {move}: it stands under none")


class IncidentBelow(FamilyRefused):
    """The customers of a child are told with those of its parent, on one cadence."""

    sentence = N_(
        "order {number} cannot {move}: a major incident stands under no other order,"
        " and this one would under order {parent}"
    )


class ParentOver(FamilyRefused):
    """An open case of an incident that is over."""

    sentence = N_(
        "order {number} cannot {move}: order {parent}, which it stands under, is {parent_state};"
        " reopen that, or take this one out"
    )


class ChildrenOpen(FamilyRefused):
    """The incident is not over while a case of it is open."""

    sentence = N_("order {number} cannot {move}: still open under it: {children}")


class FamilyFull(FamilyRefused):
    """More than can be told at once."""

    sentence = N_("order {number} cannot {move}: order {parent} has {most} under it already")


class NoChildren(FamilyRefused):
    """A word to all children of an order that has none."""

    sentence = N_("order {number} cannot {move}: no order stands under it")


class NobodyAsked(FamilyRefused):
    """A word to customers of whom none is known."""

    sentence = N_("order {number} cannot {move}: neither customer nor caller of any is known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """As much of an order as its relatives ask."""

    number: int
    state: State
    parent: int | None = None
    site: int | None = None


def is_open(state: State) -> bool:
    """Whether there is work left."""
    return STATES[state].category in (Category.OPEN, Category.WAITING)


def is_over(state: State) -> bool:
    """Whether somebody has said that it is good, or that it is no more."""
    return state is State.VERIFIED or STATES[state].final


def check_family(
    before: WorkOrder,
    after: WorkOrder,
    label: str,
    *,
    parent: Kin | None,
    children: Iterable[Kin],
    seen: Scope = EVERYWHERE,
) -> None:
    """Refuse what would contradict parent or children as they will be; `label` names the step.

    Children that the asker does not see count, and are not named.
    """
    under = tuple(children)
    if after.parent is not None:
        _check_child(before, after, label, parent, under, seen)
    still = [kin for kin in under if is_open(kin.state)]
    if still and is_over(after.state):
        raise _refused(ChildrenOpen, before, label, children=_named(still, seen))


def _check_child(
    before: WorkOrder,
    after: WorkOrder,
    label: str,
    parent: Kin | None,
    under: tuple[Kin, ...],
    seen: Scope,
) -> None:
    if after.parent == after.number:
        raise _refused(OwnParent, before, label)
    if under:
        raise _refused(HasChildren, before, label, children=_named(under, seen))
    if after.cadence_s is not None:
        raise _refused(IncidentBelow, before, label, parent=after.parent)
    if parent is None:
        return
    if parent.parent is not None:
        raise _refused(ParentIsChild, before, label, parent=parent.number, root=parent.parent)
    if is_over(parent.state) and is_open(after.state):
        state = STATES[parent.state].label
        raise _refused(ParentOver, before, label, parent=parent.number, parent_state=state)


def put_under(
    order: WorkOrder, parent: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order as a child; no sign of life, since nobody has worked on it."""
    if order.parent is not None:
        raise _refused(HasParent, order, PUT_UNDER, parent=order.parent)
    return _under(order, parent, "put_under", parent, rules=rules, at=at, by=by)


def take_out(
    order: WorkOrder, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order on its own again."""
    if order.parent is None:
        raise _refused(NoParent, order, TAKE_OUT)
    return _under(order, None, "taken_out", order.parent, rules=rules, at=at, by=by)


def of_parent(name: str, child: int, *, by: int) -> Fact:
    """The same in the parent's journal: `took_in` or `let_go`."""
    return Fact(name=name, body={"by": by, "child": child, "other": child})


def _under(
    order: WorkOrder,
    parent: int | None,
    name: str,
    other: int,
    *,
    rules: Rules,
    at: datetime,
    by: int,
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["parent"] = parent
    if parent is not None and order.survey == Survey.PLANNED:  # he is asked about the one above
        draft.set |= {"survey": Survey.CHILD.value, "survey_by": None, "survey_at": None}
        draft.set["survey_code"] = None
    elif parent is None and order.survey == Survey.CHILD:
        draft.set |= planned(evolve(order, parent=None), rules, at=order.done_at or draft.at)
    draft.body |= {"by": by, "child": order.number, "other": other}
    return draft.done(name)


def _refused(
    why: type[FamilyRefused], order: WorkOrder, label: str, **facts: object
) -> FamilyRefused:
    state = STATES[order.state].label
    return why(number=order.number, move=label, state=state, **facts)


_TOLD: Final = 12
ELSEWHERE: Final = N_("orders at sites of others")


def _named(kin: Iterable[Kin], seen: Scope) -> str:
    """Those that the asker may see, by their numbers; where there are none, that it is others."""
    numbers = [one.number for one in kin if seen.covers(one.site)]
    return told(numbers) if numbers else ELSEWHERE


def told(numbers: Iterable[int]) -> str:
    """Orders by their numbers, the first of many."""
    sorted_up = sorted(numbers)
    said = [f"#{number}" for number in sorted_up[:_TOLD]]
    return listed([*said, *(["..."] if len(sorted_up) > _TOLD else [])])
