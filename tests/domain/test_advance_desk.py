"""What the desk does to an order where it stands: priority, updates, notes, following, edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.domain.advance import (
    edit,
    follow,
    note,
    open_order,
    prioritise,
    reclock,
    unfollow,
    update_customer,
)
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State
from store.domain.reckon import standing
from store.domain.targets import ClockKind, Target
from tests.builders import (
    ANA,
    MONDAY,
    OFFICE,
    clock,
    gold,
    order,
    request,
    rules,
    standing_in,
    take,
)

if TYPE_CHECKING:
    from store.domain.order import WorkOrder

HOUR = timedelta(hours=1)


def raised(held: WorkOrder, priority: int, hours: float) -> WorkOrder:
    """The order with another priority, some hours after it was opened."""
    at = MONDAY + hours * HOUR
    return prioritise(held, priority, rules=rules(), at=at, by=ANA)[0]


def test_a_new_priority_counts_from_the_original_start() -> None:
    """And the first due time ever promised stays beside the new one."""
    held = raised(order(), 1, 1)
    resolve = clock(held, ClockKind.RESOLVE)
    assert (resolve.due_at, resolve.original_due_at) == (MONDAY + 4 * HOUR, MONDAY + 8 * HOUR)
    assert held.priority == 1


def test_a_new_priority_keeps_all_pauses() -> None:
    """The hours that the order waited are still not counted."""
    held, _ = take(order(), Move.WAIT, MONDAY + HOUR / 2)
    held, _ = take(held, Move.RESUME, MONDAY + 10 * HOUR)
    assert clock(raised(held, 1, 10), ClockKind.RESOLVE).due_at == MONDAY + 13.5 * HOUR


def test_what_was_missed_stays_missed_at_a_lower_priority() -> None:
    """A milder promise does not undo the broken one, nor take it out of the overdue queue."""
    held, _ = take(standing_in(State.ACCEPTED), Move.WAIT, MONDAY + 3 * HOUR)
    held, _ = take(held, Move.RESUME, MONDAY + 3 * HOUR)
    held = raised(held, 4, 3)
    arrive = clock(held, ClockKind.ARRIVE)
    assert (arrive.breached_at, arrive.due_at) == (MONDAY + 2 * HOUR, MONDAY + 8 * HOUR)
    assert standing(held, rules()).next_deadline == MONDAY + 2 * HOUR


def test_a_clock_that_a_new_priority_makes_late_is_kept_but_does_not_ring() -> None:
    """It would fire its whole ladder at once, at somebody who has just looked at it."""
    held = raised(order(), 1, 1.5)
    arrive = clock(held, ClockKind.ARRIVE)
    assert (arrive.breached_at, arrive.warned) == (MONDAY + HOUR, 100)
    assert clock(held, ClockKind.RESOLVE).warned == 0


def test_a_miss_that_no_timer_has_told_of_is_kept_through_a_change() -> None:
    """Whoever was quick to reprioritise does not take a late order out of the figures."""
    held = raised(order(), 4, 3)
    arrive = clock(held, ClockKind.ARRIVE)
    assert (arrive.breached_at, arrive.due_at) == (MONDAY + 2 * HOUR, MONDAY + 8 * HOUR)


def test_a_settled_clock_keeps_its_judgement() -> None:
    """Only what still runs is promised anew."""
    held = standing_in(State.ACCEPTED)
    assert clock(raised(held, 4, 1), ClockKind.RESPOND) == clock(held, ClockKind.RESPOND)


def test_the_same_priority_is_no_change() -> None:
    """No fact, no new version."""
    held = order()
    assert prioritise(held, 2, rules=rules(), at=MONDAY, by=ANA) == (held, ())


@pytest.mark.parametrize("priority", [0, 5, -1])
def test_priorities_are_one_to_four(priority: int) -> None:
    """A typing slip is refused with the range."""
    with pytest.raises(MoveRefused, match="from 1, most urgent, to 4"):
        raised(order(), priority, 1)


def test_a_priority_that_promises_less_ends_the_clocks_it_does_not_know() -> None:
    """And one that promises more starts what is still owed, from the original start."""
    urgent_only = gold()
    only = {key: goal for key, goal in urgent_only.targets.items() if key[0] == 1}
    sparse = rules(replace(urgent_only, targets=only))
    held = order(sparse, priority=1)
    held, _ = prioritise(held, 3, rules=sparse, at=MONDAY + HOUR / 4, by=ANA)
    assert not any(c.running for c in held.clocks)
    late, _ = open_order(request(priority=3), at=MONDAY, rules=sparse)
    assert late.clocks == ()
    late, _ = prioritise(late, 1, rules=sparse, at=MONDAY + HOUR / 4, by=ANA)
    assert clock(late, ClockKind.RESPOND).due_at == MONDAY + HOUR / 2


def test_telling_the_customer_starts_the_next_promise() -> None:
    """The clock that was kept is settled; the next counts from now."""
    held, facts = update_customer(order(), rules=rules(), at=MONDAY + HOUR, by=ANA, note="coming")
    assert clock(held, ClockKind.NEXT_UPDATE).met_at == MONDAY + HOUR
    assert clock(held, ClockKind.NEXT_UPDATE, run=2).due_at == MONDAY + 5 * HOUR
    assert facts[0].words == {"note": "coming"}
    assert held.progress_at == MONDAY + HOUR


def test_telling_the_customer_late_is_a_miss_and_a_new_promise() -> None:
    """Both are true."""
    held, facts = update_customer(order(), rules=rules(), at=MONDAY + 6 * HOUR, by=ANA)
    assert clock(held, ClockKind.NEXT_UPDATE).breached_at == MONDAY + 4 * HOUR
    assert [fact.name for fact in facts] == ["updated_customer", "breached"]


def test_a_closed_order_owes_no_update() -> None:
    """Telling is refused with the way out."""
    with pytest.raises(MoveRefused, match="reopen it first"):
        update_customer(standing_in(State.CLOSED), rules=rules(), at=MONDAY, by=ANA)


@pytest.mark.parametrize("state", list(State))
def test_a_note_is_a_sign_of_life_and_nothing_else(state: State) -> None:
    """In any state, even a closed one: only `progress_at` moves."""
    held = standing_in(state)
    at = held.state_since + HOUR
    after, facts = note(held, "called back", rules=rules(), at=at, by=ANA)
    assert after == replace(held, progress_at=at)
    assert facts[0].words == {"note": "called back"}


def test_an_operator_who_follows_ends_the_orphan() -> None:
    """“I follow this” is somebody."""
    held, _ = follow(order(), rules=rules(), at=MONDAY + HOUR, by=ANA)
    assert held.follower == ANA
    assert standing(held, rules()).orphan_at is None


def test_letting_go_makes_it_an_orphan_from_then_on() -> None:
    """Not from back when it came in: the operator did follow it meanwhile."""
    held, _ = follow(order(), rules=rules(), at=MONDAY + HOUR, by=ANA)
    held, _ = unfollow(held, rules=rules(), at=MONDAY + 2 * HOUR, by=ANA)
    assert held.follower is None
    assert standing(held, rules()).orphan_at == MONDAY + 2 * HOUR + timedelta(minutes=15)


def test_nobody_can_be_let_go_twice() -> None:
    """There is no follower to let go."""
    with pytest.raises(MoveRefused, match="no operator follows it"):
        unfollow(order(), rules=rules(), at=MONDAY, by=ANA)


def test_an_edit_changes_what_was_typed_and_keeps_the_rest() -> None:
    """Free text goes apart from the body, so that it can be erased."""
    held, facts = edit(order(), {"title": "door", "site": 4}, rules=rules(), at=MONDAY, by=ANA)
    assert (held.title, held.site) == ("door", 4)
    assert facts[0].words == {"title": "door"}
    assert facts[0].body["set"] == {"title": None, "site": 4}
    assert edit(held, {"title": "door"}, rules=rules(), at=MONDAY, by=ANA) == (held, ())


@pytest.mark.parametrize("field", ["state", "priority", "number", "clocks", "nonsense"])
def test_what_follows_from_moves_cannot_be_typed(field: str) -> None:
    """An edit is no back door past the lifecycle."""
    with pytest.raises(MoveRefused, match="follows from its moves"):
        edit(order(), {field: 1}, rules=rules(), at=MONDAY, by=ANA)


def test_another_level_makes_the_promises_anew() -> None:
    """From the original start, as with priority."""
    silver = gold(id=2, code="silver")
    doubled = {key: Target(seconds=2 * (goal.seconds or 0)) for key, goal in silver.targets.items()}
    by = rules(replace(silver, targets=doubled))
    held, _ = edit(order(), {"level": 2}, rules=by, at=MONDAY + HOUR, by=ANA)
    assert clock(held, ClockKind.RESOLVE).due_at == MONDAY + 16 * HOUR


def test_an_edited_calendar_recomputes_what_runs_and_nothing_else() -> None:
    """A settled clock keeps the version that it was judged by."""
    held = standing_in(State.ACCEPTED)
    by = rules(calendar=OFFICE, version=2)
    after, facts = reclock(held, rules=by, at=MONDAY + HOUR)
    assert clock(after, ClockKind.RESPOND) == clock(held, ClockKind.RESPOND)
    resolve = clock(after, ClockKind.RESOLVE)
    assert resolve.calendar_version == 2
    assert resolve.due_at == MONDAY + 9 * HOUR  # eight hours of work around the lunch break
    assert resolve.original_due_at == MONDAY + 8 * HOUR
    assert [fact.name for fact in facts] == ["reclocked"]


def test_a_calendar_that_changes_nothing_leaves_no_fact() -> None:
    """A hundred thousand open orders are not written for an edit that none of them feels."""
    held = order()
    assert reclock(held, rules=rules(), at=MONDAY + HOUR) == (held, ())
