"""Automatic dispatch at the keyboard: set by typing, shown on the board, sent by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.seat import Seat
from scheduler.automatic import dispatch_waiting
from store.commands import MoveTechnician, NoteOrder, SaveTechnician, SetAutomatic
from store.commands.automatic import SendNominee
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.lifts import card, of_lifts, sent_to
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.domain.intents import Command, Done
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])
TYPED = {"en": "auto propose", "zh_CN": "自动 建议"}
SET = {"en": "automatic dispatch of all open: propose", "zh_CN": "自动派单（全部未结）：建议"}
SHOWN = {"en": "proposed: 安娜, there 01:00, 1h00 left", "zh_CN": "建议：安娜、01:00 到场、余 1h00"}
SENT = {"en": "order 6 is assigned → 安娜", "zh_CN": "工单 6 已派单 → 安娜"}
NOT_NOW = {
    "en": "安娜 can go to order 6 no more: is off duty",
    "zh_CN": "安娜 已不能去工单 6：已下班",
}
CHANGED = {"en": "order 6 was changed by Desk", "zh_CN": "工单 6 已被 Desk"}
ASKED = {"en": "do it all the same?", "zh_CN": "仍要这样做吗？"}
CHOSEN = {"en": "chosen by the desk: 安娜", "zh_CN": "派单台自动选派：安娜"}
YOURS = {"en": "your decision: a sending was taken back", "zh_CN": "请您决定：派出后又被撤销过"}


def looks(records: Records) -> None:
    """A scheduler looks, until nothing is left."""
    while dispatch_waiting(records, at=MONDAY).more:
        pass


async def at_the_lift(ana: Operator) -> None:
    """With its order alone on the list, so that it is the chosen one."""
    await ana.sees("People trapped")
    await ana.press("slash")
    await ana.types("#6")
    await ana.sees("/ #6")


@LANGUAGES
async def test_a_mode_is_typed_and_what_is_proposed_is_sent_with_one_key(
    records: Records, language: str
) -> None:
    """The board marks him, the card says when he is there, and the foot names the key."""
    of_lifts(records)
    async with at_the_console(records, language=language) as ana:
        await ana.sees("People trapped")
        await ana.press("colon")
        await ana.types(TYPED[language])
        await ana.sees("✓ " + SET[language])
        looks(records)
        await at_the_lift(ana)
        await ana.press("f5")
        await ana.sees("? 安娜")
        await ana.press("enter")
        await ana.sees(SHOWN[language])
        await ana.press("escape")
        await ana.press("backslash")
        await ana.sees(SENT[language])
    assert sent_to(records, 6) == ["AN"]


@LANGUAGES
async def test_who_cannot_go_any_more_is_not_sent(records: Records, language: str) -> None:
    """The board has moved on since he was proposed; the reason is told, nothing is done."""
    of_lifts(records)
    do(records, SetAutomatic(mode="propose"))
    looks(records)
    async with at_the_console(records, language=language) as ana:
        await at_the_lift(ana)
        await ana.sees("? 安娜")
        do(records, MoveTechnician(technician="AN", state="off"))
        await ana.press("backslash")
        await ana.sees(NOT_NOW[language])
    assert sent_to(records, 6) == []


@LANGUAGES
async def test_what_the_desk_did_is_read_in_the_trace_and_taken_back(
    records: Records, language: str
) -> None:
    """Then it asks, and says why."""
    of_lifts(records)
    do(records, SaveTechnician(code="BO", name="Bo", active=False))
    do(records, SetAutomatic(mode="act"))
    looks(records)
    assert sent_to(records, 6) == ["AN"]
    async with at_the_console(records, language=language) as ana:
        await at_the_lift(ana)
        await ana.press("enter")
        await ana.sees(CHOSEN[language])
        await ana.press("escape")
        await ana.press("colon")
        await ana.types("undo 6")
        await ana.sees("安娜")
        do(records, SaveTechnician(code="BO", name="Bo", active=True))
        looks(records)
        await ana.press("f5")
        await ana.sees("?! Bo")
        await ana.press("enter")
        await ana.sees(YOURS[language])
    assert card(records, 6).order.technician is None


@LANGUAGES
async def test_what_is_set_has_a_list_of_its_own(records: Records, language: str) -> None:
    """With what the modes mean; help tells it, too."""
    do(records, SetAutomatic(mode="act", queue="overdue", priority=1, margin=20, accept_min=5))
    said = ("act", "20 min", "5 min") if language == "en" else ("直派", "20 分钟", "5 分钟")
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("circumflex_accent")
        await ana.sees("P1", *said)
        await ana.press("question_mark")
        await ana.press("end")
        await ana.sees("automatic dispatch" if language == "en" else "自动派单")
        await ana.press("escape", "escape")
        await ana.sees("Lift stuck")


async def test_without_a_proposal_the_key_says_so(records: Records) -> None:
    """And sends nobody."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("backslash")
        await ana.sees("the desk proposes nobody for this order")
    assert sent_to(records, 1) == []


async def test_whoever_was_faster_is_told_of(records: Records) -> None:
    """The order moved since the proposal was read: it is not sent over somebody's head."""
    of_lifts(records)
    do(records, SetAutomatic(mode="propose"))
    looks(records)
    async with at_the_console(records) as ana:
        await at_the_lift(ana)
        await ana.sees("? 安娜")
        move(records, 6, Move.ASSIGN, technician="BO")
        await ana.press("backslash")
        await ana.sees("order 6")
    assert sent_to(records, 6) == ["BO"]


@LANGUAGES
async def test_an_order_that_has_changed_meanwhile_is_said_and_not_asked_about(
    records: Records, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He is proposed still; the key once more sends him, as the order is now."""
    of_lifts(records)
    do(records, SetAutomatic(mode="propose"))
    looks(records)
    here, changed = Seat.do, list[str]()

    def beside(seat: Seat, command: Command, *, key: str) -> Done:
        if isinstance(command, SendNominee) and not changed:
            changed.append("at another console, as the key is pressed")
            do(records, NoteOrder(number=6, text="the caretaker has the key"))
        return here(seat, command, key=key)

    monkeypatch.setattr(Seat, "do", beside)
    async with at_the_console(records, language=language) as ana:
        await at_the_lift(ana)
        await ana.sees("? 安娜")
        await ana.press("backslash")
        await ana.sees(CHANGED[language])
        await ana.sees_no(ASKED[language])
        assert sent_to(records, 6) == []
        await ana.press("f5")
        await ana.sees("? 安娜")
        await ana.press("backslash")
        await ana.sees(SENT[language])
    assert sent_to(records, 6) == ["AN"]


@LANGUAGES
async def test_what_was_sent_by_itself_is_counted_and_one_key_away(
    records: Records, language: str
) -> None:
    """As of a night: listed, why it was he, and taken back or given to another as anything is."""
    of_lifts(records)
    do(records, SetAutomatic(mode="act"))
    looks(records)
    assert sent_to(records, 6) == ["AN"]
    said = "within a day: 1 order" if language == "en" else "一天内派单台自动派出：1 单"
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("People trapped")
        await ana.press("circumflex_accent")
        await ana.sees(said)
        await ana.press("l")
        await ana.sees("auto<1d", "People trapped", "安娜")
        await ana.sees("1 found" if language == "en" else "找到 1")
        await ana.press("enter")
        brief = "sent by the desk 01:00: " if language == "en" else "由派单台派出（01:00）："
        await ana.sees(brief, CHOSEN[language])
        await ana.press("escape", "colon")
        await ana.types("undo 6")
        await ana.sees_no("A assigned")
    assert card(records, 6).order.technician is None
