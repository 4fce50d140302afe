"""The trace of an order and the ledger of a clock as text, asked of a store and not made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from console import i18n
from console.cli import main
from console.render_card import card_lines
from console.render_ledger import ledger_lines
from console.render_trace import given_words, trace_lines
from store.commands.calls import RecordCall
from store.commands.contact import UpdateCustomer
from store.commands.follow_ups import PromiseFollowUp
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.domain.waivers import waived
from store.domain.who import Who
from store.queries.card import OrderCard, Trace
from store.queries.explain import Explain
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records

ANA = Who(operator=2, via="test")
MONDAY = datetime(2026, 12, 28, 8, 0, tzinfo=UTC)
"""16:00 in Shanghai, three days before the year ends."""


@pytest.fixture
def records(sqlite_url: str) -> Iterator[Records]:
    """A store whose hours are those of Shanghai."""
    records = open_records(sqlite_url, feed=False, zone="Asia/Shanghai")
    yield records
    records.close()


def ledger(records: Records, level: str, *, at: datetime) -> list[str]:
    """The lines of the respond clock of a new order of least priority, read at some moment."""
    made = records.do(NewOrder(title="Lamp out", priority=4, level=level), who=ANA, at=MONDAY)
    told = records.ask(Explain(number=made.numbers[0]), who=ANA, at=at)
    assert told is not None
    lines = ledger_lines(told, at=at, zone=ZoneInfo("Asia/Shanghai"))
    return ["".join(text for text, _tone in line) for line in lines]


def test_a_stretch_within_a_day_names_it_once(records: Records) -> None:
    """The day of the start is the day of the end."""
    told = ledger(records, "standard", at=MONDAY)
    assert "      16:00 - 18:00 working time  2h00  = 2h00" in told
    assert "12-29 09:00 - 12:00 working time  3h00  = 5h00" in told


def test_a_calendar_elsewhere_is_told_by_the_clock_here(records: Records) -> None:
    """The board says 19:30; a ledger that ends at 16:00 without a word would be doubted."""
    made = records.do(NewOrder(title="Lamp out", priority=4), who=ANA, at=MONDAY)
    told = records.ask(Explain(number=made.numbers[0]), who=ANA, at=MONDAY)
    assert told is not None
    for zone, seen in ((ZoneInfo("Asia/Shanghai"), False), (UTC, True)):
        lines = ["".join(t for t, _ in x) for x in ledger_lines(told, at=MONDAY, zone=zone)]
        assert any("12-31 08:00 on the clock here" in line for line in lines) is seen, lines


def test_both_due_times_of_a_waived_clock_are_told_by_the_clock_here(records: Records) -> None:
    """Its own behind the hours that lead to it, the moved one behind the waiver's words."""
    made = records.do(NewOrder(title="Lamp out", priority=4), who=ANA, at=MONDAY)
    told = records.ask(Explain(number=made.numbers[0]), who=ANA, at=MONDAY)
    assert told is not None
    moved = replace(told, clock=waived(told.clock, 7, MONDAY + timedelta(days=3, hours=3)))
    lines = ["".join(t for t, _ in x) for x in ledger_lines(moved, at=MONDAY, zone=UTC)]
    here = [line.strip() for line in lines if "on the clock here" in line]
    assert here == [f"that is 12-31 {wall} on the clock here" for wall in ("08:00", "11:00")]
    (said,) = (place for place, line in enumerate(lines) if "by waiver #7" in line)
    assert "12-31 19:00" in lines[said], "on the calendar's own clock, as the lines above it"
    assert "11:00" in lines[said + 1]


@pytest.mark.parametrize(("later", "shown"), [(0, "16:00 - 12-29 16:00"), (1, "12-29 16:00")])
def test_a_stretch_over_midnight_names_both_days(records: Records, later: int, shown: str) -> None:
    """Also when it ends today: a bare time would be read as one of the day it began."""
    told = ledger(records, "critical", at=MONDAY + timedelta(days=later))
    begun = {0: "      16:00", 1: "12-28 16:00"}[later]
    assert any(line.startswith(begun) and shown in line for line in told if " - " in line), told


