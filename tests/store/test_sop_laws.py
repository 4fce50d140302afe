"""No order passes a gate with a step missing, whatever is done, by whatever door."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.automatic import dispatch_waiting
from store.commands import EditOrder, MoveOrder, Together, Undo
from store.commands.automatic import SetAutomatic
from store.commands.locks import PlaceOrder
from store.commands.sop import DoStep, ImportProcedure, SkipStep, UndoStep
from store.domain.errors import Refusal
from store.domain.lifecycle import Move, VisitState
from store.domain.moves_common import live_visits
from tests.budget import tries
from tests.store.desk import NINE, do, promises_kept, stored, written
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.domain.order import WorkOrder
    from store.records import Records

CHAIN = ("assign", "accept", "depart", "arrive", "finish", "verify", "close")
CODES = tuple(f"before-{gate}" for gate in CHAIN)
SOURCE = 'kind = "lift"\nversion = 1\n' + "".join(
    f'[[step]]\ncode = "before-{gate}"\ntitle = "x"\ngate = "{gate}"\n' for gate in CHAIN
)
REACHED = {VisitState.ASSIGNED: 0, VisitState.ACCEPTED: 1, VisitState.EN_ROUTE: 2,
           VisitState.ON_SITE: 3}  # fmt: skip
OVER = {"done": 4, "verified": 5, "closed": 6}

MOVES = st.sampled_from([*Move])
DEEDS = st.one_of(
    st.tuples(st.just("move"), MOVES, st.booleans()),
    st.tuples(st.just("set"), MOVES, st.booleans()),
    st.tuples(st.sampled_from(["do", "skip", "undo"]), st.sampled_from(CODES), st.booleans()),
    st.tuples(st.sampled_from(["do", "skip"]), st.sampled_from(CODES), st.booleans()),
    st.tuples(st.sampled_from(["back", "kind", "place", "by itself"]), st.just(""), st.booleans()),
)


def a_move(number: int, move: Move, *, insist: bool) -> MoveOrder:
    told: dict[str, Any] = {"reason": "x", "insist": insist}
    if move is Move.ASSIGN:
        told |= {"technician": "T1", "also": insist}
    if move is Move.WAIT:
        told["wake_at"] = NINE + timedelta(days=9)
    return MoveOrder(number=number, move=move, **told)


def command(number: int, deed: str, what: Any, *, insist: bool) -> Command:
    made: dict[str, Any] = {
        "move": lambda: a_move(number, what, insist=insist),
        "set": lambda: Together(commands=(a_move(number, what, insist=insist),), partly=insist),
        "do": lambda: DoStep(number=number, step=what),
        "skip": lambda: SkipStep(number=number, step=what, reason="x"),
        "undo": lambda: UndoStep(number=number, step=what),
        "back": Undo,
        "kind": lambda: EditOrder(number=number, fields={"kind": "lift"}),
        "place": lambda: PlaceOrder(number=number, technician="T2"),
    }
    return made[deed]()  # type: ignore[no-any-return]


def passed(order: WorkOrder) -> int:
    """Which gates an order stands behind, as a judge tells who knows no table of the store's."""
    over = OVER.get(order.state.value, -1)
    return max([over, *(REACHED[visit.state] for visit in live_visits(order.visits))])


@settings(max_examples=tries(10, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, min_size=5, max_size=40))
def test_no_history_leads_through_a_closed_gate(
    records: Records, deeds: list[tuple[str, Any, bool]]
) -> None:
    """What stands behind a gate has every step of it and of those before; the journal agrees."""
    do(records, ImportProcedure(source=SOURCE))
    do(records, SetAutomatic(mode="act"))
    number, at = written(records, kind="lift"), NINE
    for deed, what, insist in deeds:
        at += timedelta(minutes=1)
        if deed == "by itself":
            dispatch_waiting(records, at=at)
        else:
            try:
                do(records, command(number, deed, what, insist=insist), at=at)
            except Refusal:
                continue
        order = stored(records, number)
        open_steps = [CODES.index(step.code) for step in order.steps if not step.over]
        assert len(order.steps) == len(CHAIN)
        assert passed(order) < min(open_steps, default=len(CHAIN)), (deed, what, order.state)
    promises_kept(records, [number])
    assert faults(records) == ()


@pytest.mark.parametrize("gate", CHAIN)
def test_each_gate_can_be_reached_and_passed(records: Records, gate: str) -> None:
    """So that the law before this one is about something."""
    do(records, ImportProcedure(source=SOURCE))
    number = written(records, kind="lift")
    for name in CHAIN[: CHAIN.index(gate) + 1]:
        with pytest.raises(Refusal, match="its procedure wants first"):
            do(records, a_move(number, Move(name), insist=False))
        do(records, DoStep(number=number, step=f"before-{name}"))
        do(records, a_move(number, Move(name), insist=False))
    assert passed(stored(records, number)) == CHAIN.index(gate)
