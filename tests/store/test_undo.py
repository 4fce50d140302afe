"""Taking back in the store: whose command, which orders, alarms, follow-ups, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.i18n import fill
from console.render_deeds import deed_said
from scheduler.runner import fire_due
from store.commands import (
    MoveOrder,
    NewOrder,
    NoteOrder,
    SaveSite,
    SeeRecalls,
    SetPriority,
    Undo,
    undo_meant,
)
from store.domain.errors import Refusal
from store.domain.lifecycle import Move, State
from store.domain.undo_refusals import (
    BuiltUpon,
    NoSuchDeed,
    NothingOnOrder,
    NothingToDoAgain,
    NothingToTakeBack,
    OnlyOrders,
    TooFarBack,
)
from store.persistence.journal import JOURNAL
from store.queries.deeds import Deeds
from store.queries.people import TechnicianBoard
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    BO,
    do,
    minutes,
    move,
    rows,
    stored,
    written,
)
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.queries.people import TechnicianLine
    from store.records import Records


def line_of(records: Records, code: str, at: float = 30) -> TechnicianLine:
    """A technician as the board shows him."""
    board = records.ask(TechnicianBoard(), who=ANA, at=minutes(at))
    return next(line for line in board if line.code == code)


def test_a_dispatch_is_taken_back_and_shows_as_a_recall(records: Records) -> None:
    """The order is as it was; the technician shows it until somebody says that he knows."""
    number = written(records)
    before = stored(records, number)
    move(records, number, Move.ASSIGN, minutes(5), technician="T1")
    assert line_of(records, "T1").jobs == 1
    done = undo(records)
    assert done.sentence.format(**done.facts).endswith("it is new; recalled: 李强")
    after = stored(records, number)
    assert (after.state, after.technician, after.progress_at) == (State.NEW, None, before.opened_at)
    assert (after.clocks, after.version) == (before.clocks, before.version + 2)
    line = line_of(records, "T1")
    assert (line.state, line.jobs, line.recalled) == ("available", 0, number)
    assert line.shown_since == line.recalled_at == minutes(30)
    board = records.ask(TechnicianBoard(), who=ANA, at=minutes(30))
    assert board[0].code == "T1", "who must hear of it comes before all who work"
    do(records, SeeRecalls(technician="T1"), at=minutes(40))
    assert line_of(records, "T1").recalled is None
    assert stored(records, number).version == after.version
    with pytest.raises(Refusal, match="none is shown"):
        do(records, SeeRecalls(technician="T1"), at=minutes(41))


def test_what_rang_since_is_no_command_to_take_back(records: Records) -> None:
    """The newest of an order is what somebody did, whatever time has told since."""
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(5), technician="T1")
    fire_due(records, at=minutes(2000))
    assert rows(records, JOURNAL, number=number)[-1]["fact"] != "assigned"
    undo(records, at=2001, number=number)
    assert stored(records, number).state is State.NEW


def test_what_somebody_built_on_it_is_named(records: Records) -> None:
    """With who did it and when, so that one knows what to take back first."""
    number = written(records)
    sent = move(records, number, Move.ASSIGN, technician="T1")
    do(records, Undo(number=number))
    again = do(records, Undo(redo=True))
    accepted = do(records, MoveOrder(number=number, move=Move.ACCEPT), who=BO, at=minutes(7))
    with pytest.raises(BuiltUpon, match=r"“accepted” by Bo at 2026-09-21 01:07.* came after"):
        do(records, Undo(entry=sent.undo), at=minutes(9))
    undo(records, entry=accepted.undo)
    assert again.numbers == (number,)
    undo(records, entry=sent.undo)
    assert stored(records, number).state is State.NEW


def test_undo_alone_goes_back_step_by_step_and_redo_forward(records: Records) -> None:
    """Each operator through his own commands only."""
    first, second = written(records), written(records)
    move(records, first, Move.ASSIGN, technician="T1")
    do(records, SetPriority(number=second, priority=1), who=BO)
    move(records, first, Move.ACCEPT)
    assert undo(records).numbers == (first,)
    assert stored(records, first).state is State.ASSIGNED
    assert undo(records).numbers == (first,)
    assert stored(records, first).state is State.NEW
    undo(records, redo=True)
    undo(records, redo=True)
    assert stored(records, first).state is State.ACCEPTED
    with pytest.raises(NothingToDoAgain):
        undo(records, redo=True)
    assert undo(records, who=BO).numbers == (second,)
    assert stored(records, second).priority == 2
    with pytest.raises(NothingToTakeBack):
        undo(records, who=BO)


@pytest.mark.parametrize("named", [False, True], ids=["the last", "by its entry"])
def test_who_goes_back_and_forth_comes_to_the_same(named: bool, records: Records) -> None:
    """However often; whether a redo is taken back by name or as the last thing done."""
    number = written(records)
    sent = move(records, number, Move.ASSIGN, technician="T1")
    entry = sent.undo
    for times in range(3):
        undo(records, entry=entry if named else None, at=30 + times)
        assert stored(records, number).state is State.NEW
        entry = undo(records, redo=True, at=30 + times).undo
        assert stored(records, number).technician is not None
    with pytest.raises(NothingToDoAgain):
        undo(records, redo=True)


def test_after_another_command_nothing_is_done_again(records: Records) -> None:
    """Redo is for what was just taken back, not for what was given up long ago."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    undo(records)
    do(records, NoteOrder(number=number, text="wrong lift"))
    with pytest.raises(NothingToDoAgain):
        undo(records, redo=True)


