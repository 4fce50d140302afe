"""Orders under another one: one storey, no circle, and no incident over before its cases."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import ChaseOrder, MoveOrder, NoteOrder, PutUnder, TakeOut, Together
from store.commands.sight import OutOfSight
from store.domain.errors import OrderUnknown, Refusal, Stale
from store.domain.families import (
    ChildrenOpen,
    FamilyFull,
    HasChildren,
    HasParent,
    NoParent,
    OwnParent,
    ParentIsChild,
    ParentOver,
)
from store.domain.lifecycle import Move, State
from store.domain.undo_refusals import SomeStay
from store.persistence.mapping import ORDER
from store.queries.card import OrderCard, Trace
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from tests.store.desk import ANA, AT_SOUTH, do, minutes, move, promises_kept, stored
from tests.store.desk import written as write
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.records import Records


def under(records: Records, number: int, parent: int, at: float = 1) -> int:
    """Put one under another; an entry of it."""
    return do(records, PutUnder(number=number, parent=parent), at=minutes(at)).seq


def done(records: Records, number: int, at: float = 2) -> None:
    """The work on it is done."""
    move(records, number, Move.FINISH, minutes(at), insist=True)


def test_both_cards_and_both_traces_tell_of_it(records: Records) -> None:
    """And the child's version rises as well as the parent's: somebody else may be looking."""
    parent, child = write(records), write(records, title="no water")
    under(records, child, parent)
    card = records.ask(OrderCard(number=parent), who=ANA, at=minutes(2))
    assert [(k.number, k.title, k.state) for k in card.children] == [(child, "no water", State.NEW)]
    assert card.parent is None
    card = records.ask(OrderCard(number=child), who=ANA, at=minutes(2))
    assert card.parent is not None
    assert (card.parent.number, card.children) == (parent, ())
    told = [records.ask(Trace(number=n), who=ANA, at=minutes(2))[-1] for n in (parent, child)]
    assert [(entry.fact, entry.body["other"]) for entry in told] == [
        ("took_in", child),
        ("put_under", parent),
    ]
    assert [stored(records, n).version for n in (parent, child)] == [2, 2]
    promises_kept(records, [parent, child])


def test_one_storey_one_parent_no_circle(records: Records) -> None:
    """One look at the parent tells everything."""
    top, child, other = (write(records) for _ in range(3))
    with pytest.raises(OwnParent):
        under(records, top, top)
    under(records, child, top)
    with pytest.raises(HasParent, match=f"order {child} .* under order {top}"):
        under(records, child, other)
    with pytest.raises(ParentIsChild, match=f"under order {top} itself"):
        under(records, other, child)
    with pytest.raises(HasChildren, match=f"#{child}"):
        under(records, top, other)
    with pytest.raises(HasChildren):
        under(records, top, child)
    with pytest.raises(NoParent):
        do(records, TakeOut(number=top))


@pytest.mark.parametrize("step", [Move.VERIFY, Move.CLOSE])
def test_a_parent_is_not_over_before_its_children(records: Records, step: Move) -> None:
    """The refusal says which; taken out or done, they hold nobody up."""
    top, one, two, three = (write(records) for _ in range(4))
    for child in (one, two, three):
        under(records, child, top)
    done(records, top)
    done(records, three)
    with pytest.raises(ChildrenOpen, match=f"still open under it: #{one}, #{two}$"):
        move(records, top, step, minutes(3))
    done(records, one)
    with pytest.raises(ChildrenOpen, match=f"under it: #{two}$"):
        move(records, top, step, minutes(4))
    do(records, TakeOut(number=two), at=minutes(5))
    move(records, top, step, minutes(6))


@pytest.mark.parametrize(
    "end", [{"step": Move.CANCEL, "reason": "no need"}, {"step": Move.DUPLICATE, "duplicate_of": 3}]
)
def test_a_parent_is_not_given_up_over_open_children(records: Records, end: dict[str, Any]) -> None:
    """Nobody would work on what they wait for."""
    top, child, _other = (write(records) for _ in range(3))
    under(records, child, top)
    with pytest.raises(ChildrenOpen):
        move(records, top, at=minutes(2), **end)


def test_a_child_does_not_come_back_under_what_is_over(records: Records) -> None:
    """Its parent comes back first, or it stands on its own."""
    top, child = write(records), write(records)
    under(records, child, top)
    for number in (child, top):
        done(records, number)
        move(records, number, Move.CLOSE, minutes(3))
    with pytest.raises(ParentOver, match=f"order {top}, which it stands under, is closed"):
        move(records, child, Move.REOPEN, minutes(4), reason="again")
    with pytest.raises(ParentOver):
        under(records, write(records), top)
    move(records, top, Move.REOPEN, minutes(5), reason="again")
    move(records, child, Move.REOPEN, minutes(6), reason="again")


def test_several_at_once_count_as_they_will_be(records: Records) -> None:
    """Children closed before their parent in one set do not hold it up."""
    one, two, top = (write(records) for _ in range(3))
    for number in (one, two, top):
        if number != top:
            under(records, number, top)
        done(records, number)
    move(records, one, Move.REOPEN, minutes(3), reason="again")
    steps = tuple(
        MoveOrder(number=n, move=move, insist=True)
        for n, move in ((one, Move.FINISH), (one, Move.CLOSE), (two, Move.CLOSE), (top, Move.CLOSE))
    )
    closed = do(records, Together(commands=steps), at=minutes(4))
    assert {stored(records, n).state for n in (one, two, top)} == {State.CLOSED}
    undo(records, entry=closed.seq)
    states = [stored(records, n).state for n in (one, two, top)]
    assert states == [State.REOPENED, State.DONE, State.DONE]


def test_several_taken_back_at_once_count_as_they_will_be(records: Records) -> None:
    """A parent is closed again together with the child that was opened with it."""
    top, child = write(records), write(records)
    under(records, child, top)
    for number in (child, top):
        done(records, number)
        move(records, number, Move.CLOSE, minutes(3))
    opened = tuple(MoveOrder(number=n, move=Move.REOPEN, reason="again") for n in (top, child))
    undo(records, entry=do(records, Together(commands=opened), at=minutes(4)).seq)
    assert {stored(records, n).state for n in (top, child)} == {State.CLOSED}


def test_no_more_are_under_one_than_can_be_told_at_once(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is taken out makes room."""
    monkeypatch.setattr("store.commands.families.MOST_CHILDREN", 2)
    top, one, two, three = (write(records) for _ in range(4))
    under(records, one, top)
    under(records, two, top)
    with pytest.raises(FamilyFull, match=f"order {top} has 2 under it already"):
        under(records, three, top)
    assert stored(records, three).parent is None
    do(records, TakeOut(number=one), at=minutes(2))
    under(records, three, top)


