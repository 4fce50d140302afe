"""How few keys a busy desk needs; what the README says of ours is what the journeys count."""

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
    """What the README says of our keys."""
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(rf"^\| ({'|'.join(AT_MOST)})[^|]*\| (\d+) ", readme, re.MULTILINE)
    return {row: int(keys) for row, keys in rows}


def test_the_readme_tells_what_is_counted() -> None:
    """6 by the call of `test_intake`, 3 by the order below, 6 by the shift of `test_handover`."""
    assert told() == {"a call": 6, "an overdue order": 3, "a shift": 6}
    assert all(told()[row] <= most for row, most in AT_MOST.items())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_an_overdue_order_is_acknowledged_and_given_to_another(
    records: Records, language: str
) -> None:
    """Three keys besides the name: seen, to whom, done."""
    move(records, 1, Move.ASSIGN, technician="L1")
    seen, given = {
        "en": ("alarm of #1 acknowledged", "order 1 is assigned → Zhao Min"),
        "zh_CN": ("已确认 #1 的告警", "工单 1 已派单 → Zhao Min"),
    }[language]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck", "#1 ", "Li Wei")
        keys = ("a", "d", "enter")
        await ana.press(keys[0])
        await ana.sees(seen)
        await ana.press(keys[1])
        await ana.writes("zhao")
        await ana.press(keys[2])
        await ana.sees(given)
    line = records.ask(LineOf(number=1), who=ANA, at=MONDAY)
    assert line is not None
    assert (line.state, line.technician_name) == (State.ASSIGNED, "Zhao Min")
    alarm = records.ask(OrderCard(number=1), who=ANA, at=MONDAY).alarm
    assert alarm is None or alarm.acknowledged_at is not None
    assert len(keys) == told()["an overdue order"]
