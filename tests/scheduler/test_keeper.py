"""Now and then: the journal sealed, old receipts let go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.keeper import KEEP_EVERY, Keeper
from store.domain.intents import RECEIPTS_KEPT
from tests.scheduler.desk import START

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_the_journal_is_sealed_after_a_while_and_not_at_the_start(desk: Desk) -> None:
    """Starting must be fast; what was written before the second look is then under seal."""
    desk.order()
    keeper = Keeper(desk.records)
    assert not keeper.keep(at=START)
    assert desk.rows("SELECT * FROM seal") == []
    assert keeper.keep(at=START + KEEP_EVERY)
    newest = desk.rows("SELECT max(seq) FROM journal")[0][0]
    assert desk.rows("SELECT max(last_seq) FROM seal")[0][0] == newest
    assert not keeper.keep(at=START + KEEP_EVERY + timedelta(seconds=1))


def test_answers_are_kept_a_week_and_then_let_go(desk: Desk) -> None:
    """A retry finds its answer; a year of receipts would only be weight."""
    desk.order()
    keeper = Keeper(desk.records)
    keeper.keep(at=START)
    keeper.keep(at=START + RECEIPTS_KEPT - timedelta(minutes=1))
    assert len(desk.rows("SELECT * FROM receipt")) == 1
    keeper.keep(at=START + RECEIPTS_KEPT + KEEP_EVERY)
    assert desk.rows("SELECT * FROM receipt") == []
