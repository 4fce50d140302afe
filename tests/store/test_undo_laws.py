"""Laws of taking back, on both databases: exactly as before, and nothing derived is forgotten."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.runner import fire_due
from store.commands import MoveOrder, SaveLevel, Undo
from store.domain.errors import Refusal
from store.domain.lifecycle import Move, VisitState
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM, FOLLOW_UP, TIMER, load
from store.queries.board import QueueCounts
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import ANA, NINE, do, promises_kept, rows, written
from tests.store.test_commands_laws import MAKERS

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

days = st.lists(
    st.tuples(st.sampled_from(range(len(MAKERS))), st.integers(0, 90), st.integers(0, 2**16)),
    min_size=1,
    max_size=9,
)
in_one_store = settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""Each example has an order of its own, so that they share the store."""

LATER = NINE + timedelta(hours=4)
"""When queues are counted, so that time alone moves nothing between them."""


def lived(records: Records, day: list[tuple[int, int, int]]) -> tuple[int, datetime, int, Any]:
    """An order, the time after its day, and the id of its last command with what was before it."""
    number = written(records)
    at, last, before = NINE, 0, None
    for maker, minutes, seed in day:
        at += timedelta(minutes=minutes)
        command = MAKERS[maker](random.Random(seed), number, at)
        if isinstance(command, SaveLevel):
            continue
        stands = standing(records, number)
        with contextlib.suppress(Refusal):
            done = do(records, command, at=at)
            if done.undo:
                last, before = done.undo, stands
    return number, at, last, before


def standing(records: Records, number: int) -> dict[str, Any]:
    """Everything that a command may change about an order, and how many stand in each queue."""
    with records.database.reading() as conn:
        known = load(conn, [number], lock=False)[number]
    order = known.now
    visits = tuple(v for v in order.visits if v.state is not VisitState.RECALLED)
    # Which of several rows tells of the same ring nobody can see.
    alarms = [row | {"id": None} for row in rows(records, ALARM, number=number)]
    pending = [row for row in rows(records, TIMER, number=number) if row["fired_at"] is None]
    return {
        "order": {
            name: getattr(order, name)
            for name in order.__slots__
            if name not in {"version", "chain", "visits"}
        },
        "visits": visits,
        "queue": known.queue,
        "alarms": [row for row in alarms if row["cleared_at"] is None],
        "promises": rows(records, FOLLOW_UP, number=number),
        "timers": sorted(
            (row["kind"], row["clock"], row["run"], row["level"], row["due_at"]) for row in pending
        ),
        "counts": dict(records.ask(QueueCounts(), who=ANA, at=LATER)),
    }


def is_sound(records: Records, number: int, at: datetime) -> None:
    """Assert that what is derived follows, and that the doctor finds nothing."""
    promises_kept(records, [number])
    around = ExamineOrders(after=number - 1, limit=1)
    assert records.ask(around, who=ANA, at=at).findings == ()
    assert records.ask(ExamineDesk(), who=THE_DESK, at=at) == ()


@in_one_store
@given(day=days)
def test_taken_back_all_is_as_it_was_before(
    records: Records, day: list[tuple[int, int, int]]
) -> None:
    """Order, queue columns, timers, alarm, follow-ups and counts; and again once it is redone."""
    number, at, last, before = lived(records, day)
    if not last:
        return
    after = standing(records, number)
    do(records, Undo(entry=last), at=at)
    assert standing(records, number) == before
    is_sound(records, number, at)
    do(records, Undo(redo=True), at=at)
    assert standing(records, number) == after
    is_sound(records, number, at)


@in_one_store
@given(day=days, minutes=st.integers(1, 600))
def test_taken_back_late_nothing_is_forgotten(
    records: Records, day: list[tuple[int, int, int]], minutes: int
) -> None:
    """What rang meanwhile stays rung, and the doctor finds nothing to say."""
    number, at, last, _before = lived(records, day)
    at += timedelta(minutes=minutes)
    fire_due(records, at=at)
    with contextlib.suppress(Refusal):
        do(records, Undo(entry=last), at=at)
    is_sound(records, number, at)
    fire_due(records, at=at + timedelta(days=3))
    is_sound(records, number, at + timedelta(days=3))


@in_one_store
@given(day=days, minutes=st.integers(1, 1200))
def test_done_again_late_nothing_is_forgotten(
    records: Records, day: list[tuple[int, int, int]], minutes: int
) -> None:
    """What rang while it was taken back has rung, also where the order is at its end again."""
    number, at, last, _before = lived(records, day)
    if not last:
        return
    do(records, Undo(entry=last), at=at)
    at += timedelta(minutes=minutes)
    fire_due(records, at=at)
    with contextlib.suppress(Refusal):
        do(records, Undo(redo=True), at=at)
    is_sound(records, number, at)


def test_a_level_reached_while_an_end_was_taken_back_stays_reached(records: Records) -> None:
    """Its timer has fired; the clock of the duplicate says so, too."""
    number, other = written(records), written(records)
    end = MoveOrder(number=other, move=Move.DUPLICATE, duplicate_of=number)
    do(records, end, at=NINE + timedelta(minutes=1))
    do(records, Undo(), at=NINE + timedelta(minutes=2))
    late = NINE + timedelta(days=3)
    fire_due(records, at=late)
    do(records, Undo(redo=True), at=late)
    is_sound(records, other, late)
