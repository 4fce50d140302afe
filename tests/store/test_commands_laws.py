"""Laws of the store: whatever operators do, what is derived equals what it is derived from."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    ChaseOrder,
    DeclareIncident,
    EditOrder,
    FollowOrder,
    KeepFollowUp,
    LinkOrders,
    MoveOrder,
    MoveTechnician,
    NewOrder,
    NoteOrder,
    PromiseFollowUp,
    PutUnder,
    SaveLevel,
    SetPriority,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    UnfollowOrder,
    UnlinkOrders,
    UpdateCustomer,
)
from store.commands.attachments import DetachFile
from store.commands.locks import LockOrder, PlaceOrder, UnlockOrder
from store.domain.errors import Refusal
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.replay import differences, replay
from store.persistence.journal import JOURNAL
from tests.budget import tries
from tests.store.desk import NINE, a_file, do, promises_kept, rows, stored, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.records import Records

Maker = "Callable[[random.Random, int, datetime], Command]"

TECHNICIANS = ("T1", "T2", "T3")
POLICY = {"targets": {"2": {"resolve": {"seconds": 7200}}}, "warn": [50, 80]}


def a_move(dice: random.Random, number: int, at: datetime) -> Command:
    """Any move, told more or less what it needs."""
    told: dict[str, Any] = {"insist": dice.random() < 0.3}
    step = dice.choice([*Move, Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE])
    if step is Move.ASSIGN:
        told |= {"technician": dice.choice(TECHNICIANS), "also": dice.random() < 0.4}
    if step is Move.DUPLICATE:
        told["duplicate_of"] = 1
    if step is Move.WAIT:
        told["wake_at"] = at + timedelta(minutes=dice.randint(1, 600))
    return MoveOrder(number=number, move=step, reason=dice.choice(["parts", "没人"]), **told)


MAKERS: tuple[Any, ...] = (
    *([a_move] * 8),
    lambda dice, number, _at: SetPriority(number=number, priority=dice.randint(1, 4)),
    lambda _dice, number, _at: NoteOrder(number=number, text="looked at it"),
    lambda _dice, number, _at: UpdateCustomer(number=number, text="soon"),
    lambda _dice, number, _at: ChaseOrder(number=number, text="where are you"),
    lambda dice, number, _at: PutUnder(number=number, parent=dice.randint(1, 4)),
    lambda _dice, number, _at: TakeOut(number=number),
    lambda _dice, number, _at: TellFamily(number=number, text="soon"),
    lambda dice, number, _at: LinkOrders(number=number, other=dice.randint(1, 4)),
    lambda dice, number, _at: UnlinkOrders(number=number, other=dice.randint(1, 4)),
    lambda _dice, number, _at: SplitOrder(number=number, text="a part"),
    lambda dice, number, _at: DeclareIncident(number=number, cadence_s=dice.choice([900, 5400])),
    lambda _dice, number, _at: StandDown(number=number),
    lambda _dice, number, _at: a_file(number),
    lambda dice, number, _at: DetachFile(number=number, entry=dice.randint(1, 60)),
    lambda _dice, number, _at: FollowOrder(number=number),
    lambda _dice, number, _at: UnfollowOrder(number=number),
    lambda _dice, number, _at: LockOrder(number=number),
    lambda _dice, number, _at: UnlockOrder(number=number),
    lambda dice, number, at: PlaceOrder(
        number=number,
        technician=dice.choice(TECHNICIANS),
        start_at=at + timedelta(minutes=dice.randint(-60, 600)),
    ),
    lambda dice, number, at: PromiseFollowUp(
        number=number, due_at=at + timedelta(minutes=dice.randint(1, 900)), note="call"
    ),
    lambda dice, number, _at: KeepFollowUp(number=number, place=dice.randint(1, 2)),
    lambda _dice, number, _at: Acknowledge(numbers=(number,)),
    lambda dice, number, _at: EditOrder(number=number, fields={"kind": dice.choice("ab")}),
    lambda dice, number, _at: EditOrder(
        number=number, fields={"level": dice.choice(["standard", "critical", None])}
    ),
    lambda dice, _number, _at: MoveTechnician(
        technician=dice.choice(TECHNICIANS), state=dice.choice(["break", "off", "available"])
    ),
    lambda dice, _number, _at: SaveLevel(
        code="standard", name="Standard", calendar="office", policy=POLICY if dice.random() < 0.5
        else {**POLICY, "risk": dice.randint(50, 90)},
    ),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(tries(2, 4)))
def test_what_is_derived_follows_whatever_is_done(records: Records, seed: int) -> None:
    """Queue columns, timers, technicians' jobs and the journal, after random days at the desk."""
    dice = random.Random(seed)
    numbers = [written(records, priority=dice.randint(1, 4)) for _ in range(3)]
    at, done = NINE, 0
    for _ in range(50):
        at += timedelta(minutes=dice.choice([0, 1, 7, 45]), seconds=dice.randint(0, 59))
        command = dice.choice(MAKERS)(dice, dice.choice(numbers), at)
        with contextlib.suppress(Refusal):
            do(records, command, at=at)
            done += 1
        if dice.random() < 0.15:
            fire_due(records, at=at)
    assert done > 15
    promises_kept(records, numbers)
    for number in numbers:
        facts = [
            Fact(name=row["fact"], body=row["body"], words=row["words"])
            for row in rows(records, JOURNAL, number=number)
        ]
        assert differences(stored(records, number), replay(facts, number=number)) == ()


def test_a_command_that_finds_nothing_to_do_leaves_the_order_alone(records: Records) -> None:
    """Same priority, same fields: no new version, no fact."""
    number = written(records)
    head, order = records.head(), stored(records, number)
    do(records, SetPriority(number=number, priority=order.priority))
    do(records, EditOrder(number=number, fields={"title": order.title}))
    assert (records.head(), stored(records, number)) == (head, order)


def test_a_refused_command_leaves_nothing(records: Records) -> None:
    """Not a receipt, not a journal entry, not a number."""
    number = written(records)
    head = records.head()
    with pytest.raises(Refusal):
        do(records, MoveOrder(number=number, move=Move.VERIFY))
    with pytest.raises(Refusal):
        do(records, NewOrder(title="   ", site="N1"))
    assert records.head() == head
