"""What a customer usually has stands in the form before it is typed, and gives way to hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveAsset, SaveCustomer
from store.commands.kinds import SaveKind
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def known(records: Records) -> None:
    """A firm with two urgent lift orders at S2, and lifts there and at S1."""
    commands: tuple[Command, ...] = (
        SaveCustomer(code="GM", name="国贸物业", phone="010-8888 6666"),
        SaveAsset(site="S1", code="L1", name="Lift east", kind="lift"),
        SaveAsset(site="S2", code="L1", name="Lift west", kind="lift"),
        SaveAsset(site="S2", code="P2", name="Pump deep", kind="pump"),
        *(NewOrder(title=t, customer="GM", site="S2", kind="lift", priority=1) for t in "ab"),
        NewOrder(title="c", customer="GM", site="S1", kind="pump", priority=4),
    )
    for command in commands:
        records.do(command, who=ANA, at=MONDAY)


def kept(records: Records, number: int = 9) -> tuple[str, str, str, int]:
    """Site, asset, kind and priority of an order."""
    card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY)
    site, asset = (one.code if one else "" for one in (card.site, card.asset))
    return site, asset, card.order.kind, card.order.priority


async def test_the_usual_site_and_priority_are_proposed(records: Records) -> None:
    """Marked as proposals, with the deadlines that follow; saved where nobody says another."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.sees("resp ")
        usual = next(line for line in ana.screen() if "resp " in line and "fix " in line)
        await ana.writes("88886666")
        await ana.sees(">国贸物业 GM")
        await ana.press("enter")
        await ana.sees("S2 proposed", "1 proposed")
        assert sum("proposed" in line for line in ana.screen()) == 2
        await ana.sees_no(usual.strip())
        await ana.types("Door does not close")
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("S2", "", "", 1)


async def test_typing_replaces_a_proposal_and_nothing_typed_is_replaced(records: Records) -> None:
    """Not even by the same again, nor where a proposal was deleted."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", *["up"] * 5, "3", *["down"] * 5)  # three, as it stands there
        await ana.writes("88886666")
        await ana.sees(">国贸物业 GM")
        await ana.press("enter")
        await ana.sees("proposed")
        assert sum("proposed" in line for line in ana.screen()) == 1
        await ana.types("Door does not close")
        await ana.press("backspace")
        await ana.sees_no("proposed")
        await ana.press("down", "down", "down")
        await ana.types("lift")
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("", "", "lift", 3)


async def test_the_kind_decides_the_priority_in_chinese(records: Records) -> None:
    """As soon as it is written; without a customer nothing is proposed any more."""
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("88886666")
        await ana.sees(">国贸物业 GM")
        await ana.press("enter")
        await ana.sees("建议")
        await ana.press("down", "down", "down", "down")
        await ana.writes("pu")
        await ana.sees(">pump")
        await ana.press("enter")
        await ana.sees("4  ")
        await ana.press("up", "up", "ctrl+u")
        await ana.sees_no("建议")


async def test_an_asset_of_the_site_brings_its_kind(records: Records) -> None:
    """By a part of its name; one that is not there is told, and made by nobody."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.types("Door does not close")
        await ana.types("S2")
        await ana.writes("crane")
        await ana.sees("no asset of this site is called so")
        await ana.press("ctrl+s")
        await ana.sees("no asset called “crane”")
        await ana.press("ctrl+u")
        await ana.writes("lift")
        await ana.sees(">Lift west L1")
        await ana.press("enter")
        await ana.sees("lift ", "proposed", "same kind, same site")
        await ana.press("ctrl+s")
        await ana.sees("perhaps known already, ^t chases it: save once more")
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("S2", "L1", "lift", 3)


async def test_of_equal_assets_the_chosen_one_brings_its_site(records: Records) -> None:
    """And what stands about it at the desk is shown as likely the same."""
    records.do(NewOrder(title="Noise", site="S1", asset="L1", kind="lift"), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "down", "down", "down")
        await ana.writes("lift east")
        await ana.sees(">Lift east L1")
        await ana.press("enter")
        await ana.sees("same asset", "#9")


async def test_fast_hands_read_a_proposal_before_it_is_saved(records: Records) -> None:
    """All keys in one burst: what came late is shown once, and then taken."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("n88886666\rDoor does not close\r\r\r\r\r\r\r")
        await ana.sees("proposed from what is known")
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("S2", "", "", 1)


async def test_a_draft_keeps_all_lines_and_what_was_proposed(records: Records) -> None:
    """Left and taken up again, a proposal is one still."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("88886666")
        await ana.sees(">国贸物业 GM")
        await ana.press("enter")
        await ana.sees("North Mill S2", "proposed")  # before the asset, which would bring it, too
        await ana.types("Door does not close")
        await ana.press("down")
        await ana.types("P2")
        await ana.press("down")
        await ana.types("own kind")
        await ana.press("escape")
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.sees("Pump deep P2", "own kind", "proposed")
        await ana.sees("priority 1-4     3")  # what is usual for that kind has come
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("S2", "P2", "own kind", 3)


async def test_where_the_card_stands_likely_orders_take_its_place(records: Records) -> None:
    """When the form asks about them; else nobody would see what he is asked about."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.types("Lift stuck")
        await ana.types("S1")
        await ana.sees("> #1")
        await ana.press("ctrl+g")
        await ana.sees_no("> #1")
        await ana.press("ctrl+s")
        await ana.sees("perhaps known already, ^t chases it: save once more", "> #1")


async def test_a_line_says_asset_and_kind(records: Records) -> None:
    """In both languages; an asset that is not there is refused."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("n Door does not close @S2 /asset lift west /kind door")
        await ana.sees("asset lift west, kind door")
        await ana.press("enter")
        await ana.sees("order 9 written down")
        await ana.press("colon")
        await ana.types("新 水泵漏水 @S2 /设备 P2 /类别 水泵")
        await ana.sees("order 10 written down")
        await ana.press("colon")
        await ana.types("n Crane bent @S2 /asset crane")
        await ana.sees("no asset called “crane”")
    assert kept(records) == ("S2", "L1", "door", 3)
    assert kept(records, 10) == ("S2", "P2", "水泵", 3)


async def test_a_kind_is_shown_by_its_name_and_kept_by_its_code(records: Records) -> None:
    """Where it is proposed, and where it is chosen; a code is typed as before."""
    records.do(SaveKind(code="lift", name="Lifts and doors"), who=ANA, at=MONDAY)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.types("Door does not close at all")
        await ana.types("S2")
        await ana.writes("pump")
        await ana.sees(">Pump deep P2")
        await ana.press("enter")
        await ana.sees("pump ", "proposed")
        await ana.press("enter", "ctrl+u")
        await ana.writes("doors")
        await ana.sees(">Lifts and doors lift")
        await ana.press("enter", "ctrl+s")
        await ana.sees("save once more")
        await ana.press("ctrl+s")
        await ana.sees("order 9 written down")
    assert kept(records) == ("S2", "P2", "lift", 3)
