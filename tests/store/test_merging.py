"""A duplicate and the order that goes on: nothing of the one is lost at the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.i18n import fill
from store.commands import (
    ChaseOrder,
    MoveOrder,
    NoteOrder,
    PromiseFollowUp,
    PutUnder,
    SeeRecalls,
    TellFamily,
    Together,
    UpdateCustomer,
)
from store.domain.duplicates import DuplicatesFull
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move, State, VisitState
from store.domain.moves_refusals import OriginalIsDuplicate
from store.domain.targets import ClockKind
from store.domain.undo_refusals import SomeStay
from store.queries.card import OrderCard, Trace
from tests.store.desk import ANA, AT_SOUTH, do, minutes, move, promises_kept, stored, written
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.records import Records


def merge(records: Records, number: int, original: int, at: float = 10) -> Done:
    """The one is a duplicate of the other."""
    return move(records, number, Move.DUPLICATE, minutes(at), duplicate_of=original)


def _asked_twice(records: Records) -> tuple[int, int]:
    """The order that goes on, and one of another customer with all that it may have."""
    kept = written(records, title="no water")
    again = written(
        records, title="停水", customer="C2", caller="老王 13800000001", description="三楼没水"
    )
    do(records, NoteOrder(number=again, text="hotel, be quick\x1b[2J"), at=minutes(1))
    do(records, ChaseOrder(number=again, text="催"), at=minutes(2))
    do(records, ChaseOrder(number=again), at=minutes(3))
    promised = PromiseFollowUp(number=again, due_at=minutes(90), note="回电")
    do(records, promised, at=minutes(4))
    return kept, again


def test_the_card_of_what_goes_on_has_all_that_the_other_had(records: Records) -> None:
    """Words, caller, notes, what was promised, and how often he asked."""
    kept, again = _asked_twice(records)
    merge(records, again, kept)
    card = records.ask(OrderCard(number=kept), who=ANA, at=minutes(11))
    (one,) = card.duplicates
    assert (one.number, one.title, one.description) == (again, "停水", "三楼没水")
    assert (one.customer, one.caller, one.phone) == ("Harbour Hotel", "老王", "13800000001")
    assert [note[:15] for note in one.notes] == ["hotel, be quick", "催"]
    assert [(p.due_at, p.note) for p in one.promises] == [(minutes(90), "回电")]
    assert (card.order.chased, one.chased) == (2, 2)
    other = records.ask(OrderCard(number=again), who=ANA, at=minutes(11))
    assert other.original is not None
    assert other.original.number == kept
    promises_kept(records, [kept, again])


def test_its_customer_hears_what_is_told(records: Records) -> None:
    """Also one who asked for the same as a duplicate did, or as a child of the order."""
    kept, again = _asked_twice(records)
    merge(records, again, kept)
    third, child, fourth = (written(records) for _ in range(3))
    with pytest.raises(OriginalIsDuplicate):  # what goes on is to be named
        merge(records, third, again)
    merge(records, third, kept)
    do(records, PutUnder(number=child, parent=kept), at=minutes(11))
    merge(records, fourth, child, 12)
    done = do(records, TellFamily(number=kept, text="来水了"), at=minutes(20))
    assert done.numbers == (kept, again, third, child, fourth)
    for number in done.numbers:
        assert stored(records, number).told_at == minutes(20)
        told = records.ask(Trace(number=number), who=ANA, at=minutes(21))[-1]
        assert (told.fact, told.words["note"]) == ("updated_customer", "来水了")
    assert stored(records, again).state is State.DUPLICATE
    assert not any(clock.running for clock in stored(records, again).clocks)
    promises_kept(records, list(done.numbers))
    undo(records, entry=done.seq)
    assert {stored(records, number).told_at for number in done.numbers} == {None}


def test_it_is_taken_back_exactly_whatever_was_chased_since(records: Records) -> None:
    """Who asked about the order that goes on has asked."""
    kept, again = _asked_twice(records)
    before = stored(records, again)
    done = merge(records, again, kept)
    do(records, ChaseOrder(number=kept), at=minutes(11))
    assert stored(records, kept).chased == 3
    back = undo(records, entry=done.seq)
    now = stored(records, again)
    for name in ("state", "duplicate_of", "clocks", "visits", "chased", "cadence_s"):
        assert getattr(now, name) == getattr(before, name), name
    assert stored(records, kept).chased == 1
    assert records.ask(OrderCard(number=kept), who=ANA, at=minutes(31)).duplicates == ()
    undo(records, entry=back.seq, at=31)
    assert stored(records, kept).chased == 3


def test_who_asks_about_the_duplicate_asks_about_what_goes_on(records: Records) -> None:
    """Counted there, through as many as there are; and he himself may be told."""
    kept, again = _asked_twice(records)
    merge(records, again, kept)
    root = written(records)
    merge(records, kept, root, 11)
    done = do(records, ChaseOrder(number=again, text="还没来？"), at=minutes(12))
    assert done.numbers == (root,)
    assert [stored(records, n).chased for n in (again, kept, root)] == [2, 2, 3]
    told = records.ask(Trace(number=root), who=ANA, at=minutes(13))[-1]
    assert (told.fact, told.body["other"], told.words["note"]) == ("chased", again, "还没来？")
    do(records, UpdateCustomer(number=again, text="soon"), at=minutes(14))
    assert stored(records, again).told_at == minutes(14)
    undo(records, entry=done.seq)
    assert stored(records, root).chased == 2


def test_opened_again_it_takes_its_chases_with_it(records: Records) -> None:
    """And merged once more they are counted once."""
    kept, again = _asked_twice(records)
    first = merge(records, again, kept)
    move(records, again, Move.REOPEN, minutes(12), reason="another pipe")
    assert [stored(records, n).chased for n in (kept, again)] == [0, 2]
    with pytest.raises(SomeStay):
        undo(records, entry=first.seq)
    merge(records, again, kept, 13)
    assert stored(records, kept).chased == 2
    promises_kept(records, [kept, again])


def test_many_are_merged_and_taken_back_as_one(records: Records) -> None:
    """The chases of all are counted."""
    kept = written(records)
    many = [written(records) for _ in range(4)]
    for number in many:
        do(records, ChaseOrder(number=number), at=minutes(1))
    steps = (MoveOrder(number=n, move=Move.DUPLICATE, duplicate_of=kept) for n in many)
    done = do(records, Together(commands=tuple(steps)), at=minutes(2))
    assert stored(records, kept).chased == 4
    undo(records, entry=done.seq)
    assert stored(records, kept).chased == 0
    assert {stored(records, number).state for number in many} == {State.NEW}


def test_what_is_out_of_sight_is_not_taken_in(records: Records) -> None:
    """Nor shown."""
    south, north = written(records, site="S1"), written(records, site="N1")
    step = MoveOrder(number=south, move=Move.DUPLICATE, duplicate_of=north)
    with pytest.raises(OrderUnknown):
        do(records, step, who=AT_SOUTH)
    merge(records, north, south)
    assert records.ask(OrderCard(number=south), who=AT_SOUTH, at=minutes(11)).duplicates == ()


def test_opened_again_by_who_does_not_see_what_went_on_it_changes_nothing_there(
    records: Records,
) -> None:
    """Nobody writes into an order that is out of his sight."""
    south, north = written(records, site="S1"), written(records, site="N1")
    do(records, ChaseOrder(number=south), at=minutes(1))
    merge(records, south, north)
    before = stored(records, north)
    again = MoveOrder(number=south, move=Move.REOPEN, reason="another pipe")
    assert do(records, again, who=AT_SOUTH, at=minutes(12)).numbers == (south,)
    assert stored(records, south).state is State.REOPENED
    assert stored(records, north) == before


def test_no_more_are_merged_into_one_than_can_be_told_at_once(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one is refused whole."""
    monkeypatch.setattr("store.commands.merging.MOST_DUPLICATES", 1)
    kept, one, other = (written(records) for _ in range(3))
    merge(records, one, kept)
    with pytest.raises(DuplicatesFull, match=f"order {kept} has 1 duplicates already"):
        merge(records, other, kept)
    assert stored(records, other).state is State.NEW


