"""A plan for a whole board is accepted whole, and taken back as one; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import MoveOrder, NewOrder, Together, Undo
from store.commands.replan import AcceptProposal
from store.domain.lifecycle import Move
from store.domain.reach import MOST_TOGETHER
from tests.store.desk import ANA, do, minutes
from tests.store.test_replan import board, desk

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]

MANY = MOST_TOGETHER + 20


def test_more_orders_than_one_command_takes_else_are_given_out_together(desk: Records) -> None:
    """To two technicians in turn; nobody is left with a part of the plan."""
    new = NewOrder(title="lift stuck", priority=4, site="A", kind="lift")
    for some in (MANY // 2, MANY - MANY // 2):
        do(desk, Together(commands=(new,) * some))
    planning = board(desk)
    assert len(planning.tasks) == MANY
    moves = tuple(
        MoveOrder(number=number, move=Move.ASSIGN, technician=4 + number % 2, version=task.version)
        for number, task in planning.tasks.items()
    )
    plan = AcceptProposal(
        moves=moves,
        as_of=planning.at,
        stamps=tuple((who, planning.people[who].stamp) for who in (4, 5)),
        places=tuple((number, task.place) for number, task in planning.tasks.items()),
    )
    done = do(desk, plan, at=minutes(6))
    assert done.facts["count"] == MANY
    held = {task.holder for task in board(desk, at=6).present.tasks}
    assert held == {4, 5}
    do(desk, Undo(entry=done.undo), who=ANA, at=minutes(7))
    assert {task.holder for task in board(desk, at=7).present.tasks} == {None}
