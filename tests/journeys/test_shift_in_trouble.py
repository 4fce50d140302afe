"""Shifts in trouble: the database away, the window torn about, two hands at once."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.console.faulty_desk import FAULT, furnish, note
from tests.journeys.shift import LANGUAGES, SHIFTS, SOON_S, at_work, facts, is_sound, leave, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk
    from tests.postgres import PgServer

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_database_is_lost_and_comes_back(
    durable_pg: PgServer, tmp_path: Path, language: str
) -> None:
    """The board is read on; what was typed meanwhile is kept, sent when it is back, once."""
    away, waits, back, sent = {
        "en": ("PostgreSQL unreachable", "1 waits", "PostgreSQL ok", "what waited was sent"),
        "zh_CN": ("PostgreSQL 断开", "1 条待发", "PostgreSQL 正常", "等待的操作已发送"),
    }[language]
    url = durable_pg.url(durable_pg.create())
    furnish(url).close()
    with at_work(url, tmp_path, language=language) as desk:
        desk.press("d")
        desk.sees("L2 Wang Fang", SOON_S)
        desk.press("wang\r")
        desk.sees("→ Wang Fang", SOON_S)
        durable_pg.stop()
        desk.sees(away, SOON_S)
        assert "Pump leaks" in desk.text()
        desk.press(";")
        desk.sees("#1 ", SOON_S)
        desk.press("半句话 kept words\r")
        desk.sees(waits, SOON_S)
        durable_pg.start()
        desk.sees(back, SOON_S)
        desk.sees(sent, SOON_S)
        assert FAULT not in desk.text()
        leave(desk)
    order = shown(url, 1)
    assert order["state"] == "assigned"
    assert facts(order).count("noted") == 1
    is_sound(url)


SMALL, LARGE = (80, 24), (200, 50)
TORN = ((200, 50), (40, 10), (80, 24), (20, 5), (132, 43), (60, 15), (1, 1), (120, 40))
"""Sizes that a window manager sends on the way, some of them of no use."""


@SHIFTS
def test_a_window_torn_about_while_somebody_types(
    store_url: str, tmp_path: Path, language: str
) -> None:
    """No word of the note is lost, and it goes to the order that it was written for."""
    assigned, asks, noted = {
        "en": ("> A assigned", "· note:", "noted on order 2"),
        "zh_CN": ("> A 已派单", "· 备注：", "工单 2 已备注"),
    }[language]
    furnish(store_url).close()
    words = [f"第{place}词" for place in range(16)]
    with at_work(store_url, tmp_path, language=language, size=SMALL) as desk:
        desk.press("j")
        desk.until(lambda: any(assigned in line for line in desk.screen.display), SOON_S)
        desk.press(";")
        desk.sees(asks, SOON_S)
        for place, word in enumerate(words):
            desk.press(word)
            desk.resize(*TORN[place % len(TORN)])
            desk.read(0.01)
        desk.resize(*LARGE)
        desk.press("\x0c")
        desk.sees(asks, SOON_S)
        desk.sees("".join(words)[-20:], SOON_S)
        desk.press("\r")
        desk.sees(noted, SOON_S)
        desk.sees("#2 Pump leaks", SOON_S)  # the card has room again
        desk.resize(*SMALL)
        desk.press("\x0c")
        desk.until(lambda: any(line.startswith(" > A") for line in desk.screen.display), SOON_S)
        assert FAULT not in desk.text()
        leave(desk)
    told = [entry for entry in shown(store_url, 2)["journal"] if entry["fact"] == "noted"]
    assert len(told) == 1
    assert "".join(words) in str(told)
    is_sound(store_url)


@SHIFTS
def test_two_operators_want_the_same_order(store_url: str, tmp_path: Path, language: str) -> None:
    """Both send somebody in the same moment: one is told of the other, and nobody goes twice."""
    changed, undo = {
        "en": ("order 1 was changed by", "undo: z"),
        "zh_CN": ("工单 1 已被", "撤销：z"),
    }[language]
    with closing(furnish(store_url)):
        pass
    with (
        at_work(store_url, tmp_path, language=language, operator="ana") as ana,
        at_work(store_url, tmp_path, language=language, operator="bo") as bo,
    ):
        for desk in (ana, bo):
            desk.press("d")
            desk.sees("L2 Wang Fang", SOON_S)
        ana.press("Wang\r")
        bo.press("Li\r")
        both = (ana, bo)
        _until_any(both, changed)
        slower, faster = both if changed in ana.text() else both[::-1]
        slower.sees("Esc no" if language == "en" else "Esc 否", SOON_S)
        slower.press("\x1b")
        slower.until(
            lambda: "Esc no" not in slower.text() and "Esc 否" not in slower.text(), SOON_S
        )
        faster.sees(undo, SOON_S)
        went = "Wang Fang" if faster is ana else "Li Wei"
        for desk in both:
            desk.until(partial(_sent, desk, went), SOON_S)
        note(slower, "seen") if language == "en" else slower.press(":备注 1 ；看到了\r")
        slower.sees("noted on order 1" if language == "en" else "工单 1 已备注", SOON_S)
        for desk in both:
            leave(desk)
    order = shown(store_url, 1)
    assert (order["state"], order["technician"]["name"]) == ("assigned", went)
    assert facts(order).count("assigned") == 1
    is_sound(store_url)


def _until_any(desks: tuple[Desk, ...], text: str) -> None:
    """Read both screens in turn until one of them shows it."""
    for _look in range(int(SOON_S / 0.05)):
        for desk in desks:
            desk.read(0.05)
            desk.feed()
        if any(text in desk.text() for desk in desks):
            return
    raise AssertionError("\n\n".join(desk.text() for desk in desks))


def _sent(desk: Desk, name: str) -> bool:
    return any("Lift stuck" in line and name in line for line in desk.screen.display)