def test_out_of_a_chain_it_takes_its_chases_from_all_of_it(records: Records) -> None:
    """What took it in has become a duplicate since: no order counts what another one counts."""
    first, second, third = (written(records, title=f"lift {n}") for n in range(3))
    do(records, ChaseOrder(number=first))
    do(records, ChaseOrder(number=second))
    for copy, original in ((first, second), (second, third)):
        move(records, copy, Move.DUPLICATE, duplicate_of=original)
    assert stored(records, third).chased == 2
    move(records, first, Move.REOPEN, reason="another lift")
    assert [stored(records, n).chased for n in (first, second, third)] == [1, 1, 1]
    promises_kept(records, [first, second, third])
    undo(records, number=first)
    assert [stored(records, n).chased for n in (first, second, third)] == [1, 2, 2]
    move(records, first, Move.REOPEN, reason="another lift")
    move(records, second, Move.REOPEN, reason="another lift, too")
    assert [stored(records, n).chased for n in (first, second, third)] == [1, 1, 0]
    promises_kept(records, [first, second, third])


def _held(records: Records, *steps: Move, priority: int = 1, technician: str = "T2") -> int:
    """One that somebody is on the way to."""
    number = written(records, title="停水", customer="C2", priority=priority)
    move(records, number, Move.ASSIGN, minutes(2), technician=technician)
    for step in steps:
        move(records, number, step, minutes(3))
    return number


