"""Who should go where somebody has the order already: when he comes to it is told beside."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from console.render_heading import heading_said, stays_said
from console.render_recommend import asked_said, offer_row, weighed
from store.commands import SaveAbsence, SaveShift
from store.domain.lifecycle import Move
from store.queries.days import TechnicianDays
from tests.store.desk import ANA, NINE, do, minutes, move
from tests.store.recommend_desk import asked, desk, order

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]


def test_when_the_holder_comes_to_it_is_told(desk: Records) -> None:
    """As the schedule board lays his day; it is not asked whether he had room for it once more."""
    number = order(desk, priority=3)
    do(desk, SaveShift(technician="AN", starts_at=NINE, ends_at=minutes(130)))
    other = order(desk, priority=1)
    for one in (number, other):
        move(desk, one, Move.ASSIGN, technician="AN")
    do(desk, SaveShift(technician="AN", starts_at=minutes(1440), ends_at=minutes(1900)))
    found = asked(desk, number, at=15, about="AN")
    (day,) = [
        one
        for one in desk.ask(
            TechnicianDays(from_at=NINE, to_at=minutes(3000), since=NINE), who=ANA, at=minutes(15)
        )
        if one.line.code == "AN"
    ]
    (bar,) = [one for one in day.bars if one.number == number]
    assert found.stays is not None
    assert found.stays.done_at == bar.to_at
    assert found.stays.arrive_at == bar.from_at
    told = stays_said(found, UTC, at=found.at)
    assert told.startswith(": there 09-22 01:00, ")
    assert f"with AN now{told}" in heading_said(found, UTC, at=found.at)
    assert asked_said(found, UTC) == f"AN An has it{told}"
    first = asked(desk, other, at=15)
    late = [one for one in first.offers if one.who.code == "BO"]
    assert "comes later than AN, who has it" in str(weighed(first, late[0], UTC, at=first.at))
    assert asked(desk, order(desk)).stays is None


def test_a_holder_without_time_for_it_is_told_so(desk: Records) -> None:
    """He has gone away for days."""
    number = order(desk)
    move(desk, number, Move.ASSIGN, technician="AN")
    do(desk, SaveAbsence(technician="AN", starts_at=NINE, ends_at=minutes(9000)))
    found = asked(desk, number)
    assert "with AN now, who has no time for it" in heading_said(found, UTC, at=found.at)


def test_whoever_waits_with_an_order_is_told_there_when_it_wakes(desk: Records) -> None:
    """So is everybody else: that the holder could stand before the door sooner helps nobody."""
    number = order(desk, priority=3)
    move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, number, Move.WAIT, reason="parts", wake_at=minutes(120))
    found = asked(desk, number, at=15, limit=1)
    assert found.stays is not None
    assert found.stays.arrive_at == minutes(120)
    assert stays_said(found, UTC, at=found.at).startswith(": there 03:00, ")
    rows = [offer_row(one, 1, UTC, at=found.at) for one in found.offers]
    assert [row.cells[2] for row in rows] == ["03:00"]
    for one in found.offers:
        assert not any("comes later" in str(line) for line in weighed(found, one, UTC, at=found.at))
