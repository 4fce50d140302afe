"""Automatic dispatch at hours when nobody, or not everybody, is on shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveShift, SetAutomatic
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked
from tests.scheduler.desk import after

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk

NIGHT = 30 * 60
"""Minutes until the shift begins: after everything is due."""


def shift(desk: Desk, code: str, begins: float) -> None:
    hours = {"starts_at": after(begins), "ends_at": after(begins + 480)}
    do(desk, SaveShift(technician=code, **hours))


def asked(desk: Desk, number: int, minutes: float = 0) -> tuple[str | None, str | None]:
    """Who has it, and why the desk asks."""
    shown = line(desk, number, minutes)
    return shown.technician_code, None if shown.nominee is None else shown.nominee.why


@pytest.mark.parametrize("priority", [1, 3])
def test_it_sends_nobody_whose_shift_begins_when_it_is_too_late(desk: Desk, priority: int) -> None:
    """It asks instead, and the order goes on counting as one that nobody has."""
    furnished(desk, 0.0)
    shift(desk, "T1", NIGHT)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A", priority=priority)
    looked(desk)
    assert asked(desk, number) == (None, "off_shift")
    assert "chosen" not in desk.facts(number)
    do(desk, SetAutomatic(mode="act", queue="overdue", priority=priority))
    looked(desk, 130)
    assert asked(desk, number, 130) == (None, "off_shift"), "not because it is late already either"


def test_the_first_priority_waits_for_no_shift_by_itself(desk: Desk) -> None:
    """It goes once the shift has begun."""
    furnished(desk, 0.0)
    shift(desk, "T1", 20)
    do(desk, SetAutomatic(mode="act", margin=0))
    first = desk.order(site="A", priority=1)
    looked(desk)
    assert asked(desk, first) == (None, "off_shift")
    looked(desk, 21)
    assert asked(desk, first, 21) == ("T1", None)


def test_another_order_may_wait_for_a_later_shift(desk: Desk) -> None:
    """If it is in time then."""
    furnished(desk, 0.0)
    shift(desk, "T1", 20)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A", priority=3)
    looked(desk)
    assert asked(desk, number) == ("T1", None)


def test_it_asks_where_the_order_itself_would_be_late(desk: Desk) -> None:
    """Whoever is there, but too far away; the queue of what is overdue may say otherwise."""
    furnished(desk, 2 * FAR_EAST)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A", priority=1)
    looked(desk)
    assert asked(desk, number) == (None, "late")
    do(desk, SetAutomatic(mode="act", queue="overdue"))
    looked(desk, 61)
    assert asked(desk, number, 61) == ("T1", None)
