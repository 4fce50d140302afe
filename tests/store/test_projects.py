"""Projects: from consultation to the end of aftercare, and what is refused on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import EditOrder, MoveOrder, Undo
from store.commands.alarms import Acknowledge
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DropProject,
    EditProject,
    HandProject,
    NewProject,
    NewProjectOrder,
    PutInProject,
    PutProjectBack,
    RecallHandoff,
    SaveDepartments,
)
from store.domain.errors import BadInput, NameUnknown
from store.domain.lifecycle import Move
from store.domain.project_refusals import (
    HandoffWaits,
    InProjectAlready,
    NoHandoff,
    NotInProject,
    NoWayBack,
    NoWayBackAtAll,
    ProjectChanged,
    ProjectOver,
    ProjectUnknown,
    SameDepartment,
    StageBehind,
    StageOrdersOpen,
)
from store.domain.projects import Alarm, Stand
from store.domain.sop import Stage
from store.queries.card import OrderCard
from store.queries.doctor import ExamineDesk
from store.queries.finding import FindOrders
from store.queries.projects import ListDepartments, ListProjects, ProjectSteps, ShowProject
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, do, minutes, promises_kept, written
from tests.store.project_desk import begun, card, departments, handed, rung, shown, taken

if TYPE_CHECKING:
    from store.records import Records

HOUR, DAY = 60, 1440
NEAR, END = DAY + 5 * HOUR, DAY + 9 * HOUR
"""Of a consultation that began on Monday at nine; at noon the office rests an hour."""


def healthy(records: Records) -> None:
    """What the doctor tells of the desk: nothing."""
    findings = records.ask(ExamineDesk(), who=ANA, at=minutes(100 * DAY))
    assert [one for one in findings if one.check.value == "steps"] == []


def test_a_project_goes_its_way(records: Records) -> None:
    """Five stages, four hand-offs of which one is bounced and given again; each step is told."""
    departments(records)
    one = begun(records)
    project = shown(records, one)
    assert (project.stage, project.due_at) == ("consultation", minutes(END))
    handed(records, one, "design", 60, evidence="/plans/1.pdf", sha256="0" * 64)
    waits = card(records, one, minutes(70))
    assert waits.line.taker == "design"
    assert waits.line.project.due_at == minutes(60 + 5 * HOUR)
    bounced = BounceHandoff(project=one, reason="no load of the floor")
    do(records, bounced, at=minutes(90), who=ANA)
    back = shown(records, one)
    assert (back.department, back.bounces, back.alarm) == (1, 1, Alarm.BOUNCED.value)
    assert back.due_at == project.due_at
    handed(records, one, "design", 100)
    taken(records, one, 130)
    assert shown(records, one).stage == Stage.DESIGN
    assert (shown(records, one).lead, card(records, one).line.department) == ("Lin", "design")
    handed(records, one, "works", 300)
    taken(records, one, 310, "Gao")
    for at, stage in ((400, Stage.ACCEPTANCE), (500, Stage.AFTERCARE)):
        do(records, AdvanceProject(project=one), at=minutes(at))
        assert shown(records, one).stage == stage
    do(records, AdvanceProject(project=one), at=minutes(600))
    over = card(records, one, minutes(700))
    assert over.line.project.stand is Stand.CLOSED
    assert [line.passage.went for line in over.passages] == ["on"] * 5
    assert [line.handoff.answer for line in over.handoffs] == ["bounced", *["acknowledged"] * 2]
    assert over.waited_s == (30 + 30 + 10) * 60
    told = [step.fact for step in records.ask(ProjectSteps(project=one), who=ANA, at=NINE)]
    assert told[:4] == [
        *("project opened", "project handed to another department"),
        *("hand-off bounced back", "project handed to another department"),
    ]
    with pytest.raises(ProjectOver):
        do(records, AdvanceProject(project=one), at=minutes(700))
    healthy(records)


def test_one_clock_runs_at_a_time_and_rings_before_its_end(records: Records) -> None:
    """Of the stage, of the hand-off, and of the stage again where that is bounced back."""
    departments(records)
    one = begun(records)
    near, end = NEAR, END
    assert rung(records, near - 1) == []
    (alarm,) = rung(records, near)
    assert (alarm.kind, alarm.severity, alarm.project) == (Alarm.STAGE.value, 3, one)
    assert rung(records, near + 1) == [alarm]
    do(records, Acknowledge(numbers=(), projects=(one,), rings=1), at=minutes(near + 2))
    assert rung(records, near + 3)[0].acknowledged_by == "Ana"
    (alarm,) = rung(records, end)
    assert (alarm.severity, alarm.due_at, alarm.acknowledged_by) == (2, minutes(end), None)
    handed(records, one, "design", end)
    assert rung(records, end + 1) == []
    next_day = 2 * DAY
    assert rung(records, next_day + 2 * HOUR) == []
    (alarm,) = rung(records, next_day + 3 * HOUR)
    assert (alarm.kind, alarm.severity) == (Alarm.HANDOFF.value, 3)
    (alarm,) = rung(records, next_day + 5 * HOUR)
    assert (alarm.kind, alarm.severity) == (Alarm.HANDOFF.value, 2)
    done = do(records, Acknowledge(), at=minutes(next_day + 5 * HOUR))
    assert "alarm of project" in done.sentence
    do(records, BounceHandoff(project=one, reason="x"), at=minutes(next_day + 5 * HOUR))
    (alarm,) = rung(records, next_day + 6 * HOUR)
    assert (alarm.kind, alarm.severity) == (Alarm.BOUNCED.value, 2)
    handed(records, one, "design", next_day + 6 * HOUR)
    taken(records, one, next_day + 7 * HOUR)
    assert rung(records, next_day + 7 * HOUR) == []
    healthy(records)


def test_orders_of_a_stage_hold_it(records: Records) -> None:
    """At every door: handing, advancing, and acknowledging; cancelled ones hold nothing."""
    departments(records)
    one = begun(records)
    first, later = written(records), written(records, title="later")
    do(records, PutInProject(number=first, project=one))
    do(records, PutInProject(number=later, project=one, stage="design"))
    found = records.ask(FindOrders(text=f"project:{one}", zone=minutes(0).tzinfo), who=ANA, at=NINE)
    assert {line.number for line in found.lines} == {first, later}
    assert records.ask(OrderCard(number=first), who=ANA, at=NINE).project == "新电梯"
    for step in (
        AdvanceProject(project=one),
        HandProject(project=one, department="design", words="x"),
    ):
        with pytest.raises(StageOrdersOpen, match=f"#{first}"):
            do(records, step)
    do(records, MoveOrder(number=first, move=Move.CANCEL, reason="x"), at=minutes(1))
    handed(records, one, "design", 2)
    with pytest.raises(HandoffWaits, match="design"):
        do(records, PutInProject(number=first, project=one), at=minutes(3))
    do(records, MoveOrder(number=first, move=Move.REOPEN, reason="x"), at=minutes(3))
    with pytest.raises(StageOrdersOpen):
        do(records, AcknowledgeHandoff(project=one, who="Lin"), at=minutes(4))
    do(records, PutInProject(number=first, project=None), at=minutes(5))
    taken(records, one, 6)
    with pytest.raises(StageOrdersOpen, match=f"#{later}"):
        do(records, AdvanceProject(project=one), at=minutes(7))
    with pytest.raises(StageBehind):
        do(records, PutInProject(number=first, project=one, stage="consultation"), at=NINE)
    with pytest.raises(NotInProject):
        do(records, PutInProject(number=first, project=None), at=minutes(8))
    other = begun(records)
    with pytest.raises(InProjectAlready):
        do(records, PutInProject(number=later, project=other), at=minutes(8))
    promises_kept(records, [first, later])


def test_an_order_is_written_down_for_a_project(records: Records) -> None:
    """With its customer and site; that it was put in is taken back as any correction is."""
    departments(records)
    one = begun(records)
    made = do(records, NewProjectOrder(project=one, title="measure", stage="design"))
    told = records.ask(OrderCard(number=made.numbers[0]), who=ANA, at=NINE).order
    assert (told.project, told.project_stage, told.site, told.customer) == (one, "design", 1, 1)
    number = written(records)
    do(records, PutInProject(number=number, project=one))
    do(records, Undo(number=number), at=minutes(1))
    assert records.ask(OrderCard(number=number), who=ANA, at=NINE).order.project is None
    with pytest.raises(BadInput):
        do(records, EditOrder(number=number, fields={"project": one}))


def test_the_way_back_wants_a_reason(records: Records) -> None:
    """Only to a stage before; it is gone through again, with a clock of its own."""
    departments(records)
    one = begun(records)
    with pytest.raises(NoWayBackAtAll):
        do(records, PutProjectBack(project=one, stage="consultation", reason="x"))
    do(records, AdvanceProject(project=one), at=minutes(10))
    with pytest.raises(NoWayBack, match="consultation"):
        do(records, PutProjectBack(project=one, stage="acceptance", reason="x"))
    with pytest.raises(BadInput):
        do(records, PutProjectBack(project=one, stage="consultation", reason=" "))
    back = PutProjectBack(project=one, stage="consultation", reason="another lift is wanted")
    do(records, back, at=minutes(20))
    found = card(records, one)
    assert [line.passage.went for line in found.passages] == ["on", "back", ""]
    assert found.passages[1].passage.why == "another lift is wanted"
    assert found.line.project.due_at == minutes(2 * DAY + 20)
    healthy(records)


def test_a_hand_off_is_recalled_and_a_project_dropped(records: Records) -> None:
    """What was recalled counts nowhere; what was dropped rings no more."""
    departments(records)
    one = begun(records)
    with pytest.raises(NoHandoff):
        do(records, RecallHandoff(project=one))
    with pytest.raises(SameDepartment):
        do(records, HandProject(project=one, department="sales", words="x"))
    handed(records, one, "design", 0, stay=True, within_h=1)
    assert shown(records, one).due_at == minutes(HOUR)
    do(records, RecallHandoff(project=one, reason="too early"), at=minutes(5))
    assert shown(records, one).due_at == minutes(END)
    handed(records, one, "design", 6, stay=True)
    taken(records, one, 7)
    assert (shown(records, one).stage, shown(records, one).department) == ("consultation", 2)
    assert len(card(records, one).passages) == 1
    do(records, DropProject(project=one, reason="no money"), at=minutes(8))
    assert rung(records, 3 * DAY) == []
    (line,) = records.ask(ListProjects(over=True), who=ANA, at=NINE)
    assert (line.project.stand, line.project.dropped) == (Stand.DROPPED, "no money")
    healthy(records)


def test_its_end_title_and_lead_are_changed(records: Records) -> None:
    """The clock is planned anew; a version that was changed meanwhile is told."""
    departments(records)
    one = begun(records, hours={"consultation": 8})
    assert shown(records, one).due_at == minutes(9 * HOUR)
    seen = shown(records, one).version
    change = EditProject(project=one, title="x", lead="Wu", due_at=minutes(DAY), seen=seen)
    do(records, change)
    project = shown(records, one)
    assert (project.title, project.lead, project.due_at) == ("x", "Wu", minutes(DAY))
    assert project.warn_at == minutes(7 * HOUR)
    with pytest.raises(ProjectChanged):
        do(records, change)
    with pytest.raises(BadInput):
        do(records, EditProject(project=one, due_at=NINE))
    healthy(records)


def test_a_site_has_its_own_projects_alone(records: Records) -> None:
    """Another one neither sees nor touches them, nor begins one that is nobody's."""
    departments(records)
    one = begun(records)
    assert records.ask(ListProjects(), who=AT_NORTH, at=NINE)
    assert records.ask(ListProjects(), who=AT_SOUTH, at=NINE) == ()
    with pytest.raises(ProjectUnknown):
        records.ask(ShowProject(project=one), who=AT_SOUTH, at=NINE)
    with pytest.raises(ProjectUnknown):
        do(records, AdvanceProject(project=one), who=AT_SOUTH)
    with pytest.raises(BadInput):
        do(records, NewProject(title="x", department="sales"), who=AT_SOUTH)
    mine = NewProject(title="x", department="sales", site="N1")
    assert do(records, mine, who=AT_NORTH).facts["id"] == one + 1


def test_departments_have_names_in_two_languages(records: Records) -> None:
    """Made, changed, counted; one that nobody knows is told."""
    departments(records)
    begun(records)
    do(records, SaveDepartments(departments=(("works", "", "工程部"), ("new", "", "新部门"))))
    lines = records.ask(ListDepartments(), who=BO, at=NINE)
    told = [(line.code, line.name, line.name_zh, line.projects) for line in lines]
    assert told == [
        ("design", "Design", "设计部", 0),
        ("new", "新部门", "新部门", 0),
        ("sales", "Customer consulting", "客户咨询部", 1),
        ("works", "Site works", "工程部", 0),
    ]
    with pytest.raises(NameUnknown):
        begun(records, department="nobody")
