"""Who has been asked for an order since it began, or was opened again, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.lifecycle import VisitState

if TYPE_CHECKING:
    from store.domain.order import Visit, WorkOrder

DECLINES: Final = 3
"""So many who say no, and the order needs a person: it rings at once if nobody follows it."""

_WENT: Final = frozenset({VisitState.DONE, VisitState.LEFT})


def visits_now(order: WorkOrder) -> tuple[Visit, ...]:
    """The visits since it was opened again the last time; all of them where it never was."""
    back = [p.to_at for p in order.pauses if p.kind == "closed" and p.to_at is not None]
    if not back:
        return order.visits
    return tuple(visit for visit in order.visits if visit.assigned_at >= back[-1])


def said_no(order: WorkOrder) -> dict[int, Visit]:
    """By technician, the last time that he declined it, unless he had it again afterwards."""
    last = {visit.technician: visit for visit in visits_now(order)}
    return {who: one for who, one in last.items() if one.state is VisitState.DECLINED}


def often_declined(order: WorkOrder) -> bool:
    """Whether too many have said no to go on asking."""
    no = (visit.state is VisitState.DECLINED for visit in visits_now(order))
    return sum(no) >= DECLINES


def asked_already(order: WorkOrder) -> frozenset[int]:
    """Whom it makes no sense to ask by oneself: who has it, said no, let it lapse, was recalled."""
    return frozenset(v.technician for v in visits_now(order) if v.state not in _WENT)


def taken_back(order: WorkOrder) -> bool:
    """Whether a person took a sending back."""
    return any(visit.state is VisitState.RECALLED for visit in visits_now(order))
