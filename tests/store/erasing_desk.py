"""A person whose name stands everywhere, and what shows whether it still does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from scheduler.runner import fire_due
from store.commands import MoveOrder, NoteOrder, OfferHandover, PromiseFollowUp, SaveCustomer
from store.commands.contracts import DecideRenewal, SaveContract
from store.commands.corrective import AddWhy, OpenAction
from store.commands.erasing import ErasePerson
from store.commands.ideas import JudgeIdea, NoteEffect, PayIntoFund, SubmitIdea
from store.commands.orders import EditOrder, NewOrder
from store.commands.places import SaveAsset, SaveSite
from store.commands.plans import SavePlan
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DoProjectStep,
    DropProject,
    HandProject,
    NewProject,
    PutProjectBack,
    SaveDepartments,
    SkipProjectStep,
    UndoProjectStep,
)
from store.commands.radar import LeaveIt, LookAround
from store.commands.sessions import SendNotice
from store.commands.sop import ImportProcedure
from store.commands.surveys import FindCause, RateOrder
from store.commands.trainings import PlanTraining
from store.commands.views import SaveView
from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise, WithdrawVoice
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.tables import metadata
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import BO, do, minutes, written

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.records import Records

NAME, PHONE = "周小燕", "13855556666"
KEPT = {"receipt"}
"""Answers of commands, which are forgotten after seven days."""


def whole(records: Records) -> str:
    """Every row of the store as one text, but for the answers of commands."""
    with records.database.reading() as conn:
        tables = [table for name, table in metadata.tables.items() if name not in KEPT | {"search"}]
        return "\n".join(
            json.dumps([str(value) for value in row], ensure_ascii=False)
            for table in tables
            for row in conn.execute(select(table))
        )


def faults(records: Records) -> list[str]:
    """What the doctor finds, by check."""
    orders = records.ask(ExamineOrders(), who=THE_DESK, at=minutes(50)).findings
    desk = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(50))
    return [finding.check.value for finding in (*orders, *desk)]


def erase(records: Records, code: str = "P7", *, at: float = 30) -> Done:
    """The customer is erased, half an hour after all that was written of him."""
    return do(records, ErasePerson(customer=code, sure=code), at=minutes(at))


def rated(records: Records, *, customer: str = "P7") -> int:
    """An order of his that was done badly, as he said."""
    number = written(records, customer=customer, title="漏水", level="critical")
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(10))
    do(records, RateOrder(number=number, csat=1, said=f"{NAME} {PHONE} 太慢"), at=minutes(20))
    do(
        records,
        FindCause(number=number, cause="schedule", contained=f"{NAME} 道歉"),
        at=minutes(21),
    )
    return number


def person(records: Records) -> None:
    """Her name is the customer's P7."""
    do(records, SaveCustomer(code="P7", name=NAME, phone=PHONE))


def comes_again(records: Records) -> None:
    """What the radar proposes is left, since she moves."""
    for ago in (-1, -30, -60):
        at = minutes(1440 * ago)
        do(records, KeepComplaint(site="N1", about="noise", said="嗡嗡响", received_at=at))
    do(records, LookAround())
    do(records, LeaveIt(recurrence=1, reason=f"{NAME} 搬走了"))


def projects(records: Records) -> None:
    """One of hers, and one of somebody else that names her wherever it can."""
    do(records, SaveDepartments(departments=(("a", "A", ""), ("b", "B", ""))))
    step = '[[step]]\ncode = "x"\ntitle = "x"\nevidence = "signature"\nmandatory = false\n'
    do(records, ImportProcedure(source=f'stage = "consultation"\nversion = 1\n{step}'))
    for one, customer in ((1, "P7"), (2, None)):
        told: dict[str, Any] = {"title": f"{NAME} 的新电梯", "lead": NAME, "customer": customer}
        do(records, NewProject(**told, department="a"))
        do(records, SkipProjectStep(project=one, step="x", reason=f"{NAME} 不要"))
        do(records, UndoProjectStep(project=one, step="x"))
        do(records, DoProjectStep(project=one, step="x", value=NAME))
        given = HandProject(
            project=one, department="b", words=f"给 {NAME}", evidence=f"/{NAME}.pdf", stay=True
        )
        for step_ in (
            *(given, BounceHandoff(project=one, reason=f"{NAME} 没空")),
            *(given, AcknowledgeHandoff(project=one, who=NAME), AdvanceProject(project=one)),
            PutProjectBack(project=one, stage="consultation", reason=f"{NAME} 反悔"),
            DropProject(project=one, reason=f"{NAME} 搬走"),
        ):
            do(records, step_)


