"""A look of automatic dispatch: what it looks through, and that it misses nothing."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler import automatic
from scheduler.automatic import WHOLE, Looked, dispatch_waiting
from store.commands import (
    HANDLERS,
    FollowOrder,
    NewOrder,
    PutUnder,
    SetAutomatic,
    SetPriority,
    TakeOut,
    UnfollowOrder,
)
from store.domain.errors import Refusal, StoreRaced
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.queries.automatic import ToDispatch
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.queries.automatic import Waiting
    from tests.scheduler.desk import Desk

MANY = 50


def waiting(desk: Desk, since: str = "", *, at: datetime = START) -> Waiting:
    found = desk.records.ask(ToDispatch(limit=MANY, since=since), who=THE_DESK, at=at)
    assert found is not None
    return found


def test_since_a_look_that_left_none_only_what_changed_is_looked_through(desk: Desk) -> None:
    """A new order, another time for a look, a technician who does not say yes."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="propose", accept_min=5))
    numbers = [desk.order(site="A", priority=3) for _ in range(4)]
    looked(desk)
    mark = waiting(desk).mark
    assert (waiting(desk).whole, waiting(desk, mark).whole) == (True, False)
    assert waiting(desk, mark).numbers == ()
    new = desk.order(site="A", priority=3)
    assert waiting(desk, mark).numbers == (new,)
    assert waiting(desk, waiting(desk, mark).mark).numbers == (), "it is told once by the journal"
    looked(desk)
    mark = waiting(desk).mark
    desk.move(numbers[0], Move.ASSIGN, at=START, technician="T1")
    mark = waiting(desk, mark).mark
    assert waiting(desk, mark, at=after(4.9)).numbers == ()
    assert set(waiting(desk, mark, at=after(5)).numbers) == {*numbers, new}
    assert waiting(desk, mark, at=after(5)).numbers[0] == numbers[0], "nobody has looked at it"


def test_a_mark_of_other_settings_is_none(desk: Desk) -> None:
    """Other priorities, or what is no mark at all: every order is looked through."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose", priority=2))
    number = desk.order(site="A", priority=3)
    mark = waiting(desk).mark
    assert waiting(desk, mark).numbers == ()
    do(desk, SetAutomatic(mode="propose", priority=3))
    assert (waiting(desk, mark).numbers, waiting(desk, mark).whole) == ((number,), True)
    do(desk, SetAutomatic(mode="propose", priority=2))
    for odd in ("", "2", "2,3/", "2,3/99999999", "2,3/9:99999999:", "/", "2,3/x", "2,3/1:2"):
        assert waiting(desk, odd).whole, odd


def test_what_was_under_way_during_a_look_is_found_by_the_next(desk: Desk) -> None:
    """It has an older number in the journal than what the look has seen."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    with desk.records.work(who=ANA, at=START) as work:
        new = NewOrder(title="lift stuck", priority=2, level="critical", site="A")
        number = HANDLERS[NewOrder](work, new).numbers[0]
        work.flush()
        if desk.records.database.kind == "postgresql":
            desk.order(site="A", priority=3)
            looked(desk)
        mark = waiting(desk).mark
    assert waiting(desk, mark).numbers == (number,)


def test_a_look_goes_on_from_the_last_one(desk: Desk) -> None:
    """And looks through every order now and then, whatever the journal tells."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    first = dispatch_waiting(desk.records, at=START)
    assert (first.mark != "", first.whole_at) == (True, START)
    number = desk.order(site="A", priority=3)
    second = dispatch_waiting(desk.records, at=after(1), after=first)
    assert (proposed(desk, number), second.whole_at) == ("T1", START)
    third = dispatch_waiting(desk.records, at=START + WHOLE, after=second)
    assert third.whole_at == START + WHOLE
    for _ in range(automatic.LOOK + 1):
        desk.order(site="A", priority=3)
    some = dispatch_waiting(desk.records, at=START + WHOLE, after=third)
    assert (some.more, some.mark) == (True, "")
    do(desk, SetAutomatic(mode="off"))
    assert dispatch_waiting(desk.records, at=START + WHOLE, after=some) == Looked(on=False)


def test_what_had_no_turn_is_looked_for_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lost a race tells nothing in the journal; it is not passed over."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    before = dispatch_waiting(desk.records, at=START)
    number = desk.order(site="A", priority=3)

    def losing(*_: object) -> object:
        raise StoreRaced

    monkeypatch.setattr(automatic, "_decision", losing)
    lost = dispatch_waiting(desk.records, at=START, after=before)
    monkeypatch.undo()
    dispatch_waiting(desk.records, at=START, after=lost)
    assert proposed(desk, number) == "T1"


@pytest.mark.parametrize("seed", range(3))
def test_a_look_from_a_mark_finds_what_a_whole_one_finds(desk: Desk, seed: int) -> None:
    """Whatever is done in between, however much time passes."""
    dice, minutes, since = random.Random(seed), 0.0, Looked(on=False)
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0, accept_min=2))
    numbers = [desk.order(site="A", priority=3) for _ in range(3)]
    for _ in range(40):
        number, at = dice.choice(numbers), after(minutes)
        shown = line(desk, number, minutes)
        match dice.randrange(6):
            case 0:
                numbers.append(desk.order(site="A", priority=dice.randint(1, 4), at=at))
            case 1 if shown.state.value == "assigned":
                move = dice.choice((Move.ACCEPT, Move.DECLINE))
                desk.move(number, move, at=at, reason="no" if move is Move.DECLINE else "")
            case 2:
                priority = shown.priority % 4 + 1
                desk.records.do(SetPriority(number=number, priority=priority), who=ANA, at=at)
            case 3:
                _kin(desk, dice, number, numbers[0], at)
            case 4:
                since = dispatch_waiting(desk.records, at=at, after=since)
            case _:
                minutes += dice.choice((0.5, 2, 6))
        whole = waiting(desk, at=after(minutes)).numbers
        if since.mark:
            assert waiting(desk, since.mark, at=after(minutes)).numbers == whole
    assert timedelta(minutes=minutes) > WHOLE


def _kin(desk: Desk, dice: random.Random, number: int, head: int, at: datetime) -> None:
    """A case of another order's trouble, or no more; somebody follows that, or nobody does."""
    turns: list[Command] = [FollowOrder(number=head), UnfollowOrder(number=head)]
    turns += [PutUnder(number=number, parent=head), TakeOut(number=number)]
    with suppress(Refusal):
        desk.records.do(dice.choice(turns), who=ANA, at=at)
