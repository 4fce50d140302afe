"""A table of travel times is lost neither to another file nor, without a word, to damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.figures import TravelLost
from store.domain.who import THE_DESK
from store.persistence import travel_times
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import minutes
from tests.store.recommend_desk import asked, desk, order
from tests.store.test_figures import TABLE, load, reckoning

if TYPE_CHECKING:
    from store.queries.doctor import Finding
    from store.records import Records

__all__ = ["desk"]


def examine(records: Records) -> list[Finding]:
    return list(records.ask(ExamineDesk(), who=THE_DESK, at=minutes(9)))


def test_a_table_is_not_lost_to_a_small_one(desk: Records) -> None:
    """Of the wrong file nearly nothing is known here; dropped first, anything may come."""
    load(desk, *TABLE, ("A", "N1", 7))
    with pytest.raises(TravelLost):
        load(desk, ("A", "B", 3))
    assert (found := reckoning(desk).travel) is not None
    assert found.pairs == 3
    load(desk)
    load(desk, ("A", "B", 3))


@pytest.mark.parametrize("damage", ["[1,2,3]", "7", "{}", "[4,1]"])
def test_a_damaged_table_is_said_and_can_be_replaced(desk: Records, damage: str) -> None:
    """Nobody is sent by it; the doctor finds it."""
    load(desk, *TABLE)
    assert examine(desk) == []
    with desk.database.writing() as conn:
        conn.exec_driver_sql(f"UPDATE travel_row SET minutes = '{damage}'")
    travel_times._known.clear()
    number = order(desk)
    with pytest.raises(travel_times.TravelDamaged):
        asked(desk, number)
    assert [one.check for one in examine(desk)] == [Check.TRAVEL]
    load(desk, *TABLE, ("A", "N1", 7))
    assert asked(desk, number).offers
    assert examine(desk) == []
