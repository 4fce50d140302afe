"""Whom a customer asks for, said by two at once; on PostgreSQL, where two may write at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event, select

from store.commands import MoveOrder, SaveCustomer, SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.mapping import table_of
from store.persistence.tables import TechnicianWishRow
from store.records import Records, open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, do, furnish, minutes, written
from tests.store.test_handover_races import waiters

if TYPE_CHECKING:
    from sqlalchemy.engine import ExceptionContext

    from store.domain.intents import Command

CHIEF = Who(operator=2)
_WISHES = table_of(TechnicianWishRow)


def test_the_second_of_two_lists_takes_the_place_of_the_first(postgres_tables: str) -> None:
    """Not beside it, though neither names a technician of the other."""
    records, other = (
        open_records(postgres_tables, feed=False),
        open_records(postgres_tables, feed=False),
    )
    furnish(records)

    def second() -> None:
        with other.work(who=ANA, at=minutes(2)) as work:
            work.wish(1, 1, {2, 3})

    with records.work(who=ANA, at=minutes(1)) as first:
        first.wish(1, 1, {1})
        beside = threading.Thread(target=second)
        beside.start()
        until(lambda: waiters(records) == 1 or not beside.is_alive())
    beside.join(timeout=60)
    assert not beside.is_alive()
    assert _asked_for(records) == {2, 3}
    other.close()
    records.close()


CHOOSY = SaveCustomer(code="C1", name="Choosy", asks_for=("T3",), refuses=("T1",))
BESIDE = {
    "another customer": SaveCustomer(code="C2", name="Fussy", asks_for=("T1",), refuses=("T3",)),
    "a technician": SaveTechnician(code="T3", name="T3", phone="1"),
    "the same customer": replace(CHOOSY, asks_for=("T1",), refuses=("T3",)),
}


@pytest.mark.parametrize("what", BESIDE)
@pytest.mark.parametrize("at", ["FOR UPDATE", "pg_advisory_xact_lock("])
def test_who_says_wishes_waits_in_no_circle(postgres_tables: str, what: str, at: str) -> None:
    """For a second one who begins in the middle of it, and a third one who sends somebody."""
    some = _desks(postgres_tables)
    sent = written(some[0])
    troubles: list[str] = []

    def broken(context: ExceptionContext) -> None:
        """A circle is broken by the database; what is tried again then would hide it."""
        troubles.append(str(context.original_exception))

    def write(records: Records, command: Command) -> None:
        do(records, command, who=CHIEF)

    sending = MoveOrder(number=sent, move=Move.ASSIGN, technician="T1", insist=True)
    others = [
        threading.Thread(target=write, args=one)
        for one in ((some[1], BESIDE[what]), (some[2], sending))
    ]
    mine = threading.get_ident()

    def meanwhile(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if threading.get_ident() == mine and at in statement and others[0].ident is None:
            for count, one in enumerate(others, 1):
                one.start()
                until(lambda: waiters(some[0]) >= count or not one.is_alive())  # noqa: B023

    event.listen(Engine, "after_cursor_execute", meanwhile)
    event.listen(Engine, "handle_error", broken)
    try:
        write(some[0], CHOOSY)
        for one in others:
            one.join(60)
    finally:
        event.remove(Engine, "after_cursor_execute", meanwhile)
        event.remove(Engine, "handle_error", broken)
    assert not any(one.is_alive() for one in others)
    for records in some:
        records.close()
    assert troubles == []


def _desks(url: str) -> list[Records]:
    some = [open_records(url, feed=False) for _ in range(3)]
    furnish(some[0])
    customers = (replace(CHOOSY, asks_for=(), refuses=()), SaveCustomer(code="C2", name="F"))
    for command in (*customers, SaveTechnician(code="T3", name="T3")):
        do(some[0], command, who=CHIEF)
    return some


def _asked_for(records: Records) -> set[int]:
    with records.database.reading() as conn:
        return set(conn.execute(select(_WISHES.c.technician_id)).scalars())
