"""Who should go, at the keyboard: the five beside their reasons, what would slip, Enter sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveKind, UpdateCustomer
from store.domain.lifecycle import Move
from tests.journeys.desk import at_the_console, crosswise
from tests.journeys.lifts import SEEN, SENT, asks_about_the_lift, card, of_lifts, sent_to
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

DIMMED = {
    "en": ("(Enter)send them: nobody may go  Esc back", "nobody may go"),
    "zh_CN": ("(Enter)派去：没有人可派  Esc 返回", "没有人可派"),
}


@pytest.mark.parametrize("language", SEEN)
async def test_w_shows_who_should_go_and_enter_sends_him(records: Records, language: str) -> None:
    """The best is under the cursor; one key takes it back."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("#6 People trapped", "1 AN 安娜", "2 BO Bo", *SEEN[language])
        await ana.press("enter")
        await ana.sees(SENT[language])
        assert sent_to(records, number) == ["AN"]
        await ana.press("z")
        await ana.sees_no(SENT[language])
    assert card(records, number).order.technician is None


async def test_what_would_slip_is_told_before_it_is_decided(records: Records) -> None:
    """Of whoever is under the cursor; Esc decides nothing."""
    number = of_lifts(records)
    other = NewOrder(title="Door creaks", site="A", kind="lift", priority=4, level="critical")
    creaks = do(records, other).numbers[0]
    move(records, creaks, Move.ASSIGN, technician="AN")
    async with at_the_console(records, size=(120, 30)) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜", f"would wait: #{creaks} by 1h00 (P4 Door creaks)")
        await ana.press("down")
        await ana.sees("travel 12", "from the home site")
        await ana.press("v")
        await ana.sees("✗ this is not done here; Esc leads back")
        await ana.sees_no("would wait")
        await ana.press("escape")
        await ana.sees("Dispatch")
        await ana.hurries("Wj\r")
        await ana.sees("order 6 is assigned → Bo")
    assert sent_to(records, number) == ["BO"]


async def test_the_page_of_an_order_asks_the_same(records: Records) -> None:
    """One is back on it once somebody is sent."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press(":")
        await ana.types("v 6")
        await ana.sees("People trapped", "what happened")
        await ana.press("W")
        await ana.sees("1 AN 安娜", "costs nothing")
        await ana.press("enter")
        await ana.sees("order 6 is assigned → 安娜", "what happened")
    assert sent_to(records, number) == ["AN"]


async def test_why_not_him_is_asked_by_name(records: Records) -> None:
    """Typed, in either language; a rule or a difference."""
    of_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press(":")
        await ana.types("who 6 not li wei")
        await ana.sees("not L1 Li Wei: does not have the skill lift")
        await ana.press("escape", ":")
        await ana.types("谁 6 为何不 bo")
        await ana.sees("BO Bo would cost 24 min more than AN 安娜:", "travel +12")
        await ana.press("W")
        await ana.types("lift near S1")
        await ana.sees("who masters lift", "Bo")


CHANGED = {
    "en": ("order 6 was changed by", "do it all the same?"),
    "zh_CN": ("工单 6 已被", "仍要这样做吗？"),
}


@pytest.mark.parametrize("language", CHANGED)
async def test_the_order_that_moved_on_is_not_sent_to_unseen(
    records: Records, language: str
) -> None:
    """Somebody was faster: he is named and nothing asked; Enter sends by the list as it is now."""
    number = of_lifts(records)
    said, asked = CHANGED[language]
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        do(records, UpdateCustomer(number=number, text="somebody comes"))
        await ana.press("enter")
        await ana.sees(said)
        await ana.sees_no(asked)
        assert sent_to(records, number) == []
        await ana.sees("1 AN 安娜")
        await ana.press("enter")
        await ana.sees(SENT[language])
    assert sent_to(records, number) == ["AN"]


async def test_an_order_that_went_to_another_or_is_over_is_shown_so(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is renewed: who has it now is told with the order; what is over asks for nobody."""
    number = of_lifts(records)
    monkeypatch.setattr("console.pacing.REST_S", 3600.0)
    monkeypatch.setattr("console.pacing.PUT_OFF_S", 3600.0)
    async with at_the_console(records, size=(120, 30)) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        move(records, number, Move.ASSIGN, technician="BO")
        await ana.press("enter")
        await ana.sees(CHANGED["en"][0], "(assigned)")
        await ana.sees_no(CHANGED["en"][1])
        move(records, number, Move.CANCEL, reason="sold")
        await ana.press("enter")
        await ana.sees(
            "(cancelled)", "(Enter)send them: order 6 cannot be assigned while it is canc"
        )
        await ana.sees_no("1 AN 安娜")
        await ana.sees_no(CHANGED["en"][1])
    assert sent_to(records, number) == ["BO"]


@crosswise()
async def test_where_nobody_may_go_enter_is_dimmed_with_its_reason(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """It promises nothing that it would not do, and pressed all the same it says why."""
    do(records, SaveKind(code="diving", name="Diving", skill="diving", level=1))
    number = do(records, NewOrder(title="Fire pump", kind="diving", priority=1)).numbers[0]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Fire pump")
        await ana.press("slash")
        await ana.types(f"#{number}")
        await ana.sees(f"/ #{number}")
        await ana.press("W")
        dimmed, why = DIMMED[language]
        await ana.sees(dimmed)
        await ana.press("enter")
        await ana.sees(f"✗ {why}")
    assert sent_to(records, number) == []


HAS_IT = {
    "en": (
        "AN 安娜 has it already; nothing is sent twice",
        "(Enter)send them: ",
        "Enter send them",
    ),
    "zh_CN": ("AN 安娜 已在负责，不会重复派单", "(Enter)派去：", "Enter 派去"),
}


@pytest.mark.parametrize("language", HAS_IT)
async def test_who_has_it_already_is_not_offered_to_be_sent(
    records: Records, language: str
) -> None:
    """It is said beside the name and of the key, which sends nobody; another one may be sent."""
    number = of_lifts(records)
    move(records, number, Move.ASSIGN, technician="AN")
    said, dimmed, sends = HAS_IT[language]
    async with at_the_console(records, size=(140, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜", said, dimmed)
        await ana.sees_no(sends)
        await ana.press("enter")
        await ana.sees(f"✗ {said}")
        assert sent_to(records, number) == ["AN"]
        await ana.press("down")
        await ana.sees(sends)
        await ana.sees_no(dimmed)
        await ana.press("enter")
        await ana.sees("Bo")
    assert sent_to(records, number) == ["AN", "BO"]
