"""A plan for the whole board leaves the cases of a trouble to whoever follows that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import FollowOrder, PutUnder, UnfollowOrder
from store.domain.lifecycle import Move
from tests.store.desk import do, move, written
from tests.store.test_replan import AT_A, board, desk

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records

__all__ = ["desk"]


def planned_for(records: Records, who: Who | None = None) -> set[int]:
    """The orders that a plan may give to somebody."""
    planning = board(records) if who is None else board(records, who=who)
    return set(planning.tasks)


@pytest.mark.parametrize("site", ["A", "B"])
@pytest.mark.parametrize("by", ["technician", "operator"])
def test_the_cases_of_a_trouble_that_somebody_has_are_left_out(
    desk: Records, by: str, site: str
) -> None:
    """Also where only the case is in sight, at A; let go of, they want somebody again."""
    parent = written(desk, kind="lift", site=site)
    flat, other = (written(desk, kind="lift", site="A") for _ in "12")
    do(desk, PutUnder(number=flat, parent=parent))
    at_a = {parent} if site == "A" else set()
    assert planned_for(desk) == {parent, flat, other}
    assert planned_for(desk, AT_A) == {flat, other} | at_a
    if by == "technician":
        move(desk, parent, Move.ASSIGN, technician="PL")
    else:
        do(desk, FollowOrder(number=parent))
    assert planned_for(desk) == {parent, other}
    assert planned_for(desk, AT_A) == {other} | at_a
    if by == "technician":
        move(desk, parent, Move.DECLINE, reason="no car")
    else:
        do(desk, UnfollowOrder(number=parent))
    assert planned_for(desk) == {parent, flat, other}
