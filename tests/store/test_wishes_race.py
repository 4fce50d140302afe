"""Whom a customer asks for, said by two at once; on PostgreSQL, where two may write at once."""

from __future__ import annotations

import threading

from sqlalchemy import select

from store.persistence.mapping import table_of
from store.persistence.tables import TechnicianWishRow
from store.records import Records, open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, furnish, minutes
from tests.store.test_handover_races import waiters

_WISHES = table_of(TechnicianWishRow)


def test_the_second_of_two_lists_takes_the_place_of_the_first(postgres_url: str) -> None:
    """Not beside it, though neither names a technician of the other."""
    records, other = open_records(postgres_url, feed=False), open_records(postgres_url, feed=False)
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


def _asked_for(records: Records) -> set[int]:
    with records.database.reading() as conn:
        return set(conn.execute(select(_WISHES.c.technician_id)).scalars())
