"""How few keys a busy desk needs; what docs/keys.md says of ours is what the journeys count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from store.domain.lifecycle import Move, State
from store.queries.board import LineOf
from store.queries.card import OrderCard
from tests.house.tree import ROOT
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

AT_MOST = {"a call": 12, "an overdue order": 4, "a shift": 6}
"""More would be too many for a busy shift."""


def told() -> dict[str, int]:
    """What the page of keys says of ours."""
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    rows = re.findall(rf"^\| ({'|'.join(AT_MOST)})[^|]*\| (\d+) ", page, re.MULTILINE)
    return {row: int(keys) for row, keys in rows}


def test_the_page_tells_what_is_counted() -> None:
    """6 by the call of `test_intake`, 4 by the order below, 6 by the shift of `test_handover`."""
    assert told() == {"a call": 6, "an overdue order": 4, "a shift": 6}
    assert all(told()[row] <= most for row, most in AT_MOST.items())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", ["", "zhao"])
async def test_an_overdue_order_is_acknowledged_and_given_to_another(
    records: Records, language: str, name: str
) -> None:
    """Four keys: seen, to whom, the first who is free, done; the name in place of one of them."""
    move(records, 1, Move.ASSIGN, technician="L1")
    other = "Zhao Min" if name else "王芳"
    seen, given = {
        "en": ("alarm of #1 acknowledged", f"order 1 is assigned → {other}"),
        "zh_CN": ("已确认 #1 的告警", f"工单 1 已派单 → {other}"),
    }[language]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck", "#1 ", "Li Wei")
        keys = ("a", "d", "enter") if name else ("a", "d", "down", "enter")
        await ana.press(keys[0])
        await ana.sees(seen)
        await ana.press(keys[1])
        await ana.writes(name)
        await ana.press(*keys[2:])
        await ana.sees(given)
    line = records.ask(LineOf(number=1), who=ANA, at=MONDAY)
    assert line is not None
    assert (line.state, line.technician_name) == (State.ASSIGNED, other)
    alarm = records.ask(OrderCard(number=1), who=ANA, at=MONDAY).alarm
    assert alarm is None or alarm.acknowledged_at is not None
    assert len(keys) + bool(name) == told()["an overdue order"]
