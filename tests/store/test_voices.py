"""Complaints and praise: kept, rung for, answered, understood, closed; and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.complaints import ring_complaints
from store.commands import EditOrder, MoveOrder, SaveAsset, SaveCustomer, SaveLevel, Undo
from store.commands.alarms import Acknowledge
from store.commands.corrective import DropAction
from store.commands.voices import (
    ActOnComplaint,
    AnswerComplaint,
    CloseComplaint,
    FindComplaintCause,
    KeepComplaint,
    KeepPraise,
    WithdrawVoice,
)
from store.domain.errors import BadInput, NameUnknown, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.undo_refusals import OnlyOrders
from store.domain.voice_refusals import (
    CauseLacking,
    ComplaintChanged,
    ComplaintHasAction,
    ComplaintOver,
    ComplaintUnknown,
    NobodySaidIt,
    NotAnsweredYet,
    NotOfThatOrder,
    PraiseHasNoAnswer,
)
from store.domain.voices import MISSED, NEAR, Stand
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard
from store.queries.corrective import ShowAction
from store.queries.customers import ShowCustomer
from store.queries.voices import ListVoices, ShowVoice, VoicesOf, VoiceSteps
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, do, minutes, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.voices import Voice
    from store.queries.alarms import AlarmLine
    from store.records import Records


def complained(records: Records, at: float = 0, **told: Any) -> int:
    """What a customer of the north site complains of, as he called."""
    given: dict[str, Any] = {"said": "来晚了一天", "about": "late", "site": "N1", "customer": "C1"}
    done = do(records, KeepComplaint(**(given | told)), at=minutes(at), who=BO)
    return int(done.facts["id"])


def shown(records: Records, voice: int, at: datetime = NINE) -> Voice:
    return records.ask(ShowVoice(voice=voice), who=ANA, at=at).voice


def rung(records: Records, at: datetime) -> list[AlarmLine]:
    """What rings of complaints then."""
    ring_complaints(records, at=at)
    strip = records.ask(AlarmStrip(), who=ANA, at=at)
    return [alarm for alarm in strip.alarms if alarm.complaint is not None]


def office_hours(records: Records) -> None:
    """Complaints of C1 are answered within four working hours, the last of them rings."""
    policy = {"targets": {}, "survey": {"answer_s": 14_400, "answer_warn_s": 3_600}}
    do(records, SaveLevel(code="day", name="Day", calendar="office", policy=policy))
    do(records, SaveCustomer(code="C1", name="华润物业", level="day"))


def test_what_is_told_later_makes_no_answer_late(records: Records) -> None:
    """The clock stopped when he was first told something; his last words stand, with both told."""
    voice = complained(records)
    do(records, AnswerComplaint(complaint=voice, told="soon", whom="Li"), at=minutes(5), who=BO)
    late = minutes(60 * 24 * 20)
    do(records, AnswerComplaint(complaint=voice, told="done", whom="Wu"), at=late)
    kept = shown(records, voice, at=late)
    assert (kept.answered_at, kept.answered_by) == (minutes(5), BO.operator)
    assert (kept.answer, kept.answered_to, kept.version) == ("done", "Wu", 3)
    steps = records.ask(VoiceSteps(voice=voice), who=ANA, at=late)
    assert [step.at for step in steps[1:]] == [minutes(5), late]


def test_a_complaint_goes_its_way(records: Records) -> None:
    """Answered, understood, closed; each step stands in the journal, with who and when."""
    voice = complained(records, speaker="Mrs Li", channel="message", technician="T1")
    (line,) = records.ask(ListVoices(), who=ANA, at=NINE)
    assert (line.customer, line.place, line.technician) == ("华润物业", "北楼", "李强")
    assert (line.voice.speaker, line.voice.channel, line.voice.about) == (
        "Mrs Li", "message", "late",
    )  # fmt: skip
    with pytest.raises(NotAnsweredYet):
        do(records, CloseComplaint(complaint=voice, cause="schedule"), at=minutes(5))
    told = AnswerComplaint(complaint=voice, told="we come at 15:00", whom="Mrs Li", seen=1)
    do(records, told, at=minutes(10), who=BO)
    with pytest.raises(CauseLacking):
        do(records, CloseComplaint(complaint=voice), at=minutes(11))
    do(records, FindComplaintCause(complaint=voice, cause="unknown"), at=minutes(12))
    with pytest.raises(CauseLacking):
        do(records, CloseComplaint(complaint=voice), at=minutes(13))
    do(records, CloseComplaint(complaint=voice, cause="schedule"), at=minutes(14))
    assert records.ask(ListVoices(), who=ANA, at=minutes(15)) == ()
    (line,) = records.ask(ListVoices(over=True), who=ANA, at=minutes(15))
    assert (line.voice.stand, line.voice.cause) == (Stand.CLOSED, "schedule")
    assert (line.voice.answer, line.answered_by) == ("we come at 15:00", "Bo")
    steps = records.ask(VoiceSteps(voice=voice), who=ANA, at=minutes(15))
    assert [step.fact for step in steps] == [
        "complaint kept", "complaint answered", "root cause of a complaint", "complaint closed",
    ]  # fmt: skip
    with pytest.raises(ComplaintOver):
        do(records, AnswerComplaint(complaint=voice, told="x", whom="x"), at=minutes(16))
    with pytest.raises(ComplaintChanged):
        do(records, WithdrawVoice(voice=voice, reason="x", seen=1), at=minutes(16))
    with pytest.raises(OnlyOrders):
        do(records, Undo(), at=minutes(17))


def test_its_clock_runs_on_working_time_and_rings_twice(records: Records) -> None:
    """Before its end and at it, each once; acknowledged it rings again only when it is worse."""
    office_hours(records)
    voice = complained(records)  # Monday nine; lunch is no working time
    kept = shown(records, voice)
    assert (kept.warn_at, kept.answer_by) == (minutes(180), minutes(300))
    assert rung(records, minutes(179)) == []
    (alarm,) = rung(records, minutes(180))
    assert (alarm.level, alarm.severity, alarm.due_at) == (NEAR, 3, minutes(180))
    assert (alarm.title, alarm.site_name, alarm.number) == ("来晚了一天", "北楼", None)
    assert ring_complaints(records, at=minutes(181)) == 0
    done = do(records, Acknowledge(numbers=(), complaints=(voice,), rings=1), at=minutes(182))
    assert done.facts == {"id": voice}
    (alarm,) = rung(records, minutes(190))
    assert (alarm.acknowledged_by, alarm.rings) == ("Ana", 1)
    (alarm,) = rung(records, minutes(300))
    assert (alarm.level, alarm.severity, alarm.acknowledged_by) == (MISSED, 2, None)
    stale = Acknowledge(numbers=(), complaints=(voice,), rings=1)
    assert do(records, stale, at=minutes(301)).sentence == "no alarm rings any more"
    do(records, Acknowledge(), at=minutes(302))
    assert rung(records, minutes(303))[0].acknowledged_by == "Ana"
    do(records, AnswerComplaint(complaint=voice, told="sorry", whom="Zhou"), at=minutes(304))
    assert rung(records, minutes(900)) == []


def test_after_a_night_switched_off_it_rings_once(records: Records) -> None:
    """At the worst level that it has come to."""
    voice = complained(records)
    (alarm,) = rung(records, minutes(9_999))
    assert (alarm.level, alarm.rings) == (MISSED, 1)
    do(records, WithdrawVoice(voice=voice, reason="another desk's"), at=minutes(9_999))
    assert rung(records, minutes(10_000)) == []


def test_praise_counts_for_whoever_did_the_work(records: Records) -> None:
    """Where nobody else is named; it waits for no answer."""
    number = written(records, site="N1", customer="C1")
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T2"))
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(5))
    praise = do(records, KeepPraise(number=number, said="又快又好"), at=minutes(9)).facts["id"]
    (line,) = records.ask(ListVoices(praise=True, technician="T2"), who=ANA, at=minutes(9))
    assert (line.voice.id, line.customer, line.voice.answer_by) == (praise, "华润物业", None)
    assert records.ask(ListVoices(praise=True, technician="T1"), who=ANA, at=minutes(9)) == ()
    assert records.ask(ListVoices(), who=ANA, at=minutes(9)) == ()
    for command in (
        AnswerComplaint(complaint=praise, told="x", whom="x"),
        FindComplaintCause(complaint=praise, cause="use"),
        ActOnComplaint(complaint=praise),
    ):
        with pytest.raises(PraiseHasNoAnswer):
            do(records, command, at=minutes(10))
    do(records, WithdrawVoice(voice=praise, reason="said of another"), at=minutes(11))
    assert records.ask(ListVoices(praise=True), who=ANA, at=minutes(12)) == ()
    (line,) = records.ask(ListVoices(praise=True, over=True), who=ANA, at=minutes(12))
    assert line.voice.withdrawn == "said of another"


def test_it_opens_an_action_once_its_cause_is_known(records: Records) -> None:
    """At its order; dropped it waits for another one."""
    number = written(records, site="N1", customer="C1")
    voice = complained(records, number=number, site=None, customer=None)
    with pytest.raises(CauseLacking):
        do(records, ActOnComplaint(complaint=voice))
    do(records, FindComplaintCause(complaint=voice, cause="design"))
    done = do(records, ActOnComplaint(complaint=voice, owner="bo"), at=minutes(5))
    action = records.ask(ShowAction(action=done.facts["id"]), who=ANA, at=minutes(5)).action
    assert (action.finding, action.finding_id, action.number) == ("complaint", voice, number)
    assert (action.problem, action.cause, action.opened_at) == ("来晚了一天", "design", minutes(5))
    assert records.ask(ShowVoice(voice=voice), who=ANA, at=NINE).action == action.id
    with pytest.raises(ComplaintHasAction):
        do(records, ActOnComplaint(complaint=voice), at=minutes(6))
    do(records, DropAction(action=action.id, reason="slip"), at=minutes(7))
    assert do(records, ActOnComplaint(complaint=voice), at=minutes(8)).facts["id"] != action.id


def test_without_an_order_one_is_made_to_see_to_it(records: Records) -> None:
    """So that what is to be done is followed somewhere, and rings there."""
    voice = complained(records, said="the lift hums\nevery night", about="noise")
    do(records, FindComplaintCause(complaint=voice, cause="design"))
    number = do(records, ActOnComplaint(complaint=voice)).numbers[0]
    card = records.ask(OrderCard(number=number), who=ANA, at=NINE)
    assert (card.order.title, card.site and card.site.code) == ("the lift hums", "N1")
    assert [line.voice.id for line in card.voices] == [voice]
    assert shown(records, voice).number == number


def test_it_stands_on_the_cards(records: Records) -> None:
    """Of its order and of its customer, praise beside it."""
    number = written(records, site="N1", customer="C1")
    voice = complained(records, number=number, site=None, customer=None)
    praise = do(records, KeepPraise(customer="C1", said="thanks"), at=minutes(1)).facts["id"]
    card = records.ask(OrderCard(number=number), who=ANA, at=minutes(2))
    assert [line.voice.id for line in card.voices] == [voice]
    sheet = records.ask(ShowCustomer(customer="C1"), who=ANA, at=minutes(2))
    assert sheet is not None
    assert [line.voice.id for line in sheet.voices] == [praise, voice]
    of_him = records.ask(VoicesOf(customer="C1"), who=ANA, at=minutes(2))
    assert [line.voice.id for line in of_him] == [praise, voice]


def test_a_site_office_keeps_and_sees_its_own(records: Records) -> None:
    """What is of no site is the whole desk's."""
    written(records, site="N1", customer="C1")  # so that the office knows him
    mine = do(records, KeepComplaint(said="x", about="work", site="N1"), who=AT_NORTH).facts["id"]
    theirs = complained(records, site="S1")
    nowhere = complained(records, site=None)
    seen = records.ask(ListVoices(), who=AT_NORTH, at=NINE)
    assert [line.voice.id for line in seen] == [mine]
    for voice in (theirs, nowhere):
        with pytest.raises(ComplaintUnknown):
            records.ask(ShowVoice(voice=voice), who=AT_NORTH, at=NINE)
        with pytest.raises(ComplaintUnknown):
            do(records, WithdrawVoice(voice=voice, reason="x"), who=AT_NORTH)
    with pytest.raises(BadInput, match="one of your sites"):
        do(records, KeepComplaint(said="x", about="work", customer="C1"), who=AT_NORTH)
    ring_complaints(records, at=minutes(9_999))
    strip = records.ask(AlarmStrip(), who=AT_NORTH, at=minutes(9_999))
    assert [alarm.complaint for alarm in strip.alarms if alarm.complaint] == [mine]
    do(records, Acknowledge(), who=AT_SOUTH, at=minutes(10_000))
    assert shown(records, mine).seen_at is None
    assert shown(records, theirs).seen_at is not None


