"""The doctor: quiet on a sound desk, exact on a faulty one, and never touching the journal."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import make_url, text

from scheduler.runner import fire_due
from store.commands.alarms import Acknowledge
from store.commands.follow_ups import KeepFollowUp, PromiseFollowUp
from store.commands.mend import MendStore
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveSite
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK, Who
from store.persistence import sqlite
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, ExamineOrders, Finding, NewestSeal
from store.records import open_records
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from store.records import Records

ANA = Who(operator=2, via="test")
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WORK = (Move.ACCEPT, Move.DEPART, Move.ARRIVE)


def _four(records: Records) -> None:
    _do(records, SaveSite(code="S1", name="Tower", zone="UTC"))
    _do(records, SaveTechnician(code="T1", name="李伟"))
    for number in range(1, 5):
        _do(records, NewOrder(title=f"lift {number}", site="S1", priority=2))
        if number > 1:
            _do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    for move in WORK:
        _do(records, MoveOrder(number=2, move=move))
        _do(records, MoveOrder(number=4, move=move))
    wake = AT + timedelta(days=3)
    _do(records, MoveOrder(number=3, move=Move.WAIT, reason="parts", wake_at=wake))
    _do(records, MoveOrder(number=4, move=Move.FINISH))


records = a_desk(_four, bare=True, zone="UTC")
"""A desk with four orders: new, in work, waiting, done."""


def _do(records: Records, command: Any) -> None:
    records.do(command, who=ANA, at=AT)


def _examine(records: Records, *, limit: int = 3) -> list[Finding]:
    found, last = list(records.ask(ExamineDesk(), who=THE_DESK, at=AT)), 0
    while True:
        page = records.ask(ExamineOrders(after=last, limit=limit), who=THE_DESK, at=AT)
        found += page.findings
        if page.last is None:
            return found
        last = page.last


def _harm(records: Records, *statements: str) -> None:
    with records.database.writing() as conn:
        for statement in statements:
            conn.execute(text(statement))


def _checks(records: Records) -> list[tuple[Check, int | None]]:
    return sorted({(found.check, found.number) for found in _examine(records)})


def _entry(records: Records, number: int, fact: str) -> int:
    asked = f"SELECT seq FROM journal WHERE number = {number} AND fact = '{fact}'"
    with records.database.reading() as conn:
        return int(conn.execute(text(asked)).scalar_one())


def test_a_sound_desk_has_nothing_wrong(records: Records) -> None:
    """Every derived value is what the derivation gives, on both databases."""
    assert _examine(records) == []


def test_a_changed_entry_is_found_where_it_is(records: Records) -> None:
    """Body, time, author and fact are all under the hash."""
    for number, change in enumerate(
        ("body = replace(body, '\"set\"', '\"zet\"')", "at = at + 1", "by = 1", "via = 'x'"), 1
    ):
        seq = _entry(records, number, "created")
        _harm(records, f"UPDATE journal SET {change} WHERE seq = {seq}")
        edited = [f for f in _examine(records) if f.check is Check.EDITED and f.number == number]
        assert [found.facts["seq"] for found in edited] == [seq]


def test_an_entry_taken_out_is_found_by_the_next(records: Records) -> None:
    """The chain does not close over the gap."""
    gone, after = _entry(records, 2, "assigned"), _entry(records, 2, "accepted")
    _harm(records, f"DELETE FROM journal WHERE seq = {gone}")
    edited = [found for found in _examine(records) if found.check is Check.EDITED]
    assert [(found.number, found.facts["seq"]) for found in edited] == [(2, after)]


def test_a_cut_off_tail_is_found(records: Records) -> None:
    """The order remembers the hash of its newest entry."""
    _harm(records, f"DELETE FROM journal WHERE seq = {_entry(records, 4, 'finished')}")
    assert (Check.BROKEN_OFF, 4) in _checks(records)


def test_changed_words_are_found_and_erased_ones_are_not_a_fault(records: Records) -> None:
    """A person may be erased, by an entry that says so; nobody may put words into his mouth."""
    first, second = _entry(records, 1, "created"), _entry(records, 2, "created")
    with records.work(who=THE_DESK, at=AT) as work:
        work.record(Fact(name="erased", body={"seqs": [second]}))
    _harm(
        records,
        f"UPDATE journal SET words = replace(words, 'lift', 'gift') WHERE seq = {first}",
        f"UPDATE journal SET words = NULL WHERE seq = {second}",
        "UPDATE work_order SET title = '' WHERE number = 2",
    )
    _do(records, MendStore(numbers=(2,)))  # erased words leave the search index
    assert _checks(records) == [(Check.REPLAY, 1), (Check.REWORDED, 1)]


def test_words_that_vanish_without_a_word_are_found(records: Records) -> None:
    """A customer's threat to sue is gone, and nobody is said to have erased it."""
    seq = _entry(records, 3, "waited")
    _harm(records, f"UPDATE journal SET words = NULL WHERE seq = {seq}")
    found = [(f.check, f.number, f.facts["seq"]) for f in _examine(records)]
    assert found == [(Check.WORDS_GONE, 3, seq)]


