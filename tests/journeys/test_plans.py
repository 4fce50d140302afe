"""Preventive and recurring work, planned at the keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from console.i18n import use
from console.render_rule import rule_said
from scheduler.plans import make_due
from store.queries.plans import ListPlans
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.store.plan_desk import planned

if TYPE_CHECKING:
    from store.queries.plans import PlanLine
    from store.records import Records

pytestmark = pytest.mark.journey


def the_plan(records: Records) -> PlanLine:
    (line,) = records.ask(ListPlans(), who=ANA, at=MONDAY)
    return line


async def test_a_plan_is_written_and_its_dates_are_seen_first(records: Records) -> None:
    """The last day of the month, moved where the office is closed."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("Q")
        await ana.sees("no plan yet; n makes one")
        await ana.press("n")
        await ana.sees("New plan", "the next dates stand here before you save")
        await ana.types("Lift inspection")
        await ana.types("FREQ=MONTHLY;BYMONTHDAY=-1")
        await ana.sees("every month on the last day at 09:00", "2026-09-30 Wed", "2026-11-30 Mon")
        await ana.press("enter", "ctrl+u")
        await ana.types("10:30")
        await ana.types("S1")
        await ana.sees("at 10:30")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved; it comes", "1 plan goes on", "Lift inspection", "09-30 10:30")
    line = the_plan(records)
    assert (line.site, line.rule, line.of_day) == ("S1", "FREQ=MONTHLY;BYMONTHDAY=-1", 37_800)


async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(records: Records) -> None:
    """A rule that is none, then one that is."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("Q", "n")
        await ana.types("Pump round")
        await ana.writes("sometimes")
        await ana.sees("“sometimes” is no rule")
        await ana.press("ctrl+s")
        await ana.sees("✗ “sometimes” is no rule", "Pump round")
        await ana.press("escape")
        await ana.sees("no plan yet")
    assert records.ask(ListPlans(), who=ANA, at=MONDAY) == ()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("paused", "goes on; it comes", "is called off", "comes after all", "ended")),
        ("zh_CN", ("已暂停", "继续执行", "已取消", "照常执行", "已结束")),
    ],
)
async def test_each_key_does_its_deed(
    records: Records, language: str, says: tuple[str, ...]
) -> None:
    """Paused, resumed, one date called off and on again, ended; each said in one line."""
    planned(records, who=ANA, site="S1", at=MONDAY)
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await ana.press("Q")
        await ana.sees("boiler round", "10:00")
        for key, said in zip("ppsux", says, strict=True):
            await ana.press(key)
            await ana.sees("✓ ", said)
    assert the_plan(records).ended_at is not None


async def test_a_plan_is_changed_and_goes_on(records: Records) -> None:
    """Enter opens it as it stands."""
    planned(records, who=ANA, site="S1", description="with the key", at=MONDAY)
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("Q")
        await ana.sees("boiler round")
        await ana.press("enter")
        await ana.sees("Plan 1", "望江花园 S1", "every day at 10:00")
        await ana.press("down", "down", "down", "ctrl+u")
        await ana.writes("11:15")
        await ana.sees("every day at 11:15")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved; it comes", "11:15")
    line = the_plan(records)
    assert (line.site, line.description, line.of_day) == ("S1", "with the key", 40_500)


async def test_a_typed_plan_is_looked_at_first(records: Records) -> None:
    """The form has what was typed, with its dates; saved from any screen with a command line."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press(":")
        await ana.types("plans new Boiler round rule: 2 weeks time: 7:45 site: S2")
        await ana.sees("New plan", "every 2 weeks", "at 07:45")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved")
        await ana.press(":")
        await ana.types("plans edit 1 time: 8:15")
        await ana.sees("Plan 1", "at 08:15")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved")
        await ana.press(":")
        await ana.types("plans pause 1")
        await ana.sees("plan 1 paused")
    assert the_plan(records).site == "S2"


async def test_a_plan_in_chinese(records: Records) -> None:
    """Verb, keys and the rule in words."""
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.press(":")
        await ana.types("计划 新建 锅炉巡检 规则:FREQ=MONTHLY,INTERVAL=3 时间:8:30 休息日:跳过")
        await ana.press("escape")
        await ana.press("escape", "Q", "n")
        await ana.sees("新计划")
        await ana.types("锅炉巡检")
        await ana.types("3 months")
        await ana.sees("每 3 个月", "09:00")
        await ana.press("ctrl+s")
        await ana.sees("计划 1 已保存")


async def test_the_order_says_which_plan_it_is_from(records: Records) -> None:
    """And v leads from the plan to it."""
    planned(records, who=ANA, site="S1", time="09:30", at=MONDAY)
    make_due(records, at=MONDAY + timedelta(minutes=31))
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press("Q")
        await ana.sees("boiler round", "#6")
        await ana.press("v")
        await ana.sees("plan 1 boiler round, of 2026-09-21")


async def test_hostile_words_stand_as_text(records: Records) -> None:
    """Markup and controls from a plan move nothing on the screen."""
    planned(records, who=ANA, site="S1", title="[red]boil\x1b[2Jer[/red]", at=MONDAY)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press("Q")
        await ana.sees("[red]boil", "[/red]", "1 plan goes on")
        await ana.press("enter")
        await ana.sees("[red]boil", "every day at 10:00")


