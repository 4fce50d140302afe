"""Orders that take several people: the second goes with the first, and one is known by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.as_shown import as_shown
from console.render import crew_names
from store.commands import EditOrder, MoveOrder, MoveTechnician, SaveAbsence, Undo
from store.commands.automatic import SendAsShown
from store.commands.moves import HIS_PART
from store.domain.crews import lacking
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move
from store.domain.moves_common import live_visits
from store.queries.board import LineOf
from store.queries.crews import ShortCrews
from store.queries.days import TechnicianDays
from store.queries.lists import ListOrders
from store.queries.people import TechnicianBoard
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, move, stored
from tests.store.recommend_desk import asked, desk, offered, order

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Done
    from store.domain.order import WorkOrder
    from store.queries.board import BoardLine
    from store.queries.recommend import Recommendation, Recommended
    from store.records import Records

__all__ = ["desk"]
AN, BO, PL = 4, 5, 6


def of_two(records: Records, **fields: Any) -> int:
    """An order for two that An has."""
    number = order(records, level="standard", priority=4)
    do(records, EditOrder(number=number, fields={"crew": 2, **fields}))
    send(records, number, "AN")
    return number


def send(records: Records, number: int, who: str, **more: Any) -> Done:
    return do(records, MoveOrder(number=number, move=Move.ASSIGN, technician=who, **more))


def busy(records: Records, who: str, *, hours: int) -> int:
    """Somebody has so much to do before."""
    number = order(records, level="standard", priority=3)
    do(records, EditOrder(number=number, fields={"takes_s": hours * 3600}))
    send(records, number, who)
    return number


def bo(found: Recommendation) -> Recommended:
    return next(one for one in found.offers if one.who.code == "BO")


def send_shown(records: Records, found: Recommendation, **more: Any) -> Done:
    """Bo, as the list has said."""
    line = records.ask(LineOf(number=found.number), who=ANA, at=NINE)
    assert line is not None
    shown: dict[str, Any] = {"stamp": bo(found).stamp, "place": found.place, "as_of": found.at}
    shown |= {"number": found.number, "version": line.version, "start_at": bo(found).begin_at}
    return do(records, SendAsShown(technician=BO, **shown, **more))


def starts(records: Records, number: int) -> set[datetime]:
    """When those who have it begin, on the schedule board."""
    asked = TechnicianDays(from_at=NINE, to_at=minutes(1440), since=NINE)
    days = records.ask(asked, who=ANA, at=NINE)
    return {bar.from_at for day in days for bar in day.bars if bar.number == number}


def who_has(order: WorkOrder) -> set[int]:
    return {visit.technician for visit in live_visits(order.visits)}


def test_the_second_goes_with_the_first_not_after_all_he_has(desk: Records) -> None:
    """Two hours of his were done first, and so the first one waited two hours."""
    busy(desk, "BO", hours=2)
    number = of_two(desk, takes_s=4 * 3600)
    found = asked(desk, number, stamped=True)
    assert found.meets_at is not None
    assert bo(found).start_at < minutes(15)  # the road
    assert bo(found).score.others_wait > 0
    send_shown(desk, found, also=True)
    assert starts(desk, number) == {bo(found).start_at} == {stored(desk, number).planned_at}


def test_no_start_is_set_behind_the_appointment(desk: Records) -> None:
    """Whoever can come only after it is told as late, and the first one goes when that was said."""
    other = busy(desk, "BO", hours=4)
    for step in (Move.ACCEPT, Move.ARRIVE):
        move(desk, other, step, NINE, technician="BO")
    number = of_two(desk, appointment_at=minutes(60), appointment_to=minutes(90))
    found = asked(desk, number, stamped=True)
    assert found.meets_at == minutes(60)
    assert bo(found).start_at >= minutes(240)
    assert bo(found).begin_at is None
    send_shown(desk, found, also=True)
    assert stored(desk, number).planned_at is None
    assert minutes(60) in starts(desk, number)


def test_the_start_is_within_the_appointment(desk: Records) -> None:
    """To the millisecond: the second one may take all of the window, and no more."""
    other = busy(desk, "BO", hours=1)
    for step in (Move.ACCEPT, Move.ARRIVE):
        move(desk, other, step, NINE, technician="BO")
    number = of_two(desk, appointment_at=minutes(30), appointment_to=minutes(72))
    found = asked(desk, number, stamped=True)
    start = bo(found).begin_at
    assert start is not None
    assert minutes(60) <= start <= minutes(72)
    send_shown(desk, found, also=True)
    assert starts(desk, number) == {start}


def test_a_start_that_one_was_waited_for_goes_with_him(desk: Records) -> None:
    """Only taking back freed it; what was taken back has it again."""
    other = busy(desk, "BO", hours=2)
    for step in (Move.ACCEPT, Move.ARRIVE):
        move(desk, other, step, NINE, technician="BO")
    number = of_two(desk)
    send_shown(desk, asked(desk, number, stamped=True), also=True)
    planned = stored(desk, number).planned_at
    assert planned is not None
    done = move(desk, number, Move.DECLINE, NINE, technician="BO", reason="no ladder")
    assert done.facts["people_wanted"] == [[number, 1]]
    assert stored(desk, number).planned_at is None
    assert starts(desk, number) == {NINE}
    do(desk, Undo(number=number))
    assert stored(desk, number).planned_at == planned


def test_what_a_whole_crew_has_is_given_in_the_place_of_one(desk: Records) -> None:
    """Who goes already is not offered, and the other one keeps it."""
    number = of_two(desk, crew=2)
    send(desk, number, "PL", also=True)
    found = asked(desk, number, stamped=True)
    assert [one.code for one in found.going] == ["AN", "PL"]
    assert found.whole
    assert offered(found) == ["BO"]
    done = send_shown(desk, found, instead=PL)
    assert done.facts["called_off"] == [[number, "Plumber"]]
    kept = stored(desk, number)
    assert who_has(kept) == {AN, BO}
    assert kept.reassigned == 1
    do(desk, Undo(number=number))
    assert who_has(stored(desk, number)) == {AN, PL}


def test_whoever_comes_last_makes_room_until_it_is_said_who(desk: Records) -> None:
    """A start that waits for somebody who is busy was pinned with whoever took his place."""
    number = of_two(desk)
    send(desk, number, "PL", also=True)
    busy(desk, "PL", hours=4)
    found = asked(desk, number, stamped=True)
    assert (found.last, found.meets_at) == ("PL", NINE)
    assert found.last_at is not None
    assert found.last_at >= minutes(240)
    one, line = bo(found), line_of(desk, number)
    for leaves, start in (("PL", one.begin_at), ("AN", found.last_at)):
        told = {"technician": "BO", "instead": leaves}
        sent = as_shown(found, one, line, told, lambda _query: {})
        assert (sent.start_at, sent.instead, sent.also) == (start, leaves, False)


def test_only_one_of_them_can_be_replaced(desk: Records) -> None:
    """Not somebody else, and nobody from his work without a word."""
    number = of_two(desk, crew=2)
    send(desk, number, "PL", also=True)
    with pytest.raises(MoveRefused):
        send(desk, number, "BO", instead="BO")
    move(desk, number, Move.ARRIVE, NINE, technician="AN", insist=True)
    with pytest.raises(MoveRefused):
        send(desk, number, "BO", instead="AN")
    send(desk, number, "BO", instead="PL")
    assert who_has(stored(desk, number)) == {AN, BO}


def test_who_is_sent_again_is_not_told_not_to_go(desk: Records) -> None:
    """In his line, in the handover and on the card; taken back once more, he is recalled again."""
    number = of_two(desk)
    do(desk, Undo(number=number))
    assert recalled(desk) == [number]
    send(desk, number, "BO")
    assert recalled(desk) == [number]  # another one was sent
    send(desk, number, "AN", also=True)
    assert recalled(desk) == []
    do(desk, Undo(number=number))
    assert recalled(desk) == [number]


def recalled(records: Records) -> list[int]:
    """From what An was recalled without having seen it."""
    board = records.ask(TechnicianBoard(), who=ANA, at=NINE)
    return [line.recalled for line in board if line.code == "AN" and line.recalled is not None]


def ill(records: Records, who: str, *, begins: int = 0, ends: int = 480) -> None:
    do(records, SaveAbsence(technician=who, starts_at=minutes(begins), ends_at=minutes(ends)))


def line_of(records: Records, number: int) -> BoardLine:
    found = records.ask(LineOf(number=number), who=ANA, at=NINE)
    assert found is not None
    return found


def test_who_falls_ill_of_a_crew_is_told_by_name(desk: Records) -> None:
    """On the board, in its calm line and where somebody is sought; of tomorrow's work it is not."""
    number = of_two(desk)
    send(desk, number, "BO", also=True)
    assert desk.ask(ShortCrews(), who=ANA, at=NINE) == ()
    ill(desk, "BO")
    [short] = desk.ask(ShortCrews(), who=ANA, at=NINE)
    assert (short.number, short.missing) == (number, 0)
    assert [(one.name, one.until) for one in short.away] == [("Bo", minutes(480))]
    assert line_of(desk, number).away == ("BO",)
    assert crew_names(line_of(desk, number)) == "1/2 x Bo+An"
    assert [one.code for one in asked(desk, number).gone] == ["BO"]
    do(desk, EditOrder(number=number, fields={"appointment_at": minutes(600)}))
    assert desk.ask(ShortCrews(), who=ANA, at=NINE) == ()
    assert line_of(desk, number).away == ()


