"""A desk is backed up while four of its operators work, restored, and examined."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select

from scheduler.runner import fire_due
from store import backups
from store.commands import MoveOrder, NewOrder, NoteOrder
from store.domain.lifecycle import Move
from store.persistence.tables import JournalRow
from store.records import open_records
from tests.budget import tries
from tests.scheduler.faults import until
from tests.store.desk import ANA, furnish, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records

OPERATORS, TIMES = 4, tries(2, 6)


def _work(records: Records, stop: threading.Event, said: list[int]) -> None:
    """Write orders down, give them away, note something, for as long as it is wanted."""
    while not stop.is_set():
        number = records.do(NewOrder(title="pump"), who=ANA, at=minutes(1)).numbers[0]
        for command in (
            MoveOrder(number=number, move=Move.ASSIGN, technician="T1"),
            NoteOrder(number=number, text="还在等"),
        ):
            records.do(command, who=ANA, at=minutes(2))
        said.append(number)


@contextmanager
def _at_work(url: str) -> Iterator[list[int]]:
    """Several operators, each with a store of his own; the orders that they have finished."""
    stop, said = threading.Event(), [0]
    desks = [open_records(url, feed=False) for _ in range(OPERATORS)]
    hands = [threading.Thread(target=_work, args=(desk, stop, said)) for desk in desks]
    for hand in hands:
        hand.start()
    try:
        yield said
    finally:
        stop.set()
        for hand, desk in zip(hands, desks, strict=True):
            hand.join()
            desk.close()


def test_a_backup_of_a_working_desk_is_a_sound_desk(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """Chains, seals, timers and counters agree, and what was done before it is in it."""
    proven: list[backups.Proven] = []
    copies = [tmp_path / f"copy{turn}.zip" for turn in range(TIMES)]
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        with _at_work(tables_url) as said:
            until(lambda: len(said) > 5 * OPERATORS)
            began, before = records.head(), 0
            for copy in copies:
                before = max(said)
                proven.append(backups.make(records.database, copy, at=minutes(3)))
            assert records.head() > began, "nobody worked meanwhile"
    assert [one.findings for one in proven] == [()] * TIMES
    assert proven[-1].orders >= before
    assert backups.restore(copies[-1], other_url, at=minutes(3)).findings == ()
    with closing(open_records(other_url, feed=False)) as restored:
        assert restored.head() == proven[-1].about.head
        if tables_url.startswith("sqlite"):
            assert _numbers(restored) == list(range(1, restored.head() + 1)), "one moment"
        fire_due(restored, at=minutes(100))
        assert restored.do(NewOrder(title="next"), who=ANA, at=minutes(100)).numbers[0] > before
        assert backups.examine(restored, at=minutes(100))[0] == []


def _numbers(records: Records) -> list[int]:
    with records.database.reading() as conn:
        return list(conn.execute(select(JournalRow.seq).order_by(JournalRow.seq)).scalars())