def test_the_desk_s_own_tail_is_kept_twice(records: Records) -> None:
    """Its newest entry taken out would else be seen by nobody; it told of a technician."""
    _harm(
        records,
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal WHERE number IS NULL)",
    )
    assert _checks(records) == [(Check.BROKEN_OFF, None), (Check.REGISTER_UNTOLD, None)]


PROMISES = {
    "deleted": "DELETE FROM follow_up",
    "postponed": "UPDATE follow_up SET due_at = due_at + 1",
    "kept": "UPDATE follow_up SET done_at = made_at, done_by = 2, outcome = 'ok'",
    "reworded": "UPDATE follow_up SET note = 'nothing'",
    "invented": "UPDATE follow_up SET place = 7",
    "of another kind": "UPDATE follow_up SET kind = 'visit'",
    "made by another": "UPDATE follow_up SET made_by = 1",
}


@pytest.mark.parametrize("harm", PROMISES.values(), ids=PROMISES)
def test_a_follow_up_changed_behind_the_journal_is_found(records: Records, harm: str) -> None:
    """A customer was promised a call; the journal remembers when and what about."""
    for number, minute in ((1, 10), (2, 20)):
        due = AT + timedelta(minutes=minute)
        _do(records, PromiseFollowUp(number=number, due_at=due, note="call"))
    _do(records, KeepFollowUp(number=2, place=1))
    assert _examine(records) == []
    _harm(records, f"{harm} WHERE number = 1")
    assert (Check.FOLLOW_UP, 1) in _checks(records)


RUNG = {
    "cleared": "UPDATE alarm SET cleared_at = raised_at",
    "milder": "UPDATE alarm SET severity = 4",
    "lower": "UPDATE alarm SET level = level + 1",
    "due later": "UPDATE alarm SET due_at = due_at + 1",
    "deleted": "DELETE FROM alarm",
    "silenced": "UPDATE alarm SET acknowledged_at = raised_at, acknowledged_by = 2",
}


@pytest.mark.parametrize("harm", RUNG.values(), ids=RUNG)
def test_an_alarm_changed_behind_the_journal_is_found(records: Records, harm: str) -> None:
    """What rang stays rung, and whoever silenced it is on record."""
    fire_due(records, at=AT + timedelta(hours=9))
    records.do(Acknowledge(numbers=(2,)), who=ANA, at=AT + timedelta(hours=10))
    assert _checks(records) == []
    _harm(records, harm)
    assert (Check.ALARM_STORY, 1) in _checks(records)


def test_a_timer_marked_as_fired_is_found(records: Records) -> None:
    """Else the cheapest way to keep the desk quiet."""
    _harm(records, "UPDATE timer SET fired_at = 1 WHERE number = 1")
    assert (Check.TIMER_IDLE, 1) in _checks(records)


def test_the_newest_seal_can_be_written_down(records: Records) -> None:
    """A journal redone with all its seals does not show the hash that was kept outside."""
    assert records.ask(NewestSeal(), who=ANA, at=AT) is None
    with records.work(who=THE_DESK, at=AT) as work:
        sealed = work.seal()
    seal = records.ask(NewestSeal(), who=ANA, at=AT)
    assert (seal is not None) == bool(sealed)
    if seal is not None:
        assert (seal.number, len(seal.hash)) == (1, 64)


def test_an_order_changed_behind_the_journal_is_found(records: Records) -> None:
    """State, priority and title must be what the facts add up to."""
    _harm(
        records,
        "UPDATE work_order SET title = 'x', priority = 1 WHERE number = 1",
        "UPDATE visit SET state = 'accepted' WHERE number = 2",
    )
    told = {f.number: f.facts["fields"] for f in _examine(records) if f.check is Check.REPLAY}
    assert told == {1: "title, priority", 2: "visits"}