def test_who_goes_off_duty_of_a_crew_is_told_too(desk: Records) -> None:
    """As nobody comes back from that by the clock, without until when."""
    number = of_two(desk)
    send(desk, number, "BO", also=True)
    do(desk, MoveTechnician(technician="AN", state="off"))
    [short] = desk.ask(ShortCrews(), who=ANA, at=NINE)
    assert [(one.name, one.until) for one in short.away] == [("An", None)]


def test_a_crew_that_lacks_somebody_is_seen_and_found(desk: Records) -> None:
    """By how many; what begins much later may still find somebody."""
    number, whole, nobody = of_two(desk), of_two(desk), order(desk)
    send(desk, whole, "BO", also=True)
    do(desk, EditOrder(number=nobody, fields={"crew": 3}))
    assert line_of(desk, number).missing == 1
    assert crew_names(line_of(desk, number)) == "1/2 An+?"
    assert crew_names(line_of(desk, whole)) == "2/2 An+Bo"
    assert [one.number for one in desk.ask(ShortCrews(), who=ANA, at=NINE)] == [number]
    found = {"missing:1": [number], "missing>0": [nobody, number], "lacks:3": [nobody]}
    for text, numbers in found.items():
        assert [one.number for one in desk.ask(ListOrders(text=text), who=ANA, at=NINE)] == numbers
    do(desk, EditOrder(number=number, fields={"appointment_at": minutes(600)}))
    assert desk.ask(ShortCrews(), who=ANA, at=NINE) == ()


