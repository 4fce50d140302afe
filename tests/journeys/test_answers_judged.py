"""A prompt of several questions: an answer is judged when it is given, and can be gone back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.projects_asked import NewProject, SaveDepartments
from store.domain.voices import About
from store.queries.projects import ListProjects, ShowProject
from store.queries.voices import ListVoices
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise
from tests.journeys.stories import do
from tests.store.project_desk import DEPARTMENTS

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

NOBODY = {"en": "no customer called “Nobody”", "zh_CN": "没有名为“Nobody”的客户"}
BACK = {"en": "Shift+Tab: the answer before", "zh_CN": "Shift+Tab 回到上一项"}
NO_DEPARTMENT = {"en": "no department called “nowhere”", "zh_CN": "没有名为“nowhere”的部门"}
BEGUN = {"en": "project 1 begun", "zh_CN": "项目 1 已开始"}
FITS = {"en": "Golden Lake Ltd (C1)", "zh_CN": "Golden Lake Ltd（C1）"}
NO_ORDER = {"en": "no work order 999", "zh_CN": "没有工单 999"}
STAGES = {"en": "4 acceptance, 5 aftercare", "zh_CN": "5 后期维保"}
NO_STAGE = {"en": "“9” is none", "zh_CN": "“9”不对"}


@crosswise()
async def test_a_wrong_name_stays_at_its_own_question(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """What fits is offered, a part of it is enough; Shift+Tab leads back with all kept."""
    do(records, SaveDepartments(departments=DEPARTMENTS))
    async with at_the_console(records, language=language, size=size) as ana:
        await ana.press("f14")
        await ana.press("5")
        await ana.writes("Nobody")
        await ana.press("enter")
        await ana.sees(NOBODY[language])
        await ana.press("ctrl+u")
        await ana.writes("gold")
        await ana.sees(f">{FITS[language]}")
        await ana.press("enter")
        await ana.sees("works")
        await ana.writes("nowhere")
        await ana.press("enter")
        await ana.sees(NO_DEPARTMENT[language], BACK[language])
        await ana.press("ctrl+u", "down", "down", "enter")
        await ana.writes("a new lift")
        await ana.press("shift+tab")
        await ana.sees("sales")
        await ana.press("shift+tab")
        await ana.sees("C1")
        await ana.writes("@mill")
        await ana.sees("North Mill")
        await ana.press("enter", "enter")
        await ana.sees("a new lift")
        await ana.press("enter")
        await ana.sees(BEGUN[language])
    (line,) = records.ask(ListProjects(), who=ANA, at=MONDAY)
    assert line.project.title == "a new lift"
    assert (line.customer, line.place) == ("Golden Lake Ltd", "North Mill")


@crosswise()
async def test_an_order_and_a_stage_are_judged_too(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """All five stages can be read, and one that is none is refused before anything is sent."""
    do(records, SaveDepartments(departments=DEPARTMENTS))
    do(records, NewProject(title="lift", site="S1", department="sales"))
    async with at_the_console(records, language=language, size=size) as ana:
        await ana.press("f14")
        await ana.press("8")
        await ana.writes("999")
        await ana.press("enter")
        await ana.sees(NO_ORDER[language])
        await ana.press("ctrl+u", "1")
        await ana.sees("#1 Lift stuck")
        await ana.press("enter")
        await ana.sees(STAGES[language])
        await ana.writes("9")
        await ana.press("enter")
        await ana.sees(NO_STAGE[language])
        await ana.press("backspace", "3", "enter")
        await ana.sees("✓")
    card = records.ask(ShowProject(project=1), who=ANA, at=MONDAY)
    assert [(one.number, one.stage) for one in card.orders] == [(1, "site-work")]


async def test_a_complaint_is_about_what_there_is(records: Records) -> None:
    """A site by its name; a matter that is none; back over two answers with both kept."""
    async with at_the_console(records) as ana:
        await ana.press("f19")
        await ana.press("5")
        await ana.writes("@nowhere")
        await ana.press("enter")
        await ana.sees("no site called “nowhere”")
        await ana.press("ctrl+u")
        await ana.writes("@north mill")
        await ana.press("enter")
        await ana.writes("loud")
        await ana.press("enter")
        await ana.sees("“loud” is none")
        await ana.press("ctrl+u", "5", "enter")
        await ana.writes("all night")
        await ana.press("shift+tab", "shift+tab")
        await ana.sees("@S2")
        await ana.press("enter", "enter")
        await ana.sees("all night")
        await ana.press("enter", "enter")
        await ana.sees("✓")
    (line,) = records.ask(ListVoices(), who=ANA, at=MONDAY)
    assert (line.place, line.voice.about, line.voice.said) == (
        "North Mill",
        About.NOISE,
        "all night",
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_question_left_for_another_screen_takes_no_keys_behind(
    records: Records, language: str
) -> None:
    """It is left, what was written is kept, and the same key asks again with it."""
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("f11")
        await ana.writes("price 500")
        await ana.press("f24")
        await ana.press("escape")
        await ana.sees("what you wrote is kept" if language == "en" else "已保留")
        await ana.press("down")
        await ana.sees_no("price 500down")
        await ana.press("up", "f11")
        await ana.sees("price 500")
        await ana.press("enter")
        await ana.writes("scaffold")
        await ana.press("enter")
        await ana.sees("Shift+Tab")  # nobody may grant so much: it is asked again
        await ana.press("f24")
        await ana.press("escape", "down")
        await ana.sees_no("scaffold")
