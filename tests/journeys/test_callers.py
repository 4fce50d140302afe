"""The telephone rings: who calls is known by his number, or is known from now on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveCustomer
from store.queries.callers import CallersLike
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from store.queries.callers import CallerLine
    from store.records import Records

pytestmark = pytest.mark.journey
WILD = "Zo\x1b]52;c;aGk=\x07e [@click=app.quit]x[/bad]"


@pytest.fixture(autouse=True)
def customers(records: Records) -> None:
    """A firm with a number, and a namesake of another."""
    for code, name, phone in (
        ("GM", "国贸物业", "010-8888 6666"),
        ("GL2", "Golden Gate", "020 7654321"),
    ):
        records.do(SaveCustomer(code=code, name=name, phone=phone), who=ANA, at=MONDAY)


def callers(records: Records, text: str) -> list[CallerLine]:
    """Who is known so."""
    return list(records.ask(CallersLike(text=text), who=ANA, at=MONDAY))


def told(records: Records, number: int) -> tuple[str, str]:
    """Where, and for whom."""
    card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY)
    return card.site.name if card.site else "", card.customer.name if card.customer else ""


async def test_a_number_brings_its_customer(records: Records) -> None:
    """The last digits are enough, and Enter takes him; nobody is made twice."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("8888-6666")
        await ana.sees(">国贸物业 GM 010-8888 6666")
        await ana.press("enter")
        await ana.types("Gate does not open")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    assert told(records, 6) == ("", "国贸物业")
    assert [one.contact for one in callers(records, "88886666")] == [None]


@pytest.mark.parametrize("written", ["Zoe 6175550142", "Li Na 13912345678"])
async def test_what_is_written_whole_is_kept(records: Records, written: str) -> None:
    """Another number, or another name: nobody known takes its place by Enter alone."""
    known = NewOrder(title="Noise", caller="Zoe 139 1234 5678", customer="GM")
    records.do(known, who=ANA, at=MONDAY - timedelta(hours=1))
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes(written)
        await ana.sees("Zoe 139 1234 5678")
        await ana.press("enter")
        await ana.types("Lamp out")
        await ana.press("ctrl+s")
        await ana.sees("order 7 written down")
    card = records.ask(OrderCard(number=7), who=ANA, at=MONDAY)
    assert card.contact is not None
    name, _, number = written.rpartition(" ")
    assert (card.contact.name, card.contact.phone.replace(" ", "")) == (name, number)


async def test_initials_are_known_in_chinese_by_fast_hands(records: Records) -> None:
    """All keys in one burst do what slow ones do."""
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.sees("来电人")
        await ana.hurries("gmwy\r三号门打不开\r\r\r\r\r\r\r")
        await ana.sees("工单 6 已登记")
    assert told(records, 6) == ("", "国贸物业")


async def test_of_several_tab_marks_the_one(records: Records) -> None:
    """By a name that several share nobody is taken by himself."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("golden")
        await ana.sees("Golden Gate GL2", "Golden Lake Ltd C1")
        await ana.sees_no(">Golden")
        await ana.press("tab", "tab")
        await ana.sees(">Golden Lake Ltd C1")
        await ana.press("enter")
        await ana.sees("proposed")
        await ana.types("Gate squeaks")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    assert told(records, 6)[1] == "Golden Lake Ltd"


async def test_a_number_that_nobody_knows_is_the_callers(records: Records) -> None:
    """He is offered when he calls again, whatever he was called."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("Zoe 139 1234 5678")
        await ana.types("Gate does not open")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
        await ana.press("n")
        await ana.writes("13912345678")
        await ana.sees(">Zoe 139 1234 5678")
    assert [one.person for one in callers(records, "5678")] == ["Zoe"]


async def test_a_number_of_two_customers_is_neithers_without_a_look(records: Records) -> None:
    """The same last digits: Enter alone takes nobody, Tab marks the one who speaks."""
    for code, name, phone in (("OM", "Old Mill", "617 555 7788"), ("NL", "New Lake", "5566 7788")):
        records.do(SaveCustomer(code=code, name=name, phone=phone), who=ANA, at=MONDAY)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("7788")
        await ana.sees("Old Mill OM", "New Lake NL")
        await ana.sees_no(">Old Mill OM", ">New Lake NL")
        await ana.press("tab", "enter")
        await ana.types("Gate does not open")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    assert told(records, 6)[1] in {"Old Mill", "New Lake"}


async def test_a_customer_and_a_site_are_made_with_the_order(records: Records) -> None:
    """The form says so while it is written, so that a slip of the fingers makes none."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("030 1234567")
        await ana.types("Gate does not open")
        await ana.types("Mill 7")
        await ana.press("enter")
        await ana.writes("Miller & Sons")
        await ana.sees("^s makes with the order: new customer “Miller & Sons”, new site “Mill 7”")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    assert told(records, 6) == ("Mill 7", "Miller & Sons")
    assert [one.name for one in callers(records, "1234567")] == ["Miller & Sons"]


async def test_a_stranger_at_a_new_place_is_sent_somebody_in_eight_keys(records: Records) -> None:
    """Besides the text: the lines that were passed, one `^s` for all three, and who goes."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        keys = 0
        for text, *pressed in (
            ("", "n"),
            ("030 1234567", "enter"),
            ("Gate does not open", "enter"),
            ("Mill 7", "enter", "enter"),
            ("Miller & Sons",),
        ):
            await ana.writes(text)
            await ana.press(*pressed)
            keys += len(pressed)
        await ana.sees("new customer “Miller & Sons”, new site “Mill 7”")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
        await ana.press("d")
        await ana.writes("L3")
        await ana.press("enter")
        await ana.sees("order 6 is assigned")
        assert keys + 3 == 8


