"""Related orders, and a part that becomes an order of its own: both sides know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import LinkOrders, MoveOrder, NewOrder, PutUnder, SplitOrder, UnlinkOrders
from store.domain.errors import BadInput, OrderUnknown, Stale
from store.domain.lifecycle import Move, State
from store.domain.links import MOST_LINKS, LinkedAlready, LinksFull, NotLinked, OwnLink
from store.domain.moves_refusals import OrderOver
from store.domain.targets import ClockKind
from store.domain.undo_refusals import SomeStay
from store.persistence.mapping import ORDER
from store.queries.card import OrderCard, Trace
from store.queries.checks import Check
from store.queries.deeds import Deeds
from store.queries.doctor import ExamineOrders
from tests.store.desk import (
    ANA,
    AT_SOUTH,
    NINE,
    do,
    minutes,
    move,
    promises_kept,
    stored,
    written,
)
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.domain.order import Clock, WorkOrder
    from store.records import Records


def _links(records: Records, *numbers: int) -> list[tuple[int, ...]]:
    return [stored(records, number).links for number in numbers]


def _clock(order: WorkOrder, kind: ClockKind) -> Clock:
    return [clock for clock in order.clocks if clock.kind is kind][-1]


def test_both_sides_know_of_a_link(records: Records) -> None:
    """On the card of each stands the other, until they are set apart."""
    one, two, three = (written(records, title=title) for title in ("pump", "泵房电源", "door"))
    do(records, LinkOrders(number=one, other=two), at=minutes(1))
    do(records, LinkOrders(number=three, other=one), at=minutes(2))
    assert _links(records, one, two, three) == [(two, three), (one,), (one,)]
    card = records.ask(OrderCard(number=two), who=ANA, at=minutes(3))
    assert [(kin.number, kin.title) for kin in card.links] == [(one, "pump")]
    do(records, UnlinkOrders(number=two, other=one), at=minutes(4))
    assert _links(records, one, two, three) == [(three,), (), (one,)]
    promises_kept(records, [one, two, three])


def test_a_link_is_no_sign_of_life_and_is_taken_back_whatever_came_since(
    records: Records,
) -> None:
    """Other links and steps stay; only what is about the same two builds on it."""
    one, two, three = (written(records) for _ in range(3))
    before = stored(records, one).progress_at
    first = do(records, LinkOrders(number=one, other=two), at=minutes(1))
    assert stored(records, one).progress_at == before
    do(records, LinkOrders(number=one, other=three), at=minutes(2))
    move(records, one, Move.ASSIGN, minutes(3), technician="T1")
    back = undo(records, entry=first.seq)
    assert _links(records, one, two, three) == [(three,), (), (one,)]
    assert stored(records, one).state is State.ASSIGNED
    undo(records, entry=back.seq, at=31)
    assert _links(records, one, two, three) == [(two, three), (one,), (one,)]
    do(records, UnlinkOrders(number=two, other=one), at=minutes(32))
    with pytest.raises(SomeStay):
        undo(records, entry=first.seq, at=33)


def test_who_does_not_see_the_other_side_hears_no_number_of_it(records: Records) -> None:
    """Neither in the trace, nor in the list of what was done; that it was done stays told."""
    south, north, own = (written(records, site=site) for site in ("S1", "N1", "S1"))
    for other in (north, own):
        do(records, LinkOrders(number=south, other=other), at=minutes(1))
    for who, told in ((AT_SOUTH, [None, own]), (ANA, [north, own])):
        trace = records.ask(Trace(number=south), who=who, at=NINE)
        done = records.ask(Deeds(number=south), who=who, at=NINE)
        told_of: list[Any] = [*trace, *done]
        heard = [one.body.get("other") for one in told_of if one.fact == "linked"]
        assert heard == [*told, *told]


def test_what_cannot_be_linked_says_why(records: Records) -> None:
    """Itself, twice, what is not linked, what is out of sight, too many, and an older version."""
    one, two = written(records, site="S1"), written(records, site="N1")
    do(records, LinkOrders(number=one, other=two))
    for command, why in (
        (LinkOrders(number=one, other=one), OwnLink),
        (LinkOrders(number=two, other=one), LinkedAlready),
        (UnlinkOrders(number=one, other=one), NotLinked),
        (LinkOrders(number=one, other=99), OrderUnknown),
        (LinkOrders(number=one, other=two, version=1), Stale),
    ):
        with pytest.raises(why):
            do(records, command)
    with pytest.raises(OrderUnknown):
        do(records, UnlinkOrders(number=one, other=two), who=AT_SOUTH)
    assert records.ask(OrderCard(number=one), who=AT_SOUTH, at=minutes(1)).links == ()
    for _ in range(MOST_LINKS - 1):
        do(records, LinkOrders(number=one, other=written(records)))
    with pytest.raises(LinksFull):
        do(records, LinkOrders(number=one, other=written(records)))


def test_the_doctor_sees_a_link_that_one_side_does_not_know(records: Records) -> None:
    """As a hand in the database leaves it; its own journal disagrees, too."""
    one, two = written(records), written(records)
    do(records, LinkOrders(number=one, other=two))
    with records.database.writing() as conn:
        conn.execute(ORDER.update().where(ORDER.c.number == two).values(links=None))
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(1)).findings
    assert {(f.check, f.number) for f in found} == {(Check.LINK, one), (Check.REPLAY, two)}


# -- split -----------------------------------------------------------------------------------


def _whole(records: Records, **fields: Any) -> int:
    told = {"customer": "C2", "priority": 1, "caller": "老王 13800000001", "kind": "lift"}
    return written(records, description="电梯停了，门也坏了", **{**told, **fields})


def test_a_part_has_the_customer_the_words_and_a_link(records: Records) -> None:
    """Nobody has to ask the caller again, and each leads to the other."""
    number = _whole(records)
    done = do(records, SplitOrder(number=number, text="门机\x1b[2J"), at=minutes(10))
    part = done.numbers[0]
    whole, new = stored(records, number), stored(records, part)
    for name in ("site", "customer", "contact", "asset", "kind", "level", "priority"):
        assert getattr(new, name) == getattr(whole, name), name
    assert (new.title.startswith("门机"), "\x1b" in new.title) == (True, False)
    assert (new.description, new.state) == (whole.description, State.NEW)
    assert (whole.links, new.links) == ((part,), (number,))
    promises_kept(records, [number, part])


def test_splitting_buys_no_time_and_blames_nobody(records: Records) -> None:
    """The promise to resolve is the customer's own, waits included; to respond is promised now."""
    number = _whole(records)
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    move(records, number, Move.ACCEPT, minutes(2), technician="T1")
    move(records, number, Move.WAIT, minutes(5), reason="parts", wake_at=minutes(60))
    move(records, number, Move.RESUME, minutes(25))
    part = do(records, SplitOrder(number=number, text="door"), at=minutes(50)).numbers[0]
    whole, new = stored(records, number), stored(records, part)
    kept, promised = _clock(whole, ClockKind.RESOLVE), _clock(new, ClockKind.RESOLVE)
    assert (promised.started_at, promised.due_at) == (kept.started_at, kept.due_at)
    respond = _clock(new, ClockKind.RESPOND)
    assert (respond.started_at, respond.breached_at) == (minutes(50), None)
    assert new.opened_at == whole.opened_at