def test_it_is_taken_back_exactly(records: Records) -> None:
    """Of both, whatever else was done meanwhile; and done again."""
    top, child = write(records), write(records)
    put = under(records, child, top)
    move(records, child, Move.ASSIGN, minutes(2), technician="T1")
    do(records, NoteOrder(number=top, text="all pumps"), at=minutes(3))
    undo(records, entry=put)
    assert stored(records, child).parent is None
    assert stored(records, child).state is State.ASSIGNED
    undo(records, redo=True, at=31)
    assert stored(records, child).parent == top
    out = do(records, TakeOut(number=child), at=minutes(32)).seq
    with pytest.raises(SomeStay, match="came after"):
        undo(records, entry=put, at=33)
    undo(records, entry=out, at=33)
    assert stored(records, child).parent == top


def test_another_child_does_not_keep_the_first(records: Records) -> None:
    """Each stands under the parent for itself."""
    top, one, two = (write(records) for _ in range(3))
    put = under(records, one, top)
    under(records, two, top)
    undo(records, entry=put)
    assert [stored(records, n).parent for n in (one, two)] == [None, top]


def test_taking_back_keeps_to_what_holds_among_them(records: Records) -> None:
    """What has changed since counts as it is now."""
    top, child, third = (write(records) for _ in range(3))
    under(records, child, top)
    out = do(records, TakeOut(number=child), at=minutes(2)).seq
    under(records, third, child, at=3)
    with pytest.raises(SomeStay, match=f"it has orders under itself: #{third}"):
        undo(records, entry=out)
    do(records, TakeOut(number=third), at=minutes(4))
    done(records, top, at=5)
    move(records, top, Move.VERIFY, minutes(6))
    for partly in (False, True):
        with pytest.raises(SomeStay, match=f"order {top}, which it stands under, is verified"):
            undo(records, entry=out, partly=partly)
    assert stored(records, child).parent is None