def test_what_goes_on_is_as_urgent_as_the_more_urgent_of_both(records: Records) -> None:
    """And the result says so; what is less urgent lowers nothing; an undo puts it back."""
    kept = written(records, priority=3)
    again, mild = written(records, priority=1), written(records, priority=4)
    done = merge(records, again, kept)
    assert done.facts["raised"] == [[kept, 3, 1]]
    held = stored(records, kept)
    due = {c.kind: c.due_at for c in held.clocks}
    assert (held.priority, held.clocks) != (3, ())
    assert merge(records, mild, kept, 11).facts.keys().isdisjoint({"raised", "besides"})
    assert stored(records, kept).priority == 1
    undo(records, at=12, number=mild)
    undo(records, at=13, number=again)
    back = stored(records, kept)
    assert (back.priority, back.chased) == (3, 0)
    assert {c.kind: c.due_at for c in back.clocks} != due
    promises_kept(records, [kept, again, mild])


def test_whoever_is_on_the_way_goes_on_to_what_nobody_has(records: Records) -> None:
    """As far along as he is; taken back he has the first one again, and is recalled from this."""
    kept, again = written(records, priority=1), _held(records, Move.ACCEPT, Move.DEPART)
    before = stored(records, again)
    done = merge(records, again, kept)
    assert done.facts["handed_on"] == [[kept, "李伟"]]
    assert "must_see" not in done.facts
    held, gone = stored(records, kept), stored(records, again)
    assert (held.state, held.technician) == (State.EN_ROUTE, before.technician)
    assert [visit.state for visit in gone.visits] == [VisitState.WITHDRAWN]
    respond = next(c for c in held.clocks if c.kind is ClockKind.RESPOND)
    assert respond.met_at == minutes(10)
    move(records, kept, Move.ARRIVE, minutes(11))
    undo(records, at=12, number=kept)
    undo(records, at=13, number=again)
    back = stored(records, again)
    assert (back.state, back.visits) == (before.state, before.visits)
    assert [visit.state for visit in stored(records, kept).visits] == [VisitState.RECALLED]
    assert stored(records, kept).state is State.NEW
    promises_kept(records, [kept, again])


def test_whoever_is_on_the_way_is_recalled_where_somebody_has_it(records: Records) -> None:
    """It shows on his line until it is seen; taken back he goes there again."""
    kept = _held(records, technician="T3")
    again = _held(records, Move.ACCEPT)
    before = stored(records, again)
    done = merge(records, again, kept)
    assert done.facts["must_see"] == [[again, "李伟"]]
    assert "handed_on" not in done.facts
    (visit,) = stored(records, again).visits
    assert (visit.state, visit.seen_at) == (VisitState.RECALLED, None)
    assert len(stored(records, kept).visits) == 1
    undo(records, at=13, number=again)
    assert stored(records, again).visits == before.visits
    merge(records, again, kept, 14)
    do(records, SeeRecalls(number=again), at=minutes(15))
    assert stored(records, again).visits[0].seen_at == minutes(15)
    promises_kept(records, [kept, again])


def test_of_many_duplicates_each_says_where_its_technician_goes(records: Records) -> None:
    """The first goes on to what nobody has, and the next one is recalled."""
    kept = written(records, priority=3)
    many = [_held(records, priority=2), _held(records, priority=1, technician="T3")]
    merged = Together(
        commands=tuple(
            MoveOrder(number=number, move=Move.DUPLICATE, duplicate_of=kept) for number in many
        )
    )
    done = do(records, merged, at=minutes(10))
    assert fill(done.sentence, done.facts) == (
        f"done for 2: #{many[0]}, #{many[1]}; recalled until they have seen it: Wang Fang"
        f" (#{many[1]}); goes on to the other order: 李伟 (#{kept});"
        f" #{kept} has priority 1 now, not 3"
    )
    undo(records, at=12)
    assert stored(records, kept).priority == 3
    promises_kept(records, [kept, *many])
