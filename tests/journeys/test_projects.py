"""A project through its five stages, by keys and by typed lines, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.screens.alarms import AlarmsScreen
from scheduler.complaints import ring_projects
from store.commands.projects_asked import HandProject, NewProject, SaveDepartments
from store.commands.sop import ImportProcedure
from store.domain.projects import Stand
from store.queries.projects import ShowProject
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do
from tests.store.project_desk import DEPARTMENTS, GATED

if TYPE_CHECKING:
    from store.queries.projects import ProjectCard
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "No project is listed here", "customer, @site", "department", "title",
        "project 1 begun: consultation with sales", "department", "words",
        "evidence, a file", "project 1 handed to design", "> Design?",
        "reason", "project 1 bounced back to sales; times so far: 1", "back: Customer",
        "who took it", "project 1 acknowledged: solution design", "its procedure wants first: load",
        "step", "what shows it", "why, if out of range", "step load done, 1 of 2",
        "project 1 advanced: site work", "project 1 advanced: acceptance",
        "project 1 advanced: aftercare", "project 1 closed", "1 project over",
    ),
    "zh_CN": (
        "这里没有项目", "客户、@站点", "部门", "内容",
        "项目 1 已开始：前期沟通", "部门", "说明",
        "依据文件", "项目 1 已移交给 design", "> 设计部?",
        "原因", "项目 1 已打回 sales；至今次数：1", "打回：客户咨询部",
        "接收人", "项目 1 已接收：方案设计", "要先完成：load",
        "步骤", "完成的依据", "超出范围的原因", "步骤 load 已完成，1/2",
        "项目 1 已推进：现场施工", "项目 1 已推进：验收交付",
        "项目 1 已推进：后期维保", "项目 1 已关闭", "已结项目 1 个",
    ),
}  # fmt: skip


def card(records: Records) -> ProjectCard:
    """The first project as the store has it."""
    return records.ask(ShowProject(project=1), who=ANA, at=MONDAY)


def furnished(records: Records) -> None:
    """Departments, and what the stage of design asks for."""
    do(records, SaveDepartments(departments=DEPARTMENTS))
    do(records, ImportProcedure(source=GATED))


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh_CN", (120, 40))])
async def test_a_project_goes_through_five_stages_by_one_key_a_step(  # noqa: PLR0915  a whole life
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Begun, handed over, bounced, handed again; its procedure gates the stage; then to its end."""
    furnished(records)
    words = iter(WORDS[language])
    async with at_the_console(records, size=size, language=language) as ana:

        async def told(key: str, *answers: str) -> None:
            """One step, with what it asks, and what came of it."""
            await ana.press(key)
            for answer in answers:
                await ana.sees(next(words))
                if answer:
                    await ana.writes(answer)
                await ana.press("enter")
            await ana.sees(next(words))

        await ana.press("f14")
        await ana.sees(next(words))
        await told("5", "@S1", "sales", "a new lift")
        await told("1", "design", "drawings wanted", "")
        await ana.sees(next(words))
        await told("3", "no load")
        await ana.sees(next(words))
        await ana.press("1")
        for answer in ("design", "with the load", ""):
            await ana.writes(answer)
            await ana.press("enter")
        await ana.sees("> Design?" if language == "en" else "> 设计部?", "with the load")
        await told("2", "Lin")
        await told("4")
        await told("6", "load", "450", "")
        for _stage in range(3):
            await told("4")
        await ana.press("4")
        await ana.sees("it closes the project" if language == "en" else "推进后项目关闭")
        await told("enter")
        await ana.press("7", "7")
        await ana.sees(next(words))
        await ana.press("enter")
        await ana.sees("hand-off  " if language == "en" else "客户咨询部 > 设计部")
        await ana.press("end", "up")
        await ana.sees("450 kg")
    assert next(words, None) is None
    found = card(records)
    assert found.line.project.stand is Stand.CLOSED
    assert [line.handoff.answer for line in found.handoffs] == ["bounced", "acknowledged"]
    assert [line.passage.went for line in found.passages] == ["on"] * 5