def test_an_order_written_down_by_mistake_is_cancelled(records: Records) -> None:
    """Numbers are never given twice, so it stays in the books as an error."""
    made = do(records, NewOrder(title="lift stuck", site="N1"))
    undo(records)
    order = stored(records, made.numbers[0])
    assert (order.state, order.reason) == (State.CANCELLED, "written in error")
    undo(records, redo=True)
    order = stored(records, made.numbers[0])
    assert (order.state, order.reason) == (State.NEW, "")
    assert any(clock.running for clock in order.clocks)


def test_what_nothing_takes_back_is_passed_over_and_told(records: Records) -> None:
    """The last thing that can be taken back is; however much was saved in registers since."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    do(records, SaveSite(code="N9", name="Depot", zone="UTC"))
    back = undo(records)
    assert stored(records, number).state is State.NEW
    assert _english(back).endswith(
        "taken back, it is new; recalled: 李强; what nothing takes back stays: site N9 saved"
    )
    for place in range(60):
        do(records, SaveSite(code=f"D{place}", name="Depot", zone="UTC"))
    again = undo(records, redo=True)
    assert stored(records, number).state is State.ASSIGNED
    assert _english(again).endswith("stays: site D59 saved, site D58 saved, site D57 saved, ...")


def test_nothing_is_looked_for_behind_a_register_of_hours(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how an order's last step is taken back all the same."""
    monkeypatch.setattr(undo_meant, "_FAR", 4)
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    for place in range(4):
        do(records, SaveSite(code=f"D{place}", name="Depot", zone="UTC"))
    for redo in (False, True):
        with pytest.raises(TooFarBack, match="none of the last 4 things you did"):
            undo(records, redo=redo)
    undo(records, number=number)
    assert stored(records, number).state is State.NEW


def test_where_nothing_else_was_done_registers_are_changed_again(records: Records) -> None:
    """Which is said, as it is of whoever has done nothing at all."""
    do(records, SaveSite(code="N9", name="Depot", zone="UTC"))
    for redo in (False, True):
        with pytest.raises(OnlyOrders, match="“site N9 saved” cannot be taken back"):
            undo(records, redo=redo)
    with pytest.raises(NothingToTakeBack):
        undo(records, who=BO)
    number = written(records)
    undo(records, number=number)
    with pytest.raises(NothingOnOrder):
        undo(records, number=number)


def _english(done: Done) -> str:
    return fill(done.sentence, done.facts)


def test_what_is_out_of_sight_is_not_there(records: Records) -> None:
    """Neither an entry that never was, nor one of an order at somebody else's site."""
    number = written(records)
    sent = move(records, number, Move.ASSIGN, technician="T1")
    for entry in (0, 10**9, -1):
        with pytest.raises(NoSuchDeed):
            undo(records, entry=entry)
    with pytest.raises(NoSuchDeed):
        undo(records, entry=sent.undo, who=AT_SOUTH)


def test_the_entries_of_one_command_name_it(records: Records) -> None:
    """Closing says that it is good too: two entries, one deed, under the chain's hash."""
    number = written(records)
    move(records, number, Move.FINISH, insist=True)
    done = move(records, number, Move.CLOSE)
    told = [(row["fact"], row["seq"], row["deed"]) for row in rows(records, JOURNAL, number=number)]
    (verified, first, none), (closed, second, deed) = told[-2:]
    assert (verified, none, closed, deed, second) == ("verified", None, "closed", first, done.seq)
    assert done.undo == first
    undo(records, entry=second)
    assert stored(records, number).state is State.DONE


def test_the_same_key_takes_back_once(records: Records) -> None:
    """An answer that was lost is asked for again."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    move(records, number, Move.ACCEPT)
    first = records.do(Undo(), who=ANA, at=minutes(9), key="k")
    assert records.do(Undo(), who=ANA, at=minutes(9), key="k").seq == first.seq
    assert stored(records, number).state is State.ASSIGNED


def test_the_trace_says_of_each_command_whether_it_can_be_taken_back(records: Records) -> None:
    """And why not, in the same words as the refusal."""
    number = written(records)
    sent = move(records, number, Move.ASSIGN, technician="T1")
    move(records, number, Move.ACCEPT, minutes(3))
    undo(records)
    move(records, number, Move.DEPART, minutes(40), insist=True)
    lines = records.ask(Deeds(number=number), who=ANA, at=minutes(50))
    assert [line.fact for line in lines] == [
        "created",
        "assigned",
        "accepted",
        "undone",
        "departed",
    ]
    assert [line.in_effect for line in lines] == [True, True, False, True, True]
    why = [line.why_not or "" for line in lines]
    assert [bool(text) for text in why] == [True, True, True, True, False]
    assert "“on the way” by Ana" in why[1]
    assert "taken back already" in why[2]
    with pytest.raises(BuiltUpon) as refused:
        undo(records, entry=sent.undo)
    assert refused.value.text == why[1]


def test_what_others_wrote_into_the_journal_keeps_no_list_from_being_shown(
    records: Records,
) -> None:
    """Ids and states of no kind that paidan writes."""
    number = written(records)
    sent = move(records, number, Move.ASSIGN, technician="T1")
    (entry,) = rows(records, JOURNAL, seq=sent.seq)
    strange: tuple[dict[str, Any], ...] = (
        {"technician": {}},
        {"technician": 10**30},
        {"set": [1]},
        {"other": 10**30},
    )
    for odd in strange:
        told = JOURNAL.update().where(JOURNAL.c.seq == sent.seq)
        with records.database.writing() as conn:
            conn.execute(told.values(body={**entry["body"], **odd}))
        for who in (ANA, AT_NORTH):
            _, line = records.ask(Deeds(number=number), who=who, at=minutes(9))
            assert deed_said(line).startswith("assigned")
