"""Who was erased stays so: no form, no taking back, no file and no survey brings him again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.complaints import ring_complaints
from scheduler.runner import fire_due
from store.commands import MoveOrder, PromiseFollowUp, RecordCall, SaveCustomer
from store.commands.bringing import BringCustomer
from store.commands.erasing import ErasePerson
from store.commands.orders import EditOrder
from store.commands.plans import SavePlan
from store.commands.surveys import GiveSurveyCode
from store.commands.undo import Undo
from store.commands.views import DropView, SaveView
from store.commands.voices import (
    ActOnComplaint,
    CloseComplaint,
    FindComplaintCause,
    KeepComplaint,
)
from store.domain.errors import BadInput, Stale
from store.domain.lifecycle import Move
from store.domain.undo_refusals import DoneDifferently, StandsDifferently
from store.domain.voice_refusals import CauseLacking
from store.domain.voices import Stand
from store.queries.alarms import AlarmStrip
from store.queries.customers import ShowCustomer
from store.queries.heard import ToAsk
from store.queries.kpi import Kpis
from store.queries.voices import ShowVoice
from tests.store.desk import ANA, NINE, do, minutes, written
from tests.store.erasing_desk import NAME, PHONE, erase, faults, person, rated, whole

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.records import Records

DAY = 24 * 60
EVERY_MONTH: dict[str, Any] = {
    "rule": "every month",
    "start": "2026-10-01",
    "time": "09:00",
    "site": "N1",
    "customer": "P7",
}


def stored(records: Records, number: int) -> WorkOrder:
    """As it lies in the store."""
    with records.work(who=ANA, at=minutes(0)) as work:
        return work.order(number)


def named(records: Records) -> bool:
    """Whether she stands anywhere."""
    after = whole(records)
    return NAME in after or PHONE in after


def test_a_complaint_of_who_was_erased_is_learnt_from_and_closed(records: Records) -> None:
    """Its alarm says what it is; nobody is answered; its cause becomes an action, without him."""
    person(records)
    number = int(
        do(records, KeepComplaint(said=f"{NAME} 等了一天", about="late", customer="P7")).facts["id"]
    )
    erase(records)
    late = minutes(3 * DAY)
    ring_complaints(records, at=late)
    strip = records.ask(AlarmStrip(), who=ANA, at=late)
    titles = {one.complaint: one.title for one in strip.alarms}
    assert titles[number] == "whoever complained was erased"
    with pytest.raises(CauseLacking):
        do(records, CloseComplaint(complaint=number), at=late)
    do(records, FindComplaintCause(complaint=number, cause="schedule"), at=late)
    acted = do(records, ActOnComplaint(complaint=number), at=late)
    made = stored(records, acted.numbers[0])
    assert (made.customer, made.title) == (None, f"complaint 投诉 {number}")
    before = in_time(records, late)
    do(records, CloseComplaint(complaint=number), at=late)
    line = records.ask(ShowVoice(voice=number), who=ANA, at=late)
    assert (line.erased, line.voice.stand, line.voice.level) == (True, Stand.CLOSED, 0)
    assert in_time(records, late + timedelta(days=9)) == before
    assert faults(records) == []


def test_an_answer_that_nobody_is_owed_is_not_late(records: Records) -> None:
    """Closed before it was due, it is no answer in time and none that is missing."""
    do(records, SaveCustomer(code="P7", name=NAME))
    do(records, KeepComplaint(said="x", about="late", customer="P7"))
    do(records, ErasePerson(customer="P7", sure="P7"), at=minutes(1))
    do(records, CloseComplaint(complaint=1, cause="schedule"), at=minutes(2))
    assert in_time(records, minutes(9 * DAY)) == (None, 0)


def in_time(records: Records, at: datetime) -> tuple[float | None, int]:
    """How many complaints were answered in time, and of how many."""
    asked = Kpis(names=("complaints_answered_in_time",), first=NINE.date(), last=at.date())
    (found,) = records.ask(asked, who=ANA, at=at).figures
    return found.value, found.n


def test_a_form_opened_before_is_stale(records: Records) -> None:
    """It would write the words back that it shows; so would that of an order once hers."""
    person(records)
    hers = written(records, customer="P7", title="漏水", description=f"找 {NAME}")
    once = written(records, customer="P7", title="灯坏", description=f"找 {NAME}")
    do(records, EditOrder(number=once, fields={"customer": "C1"}), at=minutes(3))
    seen = {number: stored(records, number).version for number in (hers, once)}
    erase(records)
    for number, version in seen.items():
        fields = {"description": f"找 {NAME}，还在漏"}
        with pytest.raises(Stale, match="words erased"):
            do(records, EditOrder(number=number, version=version, fields=fields), at=minutes(31))
    assert not named(records)
    assert faults(records) == []


def test_no_name_of_a_plan_or_view_is_put_back(records: Records) -> None:
    """She stood in what they were called before, and in what a view that was dropped looked for."""
    person(records)
    do(records, SavePlan(title=f"{NAME}家保养", description=PHONE, **EVERY_MONTH))
    plan = SavePlan(plan=1, title="保养", description="", **EVERY_MONTH)
    deeds = [do(records, plan, at=minutes(2)).seq]
    do(records, SaveView(name="她的单", query=f"customer:{NAME}"), at=minutes(3))
    deeds.append(do(records, SaveView(name="她的单", query="live"), at=minutes(4)).seq)
    do(records, SaveView(name=NAME, query="live"), at=minutes(5))
    deeds.append(do(records, DropView(name=NAME), at=minutes(6)).seq)
    erase(records)
    assert not named(records)
    for deed in deeds:
        with pytest.raises(DoneDifferently):
            do(records, Undo(entry=deed), at=minutes(31))
    assert not named(records)


def test_an_edit_whose_words_are_gone_is_not_half_taken_back(records: Records) -> None:
    """What can be taken back still is, and what was written since."""
    person(records)
    number = written(records, customer="P7", title=f"{NAME}家漏水")
    fields = {"title": "换阀门", "kind": "pump"}
    edited = do(records, EditOrder(number=number, fields=fields), at=minutes(5))
    kind = do(records, EditOrder(number=number, fields={"kind": "valve"}), at=minutes(6))
    bad = rated(records)
    promised = do(records, PromiseFollowUp(number=bad, due_at=minutes(90)), at=minutes(22))
    erase(records)
    do(records, Undo(entry=kind.seq), at=minutes(31))
    for entry, order in ((edited.seq, number), (promised.seq, bad)):
        before = stored(records, order)
        with pytest.raises(StandsDifferently, match="were erased"):
            do(records, Undo(entry=entry), at=minutes(32))
        assert stored(records, order) == before
    assert stored(records, number).kind == "pump"
    later = do(records, EditOrder(number=number, fields={"title": "换泵"}), at=minutes(33))
    do(records, Undo(entry=later.seq), at=minutes(34))
    assert stored(records, number).title == "换阀门"
    assert faults(records) == []


def test_a_code_that_was_erased_comes_back_by_no_list(records: Records) -> None:
    """Neither as it stood in an old export, nor by hand."""
    person(records)
    erase(records)
    for command in (
        SaveCustomer(code="P7", name=NAME, phone=PHONE),
        BringCustomer(code="P7", name=NAME, phone=PHONE, people=(f"{NAME} {PHONE}",)),
    ):
        with pytest.raises(BadInput, match="was erased"):
            do(records, command, at=minutes(31))
    assert not named(records)


def test_nobody_asks_who_was_erased(records: Records) -> None:
    """Nor calls him, nor lets him answer by a code; what was open is spared, and says why."""
    person(records)
    number = written(records, customer="P7", title="漏水", level="critical")
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(10))
    do(records, GiveSurveyCode(number=number, digest="ab" * 32), at=minutes(11))
    do(records, PromiseFollowUp(number=number, due_at=minutes(90), note=NAME), at=minutes(12))
    open_yet = written(records, customer="P7", title="灯坏", level="critical")
    rated(records)
    assert records.ask(ToAsk(), who=ANA, at=minutes(20)) != ()
    erase(records)
    order = stored(records, number)
    assert (order.survey, order.survey_at, order.survey_code) == ("forgotten", None, None)
    assert records.ask(ToAsk(), who=ANA, at=minutes(31)) == ()
    sheet = records.ask(ShowCustomer(customer="P7"), who=ANA, at=minutes(31))
    assert sheet is not None
    assert sheet.promises == ()
    do(records, MoveOrder(number=open_yet, move=Move.FINISH, insist=True), at=minutes(40))
    assert stored(records, open_yet).survey_at is None
    fire_due(records, at=minutes(3 * DAY))
    assert "survey_rang" not in whole(records)
    assert faults(records) == []


def test_a_firm_is_still_asked_without_who_called_for_it(records: Records) -> None:
    """Its number is its own; only the code that he was given is good no more."""
    caller = {"caller": f"{NAME} {PHONE}"}
    number = written(records, customer="C1", title="漏水", level="critical", **caller)
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(10))
    do(records, GiveSurveyCode(number=number, digest="ab" * 32), at=minutes(11))
    do(records, PromiseFollowUp(number=number, due_at=minutes(90), note=NAME), at=minutes(12))
    do(records, ErasePerson(contact=1, sure="1"), at=minutes(30))
    order = stored(records, number)
    assert (order.survey, order.survey_code) == ("planned", None)
    do(records, RecordCall(number=number, outcome="reached"), at=minutes(31))
    assert not named(records)
    assert faults(records) == []
