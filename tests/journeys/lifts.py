"""Two who master lifts, and an urgent order for one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import NewOrder, SaveSite, SaveTechnician
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.queries.card import Card
    from store.records import Records
    from tests.journeys.desk import Operator


SEEN = {
    "en": ("takes lift", "costs nothing", "of the others: skill missing 3", "send them"),
    "zh_CN": ("需要 lift", "没有代价", "其余：缺少技能 3", "派去"),
}
SENT = {"en": "order 6 is assigned → 安娜", "zh_CN": "工单 6 已派单 → 安娜"}


def of_lifts(records: Records) -> int:
    """Two who master lifts, one of them with a job; and an urgent order for one."""
    for code, at in (("A", 121.4), ("B", 121.4267)):
        do(records, SaveSite(code=code, name=code, zone="UTC", latitude=31.2, longitude=at))
    for code, name, home in (("AN", "安娜", "A"), ("BO", "Bo", "B")):
        do(records, SaveTechnician(code=code, name=name, home=home, skills={"lift": 3}))
    asked = NewOrder(title="People trapped", site="A", kind="lift", priority=1, level="critical")
    return do(records, asked).numbers[0]


def card(records: Records, number: int) -> Card:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY)


def sent_to(records: Records, number: int) -> list[str]:
    """Who was sent to it."""
    shown = card(records, number)
    return [shown.technicians[visit.technician].code for visit in shown.order.visits]


async def asks_about_the_lift(ana: Operator) -> None:
    """With its order alone on the list, so that it is the chosen one."""
    await ana.sees("People trapped")
    await ana.press("slash")
    await ana.types("#6")
    await ana.sees("/ #6")
    await ana.press("W")
