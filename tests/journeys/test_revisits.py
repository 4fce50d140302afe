"""A month of revisits at the keyboard: missed ones first, a script, one key for what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.revisits import plan_due
from scheduler.runner import fire_due
from store.commands import NewOrder, SaveCustomer, SetFigure
from store.domain.lifecycle import Move
from store.domain.revisits import Standing
from store.domain.who import THE_DESK
from store.persistence.loading import FOLLOW_UP
from store.queries.revisits import ListRevisits
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do, move
from tests.store.desk import rows

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "revisit missed, due", "What do we owe", "something to do (opens", "what is to be done",
        "order or call", "no answer; next call", "does not want", "nobody is to be called now",
        "has no such outcome",
    ),
    "zh_CN": (
        "回访已错过", "What do we owe", "有事要办（开工单", "做什么",
        "工单或回电", "下次回访", "不愿接受回访", "现在没有要回访的客户",
        "没有这个结果",
    ),
}  # fmt: skip


def month(records: Records) -> tuple[int, ...]:
    """Four key customers whose revisits of September are planned; the orders, by day."""
    for code in ("K1", "K2", "K3", "K4"):
        do(records, SaveCustomer(code=code, name=f"Lake {code}", tier="key"))
        told = NewOrder(title="pump leaks", site="S1", customer=code)
        move(records, do(records, told).numbers[0], Move.CANCEL, reason="sold")
    for number in (1, 2, 3, 4, 5):  # else they are silent by then
        move(records, number, Move.CANCEL, reason="sold")
    do(records, SetFigure(figure="revisit_key", value=1))
    plan_due(records, at=MONDAY)
    lines = records.ask(ListRevisits(), who=THE_DESK, at=MONDAY)
    return tuple(line.number for line in lines)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_month_of_revisits(
    records: Records, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a week away: the first was missed and rings; each key says what came of a call."""
    (tmp_path / "revisit.txt").write_text("What do we owe you\x1b[31m?\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("PAIDAN_CONFIG", str(tmp_path / "config.toml"))
    planned = month(records)
    assert len(planned) == 4
    late = MONDAY + timedelta(days=11)
    fire_due(records, at=late)
    missed, asks, to_do, what, which, again, refused, over, wrong = WORDS[language]
    async with at_the_console(records, language=language, size=(80, 24), clock=Clock(late)) as ana:
        await ana.press("C")
        await ana.sees(missed, asks, to_do, f"#{planned[0]}")
        await ana.sees_no("\x1b")
        await ana.press("2")
        await ana.sees(what)
        await ana.types("door squeaks")
        await ana.sees(which)
        await ana.press("enter")
        await ana.sees(f"#{planned[1]} ")
        await ana.press("3")
        await ana.sees(again)
        await ana.press("1")
        await ana.sees(f"#{planned[3]} ", refused)
        await ana.press("5")
        await ana.sees(wrong)
        await ana.press("4")
        await ana.press("enter")
        await ana.sees(over)
    kept = {
        line.number: line for line in records.ask(ListRevisits(period="2026-09"), who=ANA, at=late)
    }
    assert kept[planned[0]].outcome == "to_do: door squeaks"
    assert kept[planned[1]].standing is Standing.MISSED
    assert [row["done_at"] for row in rows(records, FOLLOW_UP, number=planned[1])][-1] is None
    assert kept[planned[2]].outcome == "content"
    assert kept[planned[3]].standing is Standing.REFUSED
