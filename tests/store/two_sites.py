"""A desk on which work goes on at the north site, with every question that there is about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

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
from store.commands.care import SaveCare
from store.commands.contracts import DecideRenewal, SaveContract
from store.commands.operator_keys import AddKey
from store.commands.sop import ImportProcedure
from store.commands.voices import KeepComplaint, KeepPraise
from store.domain.lifecycle import Move
from store.domain.presence import Presence
from store.domain.who import Scope, Who
from store.persistence.presence import attend
from store.queries.alarm_figures import AlarmRules
from store.queries.alarms import AlarmStrip
from store.queries.arrange import Arrange, Placing, Swap
from store.queries.automatic import ListAutomatic, ModeFor, ToDispatch
from store.queries.backups import Backups
from store.queries.board import Key, LineOf, QueueCounts, QueuePage, QueuePosition
from store.queries.calendars import CalendarNamed, ListCalendars
from store.queries.caller_card import CardOfCaller
from store.queries.callers import CallersLike
from store.queries.calls import Calls, NextCalls
from store.queries.card import OrderCard, Trace
from store.queries.corrective import ActionSteps, ListActions, ShowAction
from store.queries.crews import ShortCrews
from store.queries.customer_doubles import CustomerDoubles, WouldMerge
from store.queries.customers import ListContracts, ShowContact, ShowCustomer, StreamCustomers
from store.queries.daily import ListDaily
from store.queries.days import TechnicianDays
from store.queries.deeds import Deeds
from store.queries.doctor import ExamineDesk, ExamineOrders, NewestSeal
from store.queries.drill import DrillRecords, UsualCalls, WhereAllAre, WrittenSince
from store.queries.exceptions import (
    ExceptionSteps,
    ListExceptions,
    ListLimits,
    LiveGrants,
    ShowException,
)
from store.queries.explain import Explain
from store.queries.figures import DispatchFigures
from store.queries.files import CountFiles
from store.queries.finding import CountOrders, FindOrders, NamesMeant
from store.queries.forecast import Forecast
from store.queries.handover import ListHandovers, ShowHandover
from store.queries.health import Health
from store.queries.heard import BadAnswers, Heard, HeardOf, ToAsk
from store.queries.heeds import Heeds
from store.queries.holder import DeskHolder
from store.queries.ideas import ListIdeas
from store.queries.incidents import ListIncidents, NoticesGiven
from store.queries.kpi import By, Cohort, KpiCalled, KpiRows, Kpis
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
from store.queries.notices import Notices
from store.queries.operator_keys import KeysOf
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
from store.queries.promised import ArriveBy, PromisedNow, ResolveBy
from store.queries.radar import ListRadar
from store.queries.recommend import WhoGoes
from store.queries.registers import ListRegions, ListWishes, StreamTechnicians
from store.queries.replan import BoardToPlan
from store.queries.review import Review
from store.queries.revisits import ListRevisits, ShowRevisit
from store.queries.scorecard import ScoreCards, ScoreOrders
from store.queries.skills import ListTrainings, SkillsMatrix
from store.queries.sop import ListProcedures, OrderSteps, ProcedureText
from store.queries.strangers import Strangers
from store.queries.usual import AssetsLike, KindsLike, UsualFor
from store.queries.views import CountViews, ListViews
from store.queries.voices import ListVoices, ShowVoice, VoicesOf, VoiceSteps
from tests.store.desk import NINE, a_file, a_key, do, minutes
from tests.store.inspected import inspection_questions, put_draw
from tests.store.pack_questions import PACKS
from tests.store.sop_files import one_step
from tests.store.two_sites_projects import begin_project, project_questions

if TYPE_CHECKING:
    from store.domain.intents import Command, Query
    from store.records import Records

NORTH = Who(operator=3, scope=Scope(frozenset({1})))
SOUTH = Who(operator=4, scope=Scope(frozenset({2})))
DESK = Who(operator=2)
LATE = minutes(300)
"""When everything is asked."""


def fill(records: Records) -> None:
    """A desk on which work goes on at the north site only; the south has its people."""
    for one in (
        SaveRegion(code="RN", name="Region North"),
        SaveRegion(code="RS", name="Region Marker"),
        SaveSite(code="N1", name="北楼", region="RN"),
        SaveSite(code="S1", name="Marker Tower", region="RS", address="1 Marker Road"),
        SaveTechnician(code="T2", name="Marker Joe", home="S1", skills={"hvac": 2}),
        SaveKind(code="lift kind", name="Lifts", skill="hvac"),
        ImportProcedure(source=one_step("verify", kind="lift kind")),
        SaveTechnician(code="T3", name="Wang Fang", home="N1"),
        SaveCustomer(code="C2", name="Marker Hotel", phone="13900001111", tags=("marker",)),
        SaveCare(customer="C1", lead="T2", representative="Zhou"),
        SaveCare(customer="C2", lead="T3", representative="Marker Zhou"),
        SaveContract(customer="C2", first="2026-01-01", last="2026-12-31"),
        DecideRenewal(customer="C2", outcome="lost", words="marker"),
        SaveOperator(code="ana", name="Ana", sites=("N1",)),
        SaveOperator(code="bo", name="Marker Bo", sites=("S1",)),
        SaveOperator(code="dee", name="Dee", sites=("N1",)),
        AddKey(operator="ana", line=a_key(1)),
    ):
        do(records, one, who=DESK)
    work_at(records, NORTH, "N1", "C1", "T1", word="lift")
    do(records, SetAutomatic(mode="propose"), who=DESK)
    fire_due(records, at=LATE)


def work_at(
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
        KeepComplaint(number=first, about="late", said=f"{word} complaint"),
        KeepPraise(number=second, said=f"{word} praise", speaker=f"{word} Zhou"),
        a_file(first, path=f"/{word}/plan.pdf"),
    ):
        do(records, one, who=who, at=minutes(began + 30))
    begin_project(records, who, (site, customer, first), minutes(began + 31), word=word)
    fire_due(records, at=minutes(began + 40))
    file = replace(who, via="import")  # what it ends nobody at the desk has seen
    move_as(records, file, lapsed, Move.CANCEL, began + 41, reason=f"{word} elsewhere")
    put_draw(records, (first, second), site=1 + (site == "S1"), at=minutes(began + 45), remark=word)
    do(records, Acknowledge(numbers=(fourth,)), who=who, at=minutes(began + 50))
    do(records, OfferHandover(note=f"{word} hand-over"), who=who, at=minutes(began + 55))
    there = Presence(number=first, doing="note", since=minutes(began + 56))
    attend(records.database, f"{word} console", there, who=who, at=LATE)
    return numbers


def move_as(records: Records, who: Who, number: int, step: Move, at: int, **told: Any) -> None:
    do(records, MoveOrder(number=number, move=step, **told), who=who, at=minutes(at))


def questions(numbers: list[int]) -> list[Query[Any]]:
    """Every question that there is, in most of the ways it can be asked."""
    far = NINE.replace(year=9000)
    day: dict[str, Any] = {"from_at": NINE, "to_at": minutes(600), "since": NINE}
    period: dict[str, Any] = {"from_at": NINE, "to_at": minutes(9999)}
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
        *(one(customer=text) for text in ("C1", "C2", "Marker Hotel")
          for one in (CardOfCaller, ShowCustomer)),
        *(CallersLike(text=text) for text in ("marker", "1390000", "13900001111", "zhou")),
        *(LikelyOrders(title=t, site=s, customer="C2") for t in ("marker 1",) for s in ("", "S1")),
        *(LikelyOrders(title="marker 1", guessed_site=s) for s in ("S1", "S2")),
        *(Strangers(customer=t, site=t) for t in ("C2", "S1", "marker", "nobody")),
        *(AssetsLike(text=t, site=s) for t in ("", "a-", "marker") for s in ("", "S1")),
        *(KindsLike(text=text, site=site) for text in ("", "marker") for site in ("", "S1")),
        *(UsualFor(customer=c, asset=a) for c in ("", "C1", "C2") for a in ("", "A-S1")),
        UsualFor(site="S1", asset="Marker asset"), UsualFor(customer="C1", kind="marker kind"),
        *(ShowPlan(plan=n) for n in (1, 2)), *(ListTrainings(number=n) for n in (1, 2)),
        *(ForetellPlan(**planned, site=site, plan=plan) for site in ("", "S1") for plan in (1, 2)),
        *(DeskThen(then=minutes(at), queue="all_open") for at in (10, 200, 299)),
        *(Kpis(first=NINE.date(), last=NINE.date(), by=by, cohort=c) for by in By for c in Cohort),
        *(KpiRows(first=NINE.date(), last=NINE.date(), name="orders_open", by=By.SITE, of=site)
          for site in ("", "N1", "S1")),
        *(Kpis(first=NINE.date(), last=NINE.date(), site=site) for site in ("N1", "S1", "S2")),
        *(Kpis(first=NINE.date(), last=NINE.date(), kind=kind, customer=customer, person=person)
          for kind, customer, person in (("marker kind", "", ""), ("", "C2", ""), ("", "", "T2"))),
        *(Review(first=NINE.date(), last=NINE.date(), customer=code) for code in ("", "C1", "C2")),
        *(KpiCalled(name=name, rows=(1, 2, 3)) for name in ("utilisation", "renewal_rate")),
        *(KeysOf(operator=code) for code in ("", "ana", "bo")), KeysOf(fingerprint="SHA256:x"),
        AlarmRules(), AlarmStrip(), CalendarNamed(code="always"), ListCalendars(), Calls(),
        QueueCounts(), QueuePosition(queue="all_open", key=Key(far, 1)), DeskEmpty(),
        DeskUntouched(), TechnicianDays(**day), ExamineOrders(), ExamineDesk(), NewestSeal(),
        Forecast(hours=12), DeskHolder(), ListHandovers(), Health(), Backups(), ListLevels(),
        ListAlarms(), ShortCrews(hours=9999), ShowHandover(handover=None),
        ListCustomers(), ListOrders(), ListSites(), ListTechnicians(), StreamOrders(),
        OrdersNumbered(numbers=tuple(numbers)), LinesOf(numbers=tuple(numbers)),
        LinesOf(low=1, high=99), WhoCan(skill=1), WhoCan(skill=1, site=2), ListOperators(),
        ListRegions(), ListWishes(), StreamTechnicians(), TechnicianBoard(),
        ListContracts(), ShowContact(contact=1), StreamCustomers(), CustomerDoubles(),
        ListRadar(), ListRadar(over=True), Operators(), OperatorNamed(code="ana"), ListPlans(),
        PromisedNow(priority=1, customer="C2"), ResolveBy(numbers=tuple(numbers)),
        CountViews(zone=UTC), ListViews(), WhoIsThere(), CountFiles(), BoardToPlan(),
        *(WhoGoes(number=number, about=who) for number in numbers for who in (None, 1, 2)),
        Heeds(numbers=tuple(numbers)), Heeds(numbers=tuple(numbers), technician=1),
        *(ModeFor(number=number) for number in numbers), ListAutomatic(), ToDispatch(),
        DispatchFigures(), ListRevisits(), ListRevisits(period="2026-09"),
        *(ShowRevisit(number=n, place=1) for n in numbers), WouldMerge(kept="C1", gone="C2"),
        *(Arrange(placings=(Placing(number=n, technician=t),)) for n in numbers for t in (1, 2)),
        *(Swap(one=number, other=numbers[0]) for number in numbers),
        ListActions(), ListActions(closed=True), ListActions(customer="C2"),
        *(one(number=n) for one in (ListActions, ArriveBy) for n in numbers),
        *inspection_questions(numbers), *(VoicesOf(number=n) for n in numbers),
        ListVoices(), ListVoices(over=True), *(VoicesOf(customer=c) for c in ("C1", "C2")),
        *(q(voice=n) for q in (ShowVoice, VoiceSteps) for n in (1, 2, 3)), ListVoices(praise=True),
        *(query(action=n) for query in (ShowAction, ActionSteps) for n in (1, 2, 3)),
        ScoreCards(month="2026-09"), *(ScoreOrders(month="2026-09", technician=t, measure=m)
          for t in ("T1", "T2", "T3") for m in ("csat", "not_returned")),
        ListIdeas(), ListIdeas(open=True), *(ListIdeas(number=n) for n in (1, 2, 3)),
        SkillsMatrix(), ListTrainings(), *(ListTrainings(technician=t) for t in ("T1", "T2")),
        ListIncidents(), *(NoticesGiven(number=number) for number in numbers),
        ListDaily(), ListExceptions(), ListExceptions(closed=True), ListLimits(),
        *(query(number=n) for query in (ListExceptions, LiveGrants) for n in numbers),
        *(query(exception=n) for query in (ShowException, ExceptionSteps) for n in (1, 2, 3)),
        *project_questions(), ListProcedures(), ProcedureText(kind="lift kind"),
        *(asked(number=number) for asked in (OrderSteps, HeardOf) for number in numbers),
        ToAsk(), BadAnswers(), *(HeardOf(customer=c) for c in ("C1", "C2", "Marker Hotel")),
        *(Heard(**period, site=s, technician=t) for s in ("", "S1") for t in ("", "T2")),
        *PACKS, Notices(), DrillRecords(), UsualCalls(), WhereAllAre(), WrittenSince(seq=0),
    ]  # fmt: skip
