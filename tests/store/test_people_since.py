"""Since when a technician is where he stands: as it happened, also where it is told long after."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from store.commands import MoveOrder, SaveShift
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.people_state import TECHNICIAN
from tests.store.desk import ANA, NINE, do, minutes, rows, stored
from tests.store.test_commands_bulk import added

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records


def _since(records: Records) -> dict[str, tuple[str, datetime | None]]:
    return {row["code"]: (row["state"], row["state_since"]) for row in rows(records, TECHNICIAN)}


def _settled(records: Records) -> None:
    with records.work(who=THE_DESK, at=NINE) as work:
        work.settle_people()


def test_a_load_tells_since_when_a_technician_is_at_it(records: Records) -> None:
    """When his visit came to its state, days ago; not when the load was written."""
    first, second, third = (stored(records, n).visits[0] for n in added(records, 1, 2, 3))
    assert _since(records) == {
        "T2": ("assigned", first.assigned_at),
        "T3": ("accepted", second.accepted_at),
        "T1": ("on_site", third.arrived_at),
    }
    assert all(since is not None and since < NINE for _, since in _since(records).values())


def test_a_free_technician_is_so_since_his_last_visit(records: Records) -> None:
    """Or since the shift began that he is in; nothing is known of one who never did anything."""
    done = [stored(records, n).visits[0] for n in added(records, 4, 5)]
    assert {since for _, since in _since(records).values()} == {None}
    _settled(records)
    assert _since(records) == {
        "T2": ("available", done[0].ended_at),
        "T3": ("available", done[1].ended_at),
        "T1": ("available", None),
    }


def test_a_shift_that_began_after_his_last_visit_counts(records: Records) -> None:
    """Nobody is free for days; a shift that is over, or has not begun, says nothing."""
    added(records, 4, 5)
    do(records, SaveShift(technician="T2", starts_at=minutes(-90), ends_at=minutes(300)))
    do(records, SaveShift(technician="T1", starts_at=minutes(-900), ends_at=minutes(-300)))
    do(records, SaveShift(technician="T1", starts_at=minutes(60), ends_at=minutes(300)))
    _settled(records)
    since = _since(records)
    assert (since["T2"][1], since["T1"][1]) == (minutes(-90), None)


def test_what_happens_now_is_since_now(records: Records) -> None:
    """Also for one of whom a load has told; settling again takes nothing back."""
    (number,) = added(records, 2)
    do(records, MoveOrder(number=number, move=Move.ARRIVE), at=minutes(7))
    assert _since(records)["T2"] == ("on_site", minutes(7))
    do(records, MoveOrder(number=number, move=Move.FINISH), who=ANA, at=minutes(9))
    _settled(records)
    assert _since(records)["T2"] == ("available", minutes(9))


def test_who_was_moved_meanwhile_is_not_settled(records: Records) -> None:
    """Whoever looks after a load waits for who is writing, and looks again."""
    do(records, SaveShift(technician="T1", starts_at=minutes(-90), ends_at=minutes(300)))
    looks = threading.Thread(target=_settled, args=(records,))
    with records.work(who=THE_DESK, at=minutes(5)) as work:
        work.rest_technician(work.technician("T1").id, "break")
        looks.start()
        looks.join(0.5)
    looks.join(20)
    assert _since(records)["T1"] == ("break", minutes(5))
