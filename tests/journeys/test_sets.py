"""Many orders at once: by a view, a filter or the list; and who is shown before it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import ChaseOrder, NewOrder, PutUnder, SaveSite, SaveView, SetPriority
from store.queries.card import OrderCard, Trace
from store.queries.views import ListViews
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


def _priorities(records: Records) -> list[int]:
    asked = (OrderCard(number=number) for number in range(1, 6))
    return [records.ask(one, who=ANA, at=MONDAY).order.priority for one in asked]


async def test_a_view_a_filter_and_the_list_are_sets(records: Records) -> None:
    """Above three orders each is shown first; Esc does nothing to any."""
    records.do(SaveView(name="all of it", query="#1-5"), who=ANA, at=MONDAY)
    before = _priorities(records)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck", "all of it")
        await ana.press("colon")
        await ana.writes("p all of it 4")
        await ana.sees("give 5 orders (#", "Enter shows them first")
        await ana.press("enter")
        await ana.sees("P2 → P4")
        await ana.press("escape", "escape")
        assert _priorities(records) == before
        await ana.press("colon")
        await ana.types("p (#2-3 state:live) 4")
        await ana.sees("done for 2: #2, #3")
        await ana.press("slash")
        await ana.types("#4")
        await ana.sees("1 found")
        await ana.press("colon")
        await ana.writes("p ")
        await ana.press("question_mark")
        await ana.sees("* those listed", "what the list shows now", "a view of your own")
        await ana.writes("* 4")
        await ana.sees("give #4")
        await ana.press("enter")
        await ana.sees("order 4 now has priority 4")
    assert _priorities(records)[1:4] == [4, 4, 4]


async def test_sets_are_named_in_chinese(records: Records) -> None:
    """With full-width brackets, and no spaces where none are typed."""
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.press("slash")
        await ana.types("#4")
        await ana.press("colon")
        await ana.types("优先 所列 4")
        await ana.sees("工单 4")
        await ana.press("colon")
        await ana.types("优先（#2-3）4")
        await ana.sees("已处理 2 张")
    assert _priorities(records)[1:4] == [4, 4, 4]


async def test_those_that_refuse_are_marked_and_stay(records: Records) -> None:
    """Enter does the others, and the result tells which were left and why."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("c 1-5")
        await ana.sees("5 orders, 4 of them refuse", "✗ order 1 cannot be", "Enter does the others")
        await ana.press("escape")
        await ana.sees("c 1-5")
        await ana.press("enter")
        await ana.sees("Enter does the others")
        await ana.press("enter")
        await ana.sees("done for 1: #5; not for 4: order 1 cannot be accepted")


