"""The change of shifts when two do the same at once, and when numbers show late."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import text

from store.commands import AcceptHandover, OfferHandover
from store.domain.errors import HandoverOver, HandoverStands
from store.domain.handover import Part
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.journal import JOURNAL
from store.queries.holder import DeskHolder
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, BO, do, furnish, minutes, move, rows, written
from tests.store.handover_desk import accepted, offered, shown_to, told_of

if TYPE_CHECKING:
    from store.records import Records


def test_of_two_who_accept_at_once_one_istold_of(records: Records) -> None:
    """By the store, whatever both have seen."""
    handover = offered(records)
    met, told = threading.Barrier(2), []

    def take(who: Who) -> None:
        met.wait(timeout=30)
        try:
            do(records, AcceptHandover(handover=handover, seen=1), who=who, at=minutes(61))
        except HandoverOver as refusal:
            told.append(refusal)

    both = [threading.Thread(target=take, args=(who,)) for who in (BO, Who(operator=2))]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    (refusal,) = told
    holder = records.ask(DeskHolder(), who=ANA, at=minutes(62)).holder
    assert refusal.facts["by"] == holder
    facts = [row["fact"] for row in rows(records, JOURNAL)]
    assert facts.count("handover_accepted") == 1


def test_of_two_who_offer_at_once_one_istold_of(records: Records) -> None:
    """A desk is offered once."""
    met, told = threading.Barrier(2), []

    def offer(who: Who) -> None:
        met.wait(timeout=30)
        try:
            do(records, OfferHandover(), who=who, at=minutes(61))
        except HandoverStands as refusal:
            told.append(refusal)

    both = [threading.Thread(target=offer, args=(who,)) for who in (ANA, BO)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert len(told) == 1
    facts = [row["fact"] for row in rows(records, JOURNAL)]
    assert facts.count("handover_offered") == 1


def test_who_loses_the_offer_hears_who_won(postgres_tables: str) -> None:
    """Though both looked before either wrote, and the database alone keeps them apart."""
    records = open_records(postgres_tables, feed=False)
    furnish(records)
    told: list[Exception] = []

    def offer() -> None:
        try:
            do(records, OfferHandover(), who=BO, at=minutes(61))
        except Exception as error:  # noqa: BLE001  whatever he is told
            told.append(error)

    with records.work(who=ANA, at=minutes(61)) as winner:
        winner.offer_handover()
        loser = threading.Thread(target=offer)
        loser.start()
        until(lambda: waiters(records) == 1)
    loser.join(timeout=60)
    records.close()
    (refusal,) = told
    assert isinstance(refusal, HandoverStands)
    assert refusal.facts["by"] == "Ana"


def waiters(records: Records) -> int:
    """Transactions that wait for another one's end."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with records.database.glancing() as conn:
        found: int = conn.execute(text(f"{asked} AND datname = current_database()")).scalar_one()
    return found


def test_what_shows_late_is_told_by_the_next(postgres_tables: str) -> None:
    """On PostgreSQL a lower number may be committed after a higher one was handed over."""
    records = open_records(postgres_tables, feed=False)
    furnish(records)
    late, soon = written(records), written(records)
    move(records, late, Move.ASSIGN, minutes(1), technician="T1")
    with records.work(who=ANA, at=minutes(2)) as slow:
        slow.conn.execute(text("SELECT pg_current_xact_id()"))
        number = slow.conn.execute(
            text("SELECT nextval(pg_get_serial_sequence('journal', 'seq'))")
        ).scalar_one()
        move(records, soon, Move.CANCEL, minutes(2), reason="sold")
        handover = offered(records, at=minutes(3))
        accepted(records, handover, at=minutes(4))
        entry = {"seq": number, "number": late, "fact": "declined", "at": minutes(2), "by": 3}
        slow.conn.execute(
            JOURNAL.insert(), {**entry, "via": "test", "body": {}, "hash": "", "deed": None}
        )
    assert told_of(shown_to(records, BO, minutes(5)), Part.EXCEPTION) == [(late, "declined")]
    records.close()
