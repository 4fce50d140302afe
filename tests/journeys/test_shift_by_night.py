"""Alarms at night and a telephone that rings: put off, called back, written down."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.commands.follow_ups import PromiseFollowUp
from store.commands.orders import NewOrder
from store.commands.places import SaveCustomer, SaveSite
from store.records import open_records
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


def test_a_night_of_alarms(store_url: str, tmp_path: Path, language: str) -> None:
    """What rings is seen, put off with a reason, or answered by a call; the clock runs on."""
    rings, acknowledged, shelved, noted = {
        "en": ("follow-up due", "alarm of #1 acknowledged", "alarm of #2 shelved", "#3: reached"),
        "zh_CN": ("回访到期", "已确认 #1 的告警", "#2 的告警已搁置", "#3：已联系上"),
    }[language]
    with (
        closing(furnish(store_url)) as records,
        at_work(store_url, tmp_path, language=language, size=(120, 40)) as desk,
    ):
        due = clock.now() + timedelta(seconds=1)
        for number in (1, 2, 3):
            promise = PromiseFollowUp(number=number, due_at=due, note=f"报价 quote {number}")
            records.do(promise, who=ANA, at=clock.now())
        for number in (1, 2, 3):
            desk.sees(f"#{number} {rings}", SOON_S)
        desk.press(":ack 1\r")
        desk.sees(acknowledged, SOON_S)
        desk.press(":shelve 2 30m ;等配件 parts come at ten\r")
        desk.sees(shelved, SOON_S)
        desk.press("A")
        desk.sees("3 alarms, 1 not" if language == "en" else "3 条告警，1 条未确认", SOON_S)
        assert "等配件 parts com" in desk.text()
        back_to_board(desk)
        desk.press("C")
        desk.sees("3 promised calls" if language == "en" else "3 个约定回访", SOON_S)
        desk.press("jj")
        desk.until(lambda: "#3" in desk.text() and "> " in _row(desk.text(), "quote 3"), SOON_S)
        desk.press("1")
        desk.sees(noted, SOON_S)
        back_to_board(desk)
        leave(desk)
    first, second, third = (shown(store_url, number) for number in (1, 2, 3))
    assert first["alarm"]["acknowledged_at"] is not None
    assert second["alarm"]["shelved_until"] is not None
    assert [one["outcome"] for one in third["follow_ups"]][:1] == ["reached"]
    assert "alarm_acknowledged" in facts(first) or "acknowledged" in facts(first)
    is_sound(store_url)


def _row(text: str, word: str) -> str:
    return next((line for line in text.splitlines() if word in line and ">" in line[:4]), "")


def test_the_telephone_rings_three_times(store_url: str, tmp_path: Path, language: str) -> None:
    """A customer known by number, a new one with a new place, and one who asks where we are."""
    written, once_more, made, chased = {
        "en": (
            "order 4 written down",
            ": save once more",
            "order 5 written down",
            "order 6 was chased: 1",
        ),
        "zh_CN": (
            "工单 4 已登记",
            "：再按一次 ^s 保存",
            "工单 5 已登记",
            "工单 6 已记催单，共 1 次",
        ),
    }[language]
    with closing(furnish(store_url)) as records:
        at = clock.now()
        records.do(SaveSite(code="S1", name="望江花园", zone="UTC"), who=ANA, at=at)
        known = SaveCustomer(code="GM", name="国贸物业", phone="010-8888 6666")
        records.do(known, who=ANA, at=at)
    with at_work(store_url, tmp_path, language=language, size=(120, 40)) as desk:
        desk.press("n")
        desk.press("8888-6666")
        desk.sees(">国贸物业 GM", SOON_S)
        desk.press("\r")
        desk.press("三号梯有异响 noise in lift 3\rS1\r\r\r\r\r\r")
        desk.sees(written, SOON_S)
        desk.press("n")
        desk.press("Zoe 139 1234 5678\rGate jammed\rMill 7\r\rAcme Ltd\r\r\r\r")
        desk.sees("“Mill 7”" + once_more, SOON_S)  # what was typed before this would be dropped
        desk.press("\x13")
        desk.sees(made, SOON_S)
        with closing(open_records(store_url, feed=False)) as records:
            again = NewOrder(title="Water in the cellar", site="S1", customer="GM")
            records.do(again, who=ANA, at=clock.now())
        desk.press("n")
        desk.press("\rwater in cellar, still\rS1")
        desk.sees("#6", SOON_S)
        desk.press("\x14")
        desk.sees(chased, SOON_S)
        leave(desk)
    first, second, third = (shown(store_url, number) for number in (4, 5, 6))
    assert (first["customer"]["name"], first["site"]["code"]) == ("国贸物业", "S1")
    assert (second["customer"]["name"], second["site"]["name"]) == ("Acme Ltd", "Mill 7")
    assert (third["chased"], facts(third)[-1]) == (1, "chased")
    assert "water in cellar, still" in str(third["journal"])
    is_sound(store_url)
