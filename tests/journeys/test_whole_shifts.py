"""Shifts at a real terminal: storms, slips taken back, floods of text, wide names."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from store import clock
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveSite
from store.domain.lifecycle import Move, State
from store.queries.board import LineOf, QueueCounts
from store.queries.card import Trace
from tests.console.faulty_desk import ANA, console, furnish
from tests.journeys.shift import SHIFTS, at_work, is_sound, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk

PATIENCE_S = 30.0
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
CHINESE = {"PAIDAN_LANG": "zh_CN"}
STORM = 40
"""New orders of a minute in which a main breaks."""
ASKS_NOTE = {"en": "· note:", "zh_CN": "· 备注："}
DOES = ("Enter does it", "Enter 执行")
UNDO = {"en": "undo: z", "zh_CN": "撤销：z"}


def state(records: Records, number: int) -> State:
    """How far an order is."""
    line = records.ask(LineOf(number=number), who=ANA, at=clock.now())
    assert line is not None
    return line.state


def chosen(desk: Desk) -> str:
    """The row under the cursor."""
    return next((line for line in desk.screen.display if " > " in line[:30]), "")


@SHIFTS
def test_a_storm_of_new_orders_moves_nothing_under_the_cursor(
    store_url: str, tmp_path: Path, language: str
) -> None:
    """Forty come while a note is written; they wait, are let in, sent off as a set, taken back."""
    new_ones, noted, all_open, orders, done = {
        "en": (f"{STORM} new", "noted on order 3", "all open", f"{STORM} orders", "done for"),
        "zh_CN": (
            f"{STORM} 张新工单", "工单 3 已备注", "全部未结", f"{STORM} 张工单", "已处理",
        ),
    }[language]  # fmt: skip
    with (
        closing(furnish(store_url)) as records,
        at_work(store_url, tmp_path, language=language) as desk,
    ):
        desk.press("jj")
        desk.until(lambda: "Lamp out" in chosen(desk))
        desk.press(";")
        desk.sees(ASKS_NOTE[language])
        desk.press("half a sen")
        for place in range(STORM):
            new = NewOrder(title=f"Water in cellar {place}", priority=1 + place % 2)
            records.do(new, who=ANA, at=clock.now())
        desk.sees(new_ones, timeout=PATIENCE_S)
        assert "Lamp out" in chosen(desk)
        desk.press("tence\r")
        desk.sees(noted, timeout=PATIENCE_S)
        counts = records.ask(QueueCounts(), who=ANA, at=clock.now())
        counted = re.compile(rf"1 {all_open} +{counts['all_open']}\b")
        desk.until(lambda: counted.search(desk.text()), PATIENCE_S)
        desk.press(".")
        desk.until(lambda: new_ones not in desk.text(), PATIENCE_S)
        assert "Lamp out" in chosen(desk)
        first, last = 4, 3 + STORM
        desk.press(f":{'d' if language == 'en' else '派'} {first}-{last} L2\r")
        desk.sees(orders, timeout=PATIENCE_S)
        desk.press("\r")
        desk.sees(f"{done} {STORM}", timeout=PATIENCE_S)
        assert f"#{first}-{last}" in desk.text()
        desk.until(lambda: state(records, last) is State.ASSIGNED, PATIENCE_S)
        assert {state(records, n) for n in range(first, last + 1)} == {State.ASSIGNED}
        desk.sees(UNDO[language], timeout=PATIENCE_S)
        desk.press("z")
        desk.sees(orders, timeout=PATIENCE_S)  # as many, they are shown before that as well
        desk.press("\r")
        desk.until(lambda: state(records, last) is State.NEW, PATIENCE_S)
        assert {state(records, n) for n in range(first, last + 1)} == {State.NEW}
        assert shown(store_url, last)["technician"] is None
        is_sound(store_url)


@SHIFTS
def test_a_chain_of_slips_is_taken_back_one_by_one(
    store_url: str, tmp_path: Path, language: str
) -> None:
    """Six steps forward, six back, two forward again: the order is where it was each time."""
    steps = (
        ("d", "Wang\r", State.ASSIGNED),
        ("c", "", State.ACCEPTED),
        ("o", "", State.EN_ROUTE),
        ("i", "", State.ON_SITE),
        ("f", "", State.DONE),
        ("y", "", State.VERIFIED),
    )
    with (
        closing(furnish(store_url)) as records,
        at_work(store_url, tmp_path, language=language) as desk,
    ):
        for key, answer, reached in steps:
            desk.press(key)
            if answer:
                desk.sees("#1 ")
                desk.press(answer)
            desk.until(lambda reached=reached: state(records, 1) is reached, PATIENCE_S)  # type: ignore[misc]
            desk.until(lambda: UNDO[language] in desk.text(), PATIENCE_S)
        back = [State.NEW, *(reached for _key, _answer, reached in steps)]
        for reached in back[-2::-1]:
            desk.press("z")
            _agree_if_asked(desk, lambda reached=reached: state(records, 1) is reached)  # type: ignore[misc]
        for reached in back[1:3]:
            desk.press("Z")
            _agree_if_asked(desk, lambda reached=reached: state(records, 1) is reached)  # type: ignore[misc]
        is_sound(store_url)


def test_a_megabyte_pasted_into_a_field_is_refused_whole(sqlite_url: str, tmp_path: Path) -> None:
    """The console answers the next key, what stood in the field stays, nothing is stored of it.

    Once in either language: the key that changes it is one of those that must be answered.
    """
    flood = "泵房漏水 pump\n" * 70_000
    assert len(flood.encode()) > 1_000_000
    said = {"en": "characters; give up to 4000", "zh_CN": "请给出不超过 4000"}
    with closing(furnish(sqlite_url)) as records, at_work(sqlite_url, tmp_path) as desk:
        for language, title in (("en", "Pump leaks"), ("zh_CN", "Lamp out")):
            desk.press(";")
            desk.sees(ASKS_NOTE[language])
            desk.press("before it ")
            sent = f"{PASTE}{flood}{PASTED}"
            for start in range(0, len(sent), 1024):  # a terminal takes no more than it has room for
                desk.press(sent[start : start + 1024])
                desk.read(0)
            desk.sees("泵房漏水 pump", PATIENCE_S)
            desk.press("\r")
            desk.sees(said[language], PATIENCE_S)
            desk.press("\x1b")
            desk.until(lambda asks=ASKS_NOTE[language]: asks not in desk.text(), PATIENCE_S)  # type: ignore[misc]
            desk.press("jL")
            desk.until(lambda title=title: title in chosen(desk), PATIENCE_S)  # type: ignore[misc]
        trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
        assert not any("before" in str(entry.words) for entry in trace)
        assert "before" not in str(shown(sqlite_url, 2))
        is_sound(sqlite_url)


def _agree_if_asked(desk: Desk, done: Callable[[], bool]) -> None:
    """What is older than half a minute is looked at before it is taken back."""
    desk.until(lambda: done() or any(does in desk.text() for does in DOES), PATIENCE_S)
    if not done():
        desk.press("\r")
        desk.until(done, PATIENCE_S)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_wide_names_keep_every_column_in_line(
    size: tuple[int, int], sqlite_url: str, tmp_path: Path
) -> None:
    """Two cells a character, mixed with one: each column begins in the same cell of every row."""
    names = ("北京市第一人民医院住院部东区", "Nord-Süd Tower 三期", "Q座", "深圳湾一号T7栋")
    with closing(furnish(sqlite_url)) as records:
        for place, name in enumerate(names):
            at = clock.now()
            records.do(SaveSite(code=f"S{place}", name=name, zone="UTC"), who=ANA, at=at)
            records.do(SaveTechnician(code=f"W{place}", name=name[:9]), who=ANA, at=at)
            title = f"{name}：制冷机组 chiller {place} 高压报警"
            number = records.do(NewOrder(title=title, site=f"S{place}"), who=ANA, at=at).numbers[0]
            sent = MoveOrder(number=number, move=Move.ASSIGN, technician=f"W{place}")
            records.do(sent, who=ANA, at=at)
        with console(sqlite_url, tmp_path, size=size, env=CHINESE) as desk:
            desk.sees("制冷机组" if size[0] > 100 else "北京市", timeout=PATIENCE_S)
            desk.until(lambda: len(_begin(desk, names)) == len(names), PATIENCE_S)
            assert len(set(_begin(desk, names).values())) == 1
            assert len(set(_begin(desk, names, last=True).values())) == 1
        is_sound(sqlite_url)


def _begin(desk: Desk, names: Sequence[str], *, last: bool = False) -> dict[str, int]:
    """In which cell of its row each name begins, the first time or the last."""
    desk.feed()
    found: dict[str, int] = {}
    for cells in desk.cells():
        text = "".join(cell.data or "\0" for cell in cells)
        spread = {name: "".join(c + "\0" * (wcswidth(c) - 1) for c in name[:3]) for name in names}
        for name, wide in spread.items():
            x = text.rfind(wide) if last else text.find(wide)
            if x >= 0 and name not in found:
                found[name] = x
    return found
