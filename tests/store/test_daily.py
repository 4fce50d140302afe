"""Daily progress in the store: it rings, a note quiets it, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.render_card import card_lines
from scheduler.runner import fire_due
from store.commands import Acknowledge, MoveOrder, NoteOrder, Undo
from store.commands.daily import AskDaily
from store.commands.promises import SaveLevel
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM
from store.queries.card import OrderCard
from store.queries.daily import ListDaily
from store.queries.doctor import ExamineOrders
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    NINE,
    do,
    minutes,
    promises_kept,
    rows,
    written,
)
from tests.store.desk import stored as held

if TYPE_CHECKING:
    from store.records import Records

DAY = timedelta(days=1)
DUE = minutes(8 * 60)
"""17:00 on the day on which work begins."""


def at_work(records: Records) -> int:
    """An order at which T1 works since nine, without any promise."""
    policy: dict[str, Any] = {"targets": {}, "silent_after_s": None}
    do(records, SaveLevel(code="plain", name="Plain", calendar="office", policy=policy))
    number = written(records, level="plain")
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        do(records, MoveOrder(number=number, move=step))
    return number


def ringing(records: Records, number: int) -> list[str]:
    """Kinds of its standing alarms."""
    return [row["kind"] for row in rows(records, ALARM, number=number, cleared_at=None)]


def test_a_day_without_a_note_rings_and_a_note_quiets_it(records: Records) -> None:
    """Once a day; the card says how far the work is."""
    number = at_work(records)
    do(records, AskDaily(number=number), at=minutes(1))
    fire_due(records, at=DUE - timedelta(minutes=1))
    assert ringing(records, number) == []
    fire_due(records, at=DUE)
    assert ringing(records, number) == ["daily"]
    fire_due(records, at=DUE + timedelta(hours=1))
    assert [row["rings"] for row in rows(records, ALARM, number=number)] == [1]
    do(records, Acknowledge(numbers=(number,)), at=DUE + timedelta(hours=1))
    fire_due(records, at=DUE + DAY)
    assert [row["rings"] for row in rows(records, ALARM, number=number)] == [2]
    later = DUE + DAY + timedelta(minutes=5)
    done = do(records, NoteOrder(number=number, text="60 % pump is in"), at=later)
    assert ringing(records, number) == []
    assert held(records, number).progress == 60
    card = records.ask(OrderCard(number=number), who=ANA, at=later)
    told = "\n".join(
        "".join(text for text, *_ in line) for line in card_lines(card, at=later, zone=None)
    )
    assert "progress: 60 %" in told
    promises_kept(records, [number])
    assert records.ask(ExamineOrders(), who=THE_DESK, at=later).findings == ()
    do(records, Undo(entry=done.undo), at=later)
    assert held(records, number).progress is None
    promises_kept(records, [number])


def test_a_level_asks_by_its_own_hour(records: Records) -> None:
    """From the second working day on; while the order waits nothing is owed."""
    number = at_work(records)
    do(
        records,
        SaveLevel(code="plain", name="Plain", policy={"daily_by_s": 12 * 3600, "targets": {}}),
    )
    fire_due(records, at=DUE)
    assert ringing(records, number) == []
    (line,) = records.ask(ListDaily(), who=AT_NORTH, at=DUE)
    assert (line.number, line.missing, line.due_at) == (number, False, minutes(180) + DAY)
    assert records.ask(ListDaily(), who=AT_SOUTH, at=DUE) == ()
    wake = NINE + 30 * DAY
    wait = MoveOrder(number=number, move=Move.WAIT, reason="parts", wake_at=wake)
    do(records, wait, at=DUE)
    assert records.ask(ListDaily(), who=ANA, at=DUE + DAY) == ()
    fire_due(records, at=DUE + 3 * DAY)
    assert ringing(records, number) == []
    promises_kept(records, [number])