def test_a_part_of_what_was_done_does_not_count_the_time_it_was_done(records: Records) -> None:
    """As where it is opened again."""
    number = _whole(records)
    move(records, number, Move.FINISH, minutes(30), insist=True)
    part = do(records, SplitOrder(number=number, text="door"), at=minutes(90)).numbers[0]
    due = _clock(stored(records, part), ClockKind.RESOLVE).due_at
    kept = _clock(stored(records, number), ClockKind.RESOLVE).due_at
    assert due is not None
    assert kept is not None
    assert due - kept == minutes(90) - minutes(30)


def test_a_split_is_taken_back_whole_and_done_again(records: Records) -> None:
    """The part is cancelled as written in error, and no link is left."""
    number = _whole(records)
    before = stored(records, number)
    done = do(records, SplitOrder(number=number, text="door"), at=minutes(5))
    part = done.numbers[0]
    again = stored(records, part)
    back = undo(records, entry=done.seq)
    assert stored(records, part).state is State.CANCELLED
    assert _links(records, number, part) == [(), ()]
    assert stored(records, number).clocks == before.clocks
    undo(records, entry=back.seq, at=31)
    assert _links(records, number, part) == [(part,), (number,)]
    assert (stored(records, part).state, stored(records, part).clocks) == (
        again.state,
        again.clocks,
    )


def test_a_split_stays_once_somebody_goes_for_the_part(records: Records) -> None:
    """Half of it cannot be taken back."""
    number = _whole(records)
    done = do(records, SplitOrder(number=number, text="door"), at=minutes(5))
    move(records, done.numbers[0], Move.ASSIGN, minutes(6), technician="T2")
    with pytest.raises(SomeStay):
        undo(records, entry=done.seq)
    do(records, PutUnder(number=done.numbers[0], parent=number), at=minutes(7))


def test_what_is_over_or_nameless_is_not_split(records: Records) -> None:
    """What has left the desk has no part that could be done."""
    number = _whole(records)
    with pytest.raises(BadInput):
        do(records, SplitOrder(number=number, text=" \n"))
    do(records, MoveOrder(number=number, move=Move.CANCEL, reason="no need"))
    with pytest.raises(OrderOver):
        do(records, SplitOrder(number=number, text="door"))


def test_what_is_linked_to_as_many_as_can_be_is_not_split(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its part would be one link more."""
    number = _whole(records)
    do(records, LinkOrders(number=number, other=written(records)))
    monkeypatch.setattr("store.domain.splits.MOST_LINKS", 1)
    with pytest.raises(LinksFull):
        do(records, SplitOrder(number=number, text="door"))
    assert len(stored(records, number).links) == 1


def test_a_return_is_a_new_order_linked_to_what_was_finished(records: Records) -> None:
    """In one transaction, replayed and taken back as one; what is out of sight cannot return."""
    over = written(records, title="Gate jammed", site="S1")
    move(records, over, Move.ASSIGN, technician="T1")
    move(records, over, Move.FINISH, minutes(1), insist=True)
    command = NewOrder(title="Jammed again", site="S1", returns=over)
    done = do(records, command, at=minutes(2))
    new = done.numbers[0]
    assert done.sentence == "order {number} written down as a return of order {other}"
    assert _links(records, new, over) == [(over,), (new,)]
    undo(records, number=new, at=4)
    assert stored(records, new).state is State.CANCELLED
    assert _links(records, over) == [()]
    with pytest.raises(OrderUnknown):
        do(records, NewOrder(title="x", returns=999))
