"""The change of shifts at the console: offered by one, ticked and accepted by another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.commands import DeclareIncident, FollowOrder, MoveOrder, NewOrder, PutUnder
from store.commands.handover import AcceptHandover, OfferHandover, TickRisks
from store.commands.operators import SaveOperator
from store.domain.lifecycle import Move
from store.queries.handover import ShowHandover
from store.queries.holder import DeskHolder
from store.queries.people import OperatorNamed
from tests.console.faulty_desk import faults
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.side_by_side import ana_and_bo
from tests.journeys.stories import do

if TYPE_CHECKING:
    from pathlib import Path

    from store.domain.who import Who
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

SOON_S = 30.0


@pytest.fixture
def bo(records: Records) -> Who:
    """Who comes after Ana, whom the store calls Desk."""
    do(records, SaveOperator(code="bo", name="Bo"))
    return records.ask(OperatorNamed(code="bo"), who=ANA, at=MONDAY)


class _Counting:
    """Presses keys, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    async def press(self, hands: Operator, *keys: str) -> None:
        self.count += len(keys)
        await hands.press(*keys)


async def test_a_shift_is_handed_over_with_six_keys(records: Records, bo: Who) -> None:
    """Offered and taken over, every risk ticked; what is noted is typed besides."""
    keys = _Counting()
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await keys.press(ana, "J")
        await ana.sees("the desk is Desk", "open risks", "until o offers it as it stands")
        await keys.press(ana, "o")
        await ana.sees("note for the next shift")
        await keys.press(ana, "enter")
        await ana.sees("hand-over offered", "Desk hands over since 01:00", "[ ]")
        await ana.press("y")
        await ana.sees("✗ another operator must accept: paidan --as CODE; until then")
    async with at_the_console(records, who=bo) as he:
        await he.sees("Desk hands over: J")
        await keys.press(he, "J")
        await he.sees("[ ]", "y accept")
        await keys.press(he, "a")
        await he.sees("risks ticked, 0 to go", "[x]")
        await keys.press(he, "y")
        await he.sees("the desk is yours now", "Desk handed the desk over")
        await he.press("escape")
        await he.sees("Paidan dispatch")
    assert records.ask(DeskHolder(), who=ANA, at=MONDAY).since == MONDAY
    assert keys.count <= 6


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_what_came_and_went_since_the_offer_is_seen(
    records: Records, bo: Who, language: str
) -> None:
    """What is no risk any more is not asked; what is new holds the desk until it is ticked."""
    new, gone, refused, yours = {
        "en": (
            "new: nobody follows",
            "no more: overdue",
            "new since the offer: 1",
            "is yours now",
        ),
        "zh_CN": ("新增：无人跟进", "已消除：超时", "其中 1 项是提出交班后新增的", "您已接班"),
    }[language]
    do(records, OfferHandover(), at=MONDAY)
    over = MoveOrder(number=1, move=Move.CANCEL, reason="elsewhere")
    do(records, over, at=MONDAY + timedelta(minutes=1))
    async with at_the_console(records, who=bo, language=language) as he:
        await he.passes(minutes=45)
        await he.press("J")
        await he.sees(gone, new, "[ ]", "0/4")
        await he.press("a")
        await he.sees_no("[ ]")
        await he.passes(minutes=60)
        do(records, NewOrder(title="gate", priority=1, site="S2"), at=MONDAY)
        await he.press("y")
        await he.sees("✗ ", refused, "gate")
        await he.press("a")
        await he.sees_no("[ ]")
        await he.press("y")
        await he.sees(yours)


