"""What the customer wants of whoever comes, read where it is asked who goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.care import SaveCare
from store.commands.places import SaveCustomer
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("language", "wants"),
    [
        ("en", "the customer wants: before 10:00, call ahead, not 王芳, best Zhao Min"),
        ("zh_CN", "客户要求：10:00 之前、上门前先联系、不要 王芳、最好是 Zhao Min"),
    ],
)
async def test_what_the_customer_wants_is_read_before_anybody_is_sent(
    records: Records, language: str, wants: str
) -> None:
    """Not after Enter, when he is on the way; and who is not wanted is not proposed."""
    do(records, SaveCustomer(code="C1", name="Golden Lake Ltd", asks_for=("L3",), refuses=("L2",)))
    do(records, SaveCare(customer="C1", hours="before 10:00", call_ahead=True))
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.sees(wants, "Zhao Min")
        await ana.press("enter")
        await ana.sees("Zhao Min")
    shown = records.ask(OrderCard(number=1), who=ANA, at=MONDAY)
    assert [shown.technicians[one.technician].name for one in shown.order.visits] == ["Zhao Min"]
