"""Who lets go of a case, or takes it up, while its parent changes hands; on PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import HANDLERS, FollowOrder, MoveOrder, PutUnder, UnfollowOrder
from store.domain.lifecycle import Move
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, BO, do, furnish, minutes, move, written
from tests.store.test_followed_above import orphans, sound
from tests.store.test_handover_races import waiters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.records import Records

BOTH = minutes(40)
"""When two write at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A parent with two cases: one is with a technician, one waits."""

    parent: int
    sent: int
    waits: int

    def hand(self, *, followed: bool) -> Command:
        """The parent is let go of by whom it is followed, or else followed."""
        named = UnfollowOrder if followed else FollowOrder
        return named(number=self.parent)

    def free(self, move: Move) -> Command:
        """One of the cases has nobody any more."""
        number = self.sent if move is Move.DECLINE else self.waits
        return MoveOrder(number=number, move=move, reason="no")


@pytest.fixture
def desk(postgres_tables: str) -> Iterator[Records]:
    """A furnished desk on PostgreSQL, where two may write at once."""
    records = open_records(postgres_tables, feed=False)
    furnish(records)
    yield records
    records.close()


def _family(records: Records, *, followed: bool) -> Family:
    parent, sent, waits = (written(records, at=minutes(1)) for _ in range(3))
    for case in (sent, waits):
        do(records, PutUnder(number=case, parent=parent), at=minutes(1))
    move(records, sent, Move.ASSIGN, minutes(2), technician="T1")
    move(records, waits, Move.WAIT, minutes(2), reason="no", wake_at=minutes(60))
    if followed:
        do(records, FollowOrder(number=parent), at=minutes(2))
    return Family(parent=parent, sent=sent, waits=waits)


def _both(records: Records, first: Command, second: Command) -> None:
    """The second is done before the first is, unless it has to wait."""
    other = threading.Thread(target=lambda: do(records, second, who=BO, at=BOTH))
    with records.work(who=ANA, at=BOTH) as work:
        HANDLERS[type(first)](work, first)
        work.flush()
        other.start()
        until(lambda: waiters(records) == 1 or not other.is_alive())
    other.join(timeout=60)
    assert not other.is_alive()


@pytest.mark.parametrize("followed", [True, False], ids=["let go of", "taken"])
@pytest.mark.parametrize("freed", [Move.DECLINE, Move.RESUME])
@pytest.mark.parametrize("parent_first", [True, False], ids=["parent first", "case first"])
def test_a_case_rings_as_its_parent_stands_in_the_end(
    desk: Records, *, followed: bool, freed: Move, parent_first: bool
) -> None:
    """Whoever comes second sees what the other has written."""
    family = _family(desk, followed=followed)
    hand, free = family.hand(followed=followed), family.free(freed)
    _both(desk, *((hand, free) if parent_first else (free, hand)))
    sound(desk, [family.parent, family.sent, family.waits])
    fire_due(desk, at=minutes(90))
    case = family.sent if freed is Move.DECLINE else family.waits
    assert (case in orphans(desk, minutes(90))) is followed
