"""The board as it stood: looked at with keys and typed times, and never changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.domain.lifecycle import Move
from tests.console.import_desk import brought, mapped, rows, written
from tests.journeys.desk import MONDAY, at_the_console, crosswise
from tests.journeys.stories import move

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

pytestmark = pytest.mark.journey


async def test_one_goes_back_entry_by_entry(records: Records) -> None:
    """Each step tells what was done; nothing of it can be done again."""
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.passes(minutes=30)
        await ana.press("T")
        await ana.sees("board at 00:30", "the board as it stood at 09-21 00:30")
        await ana.types("0m")
        await ana.sees("PAST", "2026-09-21 01:30:00", "0m ago", "1 all open          5")
        await ana.press("left")
        await ana.sees("2026-09-21 01:00:00", "30m ago")
        await ana.press("left")
        await ana.sees("2026-09-21 00:58:00", "#5 created", "2 unassigned        5")
        await ana.press("left")
        await ana.sees("2026-09-21 00:55:00", "1 all open          4", "#4 created")
        await ana.press("right", "right")
        await ana.sees("2026-09-21 01:00:00", "3 not accepted      1")
        await ana.press("right")
        await ana.sees("nothing has happened since")
        before = records.head()
        await ana.press("d")
        await ana.sees("this is the past: it can only be looked at; Esc leads back to now")
        await ana.press("a", "n", "f")
        assert records.head() == before
        await ana.press("escape")
        await ana.sees_no("PAST")
        await ana.sees("Lift stuck with people")


async def test_minutes_hours_and_typed_times(records: Records) -> None:
    """Shift and pages are the larger steps; a typed time goes anywhere, and not to come."""
    move(records, 1, Move.ASSIGN, technician="L1")
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.passes(minutes=10)
        await ana.press(":")
        await ana.types("board at 00:20")
        await ana.sees("PAST", "00:20:00", "#1 created", "1 open 1")
        await ana.press("shift+right", "shift+right")
        await ana.sees("00:30:00")
        await ana.press("less_than_sign")
        await ana.sees("00:25:00")
        await ana.press("pageup")
        await ana.sees("23:25:00", "nothing had happened yet")
        await ana.press("left")
        await ana.sees("nothing happened before this")
        await ana.press("T")
        await ana.sees("board at 23:25")
        await ana.types("01:05")
        await ana.sees("01:05:00", "Li Wei")
        await ana.press(":")
        await ana.types("d 2 L1")
        await ana.sees("this is the past")
        await ana.press("pagedown")
        await ana.sees("01:10:00")


BEFORE = {
    "en": "before the first import (01:00): its orders stand here by their own history",
    "zh_CN": "早于首次导入（01:00）：导入的工单按其自身历史的时刻显示",
}


@crosswise()
async def test_before_the_first_import_its_orders_are_accounted_for(
    records: Records, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    """They stand at the times of their own history; from the import on there is nothing to say."""
    opened = [row | {"opened": "2026-09-21 00:10", "due": ""} for row in rows(3)[1:]]
    brought(records, written(tmp_path / "calls.csv", opened), mapped(tmp_path))
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.passes(minutes=30)
        await ana.press("T")
        await ana.types("00:20")
        await ana.sees("00:20:00", "request 1", BEFORE[language])
        await ana.press("pagedown")
        await ana.sees("01:20:00", "request 1")
        await ana.sees_no(BEFORE[language][:9])


async def test_a_time_is_proposed(records: Records) -> None:
    """Enter alone takes it; Esc looks at nothing."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.passes(minutes=2)
        await ana.press("T", "escape")
        await ana.sees_no("PAST")
        await ana.press("T", "enter")
        await ana.sees("PAST", "2026-09-21 00:00:00")
        await ana.press("pageup", "T")
        await ana.sees("board at 23:00")


async def test_an_order_as_it_stood(records: Records) -> None:
    """Who had it and what had been done; what came later is not told."""
    move(records, 1, Move.ASSIGN, technician="L1")
    records_at = MONDAY + timedelta(minutes=5)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.passes(minutes=10)
        assert records_at < ana.clock.at
        await ana.press(":")
        await ana.types("board at 00:59")
        await ana.sees("PAST", "00:59:00")
        await ana.press("2")
        await ana.sees("Lift stuck with people")
        await ana.press("home", "enter")
        await ana.sees("PAST: as it stood at 2026-09-21 00:59:00", "N new P1", "created")
        await ana.sees_no("assigned")
        await ana.press("escape", "escape")
        await ana.sees_no("PAST")


async def test_the_past_is_told_in_chinese(records: Records) -> None:
    """Words and verb."""
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.press("T")
        await ana.sees("看板 00:00")
        await ana.types("00:57")
        await ana.sees("回看", "00:57:00", "回到现在")
        await ana.press("x")
        await ana.sees("这是过去：只能查看，不能改动")
