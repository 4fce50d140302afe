"""Two operators on one order: the second is told who did what, and loses none of his text."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from scheduler.runner import fire_due
from store.commands import (
    HANDLERS,
    Acknowledge,
    FollowOrder,
    MoveOrder,
    NewOrder,
    NoteOrder,
    SaveCalendar,
    SaveLevel,
    SaveSite,
)
from store.commands.contracts import DecideRenewal, SaveContract
from store.domain.errors import BadInput, Refusal, Stale
from store.domain.facts import Fact
from store.domain.intents import Done
from store.domain.lifecycle import Move, State
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER
from tests.store.desk import (
    ANA,
    BO,
    NINE,
    do,
    minutes,
    move,
    promises_kept,
    rows,
    stored,
    written,
)
from tests.store.versioned import OF_FAMILIES, VERSIONED

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.records import Records


def test_the_second_is_told_who_changed_what_when(records: Records) -> None:
    """And his command comes back with the refusal, so that it can be offered again."""
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    mine = MoveOrder(number=number, move=Move.CANCEL, version=1, reason="客户说不用来了")
    with pytest.raises(Stale) as refused:
        do(records, mine, who=BO, at=minutes(2))
    facts = refused.value.facts
    assert (facts["by"], facts["fact"], facts["changed_at"]) == ("Ana", "assigned", minutes(1))
    assert refused.value.command == mine
    assert stored(records, number).state is State.ASSIGNED
    again = MoveOrder(number=number, move=Move.CANCEL, version=2, reason=mine.reason)
    do(records, again, who=BO, at=minutes(3))
    assert stored(records, number).state is State.CANCELLED


OF_CONTRACTS = {SaveContract, DecideRenewal}
"""These mind what was told of a contract, which is no order; so `test_contracts.py` says."""


def test_every_command_that_tells_what_was_seen_minds_it(records: Records) -> None:
    """What was chosen for the order as it stood may be wrong for the order as it stands."""
    number = written(records)
    do(records, FollowOrder(number=number), at=minutes(1))
    head, asked = records.head(), [make(number, 1) for make in (*VERSIONED, *OF_FAMILIES)]
    for command in asked:
        with pytest.raises(Stale):
            do(records, command, who=BO, at=minutes(2))
    assert records.head() == head
    versioned = {command for command in HANDLERS if hasattr(command, "version")}
    assert {type(command) for command in asked} == versioned - OF_CONTRACTS
    for make in reversed(VERSIONED):
        do(records, make(number, stored(records, number).version), who=BO, at=minutes(2))


def test_a_warning_makes_nobody_stale(records: Records) -> None:
    """An alarm that rings or is acknowledged meanwhile changes nothing he looked at."""
    number = written(records)
    with records.work(who=THE_DESK, at=minutes(60)) as work:
        order = work.order(number)
        work.raise_alarm(order, kind="orphan", severity=2, due_at=minutes(15))
    do(records, Acknowledge(), who=ANA, at=minutes(61))
    assert fire_due(records, at=minutes(500)).fired
    told = {row["fact"] for row in rows(records, JOURNAL, number=number)}
    assert told == {"created", "rang", "acknowledged", "breached"}
    assert stored(records, number).version == 1
    do(records, NoteOrder(number=number, text="seen", version=1), who=BO, at=minutes(501))


def test_an_order_saved_meanwhile_is_not_saved_over(records: Records) -> None:
    """Nor within one transaction: what was decided on an older picture would undo the newer."""
    number = written(records)
    with pytest.raises(Stale), records.work(who=ANA, at=NINE) as work:  # noqa: PT012
        seen = work.order(number)
        for title in ("first", "second"):
            fact = Fact(name="edited", words={"title": title})
            work.save(seen, replace(seen, title=title), fact)
    assert stored(records, number).title == "lift stuck"


def test_a_row_changed_past_the_lock_is_never_overwritten(records: Records) -> None:
    """The lock should make it impossible; the version in the UPDATE makes sure."""
    number = written(records)
    with pytest.raises(Stale), records.work(who=BO, at=minutes(1)) as work:  # noqa: PT012
        order = work.order(number)
        work.save(order, replace(order, kind="mine"), Fact(name="edited"))
        theirs = update(ORDER).where(ORDER.c.number == number)
        work.conn.execute(theirs.values(version=9, kind="theirs"))
    assert (stored(records, number).version, stored(records, number).kind) == (1, "")


def test_of_two_at_once_one_wins_and_one_is_told(records: Records) -> None:
    """Both saw version 1 and press at the same moment; neither waits for ever, nothing is mixed."""
    number = written(records)
    gate = threading.Barrier(2)
    refused: list[Refusal] = []

    def press(who: object, technician: str) -> None:
        gate.wait(30)
        try:
            do(
                records,
                MoveOrder(number=number, move=Move.ASSIGN, version=1, technician=technician),
                who=who,  # type: ignore[arg-type]
                at=minutes(1),
            )
        except Refusal as refusal:
            refused.append(refusal)

    hands = [threading.Thread(target=press, args=given) for given in ((ANA, "T1"), (BO, "T2"))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert [type(refusal) for refusal in refused] == [Stale]
    assert len(stored(records, number).visits) == 1
    promises_kept(records, [number])


def test_two_orders_of_one_technician_are_counted_right(records: Records) -> None:
    """Assigned at the same moment by two operators, his two jobs are both seen."""
    numbers = [written(records) for _ in range(6)]
    gate = threading.Barrier(2)

    def assign(mine: list[int]) -> None:
        gate.wait(30)
        for number in mine:
            move(records, number, Move.ASSIGN, minutes(1), technician="T3")

    hands = [threading.Thread(target=assign, args=(half,)) for half in (numbers[:3], numbers[3:])]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    promises_kept(records, numbers)


def _at_once(*presses: Callable[[], Done]) -> list[Done | Refusal]:
    """What each is answered; anything else than an answer or a refusal is raised."""
    gate = threading.Barrier(len(presses))

    def press(one: Callable[[], Done]) -> Done | Refusal:
        gate.wait(30)
        try:
            return one()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(press, presses))


@pytest.mark.parametrize("turn", range(3))
def test_one_key_pressed_three_times_at_once_is_one_command(records: Records, turn: int) -> None:
    """A double click over a slow line: all three hear the one answer."""
    command = NewOrder(title="no water", site="N1")
    press = partial(records.do, command, who=ANA, at=NINE, key=f"k{turn}")
    answers = _at_once(press, press, press)
    assert answers[0] == answers[1] == answers[2]
    assert len(rows(records, ORDER)) == 1


def test_what_two_enter_at_once_is_entered_once(records: Records) -> None:
    """On PostgreSQL both find it missing; who comes second changes it, or is told of the first."""
    spec: dict[str, Any] = {"zone": "UTC", "week": {"mon": [["09:00", "17:00"]]}}
    for command in (
        SaveSite(code="NEW", name="new", zone="UTC"),
        SaveCalendar(code="NEW", name="new", spec=spec),
        SaveCalendar(code="WEEK", name="week", week=spec["week"]),
        SaveLevel(code="NEW", name="new"),
    ):
        answers = _at_once(*(lambda: do(records, command),) * 3)  # noqa: B023
        assert not any(isinstance(answer, Refusal) for answer in answers)
    brought = NewOrder(title="from outside", source="erp", external_id="E1", site="N1")
    answers = _at_once(*(lambda: do(records, brought),) * 3)
    assert Counter(type(answer) for answer in answers) == {Done: 1, BadInput: 2}
    assert len(rows(records, ORDER)) == 1


def test_one_technician_may_be_sent_to_many_orders_at_once(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits in a circle for him: no deadlock to be tried again, and no job uncounted."""
    numbers = [written(records) for _ in range(24)]
    gate = threading.Barrier(len(numbers))
    caplog.set_level(logging.INFO, "paidan.records")

    def press(number: int, technician: str) -> None:
        gate.wait(30)
        move(records, number, Move.ASSIGN, minutes(1), technician=technician)

    hands = [
        threading.Thread(target=press, args=(number, f"T{n % 3 + 1}"))
        for n, number in enumerate(numbers)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(30)
    assert {stored(records, number).state for number in numbers} == {State.ASSIGNED}
    promises_kept(records, numbers)
    assert not [m for m in caplog.messages if "again" in m]


def test_a_console_that_stops_in_a_write_is_not_waited_for_long(records: Records) -> None:
    """A suspended process keeps its locks until the server ends its session."""
    if records.database.kind != "postgresql":
        pytest.skip("SQLite's lock lies in a file, and goes with its process")
    with records.database.writing() as conn:
        limit = conn.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()
    assert limit == "10s"
