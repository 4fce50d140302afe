"""Every command that there is, about the north site of `two_sites` or about the whole desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands import (
    AcceptHandover,
    AcceptProposal,
    ChaseOrder,
    DeclareIncident,
    DropView,
    EditOrder,
    EndAbsence,
    EndPlan,
    ExtendCalendar,
    FollowOrder,
    KeepFollowUp,
    LinkOrders,
    LoadTravel,
    MendStore,
    MoveOrder,
    MoveTechnician,
    NewOrder,
    NoteHandover,
    NoteOrder,
    PausePlan,
    PromiseFollowUp,
    PutUnder,
    RecordCall,
    ResumePlan,
    SaveAbsence,
    SaveAsset,
    SaveCalendar,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveLevel,
    SaveOperator,
    SavePlan,
    SaveRegion,
    SaveShift,
    SaveSite,
    SaveTechnician,
    SaveView,
    SeeRecalls,
    SendAsShown,
    SendNominee,
    SetAutomatic,
    SetFigure,
    SetPriority,
    ShelveAlarm,
    SkipOccurrence,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    TickRisks,
    Together,
    Undo,
    UnfollowOrder,
    UnlinkOrders,
    UnshelveAlarm,
    UpdateCustomer,
    WelcomeOperator,
    WithdrawHandover,
)
from store.commands.attachments import DetachFile
from store.commands.backups import SetBackups
from store.commands.baselines import FreezeBaseline, UseBaseline
from store.commands.begin import StartEmpty
from store.commands.bringing import BringCustomer
from store.commands.care import SaveCare
from store.commands.contracts import DecideRenewal, SaveContract
from store.commands.corrective import (
    AddWhy,
    CloseAction,
    DropAction,
    FinishAction,
    JudgeAction,
    OpenAction,
    SetAction,
    StartAction,
)
from store.commands.customer_merges import MergeCustomers
from store.commands.daily import AskDaily
from store.commands.erasing import ErasePerson
from store.commands.exceptions import (
    AskException,
    GrantException,
    RefuseException,
    SetExceptionLimit,
    StandIn,
    UseException,
    WithdrawException,
)
from store.commands.heard import (
    AnswerByCode,
    FindCause,
    GiveSurveyCode,
    MissCustomer,
    RateOrder,
    RefuseSurvey,
)
from store.commands.ideas import JudgeIdea, NoteEffect, PayIntoFund, RewardIdea, SubmitIdea
from store.commands.inspections import ScoreInspection
from store.commands.locks import ArrangeOrders, LockOrder, PlaceOrder, UnlockOrder
from store.commands.notices import GiveNotice
from store.commands.operator_codes import EnterByCode, OfferCode, UseCode
from store.commands.operator_keys import AddKey, EnrolOperator, RevokeKey, RevokeOperator
from store.commands.operators import AppointOperator
from store.commands.radar import LeaveIt, LookAround, TakeUp
from store.commands.revisits import PlanRevisits, RecordRevisit
from store.commands.sessions import EndSession, SendNotice
from store.commands.sop import DoStep, ImportProcedure, SkipStep, UndoStep
from store.commands.surveys import OF_SURVEYS
from store.commands.trainings import DropTraining, MoveTraining, PlanTraining, RecordTraining
from store.commands.voices import (
    ActOnComplaint,
    AnswerComplaint,
    CloseComplaint,
    FindComplaintCause,
    KeepComplaint,
    KeepPraise,
    WithdrawVoice,
)
from store.domain.lifecycle import Move
from store.domain.one_time_codes import digest_of
from store.domain.operator_keys import read_key
from tests.store.desk import NINE, a_file, a_key, do, minutes
from tests.store.inspected import inspection_commands, put_draw
from tests.store.sop_files import one_step
from tests.store.two_sites import DESK, LATE, NORTH
from tests.store.two_sites_projects import prepare_projects, project_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.records import Records


def prepare(records: Records) -> None:
    """Have the desk of `two_sites` so that each of the commands would do something."""
    plan: dict[str, Any] = {"rule": "daily", "start": "2026-09-21", "time": "23:00"}
    one: Command
    for one in (
        *(
            FollowOrder(number=1),
            LinkOrders(number=1, other=4),
            MoveOrder(number=4, move=Move.ASSIGN, technician="T1"),
        ),
        *(LockOrder(number=4), SaveView(name="x", query="x", shared=True)),
        OfferCode(operator="dee", digest=digest_of("EFGH"), until=minutes(600)),
        *(DeclareIncident(number=5), ShelveAlarm(number=5, until=minutes(900), reason="x")),
        *(PromiseFollowUp(number=1, due_at=minutes(900)), SavePlan(title="x", site="N1", **plan)),
        PausePlan(plan=2),
        SaveAbsence(technician="T3", starts_at=minutes(2000), ends_at=minutes(2100)),
        NewOrder(title="x", site="N1", customer="C1"),
        MoveOrder(number=8, move=Move.FINISH, insist=True),
        RateOrder(number=8, csat=1),
        GiveSurveyCode(number=2, digest=digest_of("QRST", OF_SURVEYS)),
        *2 * (PlanTraining(technician="T3", subject="manner", topic="x", at=minutes(900)),),
        *(one for number in (9, 10, 11) for one in _unhappy(number)),
        *(OpenAction(number=9), *_with_plan(1)),
        *(OpenAction(number=10), *_with_plan(2), StartAction(action=2)),
        SetExceptionLimit(kind="price", operator=DESK.operator),
        PromiseFollowUp(number=10, due_at=minutes(900), kind="revisit 2026-09"),
        SetFigure(figure="revisit_key", value=1),
        *(KeepComplaint(said="x", about="late", site="N1") for _ in range(3)),
        *(
            KeepComplaint(said="x", about=about, site="N1", received_at=minutes(-1440 * ago))
            for about in ("noise", "news")
            for ago in (1, 30, 60)
        ),
        LookAround(),
        FindComplaintCause(complaint=4, cause="design"),
        AnswerComplaint(complaint=5, told="x", whom="x"),
        *(ImportProcedure(source=one_step(code=code, kind=code)) for code in ("sop", "x")),
        *(NewOrder(title="x", site="N1", customer="C1", kind="sop") for _order in range(2)),
        DoStep(number=13, step="sop"),
    ):
        do(records, one, who=DESK, at=LATE)
    prepare_projects(records)
    for who in (NORTH, DESK):  # one that waits, and one that is granted at once
        do(records, AskException(number=9, kind="price", size=9, reason="x"), who=who, at=LATE)
    put_draw(records, (1,) * 5, site=1, at=LATE)
    for number in (5, 6):
        do(records, ScoreInspection(inspection=number, scores="44444"), who=DESK, at=LATE)
    for _n in (1, 2):
        do(records, SubmitIdea(text="x"), who=NORTH, at=LATE)
    for one in (JudgeIdea(idea=2, accepted=True, reason="x"), PayIntoFund(amount=5)):
        do(records, one, who=DESK, at=LATE)


def _unhappy(number: int) -> Iterator[Command]:
    """An order more, by that number, whose bad answer has a cause."""
    yield NewOrder(title="x", site="N1", customer="C1")
    yield MoveOrder(number=number, move=Move.FINISH, insist=True)
    yield RateOrder(number=number, csat=1)
    yield FindCause(number=number, cause="design", contained="x")


def _with_plan(action: int) -> Iterator[Command]:
    yield AddWhy(action=action, why="x", evidence="x")
    yield SetAction(action=action, measure="bad_answers", goal="<=0")


def commands() -> list[Command]:
    """One of each kind, or more; those left out have tests of their own."""
    new: dict[str, Any] = {"code": "X", "name": "X"}
    hours: dict[str, Any] = {"zone": "UTC", "week": {"mon": [["09:00", "12:00"]]}}
    assign = MoveOrder(number=5, move=Move.ASSIGN, technician="T1")
    key = read_key(a_key(1)).fingerprint
    plan: dict[str, Any] = {"rule": "daily", "start": "2026-09-21", "time": "23:00"}
    shown: dict[str, Any] = {"stamp": "", "place": "", "as_of": NINE}
    return [
        NewOrder(title="x", site="N1"), EditOrder(number=1, fields={"title": "x"}),
        SetPriority(number=1, priority=4), assign,
        MoveOrder(number=1, move=Move.CANCEL, reason="x"),
        SendNominee(number=5, technician=1),
        SendAsShown(number=5, technician=1, version=1, **shown),
        NoteOrder(number=1, text="x"), UpdateCustomer(number=1, text="x"), ChaseOrder(number=1),
        FollowOrder(number=1), UnfollowOrder(number=1), AskDaily(number=1),
        ShelveAlarm(number=1, until=minutes(900), reason="x"), UnshelveAlarm(number=5),
        PromiseFollowUp(number=1, due_at=minutes(960)), KeepFollowUp(number=1, place=2),
        RecordRevisit(number=10, outcome="content"), PlanRevisits(),
        RecordCall(number=2, outcome="reached"), RateOrder(number=2, csat=1, said="x"),
        RefuseSurvey(number=2), MissCustomer(number=2),
        GiveSurveyCode(number=2, digest="0" * 64), AnswerByCode(code="QRST", csat=5),
        FindCause(number=8, cause="design", contained="x"),
        TakeUp(recurrence=1, invited="x"), LeaveIt(recurrence=2, reason="x"), LookAround(),
        JudgeIdea(idea=1, accepted=True, reason="x"),
        RewardIdea(idea=2, amount=1), NoteEffect(idea=2, effect="x"), PayIntoFund(amount=5),
        PlanTraining(technician="T3", subject="manner", topic="x", at=minutes(900)),
        MoveTraining(training=1, at=minutes(960)), DropTraining(training=2, reason="x"),
        RecordTraining(training=1, passed=True, certificate="Marker paper", early=True),
        OpenAction(number=11), AddWhy(action=1, why="x", evidence="x"),
        SetAction(action=1, owner="dee"), StartAction(action=1),
        FinishAction(action=2, done="x"), JudgeAction(action=2, effective=True, verdict="x"),
        CloseAction(action=2, standard="training", changed="x"), DropAction(action=1, reason="x"),
        AskException(number=1, kind="price", size=9, reason="x"),
        GrantException(exception=1), RefuseException(exception=1, why="x"),
        UseException(exception=2, what="x"), WithdrawException(exception=2, why="x"),
        SetExceptionLimit(kind="price", operator="south", each=5),
        FreezeBaseline(name="x", first="2026-09-01", last="2026-09-20"), UseBaseline(baseline=1),
        StandIn(delegate="south", until=minutes(2000)),
        KeepComplaint(said="x", about="late", number=1), KeepPraise(said="x", site="N1"),
        AnswerComplaint(complaint=3, told="x", whom="x"), ActOnComplaint(complaint=4),
        FindComplaintCause(complaint=3, cause="use"), CloseComplaint(complaint=5, cause="use"),
        WithdrawVoice(voice=3, reason="x"),
        *inspection_commands(),
        ImportProcedure(source=one_step(kind="other")), DoStep(number=12, step="sop"),
        UndoStep(number=13, step="sop"), SkipStep(number=12, step="sop", reason="x"),
        *project_commands(),
        PutUnder(number=4, parent=5), TakeOut(number=6),
        TellFamily(number=5, text="x"), LinkOrders(number=2, other=4),
        UnlinkOrders(number=1, other=4), SplitOrder(number=1, text="x"),
        DeclareIncident(number=1), StandDown(number=5),
        GiveNotice(number=5, text="x", to="x"), a_file(1), DetachFile(number=1, entry=1),
        LockOrder(number=1), UnlockOrder(number=4), PlaceOrder(number=5, technician="T1"),
        ArrangeOrders(commands=(PlaceOrder(number=5, technician="T1"),)),
        SeeRecalls(technician="T3"), Undo(number=1),
        MoveTechnician(technician="T3", state="off"),
        Together(commands=(NoteOrder(number=1, text="x"), NoteOrder(number=4, text="x"))),
        AcceptProposal(moves=(assign,), as_of=LATE, stamps=()),
        SavePlan(title="x", site="N1", **plan), SavePlan(title="x", plan=1, site="N1", **plan),
        SavePlan(title="x", **plan), PausePlan(plan=1), ResumePlan(plan=2), EndPlan(plan=1),
        SkipOccurrence(plan=1, day="2026-09-25"),
        NoteHandover(handover=1, text="x"), TickRisks(handover=1, numbers=(1,)),
        AcceptHandover(handover=1), WithdrawHandover(handover=1), DropView(name="lift own"),
        SaveView(name="x", query="x", shared=True), DropView(name="x", shared=True),
        SaveRegion(**new), SaveSite(**new), SaveCustomer(**new), SaveAsset(site="N1", **new),
        SaveTechnician(**new), SaveCertificate(technician="T3", name="x"), SaveKind(**new),
        SaveShift(technician="T3", starts_at=NINE, ends_at=minutes(9)),
        SaveAbsence(technician="T3", starts_at=NINE, ends_at=minutes(9)),
        SaveAbsence(technician="T3"), StartEmpty(),
        EndAbsence(technician="T3", starts_at=minutes(2000)),
        SaveContract(customer="C1", first="2026-01-01", last="2026-12-31"),
        DecideRenewal(customer="C2", outcome="open"),
        SaveCare(customer="C1", lead="ana", call_ahead=True),
        BringCustomer(code="X", name="X"), MergeCustomers(kept="C2", gone="C1", sure="C1"),
        ErasePerson(customer="C1", sure="C1"),
        SaveOperator(code="south", name="South", role="administrator", everywhere=True),
        SaveOperator(code="wall", name="Wall", role="administrator", everywhere=True),
        AppointOperator(operator="south", role="dispatcher", sites=("N1",)),
        AppointOperator(operator="wall", role="office", sites=("N1",)),
        WelcomeOperator(**new), EnrolOperator(**new, role="administrator", key=a_key(3)),
        AddKey(operator="south", line=a_key(4)), RevokeKey(operator="ana", fingerprint=key),
        SetBackups(folder="/x"), OfferCode(operator="south", digest="0" * 64, until=minutes(310)),
        UseCode(code="ABCD", line=a_key(5)), EnterByCode(code="WXYZ"),
        SendNotice(text="x"), EndSession(session=1, operator="ana"),
        RevokeOperator(operator="ana"), SaveCalendar(**new, spec=hours),
        ExtendCalendar(code="office", off=("2026-09-30",)), SaveLevel(**new),
        MendStore(search=True),
        SetAutomatic(mode="act"), SetFigure(figure="rest", value=9),
        LoadTravel(pairs=(("N1", "S1", 9),)),
    ]  # fmt: skip