def test_a_list_names_all_who_have_it(desk: Records) -> None:
    """And who did the work, when that is done."""
    number = of_two(desk)
    send(desk, number, "BO", also=True)

    def listed() -> tuple[str, ...]:
        [line] = desk.ask(ListOrders(text=f"#{number}"), who=ANA, at=NINE)
        return line.technicians

    assert listed() == ("An", "Bo")
    for who in ("AN", "BO"):
        for step in (Move.ACCEPT, Move.ARRIVE):
            move(desk, number, step, NINE, technician=who)
    move(desk, number, Move.FINISH, NINE, technician="AN")
    assert listed() == ("Bo",)
    move(desk, number, Move.FINISH, NINE, technician="BO")
    assert set(listed()) == {"An", "Bo"}


def test_who_has_done_their_part_is_not_missing(desk: Records) -> None:
    """The other one still works there; opened again, both are to be found once more."""
    number = of_two(desk)
    send(desk, number, "BO", also=True)
    for who in ("AN", "BO"):
        for step in (Move.ACCEPT, Move.ARRIVE):
            move(desk, number, step, NINE, technician=who)
    done = move(desk, number, Move.FINISH, minutes(1), technician="AN")
    assert done.sentence == HIS_PART[Move.FINISH]
    assert crew_names(line_of(desk, number)) == "2/2 Bo"
    assert desk.ask(ShortCrews(), who=ANA, at=NINE) == ()
    assert desk.ask(ListOrders(text="missing>0"), who=ANA, at=NINE) == ()
    assert (lacking(stored(desk, number)), asked(desk, number).whole) == (0, True)
    assert desk.ask(BoardToPlan(), who=ANA, at=minutes(1)).crews == ()
    move(desk, number, Move.FINISH, minutes(2), technician="BO")
    move(desk, number, Move.REOPEN, minutes(3), reason="hums again")
    move(desk, number, Move.ASSIGN, minutes(4), technician="BO")
    assert crew_names(line_of(desk, number)) == "1/2 Bo+?"
    assert lacking(stored(desk, number)) == 1
