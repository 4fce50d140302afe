"""Finding at the board: filters as one types, sorted lists, saved views, jumps and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.views import SaveView
from store.domain.lifecycle import Move
from store.queries.views import ListViews
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_a_list_is_filtered_as_one_types(records: Records) -> None:
    """Two Chinese characters are enough; Enter keeps it, Esc shows everything again."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("漏水")
        await ana.sees("1 found", "三号楼水泵漏水")
        await ana.sees_no("Lamp out")
        await ana.press("enter")
        assert "三号楼水泵漏水" in await ana.chosen()
        await ana.sees("all open / 漏水", "Esc clears")
        await ana.press("escape")
        await ana.sees("Lamp out", "Door closes")
        await ana.sees_no("Esc clears")
        assert "三号楼水泵漏水" in await ana.chosen(), "the chosen order stays chosen"


async def test_a_filter_that_says_nothing_is_told_below_the_line(records: Records) -> None:
    """In one sentence; the list stays as it was, and Enter does not take it."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("stie:S1")
        await ana.sees("column 1: no field is called “stie”; did you mean site:")
        await ana.sees("Lamp out", "Door closes")
        await ana.press("enter", "d")
        await ana.sees("stie:S1d")
        await ana.press("escape")
        await ana.sees_no("stie")


async def test_what_may_follow_is_offered_and_taken_with_tab(records: Records) -> None:
    """Fields first, then what the store knows."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("sit")
        await ana.sees("site:")
        await ana.press("tab")
        await ana.sees("S1 望江花园", "S2 North Mill")
        await ana.press("down", "tab")
        await ana.sees("/site:S2", "3 found")
        await ana.sees_no("Door closes")


async def test_two_slashes_look_at_all_orders(records: Records) -> None:
    """Whoever rings asks about an order that is over, too."""
    move(records, 3, Move.CANCEL, reason="sold")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("lamp")
        await ana.sees("0 found", "No order fits.")
        await ana.press("escape", "slash", "slash")
        await ana.writes("lamp")
        await ana.sees("1 found", "- cancel", "Lamp out")
        await ana.press("enter")
        await ana.hurries("/boiler\r")
        await ana.sees("all open / boiler", "1 found")
        await ana.press("slash", "slash")
        await ana.sees("all orders /", "/boiler")
        await ana.press("end")
        await ana.writes(" or lamp")
        await ana.sees("/boiler or lamp", "2 found")
        await ana.press("enter")
        await ana.hurries("//lamp\r")
        await ana.sees("all orders / lamp", "1 found")


async def test_a_list_is_sorted_by_any_column(records: Records) -> None:
    """One key for the column, the same again turns it round; o is its own order."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("s")
        await ana.sees("Sort by", "urgency")
        await ana.press("4")
        await ana.sees("by priority, up", "P^")
        await ana.press("home")
        assert " 1 P1" in await ana.chosen()
        await ana.press("s", "4")
        await ana.sees("by priority, down")
        await ana.press("home")
        assert " 4 P4" in await ana.chosen()
        await ana.press("s", "o")
        await ana.sees_no("by priority")


async def test_a_filter_is_saved_as_a_view_with_its_count(records: Records) -> None:
    """It stands below the queues, for all or for oneself, and is shown like one of them."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.types("site:S2")
        await ana.sees("3 found")
        await ana.press("V")
        await ana.types("＊mill")
        await ana.sees("view mill saved", "views", "mill 3")
        await ana.press("escape", "1", "left_square_bracket")
        await ana.sees("mill 3 found")
        await ana.sees_no("Door closes")
        move(records, 2, Move.CANCEL, reason="sold")
        await ana.press("f5")
        await ana.sees("mill 2 found", "mill 2")
        await ana.press("D")
        await ana.sees("forget mill, which everybody has")
        await ana.press("enter")
        await ana.sees("view mill, which everybody had, dropped", "undo: z")
        await ana.sees_no("mill 2")
    assert records.ask(ListViews(), who=ANA, at=MONDAY) == ()


async def test_a_view_that_was_just_saved_can_be_jumped_to(records: Records) -> None:
    """Though the palette was opened before the board had heard of it; what is chosen stays."""
    records.follow()
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+p")
        await ana.sees("Jump to an order")
        await ana.press("down")
        chosen = await ana.chosen()
        do(records, SaveView(name="mill", query="site:S2", shared=True))
        await ana.sees("mill", "site:S2")
        assert await ana.chosen() == chosen
        await ana.types("mill")
        await ana.sees("mill 3 found")


async def test_views_stand_among_the_tabs_where_it_is_narrow(records: Records) -> None:
    """With their counts."""
    do(records, SaveView(name="磨坊", query="site:S2", shared=True))
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.sees("磨坊 3")


