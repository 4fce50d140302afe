"""Whole shifts by day: from the first call to going home, handed over, and an order called back."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.commands.orders import NewOrder
from tests.console.faulty_desk import ANA, furnish
from tests.journeys.shift import (
    SHIFTS,
    SOON_S,
    at_work,
    back_to_board,
    facts,
    is_sound,
    leave,
    shown,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.journey, SHIFTS]

STEPS = {
    "en": (
        ("c", "accepted"),
        ("o", "en route"),
        ("i", "on site"),
        ("f", "done"),
        ("y", "verified"),
    ),
    "zh_CN": (("c", "已接单"), ("o", "在途"), ("i", "在场"), ("f", "已完工"), ("y", "已验收")),
}


def test_from_the_first_call_to_going_home(store_url: str, tmp_path: Path, language: str) -> None:
    """A call is written down, sent off, followed to its end; nothing is left open of it."""
    written, sent, closed = {
        "en": ("order 4 written down", "order 4 is assigned → Wang Fang", "order 4 is closed"),
        "zh_CN": ("工单 4 已登记", "工单 4 已派单 → Wang Fang", "工单 4 已关闭"),
    }[language]
    furnish(store_url).close()
    with at_work(store_url, tmp_path, language=language) as desk:
        desk.press("n")
        desk.sees("New order" if language == "en" else "新工单", SOON_S)
        desk.press("Zoe 139 1234 5678\r")
        desk.press("自动门 gate does not open\r")
        desk.press("\r\r\r\r\r\r")
        desk.sees(written, SOON_S)
        desk.press("d")
        desk.sees("L2 Wang Fang", SOON_S)
        desk.press("wang\r")
        desk.sees(sent, SOON_S)
        for key, said in STEPS[language]:
            desk.press(key)
            place = f"order 4 is {said}" if language == "en" else f"工单 4 {said}"
            desk.sees(place, SOON_S)
        desk.press(";")
        desk.press("带回旧电机 motor taken back\r")
        desk.sees("noted on order 4" if language == "en" else "工单 4 已备注", SOON_S)
        desk.press("x")
        desk.sees(closed, SOON_S)
        leave(desk)
    order = shown(store_url, 4)
    assert (order["state"], order["title"]) == ("closed", "自动门 gate does not open")
    moved = ["assigned", "accepted", "departed", "arrived", "finished", "verified", "closed"]
    assert [fact for fact in facts(order) if fact in moved] == moved
    assert "带回旧电机 motor taken back" in str(order["journal"])
    is_sound(store_url)


def test_the_next_shift_takes_over(store_url: str, tmp_path: Path, language: str) -> None:
    """Offered with a note, every risk ticked, accepted: the other console hears of it."""
    words = {
        "en": ("Ana hands over: J", "the desk is yours", "the desk is Bo", "not ticked by you"),
        "zh_CN": ("Ana 交班：J", "您已接班", "当班：Bo", "没有勾选"),
    }
    hands_over, yours, is_his, not_yet = words[language]
    with closing(furnish(store_url)) as records:
        long_ago = clock.now() - timedelta(minutes=50)
        late = NewOrder(title="消防泵 pump late", priority=1, level="critical", opened_at=long_ago)
        records.do(late, who=ANA, at=clock.now())
    with (
        at_work(store_url, tmp_path, language=language, operator="ana") as ana,
        at_work(store_url, tmp_path, language=language, operator="bo") as bo,
    ):
        ana.press(":w 1 等配件 parts until +2h\r")
        ana.sees("order 1 is waiting" if language == "en" else "工单 1 等待", SOON_S)
        ana.press("J")
        ana.sees("the desk is Ana" if language == "en" else "当班：Ana", SOON_S)
        ana.press("o")
        ana.sees("note for the next shift" if language == "en" else "给下一班的备注", SOON_S)
        ana.press("钥匙 key is with the porter\r")
        bo.sees(hands_over, SOON_S)
        bo.press("J")
        bo.sees("钥匙 key is", SOON_S)
        bo.press("y")
        bo.sees(not_yet, SOON_S)
        bo.press("a")
        bo.sees("[x]", SOON_S)
        bo.press("y")
        bo.sees(yours, SOON_S)
        ana.sees(is_his, SOON_S)
        for desk in (ana, bo):
            back_to_board(desk)
            leave(desk)
    assert shown(store_url, 1)["state"] == "waiting"
    is_sound(store_url)


def test_whoever_was_sent_is_called_back(store_url: str, tmp_path: Path, language: str) -> None:
    """Undo of what has gone out is a recall; it stands on his line until he knows of it."""
    sent, back, recalled, seen = {
        "en": ("order 1 is assigned", "recalled: Wang Fang", "! recalled", "1 recall seen"),
        "zh_CN": ("工单 1 已派单", "召回：Wang Fang", "! 已召回", "1"),
    }[language]
    furnish(store_url).close()
    with at_work(store_url, tmp_path, language=language, size=(120, 40)) as desk:
        desk.press("d")
        desk.sees("L2 Wang Fang", SOON_S)
        desk.press("wang\r")
        desk.sees(sent, SOON_S)
        desk.sees("undo: z" if language == "en" else "撤销：z", SOON_S)
        desk.press("z")
        desk.sees(back, SOON_S)
        desk.sees(recalled, SOON_S)
        desk.press(":seen wang\r" if language == "en" else ":知悉 wang\r")
        desk.sees(seen, SOON_S)
        desk.until(lambda: recalled not in desk.text(), SOON_S)
        leave(desk)
    order = shown(store_url, 1)
    assert (order["state"], order["technician"]) == ("new", None)
    assert "assigned" in facts(order)
    is_sound(store_url)