def test_an_order_that_vanished_leaves_its_journal(records: Records) -> None:
    """And when both are taken out, the seal over them breaks."""
    with records.work(who=THE_DESK, at=AT) as work:
        work.seal()
    for table in ("timer", "alarm", "clock", "pause", "visit", "work_order"):
        _harm(records, f"DELETE FROM {table} WHERE number = 1")
    assert _checks(records) == [(Check.ORDER_GONE, 1), (Check.SEARCH, 1)]
    _do(records, MendStore(numbers=(1,)))  # nobody shall find what is not there
    _harm(records, "DELETE FROM journal WHERE number = 1")
    assert _checks(records) in ([(Check.SEAL, None)], [])
    if records.database.kind == "sqlite":
        assert _checks(records) == [(Check.SEAL, None)]


DRIFT = {
    "queue columns": (
        "UPDATE work_order SET rank_at = 5, orphan_at = NULL, risk_at = 1 WHERE number = 1",
        (Check.QUEUE, 1),
    ),
    "category": ("UPDATE work_order SET category = 'done' WHERE number = 2", (Check.CATEGORY, 2)),
    "live": ("UPDATE work_order SET live = 0 WHERE number = 3", (Check.CATEGORY, 3)),
    "missing timer": ("DELETE FROM timer WHERE kind = 'wake'", (Check.TIMER_MISSING, 3)),
    "moved timer": (
        "UPDATE timer SET due_at = due_at + 1 WHERE kind = 'wake'",
        (Check.TIMER_MOVED, 3),
    ),
    "timer put off": (
        "UPDATE timer SET aim_at = aim_at + 34560000000 WHERE number = 1",
        (Check.TIMER_PUT_OFF, 1),
    ),
    "stray timer": (
        "UPDATE timer SET number = 4 WHERE kind = 'wake'",
        (Check.TIMER_STRAY, 4),
    ),
    "stale alarm": (
        "INSERT INTO alarm (number, kind, clock, level, severity, due_at, raised_at, rings)"
        " VALUES (2, 'orphan', '', 0, 2, 1, 1, 1)",
        (Check.ALARM, 2),
    ),
    "technician": ("UPDATE technician SET jobs = 7, state = 'off'", (Check.TECHNICIAN, None)),
}
"""Harm to what is derived, and the finding it must lead to."""


@pytest.mark.parametrize("name", DRIFT)
def test_what_is_derived_is_found_wrong_and_mended(records: Records, name: str) -> None:
    """Mending changes no journal entry and says in the journal that it was done."""
    harm, expected = DRIFT[name]
    before = _journal(records)
    _harm(records, harm)
    found = _examine(records)
    assert expected in {(one.check, one.number) for one in found}
    assert all(CHECKS[one.check].mendable for one in found)
    numbers = tuple({one.number for one in found if one.number is not None})
    technicians = tuple({one.technician for one in found if one.technician is not None})
    _do(records, MendStore(numbers=numbers, technicians=technicians))
    assert _examine(records) == []
    after = _journal(records)
    assert (after[: len(before)], [fact for _, fact, _ in after[len(before) :]]) == (
        before, ["mended"],
    )  # fmt: skip


def _journal(records: Records) -> list[tuple[int, str, str]]:
    with records.database.reading() as conn:
        found = conn.execute(text("SELECT seq, fact, hash FROM journal ORDER BY seq"))
        return [(row.seq, row.fact, row.hash) for row in found]


def test_rows_without_a_parent_are_found(sqlite_url: str) -> None:
    """SQLite lets another program leave them; PostgreSQL never does."""
    records = open_records(sqlite_url, feed=False)
    path = Path(make_url(sqlite_url).database or "")
    with contextlib.closing(sqlite.dial(path, patience=5, query_only=False)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("INSERT INTO visit (number, place, technician_id, state, assigned_at)"
                   " VALUES (9, 1, 9, 'done', 1)")  # fmt: skip
    found = records.ask(ExamineDesk(), who=THE_DESK, at=AT)
    told = {(one.facts["table"], one.facts["parent"], one.facts["count"]) for one in found}
    assert told == {("visit", "work_order", 1), ("visit", "technician", 1)}
    records.close()
