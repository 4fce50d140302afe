"""A customer on a page of his own, by one key from wherever he is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder
from store.commands.care import SaveCare
from store.commands.contracts import SaveContract
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])
SAID = {
    "en": ("service team: Li Wei", "before 10:00, call ahead", "ending, renewal open"),
    "zh_CN": ("服务小组：Li Wei", "10:00 之前、上门前先联系", "即将到期、续签未定"),
}
TYPED = {"en": "customer 6", "zh_CN": "客户 6"}
NOBODY = {"en": "this order is for no customer that is known", "zh_CN": "这张工单没有登记客户"}
WANTED = {"en": "#6: wanted before 10:00", "zh_CN": "#6：客户想要的时段 10:00 之前"}
CALL = {"en": "call 周经理  13800001111 before somebody comes", "zh_CN": "上门前先联系 周经理"}


@pytest.fixture(autouse=True)
def cared_for(records: Records) -> None:
    """A customer with a contract that ends soon, a team and wishes; order 6 is for her."""
    do(records, SaveContract(customer="C1", first="2026-01-01", last="2026-10-31"))
    do(records, SaveCare(customer="C1", lead="L1", representative="周经理 13800001111"))
    do(records, SaveCare(customer="C1", hours="before 10:00", call_ahead=True))
    do(records, NewOrder(title="Gate jammed", site="S2", customer="C1", priority=1))
    do(records, NewOrder(title="Lamp out", site="S2", priority=4))


@LANGUAGES
async def test_a_key_and_a_line_show_the_customer(records: Records, language: str) -> None:
    """From the board, from an order and by its number; Esc leads back each time."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Gate jammed")
        await ana.press("colon")
        await ana.types(TYPED[language])
        for said in SAID[language]:
            await ana.sees(said)
        await ana.press("f9")
        await ana.sees("#1")
        await ana.press("colon")
        await ana.types(TYPED[language].replace("6", "7"))
        await ana.sees(NOBODY[language])


async def test_what_happens_meanwhile_is_on_the_page(records: Records) -> None:
    """He is on the line: what others change for him is seen at once."""
    async with at_the_console(records) as ana:
        await ana.press("colon")
        await ana.types("go 6")
        await ana.press("f9")
        await ana.sees("service team: Li Wei")
        do(records, SaveCare(customer="C1", lead="L2"))
        await ana.press("escape", "f9")
        await ana.sees("service team: 王芳")


async def test_whoever_calls_is_shown_whole(records: Records) -> None:
    """From the form of a new order, which stands as it was behind it."""
    async with at_the_console(records) as ana:
        await ana.sees("Gate jammed")
        await ana.press("n")
        await ana.writes("13800001111")
        await ana.sees("周经理")
        await ana.press("ctrl+g")
        await ana.sees("service team: Li Wei")
        await ana.press("f9")
        await ana.sees("service record")
        await ana.press("escape")
        await ana.sees("13800001111")


@LANGUAGES
async def test_who_sends_somebody_is_told_whom_to_call(records: Records, language: str) -> None:
    """Beside that it was done."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Gate jammed")
        await ana.press("colon")
        await ana.types("d 6 L2" if language == "en" else "派 6 L2")
        await ana.sees(CALL[language])
        await ana.sees(WANTED[language])
