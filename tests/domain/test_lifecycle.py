"""The tables of the lifecycle are complete, and every pair of state and move has an answer."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.domain.advance import MOVERS, why_not
from store.domain.errors import MoveRefused
from store.domain.facts import FACTS
from store.domain.lifecycle import LIVE_VISITS, MOVES, STATES, Category, Move, State
from tests.builders import LI, WANG, standing_in, take

if TYPE_CHECKING:
    from store.domain.order import WorkOrder

HOUR = timedelta(hours=1)


def test_the_tables_know_every_state_and_move() -> None:
    """A new state or move is a row in each of them, or the desk cannot run."""
    assert STATES.keys() == set(State)
    assert MOVES.keys() == set(Move) == MOVERS.keys()


def test_every_move_leaves_a_fact_that_a_trace_can_show() -> None:
    """No move is silent."""
    assert {spec.fact for spec in MOVES.values()} <= FACTS.keys()


def test_every_state_has_a_sign_of_its_own() -> None:
    """Where colour cannot carry the state, the letter must tell it apart."""
    signs = [spec.sign for spec in STATES.values()]
    assert len(set(signs)) == len(signs)
    assert all(sign.isascii() and len(sign) == 1 for sign in signs)
    assert not {"!", "*", ">"} & set(signs), "these mark alarms and the cursor"


def test_no_final_state_is_open() -> None:
    """What has left the desk is in no working queue."""
    assert {spec.category for spec in STATES.values() if spec.final} == {
        Category.DONE,
        Category.CANCELLED,
    }


@pytest.mark.parametrize("state", list(State))
def test_each_state_is_reached_by_its_road(state: State) -> None:
    """The builder's roads are the lifecycle, walked."""
    assert standing_in(state).state is state


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)), ids=str)
def test_every_move_works_or_says_why_not(state: State, move: Move) -> None:
    """There is no third outcome: no wrong state, no bare exception, no refusal without a reason."""
    held = standing_in(state)
    told: dict[str, Any] = {}
    if move is Move.ASSIGN:
        told = {"technician": WANG, "also": state is State.ON_SITE}
    at = held.state_since + HOUR
    why = why_not(held, move)
    if why is None:
        after, facts = take(held, move, at, **told)
        assert MOVES[move].fact in {fact.name for fact in facts}
        assert after.version == held.version
        return
    assert "{" not in why.text
    assert str(held.number) in why.text
    assert STATES[state].label in why.text
    with pytest.raises(MoveRefused):
        take(held, move, at, **told)


@pytest.mark.parametrize("state", list(State))
def test_insisting_widens_a_move_and_never_narrows_it(state: State) -> None:
    """What may be done plainly may be done insisting."""
    held = standing_in(state)
    plain = {move for move in Move if why_not(held, move) is None}
    assert plain <= {move for move in Move if why_not(held, move, insist=True) is None}


def test_a_move_that_skips_steps_says_that_one_may_insist() -> None:
    """The refusal explains the way out."""
    why = why_not(standing_in(State.ASSIGNED), Move.ARRIVE)
    assert why is not None
    assert why.text == "order 7 cannot arrive while it is assigned, unless you insist"


def test_final_states_let_nothing_through_but_reopening() -> None:
    """A closed order is not quietly changed."""
    for state, spec in STATES.items():
        if spec.final:
            held = standing_in(state)
            assert [move for move in Move if why_not(held, move, insist=True) is None] == [
                Move.REOPEN
            ]


def test_a_technician_stands_on_an_order_exactly_while_a_visit_lives() -> None:
    """The column that the board shows follows from the visits."""
    for state in State:
        held: WorkOrder = standing_in(state)
        live = [visit for visit in held.visits if visit.state in LIVE_VISITS]
        assert held.technician == (LI if live else None)
