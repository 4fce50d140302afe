"""What was taken back, and done again, says so in the trace where it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.cli import main
from console.render_trace import trace_lines
from store import clock
from store.commands import Acknowledge, MoveOrder, NewOrder, SaveTechnician, Undo
from store.commands.follow_ups import PromiseFollowUp
from store.commands.orders import SetPriority
from store.commands.together import Together
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.card import Trace, TraceEntry
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.intents import Command
    from store.records import Records

ANA = Who(operator=2, via="console")
TWO = datetime(2026, 12, 28, 14, 0, tzinfo=UTC)


@pytest.fixture
def records(sqlite_url: str) -> Iterator[Records]:
    """A store with one technician."""
    records = open_records(sqlite_url, feed=False, zone="UTC")
    records.do(SaveTechnician(code="T1", name="Li Wei"), who=ANA, at=TWO)
    yield records
    records.close()


def done(records: Records, command: Command, minute: int) -> int:
    """Carry it out at so many minutes after two; how to take it back."""
    undo = records.do(command, who=ANA, at=TWO + timedelta(minutes=minute)).undo
    assert undo is not None
    return undo


def told(records: Records, number: int) -> list[str]:
    """The trace, newest first."""
    at = TWO + timedelta(hours=1)
    trace = records.ask(Trace(number=number), who=ANA, at=at)
    lines = trace_lines(trace, {}, at=at, zone=UTC)[1:]
    return [" ".join("".join(text for text, _tone in line).split()) for line in lines]


def to_and_fro(records: Records, number: int, times: int) -> None:
    """Somebody sent at two, and that taken back, done again, taken back ..., minute by minute."""
    assign = MoveOrder(number=number, move=Move.ASSIGN, technician="T1")
    entry = done(records, assign, 0)
    for minute in range(1, times + 1):
        entry = done(records, Undo(entry=entry), minute)


@pytest.mark.parametrize(
    ("times", "fate"),
    [
        (0, ""),
        (1, " (taken back 14:01)"),
        (2, " (taken back 14:01, done again 14:02)"),
        (3, " (done again 14:02, taken back 14:03)"),
    ],
)
def test_an_entry_tells_what_became_of_it(records: Records, times: int, fate: str) -> None:
    """Both times where it was taken back and done again; of many the last two."""
    (number,) = records.do(NewOrder(title="Lamp out"), who=ANA, at=TWO).numbers
    to_and_fro(records, number, times)
    *later, sent, _written = told(records, number)
    assert sent.startswith(f"14:00 assigned{fate} ")
    names = ["taken back: assigned", "done again: assigned", "taken back: assigned"]
    assert [line[6:].split("  ")[0].startswith(name) for line, name in zip(
        reversed(later), names, strict=False
    )] == [True] * times  # fmt: skip


def test_each_language_says_it(records: Records) -> None:
    """In the words of the screens."""
    (number,) = records.do(NewOrder(title="Lamp out"), who=ANA, at=TWO).numbers
    to_and_fro(records, number, 2)
    i18n.use("zh_CN")
    try:
        lines = told(records, number)
    finally:
        i18n.use("en")
    assert any("（14:01 撤销、14:02 重做）" in line for line in lines), lines
    assert any("已重做：已派单" in line for line in lines), lines


def test_of_a_set_each_order_tells_its_own(records: Records) -> None:
    """One command over several orders is one deed, whose first entry stands with the first."""
    numbers = [records.do(NewOrder(title="x"), who=ANA, at=TWO).numbers[0] for _ in range(2)]
    both = tuple(SetPriority(number=number, priority=1) for number in numbers)
    entry = done(records, Together(commands=both), 1)
    done(records, Undo(entry=entry), 2)
    for number in numbers:
        assert any("priority changed (taken back 14:02)" in line for line in told(records, number))


def test_no_code_of_a_promise_is_told_with_its_undo(records: Records) -> None:
    """An entry that puts a promise back holds its kind, which nobody wrote."""
    (number,) = records.do(NewOrder(title="x"), who=ANA, at=TWO).numbers
    promise = PromiseFollowUp(number=number, due_at=TWO + timedelta(hours=3), note="the quote")
    entry = done(records, promise, 1)
    done(records, Undo(entry=done(records, Undo(entry=entry), 2)), 3)
    assert told(records, number)[0] == "14:03 done again: follow-up promised Desk the quote"


def test_time_takes_no_part_in_it(records: Records) -> None:
    """A miss that a deed brought to light is no deed of hers."""
    (number,) = records.do(
        NewOrder(title="x", priority=1), who=ANA, at=TWO - timedelta(days=3)
    ).numbers
    lines = told(records, number)
    assert not any("(" in line for line in lines), lines


def test_a_trace_that_begins_later_is_told_as_it_is() -> None:
    """What an entry took back may be older than what is shown, or mean nothing at all."""
    for undoes in (3, 900, "3", None, [3]):
        entry = TraceEntry(
            seq=7, at=TWO, by=2, by_name="Ana", via="console", fact="undone",
            body={"undoes": undoes}, words={},
        )  # fmt: skip
        (_heading, line) = trace_lines([entry], {}, at=TWO, zone=UTC)
        assert "".join(text for text, _tone in line) == "14:00 taken back  Ana"


def test_a_silence_that_was_taken_back_says_so(records: Records) -> None:
    """The bell rings again by its own name; given again, it is done again."""
    from scheduler.runner import fire_due

    (number,) = records.do(NewOrder(title="x", priority=1), who=ANA, at=TWO).numbers
    fire_due(records, at=TWO + timedelta(minutes=20))
    entry = done(records, Acknowledge(numbers=(number,)), 21)
    entry = done(records, Undo(entry=entry), 22)
    done(records, Undo(entry=entry), 23)
    again, rings, seen, *_before = told(records, number)
    assert again.startswith("14:23 done again: alarm acknowledged")
    assert rings.startswith("14:22 rings again")
    assert "(taken back 14:22, done again 14:23)" in seen


def test_the_command_line_says_it_too(
    sqlite_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    """`paidan show` prints the same trace."""
    monkeypatch.setenv("HOME", str(tmp_path))
    records = open_records(sqlite_url, feed=False)
    at = clock.now()
    (number,) = records.do(NewOrder(title="Lamp out"), who=ANA, at=at).numbers
    entry = records.do(SetPriority(number=number, priority=1), who=ANA, at=at).undo
    assert entry is not None
    back = records.do(Undo(entry=entry), who=ANA, at=at).undo
    assert back is not None
    records.do(Undo(entry=back), who=ANA, at=at)
    records.close()
    assert main(["show", str(number), "--db", sqlite_url, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "priority changed (taken back " in shown
    assert ", done again " in shown
    assert "done again: priority changed" in shown
