"""The whole board planned anew, and left: before it is reckoned, and after."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from console.screens.replan import ReplanScreen
from store import clock
from tests.journeys.desk import at_the_console
from tests.journeys.test_replanned import opens, order, with_lifts

if TYPE_CHECKING:
    from console.screens.replanning import Board
    from console.seat import Seat
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_esc_leaves_everything_as_it_was(records: Records) -> None:
    """Nothing is moved by being shown, and the search ends."""
    numbers = with_lifts(records)
    head = records.head()
    async with at_the_console(records, size=(80, 24)) as ana:
        await opens(ana)
        await ana.press("escape")
        await ana.sees("Dispatch")
    assert records.head() == head
    assert order(records, numbers[0]).technician is None


DISPATCH = {"en": "d Dispatch", "zh_CN": "d 派单"}
KEYS_OF_BOTH = {
    "en": (
        (
            "Space tick or not",
            "+ - all, none",
            "accept what is ticked",
            "v order",
            "F5 plan anew",
            "Esc back",
        ),
        ("= done", "x absent", ". free", "| now", "Esc back", "+ - zoom", "< > hour", "Y now"),
    ),
    "zh_CN": (
        (
            "空格 勾选或取消",
            "+ - 全选、全不选",
            "Enter 接受勾选的",
            "v 工单",
            "F5 重新排",
            "Esc 返回",
        ),
        ("= 已完成", "x 请假", ". 空闲", "| 现在", "Esc 返回", "+ - 缩放", "< > 一小时", "Y 现在"),
    ),
}


@pytest.mark.parametrize("language", KEYS_OF_BOTH)
async def test_every_key_and_sign_is_told_on_eighty_columns(
    records: Records, language: str
) -> None:
    """The last ones were cut, and with them how to get out."""
    with_lifts(records)
    repair, days = KEYS_OF_BOTH[language]
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await opens(ana, language)
        await ana.sees(*repair)
        await ana.press("escape")
        await ana.sees(DISPATCH[language])
        await ana.press("Y")
        await ana.sees(*days)


async def test_esc_waits_for_no_reckoning(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large board takes seconds; what only moved the cursor before it is forgotten."""
    with_lifts(records)
    here, done = ReplanScreen.asked, threading.Event()

    def asked(screen: ReplanScreen, seat: Seat) -> Board | None:
        done.wait(30)
        return here(screen, seat)

    monkeypatch.setattr(ReplanScreen, "asked", asked)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.sees("People trapped")
        for keys in (("R",), ("R", "down", "space")):
            await ana.press(*keys)
            await ana.sees("reckoning ...")
            left = ana.desk.screen
            assert isinstance(left, ReplanScreen)
            assert not left._is_over(clock.monotonic() + 60)
            await ana.press("escape")
            await ana.sees("Dispatch")
            assert left._is_over(clock.monotonic() + 60)  # what is reckoned for nobody, ends
        done.set()