async def test_a_typed_line_does_each_step(records: Records) -> None:
    """In either language; what is missing is said; the order's card names the project."""
    do(records, ImportProcedure(source=GATED))
    async with at_the_console(records) as ana:
        for line, said in (
            ("projects new C1@S1 sales a new lift", "sales"),
            ("projects department sales", "still to say"),
            ("projects department sales Customer consulting ;客户咨询部", "of them new: 1"),
            ("项目 部门 design 设计部", "of them new: 1"),
            ("projects new C1@S1 sales a new lift", "project 1 begun"),
            ("项目 新建 @S1 sales another", "project 2 begun"),
            ("projects put 1 1", "order 1 is a part of project 1"),
            ("projects hand 1 design x", "orders of it are open: #1"),
            ("projects take 1 1", "order 1 taken out of project 1"),
            ("projects hand 1 design ready for you ;plan 17", "project 1 handed to design"),
            ("projects recall 1 too early", "hand-off of project 1 recalled"),
            ("项目 移交 1 design 请看", "project 1 handed to design"),
            ("projects acknowledge 1 Lin", "project 1 acknowledged: solution design"),
            ("projects do 1 load 450", "step load done"),
            ("projects undo 1 load", "step load is open again"),
            ("projects skip 1 load known already", "step load skipped"),
            ("projects lead 1 Mrs Wu", "project 1 changed"),
            ("projects order 1 measure the pit", "as a part of project 1"),
            ("projects back 1 consultation they want another", "project 1 put back"),
            ("projects drop 2 no money", "project 2 dropped"),
            ("projects bounce 1", "still to say"),
        ):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
            await ana.press("escape")
    found = card(records)
    (order,) = found.orders
    assert (order.title, order.stage) == ("measure the pit", "design")
    assert found.handoffs[0].handoff.evidence == "plan 17"
    assert found.line.project.lead == "Mrs Wu"


async def to_its_alarm(ana: Operator) -> None:
    """The cursor stands on the alarm of a project."""
    await ana.press("home")
    for _row in range(20):
        assert isinstance(ana.desk.screen, AlarmsScreen)
        row = ana.desk.screen.chosen()
        if row is not None and row.project is not None:
            return
        await ana.press("down")


async def test_it_rings_in_the_console_and_opens_there(records: Records) -> None:
    """Among the alarms of orders; Enter shows the project, where the next step is done."""
    furnished(records)
    do(records, NewProject(title="a new lift", site="S1", department="sales"))
    do(records, HandProject(project=1, department="design", words="drawings wanted"))
    late = MONDAY + timedelta(days=9)
    ring_projects(records, at=late)
    async with at_the_console(records, clock=Clock(late), size=(120, 40)) as ana:
        await ana.press("A")
        await ana.sees("hand-off to be acknowledged", "a new lift")
        await to_its_alarm(ana)
        await ana.press("S")
        await ana.sees("stands on no shelf")
        await ana.press("a")
        await ana.sees("alarm of project 1 acknowledged")
        await to_its_alarm(ana)
        await ana.press("enter")
        await ana.sees("drawings wanted", "waits for its answer")
        await ana.press("3")
        await ana.writes("which lift?")
        await ana.press("enter")
        await ana.sees("project 1 bounced back")
        await ana.sees("which lift?")
    assert card(records).line.project.bounces == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_stage_is_given_back_by_one_key(records: Records, language: str) -> None:
    """Also by a typed line; what was done there since is to be taken back first."""
    furnished(records)
    do(records, NewProject(title="lift", site="S1", department="sales"))
    english = language == "en"
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.press("f14")
        await ana.press("4")
        await ana.sees("advanced: solution design" if english else "已推进：方案设计")
        await ana.press("z")
        await ana.sees(*(("“project in its next", "taken back") if english else ("已撤销",)))
        assert card(records).line.project.stage == "consultation"
        await ana.press("4")
        await ana.sees("advanced: solution design" if english else "已推进：方案设计")
        await ana.press(":")
        await ana.writes("undo" if english else "撤销")
        await ana.press("enter")
        await ana.sees("project 1" if english else "项目 1")
        await ana.press("enter")
        await ana.sees("taken back" if english else "已撤销")
    assert card(records).line.project.stage == "consultation"