async def test_where_all_refuse_nothing_is_asked(records: Records) -> None:
    """The line stays as it was, with the reasons below it."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("c 1-4")
        await ana.sees("none of the 4 can: order 1 cannot be accepted", "c 1-4")
        await ana.sees_no("Enter does")


async def test_a_list_that_has_changed_behind_the_screen_is_shown_first(
    records: Records, sqlite_url: str
) -> None:
    """Few orders are done at once only where these are the orders that stood there."""
    records.follow()
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.types("boiler")
        await ana.sees("1 found")
        other = open_records(sqlite_url, feed=False)
        smoke = NewOrder(title="Smoke from the boiler", priority=1, level="critical")
        other.do(smoke, who=ANA, at=MONDAY - timedelta(minutes=40))
        await ana.sees("1 new")
        await ana.press("colon")
        await ana.writes("p * 4")
        await ana.sees("give 2 orders", "1 of them was not on the screen", "Enter shows them first")
        await ana.press("enter")
        await ana.sees("new: #6 Smoke from the boiler", "1 of them was not on the screen")
        await ana.press("escape", "escape", "full_stop")
        await ana.sees("Smoke from the boiler")
        await ana.press("colon")
        await ana.types("p * 4")
        await ana.sees("done for 2: #")
        other.close()


async def test_a_set_is_taken_back_and_done_again_after_a_look(records: Records) -> None:
    """Above three orders, as it was done."""
    before = _priorities(records)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("p 1-5 4")
        await ana.sees("Enter does it")
        await ana.press("enter")
        await ana.sees("done for 5", "undo: z")
        await ana.press("z")
        await ana.sees("take back your last command", "4 orders", "Enter does it")
        await ana.press("escape")
        assert _priorities(records) == [4] * 5
        await ana.press("z", "enter")
        await ana.sees("taken back", "redo: Z")
        assert _priorities(records) == before
        await ana.press("Z")
        await ana.sees("do again what you took back last", "4 orders")
        assert _priorities(records) == before
        await ana.press("enter")
        await ana.sees("done again")
        assert _priorities(records) == [4] * 5


@pytest.mark.parametrize("orders", ["1-5", "1-2"], ids=["many", "few"])
async def test_what_refuses_to_be_taken_back_is_shown_and_enter_takes_the_rest(
    records: Records, orders: str
) -> None:
    """One of them was touched since, at another console."""
    before = _priorities(records)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types(f"p {orders} 4")
        if orders == "1-5":
            await ana.sees("Enter does it")
            await ana.press("enter")
        await ana.sees("done for", "undo: z")
        records.do(SetPriority(number=2, priority=3), who=ANA, at=MONDAY)
        await ana.press("z")
        await ana.sees("1 of them refuse", "came after", "Enter does the others")
        await ana.press("enter")
        await ana.sees("taken back", "stay")
    after = _priorities(records)
    assert after == [*before[:1], 3, *before[2:]]


async def test_a_part_of_a_name_says_what_it_means(records: Records) -> None:
    """In the line of the filter, above the command, and in the preview."""
    for code, name in (("R1", "Roxbury"), ("R2", "West Roxbury Mill")):
        records.do(SaveSite(code=code, name=name, zone="UTC"), who=ANA, at=MONDAY)
        records.do(NewOrder(title=f"Leak in {name}", site=code), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.types("site:rox")
        await ana.sees("2 found", "site: any of 2: Roxbury, West Roxbury Mill")
        await ana.press("slash")
        await ana.types("site:roxbury")
        await ana.sees("1 found")
        await ana.sees_no("any of")
        await ana.press("escape", "colon")
        await ana.types("p (site:rox) 1")
        await ana.sees("Enter does it", "site:rox is any of 2: Roxbury, West Roxbury Mill", "#6")
        await ana.press("enter")
        await ana.sees("done for 2: #6, #7")


async def test_a_notice_to_many_shows_whom_it_concerns(records: Records) -> None:
    """By key: Esc leads back to the words, Enter gives them to all."""
    for child in (2, 3, 4):
        records.do(PutUnder(number=child, parent=1), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("home", "asterisk")
        await ana.types("help comes")
        await ana.sees("tell the customers of #1", "#4", "next update")
        await ana.press("escape")
        await ana.sees("#1 Tell all", "help comes")
        assert not _told(records, 4)
        await ana.press("enter")
        await ana.sees("tell the customers of #1", "#4")
        await ana.press("enter")
        await ana.sees("and of 3 under it is recorded")
    assert _told(records, 4)


def _told(records: Records, number: int) -> bool:
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    return any(entry.fact == "updated_customer" for entry in trace)


@pytest.mark.parametrize(
    ("language", "asked", "sign"), [("en", "?2 ", "dropped"), ("zh_CN", "催2", "删除")]
)
async def test_what_is_special_is_marked(
    records: Records, language: str, asked: str, sign: str
) -> None:
    """An order that was chased, and a view that everybody has, which comes back by z."""
    records.do(SaveView(name="late", query="overdue", shared=True), who=ANA, at=MONDAY)
    for _ in range(2):
        records.do(ChaseOrder(number=1, text="where?"), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees(asked, "*late")
        await ana.press("ctrl+p")
        await ana.types("late")
        await ana.press("D")
        await ana.press("enter")
        await ana.sees(sign)
        await ana.sees_no("*late")
        await ana.press("z")
        await ana.sees("*late")
    assert [view.name for view in records.ask(ListViews(), who=ANA, at=MONDAY)] == ["late"]
