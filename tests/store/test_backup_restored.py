"""A desk is backed up while four of its operators work, restored, and examined."""

from __future__ import annotations

import subprocess
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store.commands import MoveOrder, NewOrder, NoteOrder
from store.domain.lifecycle import Move
from store.persistence.backup import backup
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, furnish, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from store.records import Records
    from tests.postgres import PgServer

OPERATORS, TIMES = 4, 3


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
    store_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Chains, seals, timers and counters agree, and what was done before it is in it."""
    with closing(open_records(store_url, feed=False)) as records:
        furnish(records)
        with _at_work(store_url) as said:
            until(lambda: len(said) > 12 * OPERATORS)
            began, before, copy = records.head(), 0, tmp_path / "copy"
            for _ in range(TIMES):
                before = max(said)
                backup(records.database, copy, force=True)
            assert records.head() > began, "nobody worked meanwhile"
        kind = records.database.kind
    restored_url = f"sqlite:///{copy}"
    if kind == "postgresql":
        restored_url = _restored(request.getfixturevalue("pg_server"), copy)
    with closing(open_records(restored_url, feed=False)) as restored:
        page = restored.ask(ExamineOrders(limit=10_000), who=ANA, at=minutes(3))
        found = (*restored.ask(ExamineDesk(), who=ANA, at=minutes(3)), *page.findings)
        assert found == ()
        assert page.orders >= before
        fire_due(restored, at=minutes(100))
        assert restored.do(NewOrder(title="next"), who=ANA, at=minutes(100)).numbers[0] > before


def _restored(server: PgServer, copy: Path) -> str:
    """A new database with what the archive holds, made by the server's own tool."""
    url = server.url(server.create())
    plain = url.replace("+psycopg", "")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={plain}", copy], check=True)
    return url
