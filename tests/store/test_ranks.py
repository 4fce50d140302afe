"""Where an order stands in its queue, as its commands leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import KeepFollowUp, PromiseFollowUp
from store.domain.lifecycle import Move
from store.persistence.mapping import ORDER
from tests.store.desk import do, minutes, move, promises_kept, rows, written

if TYPE_CHECKING:
    from store.records import Records


def test_a_promised_call_ranks_an_order_until_it_is_made(records: Records) -> None:
    """What runs out first stands first, be it a call; a finished order's moves nothing."""
    number = written(records)
    (before,) = rows(records, ORDER, number=number)
    do(records, PromiseFollowUp(number=number, due_at=minutes(5)))
    (owed,) = rows(records, ORDER, number=number)
    assert owed["rank_at"] == minutes(5) < before["rank_at"]
    promises_kept(records, [number])
    do(records, KeepFollowUp(number=number, place=1), at=minutes(6))
    (kept,) = rows(records, ORDER, number=number)
    assert kept["rank_at"] == before["rank_at"]
    do(records, PromiseFollowUp(number=number, due_at=minutes(30)), at=minutes(7))
    move(records, number, Move.CANCEL, minutes(8), reason="gone")
    (over,) = rows(records, ORDER, number=number)
    assert over["rank_at"] > minutes(30)
    promises_kept(records, [number])
