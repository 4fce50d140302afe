"""What a typed command asks: orders by number, jobs of a technician, who could go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import MoveTechnician, SaveSite, SaveTechnician
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move
from store.queries.named import JobsOf, LinesOf, WhoCan
from store.queries.people import PeopleNamed
from tests.store.desk import ANA, AT_SOUTH, NINE, do, minutes, move, written

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.domain.who import Who
    from store.records import Records


def ask(records: Records, query: Query[Any], who: Who = ANA) -> Any:
    """The answer at nine."""
    return records.ask(query, who=who, at=NINE)


def test_orders_are_found_by_number_and_by_range(records: Records) -> None:
    """Those that are not there are left out, and so are those out of sight."""
    numbers = [written(records) for _ in range(3)]
    south = written(records, site="S1")
    given = (numbers[2], numbers[0], 999, south)
    assert list(ask(records, LinesOf(numbers=given))) == [numbers[0], numbers[2], south]
    assert list(ask(records, LinesOf(low=numbers[1], high=999))) == [*numbers[1:], south]
    assert list(ask(records, LinesOf(numbers=given), AT_SOUTH)) == [south]
    assert ask(records, LinesOf()) == {}


def test_the_jobs_of_a_technician_begin_with_the_one_furthest_along(records: Records) -> None:
    """What he has given back is none."""
    first, second, third = (written(records) for _ in range(3))
    for number in (first, second, third):
        move(records, number, Move.ASSIGN, technician="T1")
    move(records, second, Move.ACCEPT)
    move(records, third, Move.DECLINE, minutes(1), reason="too far")
    (t1,) = ask(records, PeopleNamed(what="technician", text="T1"))
    assert ask(records, JobsOf(technician=t1.id)) == (second, first)
    assert ask(records, JobsOf(technician=t1.id), AT_SOUTH) == ()


def test_who_is_near_and_free_comes_first(records: Records) -> None:
    """By where he was seen, else where he lives; nobody who cannot do it, the absent last."""
    for code, lat, long in (("A", 31.20, 121.40), ("B", 31.25, 121.45), ("C", 31.60, 121.90)):
        do(records, SaveSite(code=code, name=code, zone="UTC", latitude=lat, longitude=long))
    for code, home in (("T4", "C"), ("T5", "B"), ("T6", None), ("T7", "A")):
        do(records, SaveTechnician(code=code, name=code, skills={"lift": 2}, home=home))
    do(records, MoveTechnician(technician="T4", latitude=31.201, longitude=121.401))
    do(records, MoveTechnician(technician="T7", state="off"))
    (lift,) = ask(records, PeopleNamed(what="skill", text="lift"))
    (a,) = ask(records, PeopleNamed(what="site", text="A", limit=1))
    found = ask(records, WhoCan(skill=lift.id, site=a.id))
    assert [one.who.code for one in found] == ["T4", "T5", "T6", "T7"]
    assert [None if one.distance_km is None else round(one.distance_km, 1) for one in found] == [
        0.1, 7.3, None, 0.0,
    ]  # fmt: skip
    assert (found[0].seen_at, found[1].seen_at, found[0].level) == (NINE, None, 2)
    job = written(records, site="C")
    move(records, job, Move.ASSIGN, technician="T4")
    busy = ask(records, WhoCan(skill=lift.id, site=a.id))
    assert [one.who.code for one in busy] == ["T5", "T6", "T4", "T7"]
    move(records, job, Move.CANCEL, reason="nothing there")
    number = written(records, site="A")
    near_order = ask(records, WhoCan(skill=lift.id, number=number))
    assert [one.who.code for one in near_order] == ["T4", "T5", "T6", "T7"]
    assert all(one.distance_km is None for one in ask(records, WhoCan(skill=lift.id)))
    with pytest.raises(OrderUnknown):
        ask(records, WhoCan(skill=lift.id, number=number), AT_SOUTH)
