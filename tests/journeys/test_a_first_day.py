"""The first day: an empty desk, one's own keys, and a database that is restarted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.orders import NewOrder
from store.queries.lists import ListOrders
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, small_desk

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records
    from tests.postgres import PgServer

pytestmark = pytest.mark.journey


async def test_an_empty_desk_offers_a_beginning(sqlite_url: str, tmp_path: Path) -> None:
    """A newcomer must not stare at an empty table."""
    file = tmp_path / "orders.jsonl"
    asked = '{"external_id": "A-1", "title": "Lift stuck", "priority": 2,'
    file.write_text(asked + ' "opened_at": "2026-09-20T10:00:00Z", "state": "new"}\n')
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.", "start empty")
        await ana.press("2", "enter")
        await ana.types(str(file))
        await ana.press("enter")
        await ana.sees("1 order imported", "Lift stuck")
    records.close()


@pytest.mark.parametrize(
    ("language", "written"), [("en", "order 1 written down"), ("zh_CN", "工单 1 已登记")]
)
async def test_the_first_order_is_written_where_a_beginning_is_offered(
    sqlite_url: str, language: str, written: str
) -> None:
    """Fast hands: nothing behind the key is lost, and no digit of it fills the desk."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True, language=language) as ana:
        await ana.sees(*(("Esc",) if language == "en" else ("登记第一张工单",)))
        await ana.hurries("n139 1234 5671\r1 lift is stuck\r\r\r\r\r\r\r")
        await ana.sees(written, "1 lift is stuck")
    (line,) = records.ask(ListOrders(limit=9), who=ANA, at=MONDAY)
    assert (line.number, line.contact_phone) == (1, "139 1234 5671")
    records.close()


@pytest.mark.parametrize("text", ["13912345671\r", "11\r", "lift 1\r", "man1\r"])
async def test_a_text_chooses_no_beginning(sqlite_url: str, text: str) -> None:
    """It is shown, and the offer stays; a mark that was set goes with it."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        await ana.hurries(text)
        await ana.sees("chooses nothing here: n writes an order down", text.strip()[-24:])
        await ana.sees("This desk has no orders yet.")
        await ana.sees_no(">1", "working")
        await ana.press("down")
        await ana.sees(">1", "Enter takes the marked line")
        await ana.press("up", "enter")
        await ana.sees("No order was ever written down here.")
    assert records.ask(ListOrders(limit=9), who=ANA, at=MONDAY) == ()
    records.close()


async def test_what_was_typed_before_the_offer_is_seen_chooses_nothing(sqlite_url: str) -> None:
    """Not even with Enter behind it."""
    from textual import events  # behind the console, which sets how Textual reads keys

    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        await ana.press("escape", "B")
        await ana.sees("This desk has no orders yet.")
        early = events.Key("1", "1")
        early.time = 0.0
        ana.desk.post_message(early)
        await ana.sees("“1” chooses nothing here")
        await ana.press("enter")
        await ana.sees_no("working")
    assert records.ask(ListOrders(limit=9), who=ANA, at=MONDAY) == ()
    records.close()


async def test_a_file_that_is_not_there_is_said(sqlite_url: str, tmp_path: Path) -> None:
    """And the offer stays, with what was typed."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        await ana.press("2", "enter")
        await ana.types(str(tmp_path / "nothing.csv"))
        await ana.press("enter")
        await ana.sees("✗", "no such file or folder")
        await ana.press("escape", "escape")
        await ana.sees(
            "No order was ever written down here.", "n writes the first one down; B offers"
        )
    records.close()


async def test_who_starts_empty_is_not_asked_again(sqlite_url: str) -> None:
    """The choice is the store's, so the next console knows it too."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        await ana.press("3", "enter")
        await ana.sees("No order was ever written down here.")
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("No order was ever written down here.")
        await ana.sees_no("This desk has no orders yet.")
    records.close()


async def test_who_decides_later_is_asked_again(sqlite_url: str) -> None:
    """Esc chooses nothing: a key brings the offer back, and so does the next start."""
    records = open_records(sqlite_url, feed=False)
    for _start in range(2):
        async with at_the_console(records, welcome=True) as ana:
            await ana.sees("This desk has no orders yet.", "not now")
            await ana.press("escape")
            await ana.sees("B offers a sample or a file of orders.")
            await ana.press("B")
            await ana.sees("This desk has no orders yet.")
            await ana.press("escape")
            await ana.sees_no("This desk has no orders yet.")
    records.close()


async def test_the_offer_goes_when_a_colleague_has_begun(sqlite_url: str) -> None:
    """Words that the desk is empty must not stand over one that is not."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        do(records, NewOrder(title="Lift stuck", priority=2))
        await ana.passes(minutes=1)
        await ana.sees("somebody has begun", "Lift stuck")
        await ana.sees_no("This desk has no orders yet.")
    records.close()


async def test_the_offer_waits_for_what_is_being_written(sqlite_url: str) -> None:
    """A letter of the first order must not choose the sample desk."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records) as ana:
        await ana.sees("No order was ever written down here.")
        await ana.press("n")
        await ana.sees("what is wrong")
        ana.desk.welcome = True  # as if the first look had taken that long
        await ana.passes(minutes=1)
        await ana.hurries("\r1 lift is stuck\r\r\r\r\r\r\r")
        await ana.sees("order 1 written down", "all open          1", "1 lift is stuck")
        await ana.sees_no("This desk has no orders yet.")
        await ana.press("B")
        await ana.sees("this desk has orders")
    records.close()


@pytest.mark.slow
async def test_the_sample_desk_is_a_key_away(sqlite_url: str) -> None:
    """Real requests, moved to now."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        await ana.sees("This desk has no orders yet.")
        await ana.press("1", "enter")
        await ana.sees("the sample desk is ready", patience_s=60)
    records.close()


async def test_an_operator_chooses_his_own_keys(records: Records) -> None:
    """The config file's keys work, are shown, and free the old ones."""
    async with at_the_console(records, keymap={"assign": ("f2",)}) as ana:
        await ana.sees("Lift stuck", " F2 Dispatch")
        await ana.press("d")
        await ana.sees_no("who goes")
        await ana.press("f2")
        await ana.sees("who goes")


@pytest.mark.slow
async def test_postgresql_is_stopped_and_started_under_the_console(durable_pg: PgServer) -> None:
    """The board stays readable, says so, and mends by itself."""
    records = small_desk(durable_pg.url(durable_pg.create()), feed=True)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "PostgreSQL ok")
        durable_pg.stop()
        await ana.passes(minutes=1)  # nobody touches a key: the board looks by itself
        await ana.press("semicolon")
        await ana.types("nobody hears me")
        await ana.sees("PostgreSQL unreachable", "nobody hears me", "Lift stuck", patience_s=30)
        durable_pg.start()
        await ana.sees("PostgreSQL ok", patience_s=30)
        await ana.press("enter")
        await ana.sees("noted on order 1", patience_s=30)
    records.close()
