"""Crews in a plan for the whole board: on small boards none that can begin at one start is missed;
whoever has an order already is given a start with the others, or it is told why there is none.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.dispatch.joint_days import Days, opens
from store.domain.dispatch.joint_kept import turn_in
from store.domain.dispatch.present import Apart, Joint, Present, Sent, urgency
from store.domain.dispatch.replan import Replan, propose
from tests.budget import tries
from tests.domain import joint_judge
from tests.domain.test_replan import a_board
from tests.domain.test_replan_joint import BOTH, LI, STOP, WANG, has, planned, with_joint

if TYPE_CHECKING:
    from store.domain.dispatch.turns import TurnsKernel

MISSED = (20, 58, 102, 109, 132, 162)
"""Boards on which a crew was missed: one of them had to put something off to a later span."""


def startable(days: Days, joint: Joint, past: float, until: float) -> float | None:
    """The first whole minute at which so many may begin, whatever that costs; None for none."""
    days.ask_anew()
    some = [who for who in {*joint.able, *joint.has} if who in days]
    for start in (minute - past for minute in range(1, int(until) + 1)):
        may = {who for who in some if start >= opens(joint) and days.cost(joint, who, start) < inf}
        if may.issuperset(joint.has) and len(may) >= joint.wants:
            return start
    return None


def comes_by_turn(kernel: TurnsKernel, joint: Joint) -> bool:
    """Whether all who have it come to it, each in his turn; so that all of them keep it."""
    if joint.stays or (joint.stop.planned is not None and joint.has):
        return False
    people = [kernel.places_of.get(who) for who in joint.has]
    turns = (
        None if one is None else turn_in(kernel, kernel.now[one], joint.stop.number)
        for one in people
    )
    return all(turn is not None and turn.fits for turn in turns)


@pytest.mark.parametrize("seed", [*range(12), *MISSED])
def test_no_crew_that_can_begin_is_missed(seed: int) -> None:
    """Each minute is tried for everybody, on the board as what is more urgent leaves it."""
    present = with_joint(Random(seed), a_board(Random(seed)))
    alone = Replan(replace(present, joint=()))
    days = Days(alone.kernel, alone.search.best.routes)
    sent = {one.number: one for one in Replan(present).kernel.present.sent}
    until = max((end for one in present.workers for _begins, end in one.spans), default=0)
    for joint in sorted(present.joint, key=lambda one: urgency(one.stop)):
        if (found := sent.get(joint.stop.number)) is not None:
            days.put(joint, found)
        elif comes_by_turn(alone.kernel, joint) and not at_once(alone.kernel, joint):
            assert startable(days, joint, present.past, until) is None


def at_once(kernel: TurnsKernel, joint: Joint) -> bool:
    """Whether all whom it takes have it, and begin it at one moment."""
    turns = [turn_in(kernel, kernel.now[kernel.places_of[who]], joint.stop.number)
             for who in joint.has]  # fmt: skip
    starts = [turn.start for turn in turns if turn is not None]
    return len(starts) >= joint.wants and max(starts) - min(starts) < 1e-6


def whole(dice: Random, present: Present) -> Present:
    """The board with one order for two, which two of its people have."""
    two = dice.sample(present.workers, 2)
    stop = replace(STOP, number=7000, takes=dice.choice((15, 60)), due=dice.randint(60, 900))
    workers = tuple(has(one, stop) if one in two else one for one in present.workers)
    able = {one.id: inf for one in present.workers}
    joint = Joint(stop=stop, wants=2, has=tuple(one.id for one in two), able=able)
    return replace(present, workers=workers, joint=(joint,), upset=frozenset())


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 2**32))
def test_who_has_an_order_begins_it_with_the_others_or_it_is_told_who_cannot(seed: int) -> None:
    """No rule is broken for it, and nobody is exchanged where all come to it."""
    board = a_board(Random(seed))
    if len(board.workers) < 2:
        return
    present = whole(Random(seed), board)
    (joint,) = present.joint
    replan, moves = planned(present)
    sent, apart = replan.kernel.present.sent, replan.kernel.present.apart
    assert joint_judge.broken(present, sent, moves) == []
    assert propose(replan.kernel, moves).keeps_the_rules
    before = Replan(replace(present, joint=())).kernel
    if not comes_by_turn(before, joint):
        assert apart == ()
    elif at_once(before, joint):
        assert (sent, apart) == ((), ())
    else:
        assert len(sent) + len(apart) == 1
        assert all(one.have == joint.has for one in sent)
        assert all(one.who in joint.has for one in apart)


WORK = replace(STOP, number=7, weight=20.0)
"""It comes first."""


def crew_of(first: int, second: int, *, ends: float = 480, stays: bool = False) -> Present:
    """Both have it; each has so many minutes of work that is due at once, and the first goes home
    then."""
    stop = replace(STOP, due=900)
    workers = (
        replace(has(WANG, replace(WORK, takes=first, due=first), stop), spans=((0, ends),)),
        has(LI, replace(WORK, number=8, takes=second, due=second), stop),
    )
    joint = replace(BOTH, stop=stop, has=(1, 2), stays=stays)
    return Present(workers=workers, tasks=(), joint=(joint,))


def test_a_whole_crew_is_given_one_start() -> None:
    """When the second is free, with some minutes in hand; nobody loses it, and nobody gains it."""
    kernel = Replan(crew_of(30, 200)).kernel
    told = propose(kernel, {})
    (row,) = told.rows
    assert row.sent == Sent(number=1042, start=210.0, had=(1, 2), have=(1, 2))
    assert (row.losing, row.gaining, row.fits, told.apart) == ((), (), True, ())
    assert row.after is not None
    assert row.after.start == 210


def test_a_crew_that_begins_together_is_left_alone() -> None:
    """Though nobody gave it a start."""
    told = propose(Replan(crew_of(30, 30)).kernel, {})
    assert (told.rows, told.apart) == ((), ())


def test_it_is_told_who_is_busy_until_when() -> None:
    """One goes home before the other is free: nothing is proposed."""
    told = propose(Replan(crew_of(30, 200, ends=240)).kernel, {})
    assert told.rows == ()
    assert told.apart == (Apart(number=1042, who=2, free=200.0),)


def test_what_is_locked_without_a_start_that_all_keep_is_told() -> None:
    """Who locked it unlocks it; no start is proposed."""
    told = propose(Replan(crew_of(30, 200, stays=True)).kernel, {})
    assert told.rows == ()
    assert told.apart == (Apart(number=1042, who=2, free=200.0, locked=True),)
