"""The decisions of automatic dispatch: when the desk acts, when it asks, whom it goes on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.domain.declines import asked_already, often_declined, taken_back
from store.domain.dispatch.automatic import (
    Candidate,
    Mode,
    Setting,
    Why,
    decide,
    in_force,
    is_asked_for,
    lapsed,
)
from store.domain.lifecycle import State, VisitState
from store.domain.order import Pause, Visit, WorkOrder

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ACT = Setting(queue="all_open", mode=Mode.ACT)
NEAR, NEXT, FAR = (
    Candidate(worker=worker, cost=cost, urgent_late=0)
    for worker, cost in ((1, 10.0), (2, 20.0), (3, 60.0))
)


def order(*visits: VisitState, state: State = State.NEW, **more: Any) -> WorkOrder:
    """One that technicians 1, 2 ... were asked for, one after the other."""
    asked = tuple(
        Visit(place=place, technician=place, state=one, assigned_at=AT)
        for place, one in enumerate(visits, 1)
    )
    times: dict[str, Any] = {
        "state_since": AT,
        "opened_at": AT,
        "created_at": AT,
        "progress_at": AT,
    }
    return WorkOrder(number=1, state=state, visits=asked, **times, **more)


def decided(
    at: WorkOrder, *offers: Candidate, setting: Setting = ACT, **more: Any
) -> tuple[int, bool, Why | None] | None:
    found = decide(at, offers, setting, **{"sent": False, **more})
    return None if found is None else (found.best.worker, found.acts, found.why)


def test_it_acts_where_the_best_is_best_by_the_margin() -> None:
    """The margin itself is enough; one who alone may go beats everybody."""
    assert decided(order(), NEAR, FAR) == (1, True, None)
    assert decided(order(), NEAR, NEXT) == (1, False, Why.CLOSE)
    assert decided(order(), NEAR, NEXT, setting=replace(ACT, margin=10)) == (1, True, None)
    assert decided(order(), NEAR) == (1, True, None)
    assert decided(order()) is None
    assert decided(order(), NEAR, FAR, setting=replace(ACT, mode=Mode.PROPOSE)) == (1, False, None)


HELD = order(VisitState.ASSIGNED, state=State.ASSIGNED, technician=1)
BESIDE = order(VisitState.ASSIGNED, VisitState.ASSIGNED, state=State.ASSIGNED, technician=1)
LATE = replace(NEAR, urgent_late=1)
OWN = replace(NEAR, late=True)
LATER = replace(NEAR, later=True)
NEVER = replace(OWN, later=True)
CASES: dict[str, tuple[WorkOrder, Candidate, bool, tuple[int, bool, Why | None]]] = {
    "late": (order(), LATE, False, (1, False, Why.URGENT)),
    "late itself": (order(), OWN, False, (1, False, Why.LATE)),
    "first in a later shift": (order(priority=1), LATER, False, (1, False, Why.OFF_SHIFT)),
    "in a later shift": (order(), LATER, False, (1, True, None)),
    "in a later shift too late": (order(), NEVER, False, (1, False, Why.OFF_SHIFT)),
    "followed": (order(follower=3), NEAR, False, (1, False, Why.FOLLOWED)),
    "recalled": (order(VisitState.RECALLED), NEAR, False, (2, False, Why.TAKEN_BACK)),
    "sent by hand": (HELD, NEAR, False, (2, False, Why.BY_HAND)),
    "another sent beside by hand": (BESIDE, NEAR, True, (3, False, Why.BY_HAND)),
    "sent by itself": (HELD, NEAR, True, (2, True, None)),
    "declined": (
        order(VisitState.DECLINED, state=State.DECLINED), NEAR, False, (2, True, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_asks_where_a_person_has_to_decide(
    case: tuple[WorkOrder, Candidate, bool, tuple[int, bool, Why | None]],
) -> None:
    """Whoever was asked already is passed over, and the next one weighed."""
    at, best, sent, wanted = case
    others = (NEXT, FAR) if at.visits else (FAR,)
    assert decided(at, best, *others, sent=sent) == wanted


def test_for_what_is_overdue_it_acts_though_it_is_late_but_not_in_a_later_shift() -> None:
    """A mode of that queue is meant for orders that are late whoever goes; a view's name is not."""
    overdue = replace(ACT, queue="overdue")
    assert decided(order(priority=1), OWN, FAR, setting=overdue) == (1, True, None)
    assert decided(order(), NEVER, FAR, setting=overdue) == (1, False, Why.OFF_SHIFT)
    named_so = replace(overdue, view=True)
    assert decided(order(), OWN, FAR, setting=named_so) == (1, False, Why.LATE)


def test_who_is_proposed_stays_so_until_another_is_clearly_better() -> None:
    """Two who are as good do not change places with every minute that passes."""
    assert decided(order(), NEAR, NEXT, held=2) == (2, False, Why.CLOSE)
    proposing = replace(ACT, mode=Mode.PROPOSE)
    assert decided(order(), NEAR, NEXT, setting=proposing, held=2) == (2, False, None)
    assert decided(order(), NEAR, NEXT, FAR, setting=proposing, held=3) == (1, False, None)
    assert decided(order(), NEAR, FAR, held=3) == (1, True, None)


def test_who_has_not_accepted_in_time_has_let_it_lapse() -> None:
    """At the very end of the time, and only while nobody has said yes."""
    at = order(VisitState.ASSIGNED, state=State.ASSIGNED, technician=1)
    assert lapsed(at, 600, at=AT + timedelta(seconds=599)) is None
    assert lapsed(at, 600, at=AT + timedelta(seconds=600)) == at.visits[0]
    assert lapsed(replace(at, state=State.ACCEPTED), 600, at=AT + timedelta(days=1)) is None


def test_what_three_declined_is_for_a_person_until_it_is_opened_again() -> None:
    """What was before a reopening is another story."""
    no = (VisitState.DECLINED,) * 3
    at = order(*no, state=State.DECLINED)
    assert often_declined(at)
    assert not is_asked_for(at, ACT, at=AT)
    assert not often_declined(order(*no[:2], state=State.DECLINED))
    closed = Pause(from_at=AT, to_at=AT + timedelta(minutes=1), kind="closed")
    again = replace(at, state=State.REOPENED, pauses=(closed,))
    assert not often_declined(again)
    assert (asked_already(again), taken_back(again)) == (frozenset(), False)
    assert is_asked_for(again, ACT, at=AT)


def test_of_several_settings_the_closest_counts() -> None:
    """A view before a queue, a priority before all of them; of two views the careful one."""
    settings = (
        ACT,
        Setting(queue="all_open", priority=2, mode=Mode.OFF),
        Setting(queue="overdue", mode=Mode.PROPOSE),
        Setting(queue="lifts", view=True, mode=Mode.ACT),
        Setting(queue="vip", view=True, mode=Mode.PROPOSE),
    )

    def mode(*queues: str, priority: int = 3) -> Mode | None:
        found = in_force(settings, priority, lambda one: one.queue in {"all_open", *queues})
        return None if found is None else found.mode

    assert mode() is Mode.ACT
    assert mode(priority=2) is Mode.OFF
    assert mode("overdue", priority=2) is Mode.PROPOSE
    assert mode("overdue", "lifts") is Mode.ACT
    assert mode("lifts", "vip") is Mode.PROPOSE
    assert in_force((), 1, lambda _one: True) is None