async def test_fast_hands_are_asked_once_for_all_that_is_made(records: Records) -> None:
    """Whatever came too late to be read: a new customer and a new site are one question."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("n030 1234567\rGate does not open\rMill 7\r\rMiller & Sons\r\r\r\r")
        await ana.sees("new customer “Miller & Sons”, new site “Mill 7”: save once more")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    assert told(records, 6) == ("Mill 7", "Miller & Sons")


async def test_a_line_says_the_same(records: Records) -> None:
    """In both languages, with quotes where a name holds a sign of the language."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes('n Gate jammed /by Zoe 139 1234 5678 /newfor "A/B Ltd" /newsite Mill 7 !2')
        await ana.sees("at the new site Mill 7 for the new customer A/B Ltd, called by Zoe 139")
        await ana.press("enter")
        await ana.sees("order 6 written down")
        await ana.press("colon")
        await ana.types("新 门坏了 /来电 Zoe 13912345678 /客户 A/B Ltd")
        await ana.sees("order 7 written down")
    assert told(records, 6) == ("Mill 7", "A/B Ltd")
    assert told(records, 7)[1] == "A/B Ltd"
    assert [(one.person, one.name) for one in callers(records, "5678")] == [("Zoe", "A/B Ltd")]


async def test_a_whole_number_brings_its_customer_however_often_it_called(
    records: Records,
) -> None:
    """In a typed line and in the form, with a name or without; and his level with him."""
    city = SaveCustomer(code="CH", name="City hospital", phone="13912345678", level="critical")
    records.do(city, who=ANA, at=MONDAY)
    records.do(NewOrder(title="Hall is cold", caller="13912345678"), who=ANA, at=MONDAY)
    records.do(NewOrder(title="Hall is hot", caller="Zoe 139 1234 5678"), who=ANA, at=MONDAY)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        for number, caller in enumerate(("13912345678", "王女士 139 1234 5678", "5678"), 8):
            await ana.press("colon")
            await ana.writes(f"n lift jammed /by {caller}")
            await ana.sees("City hospital")
            await ana.press("enter")
            await ana.sees(f"order {number} written down")
        await ana.press("n")
        await ana.writes("139 1234 5678")
        await ana.sees(">City hospital CH")
        await ana.press("enter")
        await ana.types("Gate does not open")
        await ana.press("ctrl+s")
        await ana.sees("order 11 written down")
    for number in (8, 9, 10, 11):
        card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY)
        assert card.customer is not None
        assert card.level is not None
        assert (card.customer.code, card.level.code) == ("CH", "critical")


async def test_a_number_of_several_customers_is_asked_about_in_chinese(records: Records) -> None:
    """Nobody is chosen by chance; whoever says for whom is not asked."""
    for code in ("T1", "T2"):
        records.do(SaveCustomer(code=code, name=code, phone="62345678"), who=ANA, at=MONDAY)
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("新 门坏了 /来电 62345678")
        await ana.sees("几个客户的号码都是 62345678：T1 T1、T2 T2；请用 /客户 写明哪一个")
        await ana.writes(" /客户 T2")
        await ana.press("enter")
        await ana.sees("工单 6 已登记")
    assert told(records, 6)[1] == "T2"


async def test_a_wild_name_is_shown_and_kept_as_text(records: Records) -> None:
    """What somebody is called does nothing to the form that offers him."""
    records.do(
        SaveCustomer(code="W", name=WILD.replace("\x1b", ""), phone="5550001"), who=ANA, at=MONDAY
    )
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("5550001")
        await ana.sees("[@click=app.quit]x[/bad]")
        await ana.press("enter")
        await ana.types("Gate does not open")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")


async def test_the_card_stands_beside_the_form_while_he_speaks(records: Records) -> None:
    """From the mark on, before anything is taken; it goes when nobody is meant."""
    records.do(NewOrder(title="Hall is cold", customer="GM"), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.sees("the customer's card comes here")
        await ana.writes("8888-6666")
        await ana.sees("010-8888 6666", "open orders: 1", "#6", "Hall is cold")
        await ana.press("tab")
        await ana.sees_no("open orders")
        await ana.press("tab", "enter")
        await ana.sees("open orders: 1")


async def test_where_it_is_narrow_a_key_shows_the_card_in_chinese(records: Records) -> None:
    """In place of the orders likely meant; the same key brings them back."""
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("gmwy")
        await ana.sees(">国贸物业 GM")
        await ana.sees_no("未结工单")
        await ana.press("ctrl+g")
        await ana.sees("国贸物业  GM", "未结工单：0")
        await ana.press("ctrl+g")
        await ana.sees_no("未结工单")