async def test_one_jumps_anywhere_by_name(records: Records) -> None:
    """An order by its number, a technician's orders, a queue, a key."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+p")
        await ana.hurries("3\r")
        await ana.sees("#3 Lamp out in hall B", "what happened")
        await ana.press("escape", "ctrl+p")
        await ana.writes("li wei")
        await ana.sees("technician Li Wei", "#5 Boiler")
        assert "Li Wei" in await ana.chosen(), "his whole name was typed"
        await ana.press("enter")
        await ana.sees("all orders / tech:", "1 found")
        await ana.press("ctrl+p")
        await ana.writes("wf")
        await ana.sees("technician 王芳")
        await ana.press("ctrl+u")
        await ana.types("待派单")
        await ana.sees("unassigned")
        await ana.sees_no("Esc clears")
        await ana.press("ctrl+p")
        await ana.types("write down what")
        await ana.sees("New order")


async def test_one_goes_back_and_forward(records: Records) -> None:
    """Through lists and through orders that were opened."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.types("boiler")
        await ana.sees("1 found")
        await ana.press("escape", "2")
        await ana.sees_no("A assigned 5 P2")
        await ana.press("down", "enter")
        await ana.sees("what happened")
        await ana.press("escape", "5", "less_than_sign")
        await ana.sees("三号楼水泵漏水", "what happened")
        await ana.press("less_than_sign")
        await ana.sees_no("what happened")
        assert "三号楼水泵漏水" in await ana.chosen()
        await ana.press("less_than_sign")
        await ana.sees("all open / boiler")
        await ana.press("greater_than_sign")
        await ana.sees_no("all open / boiler")
        await ana.press("greater_than_sign")
        await ana.sees("三号楼水泵漏水", "what happened")
        await ana.press("greater_than_sign")
        await ana.sees_no("what happened")
        await ana.press("greater_than_sign")
        await ana.sees("nothing after it")


async def test_hostile_words_in_filters_and_views_are_only_words(records: Records) -> None:
    """Markup and control characters draw nothing but themselves."""
    do(records, SaveView(name="[bold]x[/nope]", query='"[@click=app.bell]ring"', shared=True))
    async with at_the_console(records) as ana:
        await ana.sees("[bold]x[/nope]")
        await ana.press("slash")
        await ana.writes("[@click=app.bell()]x[/] \x1b]52;c;eA==\x07")
        await ana.sees("[@click=app.bell()]x[/]")
        await ana.press("escape", "ctrl+p")
        await ana.writes("[red]")
        await ana.sees("[red]")
    assert ana.bells == 0


async def test_in_chinese_too(records: Records) -> None:
    """Fields, offers, counts and refusals speak the operator's language, at eighty columns."""
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("站点:S2 优先级<=2")
        await ana.sees("找到 2 张", "三号楼水泵漏水")
        await ana.writes(" 优先级:9")
        await ana.sees("第 18 个字符：优先级 不会是 9；请写 1 到 4")
        await ana.press("escape")
        await ana.sees_no("找到")
        await ana.press("s")
        await ana.sees("排序依据", "优先级")
        await ana.press("4")
        await ana.sees("按优先级，升序")


async def test_one_jumps_on_from_an_opened_order(records: Records) -> None:
    """A key about an order is about the opened one, wherever the board's cursor stands."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+p")
        await ana.types("3")
        await ana.sees("#3 Lamp out in hall B", "what happened")
        await ana.press("ctrl+p")
        await ana.types("give the order to a")
        await ana.sees("#3 Dispatch")
        await ana.press("escape", "ctrl+p")
        await ana.types("overdue")
        await ana.sees_no("what happened", "Lamp out")
        await ana.sees("Lift stuck")


async def test_in_a_burst_what_follows_goes_where_the_palette_led(records: Records) -> None:
    """Fast hands need not see the form before they fill it in."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+p")
        await ana.hurries("write down what a\rPump is dry\r")
        await ana.sees("New order", "Pump is dry")


async def test_what_is_not_there_is_said(records: Records) -> None:
    """And what was typed ahead for it is dropped."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+p")
        await ana.hurries("zzzz\rd")
        await ana.sees("nothing fits")
        await ana.press("escape")
        await ana.sees("Lift stuck")
        await ana.sees_no("Dispatch ·")


async def test_the_palette_takes_the_keys_from_a_filter(records: Records) -> None:
    """What was found stays."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("boiler")
        await ana.sees("1 found")
        await ana.press("ctrl+p", "escape")
        await ana.sees("all open / boiler", "Esc clears")
        await ana.press("d")
        await ana.sees("#5 Dispatch")