def test_a_year_is_named_where_it_changes(records: Records) -> None:
    """A wait that began before New Year and ended after it."""
    made = records.do(NewOrder(title="Lamp out", priority=4), who=ANA, at=MONDAY)
    (number,) = made.numbers
    wake = MONDAY + timedelta(days=7)
    wait = MoveOrder(number=number, move=Move.WAIT, reason="no part", wake_at=wake)
    records.do(wait, who=ANA, at=MONDAY + timedelta(hours=1))
    records.do(MoveOrder(number=number, move=Move.RESUME), who=ANA, at=wake)
    told = records.ask(Explain(number=number, kind=ClockKind.RESOLVE), who=ANA, at=wake)
    assert told is not None
    lines = ["".join(t for t, _ in line) for line in ledger_lines(told, at=wake, zone=None)]
    paused = next(line for line in lines if "paused" in line)
    assert paused.startswith("2026-12-28 17:00 - 2027-01-04 16:00"), lines


def test_clocks_that_are_over_stand_below_those_that_run(records: Records) -> None:
    """After a reopening both are there; a promise of news that was kept is not told each time."""
    made = records.do(NewOrder(title="Lamp out", priority=1), who=ANA, at=MONDAY)
    (number,) = made.numbers
    for minutes in (5, 10):
        news = UpdateCustomer(number=number)
        records.do(news, who=ANA, at=MONDAY + timedelta(minutes=minutes))
    for move, reason in ((Move.FINISH, ""), (Move.REOPEN, "again")):
        step = MoveOrder(number=number, move=move, reason=reason, insist=True)
        records.do(step, who=ANA, at=MONDAY + timedelta(minutes=20))
    card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY + timedelta(minutes=30))
    told = ("".join(t for t, _ in x) for x in card_lines(card, at=MONDAY, zone=UTC))
    lines = [" ".join(text.split()) for text in told]
    below = lines.index("and before them")
    assert [line.split(":")[0] for line in lines if line.startswith("next update:")] == [
        "next update"
    ]
    assert [line.startswith("resolve: ended") for line in lines[below:]].count(True) == 0
    assert any(line.startswith("resolve: met") for line in lines[below:])
    assert any(line.startswith("resolve: ") and "met" not in line for line in lines[:below])


def test_no_code_is_shown_to_an_operator(records: Records) -> None:
    """Neither the outcome of a call nor the door somebody came through, in either language."""
    (number,) = records.do(NewOrder(title="Lamp out"), who=ANA, at=MONDAY).numbers
    promised = PromiseFollowUp(number=number, due_at=MONDAY + timedelta(hours=1))
    records.do(promised, who=ANA, at=MONDAY)
    call = RecordCall(number=number, outcome="no_answer", note="rang twice")
    typed = replace(ANA, via="cli")
    records.do(call, who=typed, at=MONDAY + timedelta(hours=1))
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    for language, door, said in (
        ("en", "(command line)", "no answer: rang twice"),
        ("zh_CN", "（命令行）", "无人接听"),
    ):
        i18n.use(language)
        try:
            lines = ["".join(t for t, _ in x) for x in trace_lines(trace, {}, at=MONDAY, zone=UTC)]
        finally:
            i18n.use("en")
        assert not any("no_answer" in line or "(cli)" in line for line in lines), lines
        assert any(door in line and said in line for line in lines), lines


def test_a_due_time_from_outside_has_nothing_to_add_up(
    records: Records, sqlite_url: str, tmp_path: Path
) -> None:
    """Such are all the deadlines that an import brings; the ledger says whence it is."""
    file = tmp_path / "orders.jsonl"
    times = {"opened_at": MONDAY.isoformat(), "due_at": MONDAY.isoformat()}
    file.write_text(json.dumps({"external_id": "A1", "title": "Lamp out", **times}))
    assert main(["import", str(file), "--db", sqlite_url, "--quiet"]) == 0
    told = records.ask(Explain(number=1), who=ANA, at=MONDAY)
    assert told is not None
    lines = ["".join(t for t, _ in x) for x in ledger_lines(told, at=MONDAY, zone=UTC)]
    assert "the due time 08:00 came from outside" in lines


def test_a_reason_is_told_once_an_entry(records: Records) -> None:
    """The order holds it, and its pause does too; a reader wants it once."""
    made = records.do(NewOrder(title="Lamp out"), who=ANA, at=MONDAY)
    (number,) = made.numbers
    wake = MONDAY + timedelta(hours=2)
    wait = MoveOrder(number=number, move=Move.WAIT, reason="no key", wake_at=wake)
    records.do(wait, who=ANA, at=MONDAY)
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    waited = next(entry for entry in trace if "no key" in entry.words.values())
    assert list(waited.words.values()).count("no key") > 1
    assert given_words(waited) == ("no key",)
