"""Which mode counts for an order, and taking a setting back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    SaveView,
    SetAutomatic,
    SetPriority,
    Undo,
)
from store.domain.errors import NameUnknown
from store.queries.automatic import ListAutomatic, ModeFor
from tests.scheduler.automatic_desk import do, furnished, looked, proposed
from tests.scheduler.desk import ANA, START

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_one_setting_goes_before_another(desk: Desk) -> None:
    """A view's before a queue's, one for a priority before one for all; of views the careful."""
    furnished(desk, 0.0)
    do(desk, SaveView(name="lifts", query="lift", shared=True))
    do(desk, SaveView(name="stuck", query="stuck", shared=True))
    number = desk.order(site="A", priority=2)

    def mode() -> str | None:
        found = desk.records.ask(ModeFor(number=number), who=ANA, at=START)
        return None if found is None else found.mode.value

    steps: tuple[tuple[dict[str, Any], str], ...] = (
        ({"mode": "propose"}, "propose"),
        ({"mode": "act", "priority": 2}, "act"),
        ({"mode": "off", "priority": 1}, "act"),
        ({"mode": "propose", "queue": "overdue"}, "act"),
        ({"mode": "act", "queue": "lifts"}, "act"),
        ({"mode": "off", "queue": "stuck"}, "off"),
        ({"mode": None, "queue": "stuck"}, "act"),
        ({"mode": "propose", "queue": "lifts"}, "propose"),
    )
    assert mode() is None
    for given, wanted in steps:
        do(desk, SetAutomatic(**given))
        assert mode() == wanted, given
    listed = desk.records.ask(ListAutomatic(), who=ANA, at=START)
    assert [(one.setting.queue, one.setting.priority) for one in listed] == [
        ("lifts", 0), ("overdue", 0), ("all_open", 1), ("all_open", 2), ("all_open", 0),
    ]  # fmt: skip
    assert [one.open_orders for one in listed] == [1, 0, 0, 1, 1]
    with pytest.raises(NameUnknown):
        do(desk, SetAutomatic(mode="act", queue="nowhere"))


def test_a_setting_is_taken_back_and_what_was_proposed_with_it(desk: Desk) -> None:
    """Exactly as it was, and again."""
    furnished(desk, 0.0)
    number = desk.order(site="A")
    do(desk, SetAutomatic(mode="propose"))
    do(desk, SetAutomatic(mode="act", margin=30))
    do(desk, Undo())

    def now() -> list[tuple[str, int]]:
        found = desk.records.ask(ListAutomatic(), who=ANA, at=START)
        return [(one.setting.mode.value, one.setting.margin) for one in found]

    assert now() == [("propose", 15)]
    looked(desk)
    assert proposed(desk, number) == "T1"
    do(desk, Undo())
    assert (now(), proposed(desk, number)) == ([], None)
    do(desk, Undo(redo=True))
    assert now() == [("propose", 15)]


def test_another_priority_weighs_anew_what_was_proposed(desk: Desk) -> None:
    """An order that its mode leaves alone now has nobody proposed after the next look."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose", priority=2))
    number = desk.order(site="A", priority=2)
    other = desk.order(site="A", priority=3)
    looked(desk)
    assert (proposed(desk, number), proposed(desk, other)) == ("T1", None)
    do(desk, SetAutomatic(mode="propose", priority=3))
    do(desk, SetAutomatic(mode="off", priority=2))
    do(desk, SetPriority(number=other, priority=2))
    looked(desk, 6)
    assert (proposed(desk, number), proposed(desk, other)) == (None, None)
