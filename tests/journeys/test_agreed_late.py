"""An appointment behind the promise to resolve: it is said where it is set, and nothing moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveSite
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.queries.card import OrderCard
from store.queries.promised import ArriveBy
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.domain.order import Clock
    from store.records import Records

pytestmark = pytest.mark.journey

GIVES_WAY = {
    "en": "the promise to arrive, {due}, comes before the appointment and gives way to it",
    "zh_CN": "到场时限 {due} 早于预约，改以预约为准",
}

SAID = {
    "en": "the promise to resolve, {due}, comes before the appointment and stays",
    "zh_CN": "解决时限 {due} 早于预约，保持不变",
}
MANY = {
    "en": "the promises to resolve 2 orders come before the appointment and stay",
    "zh_CN": "2 单的解决时限早于预约，保持不变",
}


def resolving(records: Records, number: int) -> Clock:
    """The promise to resolve, as it is kept."""
    order = records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order
    return next(one for one in order.clocks if one.kind is ClockKind.RESOLVE)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_by_key_by_line_and_on_the_card_it_is_told(records: Records, language: str) -> None:
    """Before Enter, in what came of it, and ever after; one that is in time is told of nowhere."""
    for code in ("S1", "S2"):
        do(records, SaveSite(code=code, name=code, zone="UTC"))
    before = resolving(records, 1)
    assert before.due_at == datetime(2026, 9, 21, 2, 10, tzinfo=UTC)
    stays = SAID[language].format(due="02:10")
    early = SAID[language].split("{due}")[0]
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+n")
        await ana.writes("1:30")
        await ana.sees("= ")
        await ana.sees_no(early)
        await ana.press(*["backspace"] * 4)
        await ana.writes("9:30")
        await ana.sees("= ", stays)
        await ana.press("enter")
        await ana.sees(stays)
        await ana.press("enter")
        await ana.sees("09:30", stays)
        await ana.press("escape", "colon")
        await ana.writes("appointment 1,5 tomorrow 9:00")
        await ana.sees(MANY[language])
        await ana.press(*["backspace"] * 30)
        await ana.writes("appointment 1 1:40")
        await ana.sees_no(early)
    assert resolving(records, 1).due_at == before.due_at


@pytest.mark.parametrize("language", GIVES_WAY)
async def test_the_promise_to_arrive_that_gives_way_is_told(
    records: Records, language: str
) -> None:
    """Where the appointment is set, in what came of it, and on the card until somebody is there."""
    made = do(records, NewOrder(title="Pump hums", priority=1, level="critical"))
    (number,) = made.numbers
    due = records.ask(ArriveBy(number=number), who=ANA, at=MONDAY)
    resolves = resolving(records, number).due_at
    assert due is not None
    assert resolves is not None
    assert due < resolves
    said = GIVES_WAY[language].format(due=f"{due:%H:%M}")
    never = GIVES_WAY[language].split("{due}")[0]
    async with at_the_console(records, size=(160, 40), language=language) as ana:
        await ana.sees("Pump hums")
        await ana.press("slash")
        await ana.types(f"#{number}")
        await ana.sees(f"/ #{number}")
        await ana.press("ctrl+n")
        await ana.writes(f"{due - timedelta(minutes=1):%H:%M}")
        await ana.sees("= ")
        await ana.sees_no(never)
        await ana.press(*["backspace"] * 5)
        await ana.writes(f"{due:%H:%M}")
        await ana.sees("= ", said)
        await ana.press("enter")
        await ana.sees(said)
        await ana.press("v")
        await ana.sees(said)
        await ana.press("escape", "colon")
        await ana.writes(f"appointment {number} {due + timedelta(minutes=1):%H:%M}")
        await ana.sees(said)
        await ana.press("escape")
    assert records.ask(ArriveBy(number=number), who=ANA, at=MONDAY) == due
    for step in (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE):
        move(records, number, step, **({"technician": "L1"} if step is Move.ASSIGN else {}))
    card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY)
    assert card.gives_way is None
