"""Where there is nothing, every screen says what to do next, with a key that is in force."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.records import open_records
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move
from tests.journeys.test_every_action import came_back
from tests.prepared import only_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared

pytestmark = pytest.mark.journey

SMALL = (80, 24)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A screen or panel with nothing in it."""

    name: str
    keys: tuple[str, ...]
    """From the board; what begins with a blank is typed after it."""
    en: str
    zh: str
    orders: str = ""
    """What is there all the same: a `new` order, a `closed` one."""
    after: tuple[str, ...] = ()
    """What closes it, where Esc does not."""


PLACES = (
    Nothing("desk", (), "n writes the first one down; B offers", "按 n 记下第一张"),
    Nothing("queue", ("8",), "1 shows the only open order; n writes", "按 n 登记新工单", "new"),
    Nothing("all closed", ("1",), "n writes a new one down; // finds", "按 // 查找", "closed"),
    Nothing("filter", ("/", " zebra", "enter"), "/ looks again, //", "Esc", "new"),
    Nothing(
        "technicians",
        ("t",),
        "paidan add technician T1 'Li Wei' enters one; t",
        "按 t 收起",
        after=("t",),
    ),
    Nothing("who goes", ("d",), "paidan add technician enters one; Esc", "录入；Esc", "new"),
    Nothing("alarms", ("A",), "M tells how the alarms of this week did", "按 M 看本周"),
    Nothing("calls", ("C",), "there h promises the customer", "按 h 可与工单客户"),
    Nothing("plans", ("Q",), "n makes the first plan; Esc", "按 n 建第一个"),
    Nothing("hand-over", ("J",), "o offers the desk all the same", "按 o 仍可交班"),
    Nothing("palette", ("ctrl+p", " zzzq"), "^u clears the line; Esc", "^u 清空这一行"),
    Nothing("day", ("Y",), "paidan add technician T1 'Li Wei' enters one; Esc", "一位；Esc 返回"),
    Nothing("forecast", ("F",), "there A lists what rings", "按 A 看已在响"),
    Nothing("modes", ("circumflex_accent",), "there : auto propose has", "按 : 输入 '自动 建议'"),
    Nothing("recommend", ("W",), "d there sends somebody all the same", "按 d 仍可派人", "new"),
    Nothing("replan", ("R",), "nothing is to be changed. Esc", "无需改动。 Esc"),
    Nothing("past", ("T", "enter"), "1 shows all that was open; ←", "按 1 看当时"),
    Nothing("figures", ("M",), "nothing to tell of them; Esc", "没有可说的；Esc"),
    Nothing(
        "who",
        (":", " who lift", "enter"),
        ": who there asks for another",
        "键入 : who 查别的",
        "skill",
    ),
    Nothing("relatives", ("@",), "& links it to another order", "& ", "new"),
    Nothing("views", ("D",), "no view is shown; V keeps", "按 V 把所列", "new"),
    Nothing("no alarm for the tour", ("(", "(", "("), "(a acknowledges", "按 a 确认", "new"),
)
ALARMS, CALLS = PLACES[6:8]
TONGUES = pytest.mark.parametrize("language", ["en", "zh_CN"])


@pytest.fixture
def orders() -> str:
    """What is there all the same, where a test does not say."""
    return ""


@pytest.fixture
def records(prepared: Prepared, tmp_path: Path, orders: str) -> Iterator[Records]:
    """A desk where nothing is in the place."""
    with (
        prepared.copy("sqlite", only_tables, tmp_path) as url,
        closing(open_records(url, feed=False)) as records,
    ):
        if orders:
            do(records, NewOrder(title="Lamp out", priority=4), at=MONDAY - timedelta(minutes=1))
        if orders == "closed":
            move(records, 1, Move.CANCEL, reason="sold")
        if orders == "skill":
            gone = SaveTechnician(code="L1", name="Li Wei", skills={"lift": 3}, active=False)
            do(records, gone, at=MONDAY - timedelta(days=1))
        yield records


@TONGUES
@pytest.mark.parametrize("orders", ["", "new", "closed", "skill"])
async def test_where_there_is_nothing_a_key_leads_on(
    records: Records, orders: str, language: str
) -> None:
    """On the smallest terminal, whole: each place from the board, and back to it."""
    async with at_the_console(records, size=SMALL, language=language) as ana:
        await ana.sees("Lamp out" if orders in {"new", "skill"} else "Ana")
        for place in [place for place in PLACES if place.orders == orders]:
            for key in place.keys:
                if key.startswith(" "):
                    await ana.writes(key[1:])
                else:
                    await ana.press(key)
            await ana.sees(place.en if language == "en" else place.zh)
            await came_back(ana)
            await ana.press(*place.after, "1")


async def test_it_is_the_key_in_force(records: Records) -> None:
    """The operator's own, where he has chosen one."""
    async with at_the_console(records, size=SMALL, keymap={"figures": ("f9",)}) as ana:
        await ana.sees("no alarms")
        await ana.press(*ALARMS.keys)
        await ana.sees("F9 tells how the alarms of this week did")


async def test_it_is_said_in_the_other_language_at_once(records: Records) -> None:
    """As all else on the screen."""
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("no alarms")
        await ana.press(*ALARMS.keys)
        await ana.sees(ALARMS.en)
        await ana.press("L")
        await ana.sees(ALARMS.zh)


async def test_it_goes_when_something_comes(records: Records) -> None:
    """Words that there is nothing must not stand beside a row."""
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("no alarms")
        await ana.press(*CALLS.keys)
        await ana.sees(CALLS.en)
        do(records, NewOrder(title="Smoke", priority=1), at=MONDAY - timedelta(days=9))
        await ana.passes(minutes=1)
        await ana.sees("Smoke")
        await ana.sees_no(CALLS.en)
