"""Whatever is put under what, moved and taken back: one storey, and nothing over too early."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from store.commands import (
    ChaseOrder,
    DeclareIncident,
    LinkOrders,
    MoveOrder,
    PutUnder,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    Undo,
    UnlinkOrders,
)
from store.domain.errors import Refusal
from store.domain.families import is_open, is_over
from store.domain.incidents import promised_word
from store.domain.lifecycle import Move
from store.queries.doctor import ExamineOrders
from tests.store.desk import ANA, do, minutes, stored, written
from tests.store.test_undo_laws import in_one_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command
    from store.records import Records

ORDERS = 4
MOVES = (Move.FINISH, Move.VERIFY, Move.CLOSE, Move.REOPEN, Move.CANCEL)

STEPS = (
    *("under", "under", "out", "move", "move", "undo"),
    *("link", "unlink", "split", "merge", "chase", "incident", "clear", "notice"),
)

place = st.integers(0, ORDERS - 1)
steps = st.lists(
    st.tuples(st.sampled_from(STEPS), place, place),
    max_size=25,
)


_MAKE: dict[str, Callable[[int, int], Command]] = {
    "link": lambda one, other: LinkOrders(number=one, other=other),
    "unlink": lambda one, other: UnlinkOrders(number=one, other=other),
    "split": lambda one, _other: SplitOrder(number=one, text="a part"),
    "merge": lambda one, other: MoveOrder(number=one, move=Move.DUPLICATE, duplicate_of=other),
    "chase": lambda one, _other: ChaseOrder(number=one),
    "incident": lambda one, other: DeclareIncident(number=one, cadence_s=900 + other),
    "clear": lambda one, _other: StandDown(number=one),
    "notice": lambda one, _other: TellFamily(number=one, text="soon"),
}


def _command(what: str, number: int, other: int, turn: int) -> Command:
    if what == "under":
        return PutUnder(number=number, parent=other)
    if what == "out":
        return TakeOut(number=number)
    if what == "undo":
        return Undo(number=number)
    if what in _MAKE:
        return _MAKE[what](number, other)
    return MoveOrder(number=number, move=MOVES[turn % len(MOVES)], reason="so", insist=True)


@in_one_store
@given(day=steps)
@example(day=[("under", 1, 0), ("under", 2, 1)])
@example(day=[("under", 1, 0), ("under", 0, 2)])
@example(day=[("under", 1, 0), ("incident", 1, 0)])
@example(day=[("incident", 1, 0), ("under", 1, 0)])
def test_no_step_makes_a_family_that_contradicts_itself(
    records: Records, day: list[tuple[str, int, int]]
) -> None:
    """And the doctor, who reads the journal anew, agrees."""
    numbers = [written(records) for _ in range(ORDERS)]
    for turn, (what, one, other) in enumerate(day):
        command = _command(what, numbers[one], numbers[other], turn + other)
        with contextlib.suppress(Refusal):
            do(records, command, at=minutes(turn))
        held = {number: stored(records, number) for number in numbers}
        for order in held.values():
            if order.parent is not None:
                parent = held[order.parent]
                assert parent.parent is None
                assert not (is_over(parent.state) and is_open(order.state))
                assert order.cadence_s is None
            assert all(order.number in held[n].links for n in order.links if n in held)
            assert order.cadence_s is None or promised_word(order) is not None
    asked = ExamineOrders(after=numbers[0] - 1)
    assert records.ask(asked, who=ANA, at=minutes(len(day))).findings == ()