def test_an_order_that_went_elsewhere_is_not_told_of(records: Records) -> None:
    """Its complaint stays where it was said; what the order is called now is theirs who see it."""
    number = written(records, site="N1")
    voice = complained(records, number=number, customer=None)
    do(records, EditOrder(number=number, fields={"site": "S1", "title": "of the south"}))
    titles = [
        records.ask(ShowVoice(voice=voice), who=who, at=NINE).title for who in (ANA, AT_NORTH)
    ]
    assert titles == ["of the south", ""]


WRONG: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
    ({"site": None, "customer": None}, NobodySaidIt),
    ({"number": 1, "site": "S1"}, NotOfThatOrder),
    ({"number": 1, "customer": "C2"}, NotOfThatOrder),
    ({"number": 9}, OrderUnknown),
    ({"number": 1, "site": None, "asset": "A-S"}, NameUnknown),
    ({"about": "luck"}, BadInput),
    ({"channel": "owl"}, BadInput),
    ({"said": " "}, BadInput),
    ({"received_at": minutes(5)}, BadInput),
)


@pytest.mark.parametrize("records", ["sqlite"], indirect=True)  # no question of the database
def test_what_is_of_nobody_is_refused(records: Records) -> None:
    """And what an order says otherwise; nothing of it is kept."""
    written(records, site="N1", customer="C1")
    do(records, SaveAsset(site="S1", code="A-S", name="of the south"))
    for told, why in WRONG:
        with pytest.raises(why):
            complained(records, **told)
    assert records.ask(ListVoices(), who=ANA, at=NINE) == ()
