"""Shift hand-over: what is told, who ticks and accepts, and that nothing is lost between shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import (
    AcceptHandover,
    NoteHandover,
    OfferHandover,
    PromiseFollowUp,
    TickRisks,
    WithdrawHandover,
)
from store.domain.errors import (
    BadInput,
    HandoverChanged,
    HandoverStands,
    HandoverUnknown,
    NotYours,
    RisksNew,
    RisksOpen,
)
from store.domain.handover import Part
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.chain import verify
from store.persistence.journal import JOURNAL
from store.queries.doctor import ExamineDesk
from store.queries.handover import ListHandovers, ShowHandover
from store.queries.holder import DeskHolder
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, do, minutes, move, rows, written
from tests.store.handover_desk import accepted, offered, shown_to, told_of
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

DAY = 24 * 60


def _done(records: Records, number: int, at: datetime) -> None:
    for step in (Move.ASSIGN, Move.ACCEPT):
        told = {"technician": "T1"} if step is Move.ASSIGN else {}
        move(records, number, step, at, **told)
    move(records, number, Move.FINISH, at, insist=True)


def test_a_hand_over_tells_what_the_shift_leaves(records: Records) -> None:
    """Finished, exceptions, promises and open risks, each with its order."""
    finished, declined, promised, orphan, quiet = (written(records) for _ in range(5))
    _done(records, finished, minutes(5))
    move(records, declined, Move.ASSIGN, minutes(6), technician="T2")
    move(records, declined, Move.DECLINE, minutes(7), reason="too far")
    for number in (promised, quiet):
        move(records, number, Move.ASSIGN, minutes(8), technician="T3")
        move(records, number, Move.ACCEPT, minutes(9))
    call = PromiseFollowUp(number=promised, due_at=minutes(120), note="rings back")
    do(records, call, at=minutes(10))
    shown = shown_to(records, ANA, minutes(30))
    assert (shown.id, shown.holder, shown.mine) == (None, "Ana", True)
    assert told_of(shown, Part.FINISHED) == [(finished, "finished")]
    assert told_of(shown, Part.EXCEPTION) == [(declined, "declined")]
    called = [line.number for line in shown.lines if line.what == "follow_up"]
    assert called == [promised]
    assert {number for number, _ in told_of(shown, Part.RISK)} == {orphan, declined}
    assert {line.part for line in shown.lines if line.number == quiet} == {Part.PROMISE}


def test_the_desk_stays_in_the_old_name_until_somebody_accepts(records: Records) -> None:
    """Each risk ticked by whoever accepts; both names and both times are kept."""
    number = written(records)
    held = records.ask(DeskHolder(), who=BO, at=minutes(1))
    assert (held.holder, held.offered) == (None, None)
    handover = offered(records, "the <key> is *here*\nsecond line")
    held = records.ask(DeskHolder(), who=BO, at=minutes(60))
    assert (held.holder, held.offered, held.offered_from, held.mine) == (
        None, handover, "Ana", False,
    )  # fmt: skip
    seen = shown_to(records)
    assert [(note.by, note.text) for note in seen.notes] == [
        ("Ana", "the <key> is *here*\nsecond line")
    ]
    accept = AcceptHandover(handover=handover, seen=seen.version)
    with pytest.raises(RisksOpen, match="open risks not ticked by you yet: 1"):
        do(records, accept, who=BO, at=minutes(62))
    with pytest.raises(NotYours):
        do(records, TickRisks(handover=handover, numbers=(number,)), at=minutes(62))
    do(records, TickRisks(handover=handover, numbers=(number,)), who=BO, at=minutes(62))
    with pytest.raises(NotYours):
        do(records, accept, at=minutes(62))
    do(records, accept, who=BO, at=minutes(63))
    over = records.ask(ShowHandover(handover=handover), who=BO, at=minutes(64))
    assert (over.holder, over.offered_at) == ("Ana", minutes(60))
    assert (over.accepted_by, over.accepted_at) == ("Bo", minutes(63))
    risks = [line for line in over.lines if line.part is Part.RISK]
    assert [(line.ticked_by, line.ticked_at) for line in risks] == [("Bo", minutes(62))]
    held = records.ask(DeskHolder(), who=ANA, at=minutes(64))
    assert (held.holder, held.since, held.offered) == ("Bo", minutes(63), None)
    assert shown_to(records, ANA).holder == "Bo"
    facts = [row for row in rows(records, JOURNAL) if row["fact"].startswith("handover")]
    assert [(row["fact"], row["by"]) for row in facts] == [
        ("handover_offered", 3), ("handover_noted", 3),
        ("handover_ticked", 4), ("handover_accepted", 4),
    ]  # fmt: skip
    assert all(row["number"] is None and "key" not in str(row["body"]) for row in facts)
    with records.database.reading() as conn:
        assert list(verify(conn)) == []
    assert records.ask(ExamineDesk(), who=ANA, at=minutes(64)) == ()


def test_another_ticks_for_himself(records: Records) -> None:
    """What Bo has read, Cem has not."""
    number = written(records)
    handover = offered(records)
    do(records, TickRisks(handover=handover, numbers=(number,)), who=BO, at=minutes(61))
    with pytest.raises(RisksOpen):
        do(records, AcceptHandover(handover=handover), who=Who(operator=2), at=minutes(62))
    do(records, TickRisks(handover=handover, numbers=(number,), ticked=False), who=BO)
    with pytest.raises(RisksOpen):
        do(records, AcceptHandover(handover=handover), who=BO, at=minutes(62))


def test_what_was_noted_since_is_read_before_it_is_signed(records: Records) -> None:
    """The version is what was read."""
    handover = offered(records)
    seen = shown_to(records).version
    do(records, NoteHandover(handover=handover, text="one more thing"), at=minutes(61))
    with pytest.raises(HandoverChanged, match="Ana has noted something more"):
        do(records, AcceptHandover(handover=handover, seen=seen), who=BO, at=minutes(62))
    do(records, AcceptHandover(handover=handover, seen=seen + 1), who=BO, at=minutes(62))


def test_one_offer_stands_at_a_time_and_may_be_withdrawn(records: Records) -> None:
    """After it is withdrawn the desk stays as it was, and the next offer tells the same."""
    number = written(records)
    _done(records, number, minutes(5))
    handover = offered(records)
    with pytest.raises(HandoverStands, match="Ana has offered"):
        do(records, OfferHandover(), who=BO, at=minutes(61))
    do(records, WithdrawHandover(handover=handover), at=minutes(61))
    for gone in (AcceptHandover(handover=handover), NoteHandover(handover=handover, text="x")):
        with pytest.raises(HandoverUnknown):
            do(records, gone, who=BO, at=minutes(62))
    assert records.ask(DeskHolder(), who=BO, at=minutes(62)).offered is None
    again = offered(records, at=minutes(63))
    shown = records.ask(ShowHandover(handover=again), who=BO, at=minutes(63))
    assert told_of(shown, Part.FINISHED) == [(number, "finished")]
    (past,) = records.ask(ListHandovers(), who=BO, at=minutes(64))
    assert (past.id, past.accepted_by, past.over_at) == (handover, None, minutes(61))


def test_each_shift_tells_what_the_last_one_has_not(records: Records) -> None:
    """From mark to mark: nothing twice, nothing lost."""
    first, second = written(records), written(records)
    _done(records, first, minutes(5))
    handover = offered(records)
    _done(records, second, minutes(60))  # after the offer, before it is accepted
    accepted(records, handover)
    shown = shown_to(records, BO, minutes(70))
    assert told_of(shown, Part.FINISHED) == [(second, "finished")]
    assert (shown.since_at, shown.holder, shown.mine) == (minutes(60), "Bo", True)


def test_a_first_hand_over_tells_of_one_day(records: Records) -> None:
    """A desk of a year does not hand over a year."""
    old, new = written(records), written(records)
    _done(records, old, minutes(5))
    _done(records, new, minutes(2 * DAY))
    shown = shown_to(records, ANA, minutes(2 * DAY + 60))
    assert told_of(shown, Part.FINISHED) == [(new, "finished")]


def test_a_first_hand_over_goes_by_time_wherever_the_journal_tells_of_it(
    records: Records,
) -> None:
    """A desk that was imported, or made to be shown, stands there order by order."""
    orders = [written(records) for _ in range(6)]
    for place, number in enumerate(orders):
        _done(records, number, minutes(2 * DAY if place % 2 else 5))
    late = minutes(2 * DAY + 60)
    told = told_of(shown_to(records, ANA, late), Part.FINISHED)
    assert sorted(told) == [(number, "finished") for number in orders[1::2]]
    handover = offered(records, at=late, who=ANA)
    held = records.ask(ShowHandover(handover=handover), who=ANA, at=late)
    assert told_of(held, Part.FINISHED) == told


def test_a_recall_that_nobody_has_seen_is_a_risk(records: Records) -> None:
    """And what was taken back is told as that, not as what it was."""
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    undo(records, at=2)
    shown = shown_to(records, ANA, minutes(3))
    assert told_of(shown, Part.EXCEPTION) == [(number, "recalled")]
    assert told_of(shown, Part.RISK) == [(number, "recall_unseen")]


def test_missed_deadlines_are_told_once(records: Records) -> None:
    """As exceptions by what happened, as risks while they stand."""
    number = written(records)
    fire_due(records, at=minutes(10 * DAY))
    shown = shown_to(records, ANA, minutes(10 * DAY))
    assert told_of(shown, Part.EXCEPTION) == [(number, "breached")]
    assert shown.lines[-1].times > 1
    assert told_of(shown, Part.RISK) == [(number, "overdue")]


def test_sites_hand_over_their_own(records: Records) -> None:
    """An office sees nothing of other sites, and its hand-over is its own."""
    north, south = written(records, site="N1"), written(records, site="S1")
    for number in (north, south):
        _done(records, number, minutes(5))
    assert told_of(shown_to(records, AT_NORTH), Part.FINISHED) == [(north, "finished")]
    whole = offered(records)
    with pytest.raises(HandoverUnknown):
        do(records, AcceptHandover(handover=whole), who=AT_NORTH, at=minutes(61))
    with pytest.raises(HandoverUnknown):
        records.ask(ShowHandover(handover=whole), who=AT_NORTH, at=minutes(61))
    made = do(records, OfferHandover(), who=AT_NORTH, at=minutes(62)).facts["handover"]
    shown = records.ask(ShowHandover(handover=made), who=AT_NORTH, at=minutes(62))
    assert {line.number for line in shown.lines} == {north}


def test_a_colleague_offers_in_the_name_of_the_holder(records: Records) -> None:
    """She has gone home ill; her desk must not stand in her name for ever."""
    accepted(records, offered(records, who=BO), who=ANA)
    done = do(records, OfferHandover(), who=BO, at=minutes(90))
    assert done.facts["holder"] == "Ana"
    handover = done.facts["handover"]
    shown = records.ask(ShowHandover(handover=handover), who=BO, at=minutes(91))
    assert (shown.holder, shown.offered_by) == ("Ana", "Bo")
    accepted(records, handover, at=minutes(92))
    assert records.ask(DeskHolder(), who=ANA, at=minutes(93)).holder == "Bo"


def test_words_are_made_safe_and_never_cut(records: Records) -> None:
    """What is too long is refused whole; control signs go."""
    handover = offered(records)
    with pytest.raises(BadInput, match="4001 characters"):
        do(records, NoteHandover(handover=handover, text="x" * 4001), at=minutes(61))
    with pytest.raises(BadInput):
        do(records, NoteHandover(handover=handover, text=" \n "), at=minutes(61))
    do(records, NoteHandover(handover=handover, text="red\x1b[31m\u202e"), at=minutes(61))
    assert "\x1b" not in shown_to(records).notes[0].text


def test_what_came_and_went_since_the_offer_is_told_before_it_is_accepted(
    records: Records,
) -> None:
    """Nobody takes over a risk that he has not read, nor reads one that is none any more."""
    solved, stays = written(records), written(records)
    handover = offered(records)
    came = written(records, at=minutes(50))
    assert [n for n, _ in told_of(shown_to(records), Part.RISK)] == [solved, stays]
    move(records, solved, Move.CANCEL, minutes(70), reason="x")
    shown = shown_to(records, at=minutes(71))
    seen = {line.number: line for line in shown.lines if line.part is Part.RISK}
    assert (seen[solved].now, seen[solved].new) == (None, False)
    assert (seen[stays].what, seen[stays].now, seen[stays].new) == (
        "nobody_following", "overdue", False,
    )  # fmt: skip
    assert (seen[came].now, seen[came].new, seen[came].title) == (
        "nobody_following", True, "lift stuck",
    )  # fmt: skip
    accept = AcceptHandover(handover=handover)
    with pytest.raises(RisksNew, match="not ticked by you yet: 2, new since the offer: 1"):
        do(records, accept, who=BO, at=minutes(72))
    tick = TickRisks(handover=handover, numbers=(stays,))
    done = do(records, tick, who=BO, at=minutes(73))
    assert done.facts["left"] == 1
    with pytest.raises(RisksNew):
        do(records, accept, who=BO, at=minutes(73))
    do(records, TickRisks(handover=handover, numbers=(came,)), who=BO, at=minutes(74))
    lines = shown_to(records, at=minutes(74)).lines
    assert [line.part for line in lines[:3]] == [Part.RISK] * 3
    assert [(line.number, line.mine) for line in lines[:3]] == [
        (solved, False), (stays, True), (came, True),
    ]  # fmt: skip
    do(records, accept, who=BO, at=minutes(75))
    over = records.ask(ShowHandover(handover=handover), who=BO, at=minutes(76))
    assert [(line.number, line.ticked_by) for line in over.lines if line.part is Part.RISK] == [
        (solved, None), (stays, "Bo"), (came, "Bo"),
    ]  # fmt: skip
    assert records.ask(ExamineDesk(), who=ANA, at=minutes(76)) == ()


def test_a_new_risk_of_another_site_is_not_asked_of_this_one(records: Records) -> None:
    """Each desk ticks its own."""
    handover = offered(records, who=AT_SOUTH)
    written(records, at=minutes(50))
    taker = Who(operator=ANA.operator, scope=AT_SOUTH.scope)
    assert shown_to(records, who=taker, at=minutes(90)).lines == ()
    do(records, AcceptHandover(handover=handover), who=taker, at=minutes(90))
