"""Steps whose time is working time: their timers follow the calendar's edits and the waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store.commands import SaveCalendar, Undo
from store.domain.lifecycle import Move
from store.persistence.loading import TIMER
from store.queries.sop import OrderSteps
from tests.store.desk import ANA, NINE, do, minutes, move, promises_kept, rows, written
from tests.store.sop_files import one_step
from tests.store.test_promise_edits import SHORT
from tests.store.test_sop import imported, kinds
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

TIMED = one_step() + 'within = "3 h"\nworking = true\n'
WEDNESDAY = minutes(0) + timedelta(days=2, hours=5)
"""14:00 on Wednesday, where the desk works from 13:00 to 15:00 and not on Tuesday."""


def timed(records: Records) -> int:
    """An order of a procedure with one step, three working hours after the request."""
    imported(records, TIMED)
    return written(records, kind="lift", level="standard", opened_at=NINE)


def due(records: Records, number: int) -> datetime | None:
    """By when its checklist wants the step."""
    return records.ask(OrderSteps(number=number), who=ANA, at=NINE).steps[0].due_at


def test_an_edit_of_the_calendar_moves_the_step_and_its_timer(records: Records) -> None:
    """In the transaction of the edit, as the clocks of the order."""
    number = timed(records)
    assert kinds(records, number) == [due(records, number)] != [WEDNESDAY]
    do(records, SaveCalendar(code="office", name="Office", spec=SHORT), at=minutes(1))
    assert kinds(records, number) == [due(records, number)] == [WEDNESDAY]
    fire_due(records, at=WEDNESDAY)
    rung = rows(records, TIMER, number=number, kind="step")
    assert [(row["due_at"], row["fired_at"]) for row in rung] == [(WEDNESDAY, WEDNESDAY)]
    promises_kept(records, [number])
    assert faults(records) == ()


def test_a_wait_holds_the_step_and_gives_its_time_back(records: Records) -> None:
    """No timer while it waits; the working time of the wait comes on top, or off when undone."""
    number = timed(records)
    do(records, SaveCalendar(code="office", name="Office", spec=SHORT), at=minutes(1))
    move(records, number, Move.WAIT, minutes(10), reason="parts", wake_at=minutes(9_000))
    assert (kinds(records, number), due(records, number)) == ([], None)
    wednesday = minutes(2 * 24 * 60 + 4 * 60 + 30)  # 13:30
    back = move(records, number, Move.RESUME, wednesday)
    later = minutes(3 * 24 * 60 + 5 * 60 + 30)  # an hour and a half on each of two days
    assert kinds(records, number) == [due(records, number)] == [later]
    do(records, Undo(entry=back.undo), at=wednesday)
    assert kinds(records, number) == []
    promises_kept(records, [number])
    assert faults(records) == ()
