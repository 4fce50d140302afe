"""Many orders with one command: all or none, one deed, and a look at it beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.i18n import fill
from store.commands import (
    MoveOrder,
    NoteOrder,
    PutUnder,
    SaveSite,
    SetPriority,
    TakeOut,
    Together,
    Undo,
)
from store.commands.together import SomeCannot
from store.domain.errors import BadInput, MoveRefused, OrderUnknown, Refusal
from store.domain.lifecycle import Move, State
from store.domain.reach import MOST_TOGETHER
from store.domain.undo_refusals import BuiltUpon, SomeStay
from store.persistence.journal import JOURNAL
from store.persistence.receipts import RECEIPT
from tests.store.desk import (
    ANA,
    AT_SOUTH,
    BO,
    do,
    minutes,
    move,
    promises_kept,
    rows,
    stored,
    written,
)

if TYPE_CHECKING:
    from store.records import Records


def sent(*numbers: int, partly: bool = False) -> Together:
    """These orders, all to T1."""
    moves = [MoveOrder(number=n, move=Move.ASSIGN, technician="T1") for n in numbers]
    return Together(commands=tuple(moves), partly=partly)


def test_a_set_is_done_and_taken_back_as_one(records: Records) -> None:
    """One deed in the journal, whatever others write between."""
    numbers = [written(records) for _ in range(3)]
    before = [stored(records, number) for number in numbers]
    done = do(records, sent(*numbers))
    assert done.numbers == tuple(numbers)
    assert {stored(records, number).state for number in numbers} == {State.ASSIGNED}
    told = [row for n in numbers for row in rows(records, JOURNAL, number=n, fact="assigned")]
    assert [row["deed"] or row["seq"] for row in told] == [done.undo] * 3
    undone = do(records, Undo(), at=minutes(3))
    assert undone.numbers == tuple(numbers)
    assert undone.sentence.format(**undone.facts).endswith("taken back; recalled: 李强")
    assert [stored(records, n).state for n in numbers] == [order.state for order in before]
    promises_kept(records, list(numbers))
    do(records, Undo(redo=True), at=minutes(4))
    assert {stored(records, number).state for number in numbers} == {State.ASSIGNED}


def test_one_that_refuses_stops_all_and_is_named(records: Records) -> None:
    """Nothing is half done unless that was asked for."""
    first, second, third = (written(records) for _ in range(3))
    move(records, second, Move.CANCEL, reason="sold")
    with pytest.raises(SomeCannot, match=rf"1 of 3 cannot.*order {second} cannot be assigned"):
        do(records, sent(first, second, third))
    assert stored(records, first).state is State.NEW
    done = do(records, sent(first, second, third, partly=True))
    assert done.numbers == (first, third)
    assert f"not for 1: order {second} cannot" in done.sentence.format(
        **{**done.facts, "why": done.facts["why"][0]}
    )
    with pytest.raises(OrderUnknown):
        do(records, sent(first), who=AT_SOUTH)


def test_a_set_that_somebody_built_on_is_taken_back_whole_or_said(records: Records) -> None:
    """Which one, and by whom; on request the others go back all the same."""
    first, second = written(records), written(records)
    done = do(records, sent(first, second))
    move(records, second, Move.ACCEPT)
    with pytest.raises(SomeStay, match=rf"1 of 2 .*order {second} stays.*“accepted” by Ana"):
        do(records, Undo(entry=done.undo))
    assert stored(records, first).state is State.ASSIGNED
    told = do(records, Undo(entry=done.undo, partly=True))
    assert (told.numbers, stored(records, first).state) == ((first,), State.NEW)
    assert stored(records, second).state is State.ACCEPTED


def test_only_orders_are_done_together_and_not_without_end(records: Records) -> None:
    """One transaction holds everybody up for as long as it lasts."""
    site = SaveSite(code="N9", name="Depot", zone="UTC")
    for commands in ((), (site,), (Undo(),), sent(*range(1, MOST_TOGETHER + 2)).commands):
        with pytest.raises(BadInput, match="one to 500 commands about orders"):
            do(records, Together(commands=commands))


def test_a_rehearsal_tells_what_would_be_and_keeps_nothing(records: Records) -> None:
    """Not an entry, not a receipt, not a version; a refusal is told beside the rest."""
    first, second = written(records), written(records)
    head, receipts = records.head(), len(rows(records, RECEIPT))
    before = stored(records, first)
    commands = (
        SetPriority(number=first, priority=1),
        MoveOrder(number=second, move=Move.VERIFY),
        *sent(second).commands,
    )
    raised, refused, given = records.rehearse(commands, who=ANA, at=minutes(2))
    (change,) = raised.changes
    assert (change.before, change.after.priority) == (before, 1)
    assert change.after.clocks[0].due_at != before.clocks[0].due_at
    assert isinstance(refused.refusal, Refusal)
    assert given.changes[0].after.state is State.ASSIGNED
    assert (records.head(), len(rows(records, RECEIPT))) == (head, receipts)
    assert stored(records, first) == before


def test_a_step_with_a_note_is_a_step(records: Records) -> None:
    """Both are taken back together, and what builds on the step keeps both."""
    number = written(records)
    note = NoteOrder(number=number, text="bring the ladder")
    done = do(records, Together(commands=(*sent(number).commands, note)))
    move(records, number, Move.ACCEPT)
    with pytest.raises(BuiltUpon):
        do(records, Undo(entry=done.undo))
    do(records, Undo())
    told = do(records, Undo(entry=done.undo))
    assert told.facts["what"] == "assigned"
    assert stored(records, number).state is State.NEW


def test_no_note_is_left_of_a_step_that_was_not_taken(records: Records) -> None:
    """And one order that refuses says so itself, however much it was given."""
    first, second = (written(records) for _ in range(2))
    move(records, second, Move.CANCEL, reason="sold")
    notes = {n: NoteOrder(number=n, text="bring the ladder") for n in (first, second)}
    with pytest.raises(MoveRefused, match=f"order {second} cannot"):
        do(records, Together(commands=(*sent(second).commands, notes[second])))
    both = tuple(one for n in notes for one in (*sent(n).commands, notes[n]))
    with pytest.raises(SomeCannot, match="1 of 2 cannot"):
        do(records, Together(commands=both))
    done = do(records, Together(commands=both, partly=True))
    assert (done.numbers, done.facts["left"]) == ((first,), 1)
    assert len(rows(records, JOURNAL, number=first, fact="noted")) == 1
    assert rows(records, JOURNAL, number=second, fact="noted") == []


def test_a_set_is_told_in_few_words(records: Records) -> None:
    """Forty numbers that follow one another are a line that nobody reads."""
    numbers = [written(records) for _ in range(7)]
    done = do(records, sent(*numbers[:4], numbers[5], numbers[6]))
    first, fourth = numbers[0], numbers[3]
    assert done.facts["numbers"] == f"#{first}-{fourth}, #{numbers[5]}, #{numbers[6]}"
    apart = [written(records) for _ in range(26)][::2]
    done = do(records, sent(*apart), at=minutes(1))
    assert done.facts["numbers"].startswith(f"#{apart[0]}, #{apart[1]}, ")
    assert done.facts["numbers"].endswith(f"#{apart[11]}, ...")


def test_a_set_counts_the_orders_that_were_named(records: Records) -> None:
    """Their parent changes with them, and was not asked for."""
    parent, *children = (written(records) for _ in range(4))
    commands = tuple(PutUnder(number=child, parent=parent) for child in children)
    done = do(records, Together(commands=commands))
    assert done.sentence.format(**done.facts) == f"done for 3: #{children[0]}-{children[-1]}"
    assert set(done.numbers) == {parent, *children}
    note = NoteOrder(number=children[0], text="by mistake")
    out = do(records, Together(commands=(TakeOut(number=children[0]), note)))
    assert "stands under" in out.sentence


def test_what_was_taken_back_in_part_is_taken_back_of_the_others(records: Records) -> None:
    """Once nothing keeps them any more; the next undo does not stop at it for ever."""
    first, second, third = (written(records) for _ in range(3))
    numbers = (first, second, third)
    do(records, NoteOrder(number=first, text="before all this"))
    commands = tuple(SetPriority(number=number, priority=4) for number in numbers)
    do(records, Together(commands=commands))
    others = do(records, SetPriority(number=second, priority=1), who=BO, at=minutes(2))
    with pytest.raises(SomeStay):
        do(records, Undo(), at=minutes(3))
    assert do(records, Undo(partly=True), at=minutes(3)).numbers == (first, third)
    with pytest.raises(SomeStay, match="1 of 3 orders cannot be taken back"):
        do(records, Undo(), at=minutes(4))
    do(records, Undo(entry=others.undo), at=minutes(5), who=BO)
    assert do(records, Undo(), at=minutes(6)).numbers == (second,)
    assert {stored(records, number).priority for number in numbers} == {2}
    assert "note" in str(do(records, Undo(), at=minutes(7)).facts)
    promises_kept(records, list(numbers))


def test_who_is_called_off_by_a_set_is_named(records: Records) -> None:
    """With the order each of them had: somebody has to tell them."""
    numbers = [written(records) for _ in range(3)]
    for number, technician in zip(numbers, ("T2", "T3"), strict=False):
        move(records, number, Move.ASSIGN, technician=technician)
    done = do(records, sent(*numbers), at=minutes(1))
    assert done.facts["called_off"] == [[numbers[0], "李伟"], [numbers[1], "Wang Fang"]]
    assert fill(done.sentence, done.facts) == (
        f"done for 3: #{numbers[0]}-{numbers[2]};"
        f" called off: 李伟 (#{numbers[0]}), Wang Fang (#{numbers[1]})"
    )
    gone = [MoveOrder(number=n, move=Move.CANCEL, reason="sold") for n in numbers]
    alone = do(records, gone[0], at=minutes(2))
    assert fill(alone.sentence, alone.facts).endswith("is cancelled; called off: 李强")
    rest = do(records, Together(commands=tuple(gone[1:])), at=minutes(3))
    assert [number for number, _name in rest.facts["called_off"]] == numbers[1:]
