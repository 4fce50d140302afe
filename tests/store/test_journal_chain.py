"""The journal cannot be edited unseen, and forgets words without breaking."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from store.commands import MoveOrder, NoteOrder, SaveRegion, SetPriority
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.replay import differences, replay
from store.domain.who import THE_DESK
from store.persistence import chain, seals
from store.persistence.journal import JOURNAL
from store.persistence.seals import SEAL
from tests.store.desk import do, minutes, move, rows, stored, written

if TYPE_CHECKING:
    from store.records import Records


def faults(records: Records) -> list[tuple[int | None, str]]:
    """What verification finds: order and sentence."""
    with records.database.reading() as conn:
        return [(fault.number, fault.what) for fault in chain.verify(conn)]


def seal(records: Records) -> int:
    """Seal the journal; how many entries that were."""
    with records.work(who=THE_DESK, at=minutes(90)) as work:
        return work.seal()


def broken_seals(records: Records) -> list[int]:
    """Seals that no longer fit."""
    with records.database.reading() as conn:
        return seals.broken(conn)


def tamper(records: Records, statement: Any) -> None:
    """Change the journal behind the desk's back."""
    with records.database.writing() as conn:
        conn.execute(statement)


@pytest.fixture
def number(records: Records) -> int:
    """An order with a little history."""
    made = written(records, title="水泵漏水")
    move(records, made, Move.ASSIGN, minutes(1), technician="T1")
    do(records, NoteOrder(number=made, text="customer is angry"), at=minutes(2))
    move(records, made, Move.ACCEPT, minutes(3))
    return made


def test_an_honest_journal_has_no_fault(records: Records, number: int) -> None:
    """Orders and facts of the desk itself alike."""
    do(records, SaveRegion(code="R", name="R"))
    assert faults(records) == []


@pytest.mark.parametrize("column", ["at", "by", "via", "fact", "body", "hash", "deed"])
def test_an_edited_entry_is_found(records: Records, number: int, column: str) -> None:
    """Whichever part of it was edited."""
    entry = rows(records, JOURNAL, number=number, fact="assigned")[0]
    forged = {"at": minutes(50), "by": 1, "via": "x", "fact": "noted", "body": {}, "hash": "0"}
    forged["deed"] = 1
    tamper(
        records,
        update(JOURNAL).where(JOURNAL.c.seq == entry["seq"]).values({column: forged[column]}),
    )
    assert (number, chain.EDITED) in faults(records)


def test_changed_words_are_found_but_erased_ones_are_not_missed(
    records: Records, number: int
) -> None:
    """A person's words may be erased on request; nobody may put others in their place."""
    entry = rows(records, JOURNAL, number=number, fact="noted")[0]
    mine = update(JOURNAL).where(JOURNAL.c.seq == entry["seq"])
    tamper(records, mine.values(words={**entry["words"], "note": "customer is happy"}))
    assert faults(records) == [(number, chain.REWORDED)]
    tamper(records, mine.values(words=None))
    assert faults(records) == []


def test_entries_taken_off_the_end_are_missed(records: Records, number: int) -> None:
    """The order remembers the hash of its newest entry."""
    last = rows(records, JOURNAL, number=number)[-1]
    tamper(records, delete(JOURNAL).where(JOURNAL.c.seq == last["seq"]))
    assert faults(records) == [(number, chain.BROKEN_OFF)]


def test_no_name_and_no_text_is_in_a_body(records: Records, number: int) -> None:
    """People by id, words apart: what is hashed need never be erased."""
    bodies = json.dumps([row["body"] for row in rows(records, JOURNAL)], ensure_ascii=False)
    for text in ("水泵漏水", "angry", "李强", "Ana"):
        assert text not in bodies


def test_the_journal_tells_the_order_again(records: Records, number: int) -> None:
    """Every field, from the facts alone."""
    do(records, SetPriority(number=number, priority=1), at=minutes(4))
    wait = {"reason": "parts", "wake_at": minutes(300)}
    move(records, number, Move.WAIT, minutes(5), **wait)
    move(records, number, Move.RESUME, minutes(200))
    facts = [
        Fact(name=row["fact"], body=row["body"], words=row["words"])
        for row in rows(records, JOURNAL, number=number)
    ]
    assert differences(stored(records, number), replay(facts, number=number)) == ()


def test_a_seal_covers_what_was_written_and_is_chained(records: Records, number: int) -> None:
    """The second begins where the first ended."""
    everything = len(rows(records, JOURNAL))
    assert seal(records) == everything
    assert seal(records) == 0
    do(records, NoteOrder(number=number, text="later"))
    assert seal(records) == 1
    first, second = rows(records, SEAL)
    assert second["first_seq"] == first["last_seq"] + 1
    assert broken_seals(records) == []


def test_an_order_taken_out_with_its_whole_past_breaks_a_seal(
    records: Records, number: int
) -> None:
    """Its own chain cannot tell, for it is gone."""
    seal(records)
    tamper(records, delete(JOURNAL).where(JOURNAL.c.number == number))
    assert broken_seals(records) == [1]


def test_a_seal_waits_for_entries_that_show_late(records: Records, number: int) -> None:
    """On PostgreSQL a slow writer's numbers appear late; none may slip under a seal."""
    if records.database.kind != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    seal(records)
    sealed = len(rows(records, JOURNAL))
    other = written(records)
    with records.work(who=THE_DESK, at=minutes(9)) as slow:
        order = slow.order(number)
        slow.save(order, order, Fact(name="noted"))
        slow.flush()  # its number is given, and nobody sees it yet
        do(records, MoveOrder(number=other, move=Move.ASSIGN, technician="T2"))
        assert seal(records) <= 1
        assert seal(records) == 0
    seal(records)
    seal(records)
    assert sum(row["entries"] for row in rows(records, SEAL)) == len(rows(records, JOURNAL))
    assert sealed < len(rows(records, JOURNAL))
    assert broken_seals(records) == []