def everywhere(records: Records) -> int:
    """An order of hers, among all the places where her name can be written."""
    do(records, SaveCustomer(code="P7", name=NAME, phone=PHONE, tags=(f"{NAME}的房",)))
    do(records, SaveContract(customer="P7", first="2026-01-01", last="2026-12-31"))
    do(records, DecideRenewal(customer="P7", outcome="lost", words=f"{NAME} 搬走"))
    number = rated(records)
    opened = OpenAction(number=number, owner="ana", problem=f"{NAME} 又等了一天")
    action = do(records, opened, at=minutes(22)).facts["id"]
    why = AddWhy(action=action, why=f"没人给 {NAME} 回电", evidence=f"{NAME} {PHONE}")
    do(records, why, at=minutes(23))
    complains: dict[str, Any] = {"said": f"{NAME} 等了两天", "speaker": f"{NAME} {PHONE}"}
    voice = do(records, KeepComplaint(customer="P7", about="late", **complains)).facts["id"]
    told = AnswerComplaint(complaint=voice, told=f"{NAME}，对不起", whom=NAME)
    do(records, told, at=minutes(24))
    comes_again(records)
    praise = KeepPraise(site="N1", said=f"修得好，{NAME}", speaker=NAME)
    do(records, praise)
    slip = do(records, KeepPraise(customer="P7", said="谢谢")).facts["id"]
    do(records, WithdrawVoice(voice=slip, reason=f"是 {NAME} 的邻居"))
    projects(records)
    first = do(
        records,
        NewOrder(title="门坏", customer="P7", new_site=f"{NAME}家", caller=f"{NAME} 13900002222"),
    ).numbers[0]
    do(records, SaveSite(code="S3", name=f"{NAME}家", address=f"{NAME}楼下"))
    do(records, SaveAsset(site="S3", code="A1", name=f"{NAME}的锅炉"))
    do(records, EditOrder(number=first, fields={"asset": "A1"}), at=minutes(1))
    send = MoveOrder(number=first, move=Move.ASSIGN, technician="T1")
    do(records, send, at=minutes(2))
    do(records, MoveOrder(number=first, move=Move.DECLINE, reason=f"{NAME} 不要我"), at=minutes(3))
    written(records, customer="P7", title="断电", level="critical", priority=1)
    fire_due(records, at=minutes(25))
    reason = f"{NAME} 不在家"
    wait = MoveOrder(number=first, move=Move.WAIT, reason=reason, wake_at=minutes(500))
    do(records, wait, at=minutes(26))
    do(records, NoteOrder(number=first, text=f"{NAME} 要发票"))
    do(records, PromiseFollowUp(number=first, due_at=minutes(90), note=f"回 {NAME}"))
    planned: dict[str, Any] = {
        "rule": "every month",
        "start": "2026-10-01",
        "time": "09:00",
        "site": "N1",
    }
    do(records, SavePlan(title=f"{NAME}家保养", description=f"找 {NAME}", **planned))
    do(records, SaveView(name=f"{NAME}的单", query=f"customer:{NAME}", shared=True))
    do(records, SendNotice(text=f"给 {NAME} 回电"))
    in_passing(records)
    do(records, OfferHandover(note=f"给 {NAME} 回电 138-5555-6666"))
    return first


def in_passing(records: Records) -> None:
    """Where those who work here name her among their own affairs."""
    idea = do(records, SubmitIdea(text=f"{NAME} 要早点回电")).facts["id"]
    do(records, JudgeIdea(idea=idea, accepted=True, reason=f"{NAME} 说得对"), who=BO)
    do(records, PayIntoFund(amount=9, words=f"{NAME} 谢谢"))
    do(records, NoteEffect(idea=idea, effect=f"{NAME} 满意"))
    learns: dict[str, Any] = {"topic": f"怎样问候 {NAME}", "trainer": NAME}
    do(records, PlanTraining(technician="T1", subject="manner", at=minutes(600), **learns))