async def test_fast_hands_offer_before_the_list_has_come(records: Records) -> None:
    """What is typed behind the key is the note, not keys of the list or of the board."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("Joany wet hall\r")
        await ana.sees("hand-over offered", "any wet hall")


async def test_risks_are_ticked_one_by_one_and_none_is_passed_over(
    records: Records, bo: Who
) -> None:
    """A tick that was a slip is taken away with the same key."""
    do(records, OfferHandover(note="key of hall B\nis with the porter"))
    async with at_the_console(records, who=bo, size=(80, 24)) as he:
        await he.press("J")
        await he.sees("[ ]", "key of hall B")
        await he.press("enter")
        await he.sees("note by Desk", "is with the porter")
        await he.press("escape")
        await he.press("space")
        await he.sees("only open risks are ticked")
        await he.press("down", "space")
        await he.sees("1 risk ticked", "[x]")
        await he.press("up", "space")
        await he.sees("1 tick taken away")
        await he.press("y")
        await he.sees("open risks not ticked by you yet")
        await he.press("d")
        await he.sees("Enter opens the order; this is to be done there")


async def test_the_faster_of_two_has_the_desk_and_the_other_is_told(
    records: Records, bo: Who
) -> None:
    """Bo looks at the offer while somebody else accepts it: his key must not take it again."""
    do(records, SaveOperator(code="cem", name="Cem"))
    cem = records.ask(OperatorNamed(code="cem"), who=ANA, at=MONDAY)
    do(records, OfferHandover())
    async with at_the_console(records, who=bo) as he:
        await he.press("J")
        await he.sees("y accept")
        held = records.ask(ShowHandover(), who=cem, at=MONDAY)
        assert held.id is not None
        numbers = tuple(line.number for line in held.lines)
        for command in (
            TickRisks(handover=held.id, numbers=numbers),
            AcceptHandover(handover=held.id),
        ):
            records.do(command, who=cem, at=MONDAY)
        await he.press("y")
        await he.sees("Cem has taken the desk over already")
        await he.press("f5")
        await he.sees("the desk is Cem's")


async def test_a_shift_is_handed_over_in_chinese(records: Records, bo: Who) -> None:
    """By the typed word as by the key."""
    async with at_the_console(records, language="zh_CN", size=(80, 24)) as ana:
        await ana.press("colon")
        await ana.types("交接")
        await ana.sees("当班：Desk", "未了风险")
        await ana.press("o")
        await ana.types("钥匙在门卫处")
        await ana.sees("已提出交接", "钥匙在门卫处")
        await ana.press("a")
        await ana.sees("在此之前班次归您")
        await ana.press("w")
        await ana.sees("交接已撤回，班次仍归 Desk")
    async with at_the_console(records, language="zh_CN", who=bo) as he:
        await he.sees("派单台")


def test_the_next_shift_sees_the_offer_in_its_own_console(store_url: str, tmp_path: Path) -> None:
    """Two processes, two terminals: no key is pressed to hear of it."""
    with ana_and_bo(store_url, tmp_path) as (records, ana, bo):
        ana.press("J")
        ana.sees("the desk is Ana")
        ana.press("o")
        ana.sees("note for the next shift")
        ana.press("hall B is wet\r")
        ana.sees("hand-over offered", timeout=SOON_S)
        bo.sees("Ana hands over: J", timeout=SOON_S)
        bo.press("J")
        bo.sees("hall B is wet", timeout=SOON_S)
        bo.press("y")
        bo.sees("the desk is yours now", timeout=SOON_S)
        ana.sees("the desk is Bo", timeout=SOON_S)
        assert records.ask(DeskHolder(), who=ANA, at=clock.now()).holder == "Bo"
        assert faults(records) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_running_incident_and_the_deadlines_ahead_are_taken_over(
    records: Records, bo: Who, language: str
) -> None:
    """On a small screen: how many stand under it, who has it, and its word, which is ticked."""
    case, due, unticked, yours = {
        "en": ("Desk, 2 under it", "resolve by", "ticked by you yet", "is yours"),
        "zh_CN": ("Desk、下级 2 张", "解决截止", "没有勾选", "您已接班"),
    }[language]
    for child in (3, 4):
        do(records, PutUnder(number=child, parent=2))
    do(records, DeclareIncident(number=2))
    do(records, FollowOrder(number=2))
    do(records, NewOrder(title="pump house", priority=1, level="critical", site="S2"))
    do(records, OfferHandover(), at=MONDAY)
    async with at_the_console(records, who=bo, language=language, size=(80, 24)) as he:
        await he.press("J")
        await he.sees(case, due, "pump house", "[ ]")
        await he.press("y")
        await he.sees(unticked)
        await he.press("a")
        await he.sees_no("[ ]")
        await he.press("y")
        await he.sees(yours)


async def test_the_same_call_is_promised_once(records: Records) -> None:
    """The second time the desk says that it stands already, and the first one is kept."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        for said in ("promised for", "already; name another time"):
            await ana.press("h")
            await ana.sees("call back at")
            await ana.types("15:00")
            await ana.sees("about what")
            await ana.press("enter")
            await ana.sees(said)
