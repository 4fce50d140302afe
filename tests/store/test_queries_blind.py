"""Every question, asked by who sees one site, is answered as if there were no other one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    ChaseOrder,
    MoveOrder,
    NewOrder,
    NoteOrder,
    OfferHandover,
    PromiseFollowUp,
    PutUnder,
    RecordCall,
    SaveAbsence,
    SaveAsset,
    SaveCustomer,
    SaveKind,
    SaveOperator,
    SavePlan,
    SaveRegion,
    SaveShift,
    SaveSite,
    SaveTechnician,
    SaveView,
    SetAutomatic,
)
from store.domain.errors import MoveRefused, NameUnknown, OrderUnknown, PlanUnknown
from store.domain.lifecycle import Move
from store.domain.presence import Presence
from store.domain.who import Scope, Who
from store.persistence.presence import attend
from store.queries import ANSWERS
from store.queries.alarm_figures import AlarmRules
from store.queries.alarms import AlarmStrip
from store.queries.arrange import Arrange, Placing, Swap
from store.queries.automatic import ListAutomatic, ModeFor, ToDispatch
from store.queries.board import Key, LineOf, QueueCounts, QueuePage, QueuePosition
from store.queries.calendars import CalendarNamed, ListCalendars
from store.queries.caller_card import CardOfCaller
from store.queries.callers import CallersLike
from store.queries.calls import Calls, NextCalls
from store.queries.card import OrderCard, Trace
from store.queries.days import TechnicianDays
from store.queries.deeds import Deeds
from store.queries.doctor import ExamineDesk, ExamineOrders, NewestSeal
from store.queries.drill import DrillRecords, UsualCalls, WhereAllAre, WrittenSince
from store.queries.explain import Explain
from store.queries.figures import DispatchFigures
from store.queries.files import CountFiles
from store.queries.finding import CountOrders, FindOrders, NamesMeant
from store.queries.forecast import Forecast
from store.queries.handover import ListHandovers, ShowHandover
from store.queries.health import Health
from store.queries.heeds import Heeds
from store.queries.holder import DeskHolder
from store.queries.levels import ListLevels
from store.queries.likely import LikelyOrders
from store.queries.lists import (
    ListAlarms,
    ListCustomers,
    ListOrders,
    ListSites,
    ListTechnicians,
    OrdersNumbered,
    StreamOrders,
)
from store.queries.named import JobsOf, LinesOf, WhoCan
from store.queries.past import DeskThen
from store.queries.people import (
    DeskEmpty,
    DeskUntouched,
    ListOperators,
    OperatorNamed,
    Operators,
    PeopleNamed,
    TechnicianBoard,
)
from store.queries.plans import ForetellPlan, ListPlans, ShowPlan
from store.queries.presence import WhoIsThere
from store.queries.promised import PromisedNow
from store.queries.recommend import WhoGoes
from store.queries.registers import ListKinds, ListRegions, ListWishes
from store.queries.replan import BoardToPlan
from store.queries.strangers import Strangers
from store.queries.usual import AssetsLike, KindsLike, UsualFor
from store.queries.views import CountViews, ListViews
from tests.store.desk import NINE, a_file, do, minutes

if TYPE_CHECKING:
    from store.domain.intents import Command, Query
    from store.records import Records

NORTH = Who(operator=3, scope=Scope(frozenset({1})))
SOUTH = Who(operator=4, scope=Scope(frozenset({2})))
DESK = Who(operator=2)
LATE = minutes(300)
"""When everything is asked."""

OF_THE_WHOLE_DESK: dict[type[Query[Any]], str] = {
    Health: "the machinery fires timers for all, and its counts tell how far it is behind",
    ExamineDesk: "refused to who sees some sites only",
    NewestSeal: "a hash over all of the journal",
}
"""Questions that are about no site."""

REFUSED = (OrderUnknown, NameUnknown, PlanUnknown, MoveRefused)
Asked = dict[Any, Any]


@pytest.fixture
def desk(records: Records) -> Records:
    """A desk on which work goes on at the north site only; the south has its people."""
    for one in (
        SaveRegion(code="RN", name="Region North"),
        SaveRegion(code="RS", name="Region Marker"),
        SaveSite(code="N1", name="北楼", region="RN"),
        SaveSite(code="S1", name="Marker Tower", region="RS", address="1 Marker Road"),
        SaveTechnician(code="T2", name="Marker Joe", home="S1", skills={"hvac": 2}),
        SaveKind(code="lift kind", name="Lifts", skill="hvac"),
        SaveTechnician(code="T3", name="Wang Fang", home="N1"),
        SaveCustomer(code="C2", name="Marker Hotel", phone="13900001111", tags=("marker",)),
        SaveOperator(code="ana", name="Ana", sites=("N1",)),
        SaveOperator(code="bo", name="Marker Bo", sites=("S1",)),
        SaveOperator(code="dee", name="Dee", sites=("N1",)),
    ):
        do(records, one, who=DESK)
    _work_at(records, NORTH, "N1", "C1", "T1", word="lift")
    do(records, SetAutomatic(mode="propose"), who=DESK)
    fire_due(records, at=LATE)
    return records


def _work_at(
    records: Records, who: Who, site: str, customer: str, technician: str, *, word: str
) -> list[int]:
    """Everything that may be done at a site, in three hours of its own."""
    began = 0 if site == "N1" else 60
    one: Command
    for one in (
        SaveAsset(site=site, code=f"A-{site}", name=f"{word} asset", kind=f"{word} kind"),
        SaveShift(technician=technician, starts_at=NINE, ends_at=minutes(600)),
        SaveAbsence(technician=technician, starts_at=minutes(400), ends_at=minutes(500)),
        SavePlan(title=f"{word} round", rule="daily", start="2026-09-21", time="23:00", site=site),
        SaveView(name=f"{word} own", query=word),
    ):
        do(records, one, who=who, at=minutes(began))
    told: dict[str, Any] = {"site": site, "customer": customer, "level": "critical", "priority": 1}
    told["kind"] = f"{word} kind"
    numbers = [
        do(records, NewOrder(title=f"{word} {n}", asset=f"A-{site}", **told, caller=f"{word} Zhou"),
           who=DESK, at=minutes(began + n)).numbers[0]
        for n in range(7)
    ]  # fmt: skip
    first, second, third, fourth, fifth, child, lapsed = numbers
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        named = {"technician": technician} if step is Move.ASSIGN else {}
        move_as(records, who, first, step, began + 10 + place, **named)
        move_as(records, who, second, step, began + 20 + place, **named)
    move_as(records, who, second, Move.FINISH, began + 25)
    move_as(records, who, third, Move.CANCEL, began + 26, reason=f"{word} sold")
    for one in (
        NoteOrder(number=first, text=f"{word} note"),
        ChaseOrder(number=first, text=f"{word} chase"),
        PromiseFollowUp(number=first, due_at=minutes(290), note=f"{word} promise"),
        RecordCall(number=second, outcome="reached", note=f"{word} call"),
        PutUnder(number=child, parent=fifth),
        a_file(first, path=f"/{word}/plan.pdf"),
    ):
        do(records, one, who=who, at=minutes(began + 30))
    fire_due(records, at=minutes(began + 40))
    file = replace(who, via="import")  # what it ends nobody at the desk has seen
    move_as(records, file, lapsed, Move.CANCEL, began + 41, reason=f"{word} elsewhere")
    do(records, Acknowledge(numbers=(fourth,)), who=who, at=minutes(began + 50))
    do(records, OfferHandover(note=f"{word} hand-over"), who=who, at=minutes(began + 55))
    there = Presence(number=first, doing="note", since=minutes(began + 56))
    attend(records.database, f"{word} console", there, by=who.operator, at=LATE)
    return numbers


def move_as(records: Records, who: Who, number: int, step: Move, at: int, **told: Any) -> None:
    do(records, MoveOrder(number=number, move=step, **told), who=who, at=minutes(at))


def questions(numbers: list[int]) -> list[Query[Any]]:
    """Every question that there is, in most of the ways it can be asked."""
    far = NINE.replace(year=9000)
    day: dict[str, Any] = {"from_at": NINE, "to_at": minutes(600), "since": NINE}
    planned: dict[str, Any] = {"rule": "daily", "start": "2026-09-21", "time": "10:00"}
    registers = ("technician", "site", "customer", "asset", "level", "operator", "calendar",
                 "region", "skill")  # fmt: skip
    of_orders = (LineOf, NextCalls, OrderCard, Trace, Deeds, Explain)
    return [
        *(one(number=number) for one in of_orders for number in numbers),
        *(PeopleNamed(what=what, text=text, limit=50) for what in registers for text in ("", "ma")),
        *(QueuePage(queue=queue, counted=True) for queue in ("all_open", "overdue", "unassigned")),
        *(FindOrders(text=text, zone=UTC, counted=True) for text in ("", "marker", "site:S1")),
        *(CountOrders(text=text, zone=UTC) for text in ("", "marker", "cust:C2", "tech:T2")),
        *(NamesMeant(text=f"{f}:marker {f}=marker") for f in ("site", "cust", "tech", "asset")),
        *(NamesMeant(text=f"{f}:marker") for f in ("region", "follower", "level")),
        *(JobsOf(technician=technician) for technician in (1, 2, 3)),
        *(CardOfCaller(customer=text) for text in ("C1", "C2", "Marker Hotel")),
        *(CallersLike(text=text) for text in ("marker", "1390000", "13900001111", "zhou")),
        *(LikelyOrders(title=t, site=s, customer="C2") for t in ("marker 1",) for s in ("", "S1")),
        *(LikelyOrders(title="marker 1", guessed_site=s) for s in ("S1", "S2")),
        *(Strangers(customer=t, site=t) for t in ("C2", "S1", "marker", "nobody")),
        *(AssetsLike(text=t, site=s) for t in ("", "a-", "marker") for s in ("", "S1")),
        *(KindsLike(text=text, site=site) for text in ("", "marker") for site in ("", "S1")),
        *(UsualFor(customer=c, asset=a) for c in ("", "C1", "C2") for a in ("", "A-S1")),
        UsualFor(site="S1", asset="Marker asset"), UsualFor(customer="C1", kind="marker kind"),
        *(ShowPlan(plan=plan) for plan in (1, 2)),
        *(ForetellPlan(**planned, site=site, plan=plan) for site in ("", "S1") for plan in (1, 2)),
        *(DeskThen(then=minutes(at), queue="all_open") for at in (10, 200, 299)),
        *(ShowHandover(handover=number) for number in (None,)),
        AlarmRules(), AlarmStrip(), CalendarNamed(code="always"), ListCalendars(), Calls(),
        QueueCounts(), QueuePosition(queue="all_open", key=Key(far, 1)), DeskEmpty(),
        DeskUntouched(), TechnicianDays(**day), ExamineOrders(), ExamineDesk(), NewestSeal(),
        Forecast(hours=12), DeskHolder(), ListHandovers(), Health(), ListLevels(), ListAlarms(),
        ListCustomers(), ListOrders(), ListSites(), ListTechnicians(), StreamOrders(),
        OrdersNumbered(numbers=tuple(numbers)), LinesOf(numbers=tuple(numbers)),
        LinesOf(low=1, high=99), WhoCan(skill=1), WhoCan(skill=1, site=2), ListOperators(),
        ListKinds(), ListRegions(), ListWishes(),
        Operators(), OperatorNamed(code="ana"), TechnicianBoard(), ListPlans(),
        PromisedNow(priority=1, customer="C2"), CountViews(zone=UTC), ListViews(),
        WhoIsThere(), CountFiles(), BoardToPlan(),
        *(WhoGoes(number=number, about=who) for number in numbers for who in (None, 1, 2)),
        Heeds(numbers=tuple(numbers)), Heeds(numbers=tuple(numbers), technician=1),
        *(ModeFor(number=number) for number in numbers), ListAutomatic(), ToDispatch(),
        DispatchFigures(),
        *(Arrange(placings=(Placing(number=n, technician=t),)) for n in numbers for t in (1, 2)),
        *(Swap(one=number, other=numbers[0]) for number in numbers),
        DrillRecords(), UsualCalls(), WhereAllAre(), WrittenSince(seq=0),
    ]  # fmt: skip


def answers(records: Records, asked: list[Query[Any]]) -> Asked:
    """What the north hears, refusals too."""
    found: Asked = {}
    for query in asked:
        try:
            found[repr(query)] = records.ask(query, who=NORTH, at=LATE)
        except REFUSED as refusal:
            found[repr(query)] = repr(refusal)
    return found


def test_every_question_is_asked_here() -> None:
    """A new one cannot be forgotten."""
    assert {type(query) for query in questions([1])} == set(ANSWERS)


def test_another_sites_day_leaves_no_trace(desk: Records) -> None:
    """Neither in rows nor in counts nor in refusals: the answers are those of before, word by word.

    So are those about what is of the other site by itself: a question that it is named in.
    """
    coming = [n + 7 for n in range(1, 8)]
    asked = [q for q in questions([1, 2, *coming]) if type(q) not in OF_THE_WHOLE_DESK]
    before = answers(desk, asked)
    for one in (
        SaveRegion(code="RX", name="Marker Coast"),
        SaveSite(code="S2", name="Marker Mill", region="RX", address="lift road"),
        SaveTechnician(code="T9", name="Marker Jim", home="S2", skills={"hvac": 4}),
        SaveCustomer(code="C9", name="Marker Bank", level="critical", phone="13900002222"),
        SaveOperator(code="cy", name="Marker Cy", sites=("S1", "S2")),
        SaveOperator(code="dee", name="Dee", sites=("N1", "S1", "S2")),
    ):
        do(desk, one, who=DESK, at=minutes(60))
    numbers = _work_at(desk, SOUTH, "S1", "C2", "T2", word="Marker")
    assert numbers == coming
    for _ in range(7):  # of a customer whom both sites serve
        asked_there = NewOrder(
            title="Marker more", customer="C1", site="S1", kind="Marker kind", priority=4
        )
        do(desk, asked_there, who=DESK, at=minutes(70))
    fire_due(desk, at=LATE)
    after = answers(desk, asked)
    changed = [query for query in before if before[query] != after[query]]
    assert changed == []
    assert [query for query, answer in after.items() if "Marker" in repr(answer)] == []