def test_a_child_that_was_done_is_not_opened_under_a_verified_parent(records: Records) -> None:
    """Neither by taking its end back."""
    top, child = write(records), write(records)
    under(records, child, top)
    end = move(records, child, Move.FINISH, minutes(2), insist=True).seq
    done(records, top)
    move(records, top, Move.VERIFY, minutes(3))
    with pytest.raises(ParentOver):
        undo(records, entry=end)
    assert stored(records, child).state is State.DONE


def test_who_does_not_see_one_of_them_is_refused(records: Records) -> None:
    """As if it were not there, whichever it is; and is not shown it."""
    north, south = write(records, site="N1"), write(records, site="S1")
    for number, parent in ((north, south), (south, north)):
        with pytest.raises(OrderUnknown):
            do(records, PutUnder(number=number, parent=parent), who=AT_SOUTH)
    under(records, north, south)
    assert records.ask(OrderCard(number=south), who=AT_SOUTH, at=minutes(2)).children == ()
    under(records, write(records, site="S1"), write(records, site="N1"))
    with pytest.raises(OutOfSight):
        do(records, TakeOut(number=south + 1), who=AT_SOUTH)


def test_a_version_that_is_not_the_newest_is_stale(records: Records) -> None:
    """Of the child or of the parent."""
    top, child = write(records), write(records)
    do(records, ChaseOrder(number=top), at=minutes(1))
    with pytest.raises(Stale):
        do(records, PutUnder(number=child, parent=top, version=1, parent_version=1))
    with pytest.raises(Stale):
        do(records, PutUnder(number=child, parent=top, version=2))
    do(records, PutUnder(number=child, parent=top, version=1, parent_version=2))


def test_of_two_put_under_each_other_at_once_one_is_refused(records: Records) -> None:
    """Both are locked in the same order, so that neither waits for the other in a circle."""
    one, two = write(records), write(records)
    gate = threading.Barrier(2)
    refused: list[str] = []

    def press(number: int, parent: int) -> None:
        gate.wait(30)
        try:
            under(records, number, parent)
        except Refusal as refusal:
            refused.append(type(refusal).__name__)

    hands = [threading.Thread(target=press, args=pair) for pair in ((one, two), (two, one))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert len(refused) == 1
    assert sum(stored(records, n).parent is not None for n in (one, two)) == 1


def test_the_doctor_sees_what_no_command_would_do(records: Records) -> None:
    """A parent that is gone, and one that is a child itself."""
    top, child, third = (write(records) for _ in range(3))
    under(records, child, top)
    with records.database.writing() as conn:
        conn.execute(ORDER.update().where(ORDER.c.number == third).values(parent=child))
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(2)).findings
    assert [(f.number, f.facts) for f in found if f.check is Check.FAMILY] == [
        (third, {"parent": child})
    ]
    with records.database.writing() as conn:
        conn.execute(ORDER.update().where(ORDER.c.number == third).values(parent=999))
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(2)).findings
    assert {f.check for f in found if f.number == third} == {Check.FAMILY, Check.REPLAY}