async def test_fast_hands_write_a_plan(records: Records) -> None:
    """One burst, from the board to the saved plan."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("QnFilter change\rmonthly\r\r\r\r\r\r\r\r\r\r")
        await ana.sees("plan 1 saved", "Filter change")


async def test_an_order_made_ahead_says_why_it_waits(records: Records) -> None:
    """In the reader's language, since nobody wrote it."""
    planned(records, who=ANA, site="S1", rule="weekly", start="2026-09-22", lead="3d", at=MONDAY)
    make_due(records, at=MONDAY)
    async with at_the_console(records, size=(120, 30), language="zh_CN") as ana:
        await ana.press("Q")
        await ana.sees("boiler round", "#6")
        await ana.press("v")
        await ana.sees("计划工单，尚未到期", "计划 1 boiler round")


@pytest.mark.parametrize(
    ("language", "kept", "again"),
    [("en", "kept as a draft", "as you left it"), ("zh_CN", "已留作草稿", "上次未保存")],
)
async def test_a_plan_begun_survives_leaving_the_form(
    records: Records, language: str, kept: str, again: str
) -> None:
    """Until it is saved, or stands as it did; a change of a plan is kept beside that of others."""
    planned(records, who=ANA, site="S1", at=MONDAY)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.press("Q")
        await ana.sees("boiler round")
        await ana.press("n")
        await ana.types("Pump round")
        await ana.writes("2 weeks")
        await ana.press("escape")
        await ana.sees(kept)
        await ana.press("e")
        await ana.sees("boiler round", "10:00")
        await ana.sees_no(again)
        await ana.press("escape")
        await ana.sees("boiler round")
        await ana.press("n")
        await ana.sees(again, "Pump round", "2 weeks")
        await ana.press("ctrl+s")
        await ana.sees("✓ ", "Pump round")
        await ana.press("n")
        await ana.sees_no(again, "Pump round")
        await ana.press("escape")
    assert len(records.ask(ListPlans(), who=ANA, at=MONDAY)) == 2


async def test_a_slip_at_a_plan_is_one_key_from_undone(records: Records) -> None:
    """As a slip at an order is; half an hour later after a look at it."""
    plan = planned(records, who=ANA, site="S1", at=MONDAY)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press("Q")
        await ana.sees("boiler round", "10:00")
        await ana.press("x")
        await ana.sees(f"plan {plan} ended", "undo: z")
        await ana.press("z")
        await ana.sees(f"plan {plan}: “plan ended” taken back", "redo: Z")
        await ana.press("p")
        await ana.sees(f"plan {plan} paused")
        await ana.passes(minutes=31)
        await ana.press("z")
        await ana.sees("take back your last command", f"plan {plan}: “plan paused” taken back")
        await ana.press("enter")
        await ana.sees("✓ ", f"plan {plan}: “plan paused” taken back")
    assert the_plan(records).paused_at is None


@pytest.mark.parametrize(("language", "said"), [("en", "pause the plan"), ("zh_CN", "暂停计划")])
async def test_help_begins_with_the_keys_of_the_list(
    records: Records, language: str, said: str
) -> None:
    """Which no other screen has."""
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.press("Q")
        await ana.press("?")
        await ana.sees(said)


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on day 26 at 09:00", "每 3 个月的26日 09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday at 09:00",
         "每 2 周的周一 09:00"),
        ("FREQ=MONTHLY", "every month on day 26 at 09:00", "每月26日 09:00"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days at 09:00", "每 3 天 09:00"),
    ],
)  # fmt: skip
def test_a_rule_reads_well_in_both_languages(rule: str, english: str, chinese: str) -> None:
    """The days of several months are theirs."""
    for language, said in (("en", english), ("zh_CN", chinese)):
        use(language)
        try:
            assert rule_said(rule, date(2026, 11, 26), 9 * 3600) == said
        finally:
            use("en")


async def test_what_the_dates_hide_is_said_before_it_is_saved(records: Records) -> None:
    """Months without such a day, and a day that is closed; as it is shown, it is read again."""
    async with at_the_console(records) as ana:
        await ana.press("Q", "n")
        await ana.types("Roof drains")
        await ana.writes("monthly on the 31st")
        await ana.sees("every month on day 31 at 09:00", "no day 31 in Feb, Apr, Jun, Sep, Nov")
        await ana.sees("“last day” comes every month", "is closed")
        await ana.press("ctrl+u")
        await ana.writes("every month on the last day at 07:30")
        await ana.sees("every month on the last day at 07:30")
        await ana.sees_no("no day 31")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved; it comes", "07:30 (Asia/Shanghai)")


async def test_the_hint_is_of_the_line_that_has_the_keys(records: Records) -> None:
    """Whichever key led there; and leaving says that a draft is kept."""
    async with at_the_console(records) as ana:
        await ana.press("Q", "n")
        await ana.types("Roof drains")
        await ana.sees("monthly on the 31st, monthly on the last day")
        await ana.press("tab")
        await ana.sees("a day such as 2026-10-01, by the clock at the site")
        await ana.press("shift+tab")
        await ana.sees("monthly on the 31st, monthly on the last day")
        await ana.press("escape")
        await ana.sees("not saved: kept as a draft")
