"""Kinds of work are told with their orders, how long they take, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import NewOrder, SaveKind, SaveSite, SaveTechnician
from store.commands.sop import ImportProcedure
from store.domain.errors import BadInput
from store.domain.lifecycle import Move
from store.queries.kinds import KindsOfWork, OrdersOfKind
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, move
from tests.store.sop_files import LIFT

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.queries.kinds import KindOfWork
    from store.records import Records


def _kinds(records: Records, *, who: Who = ANA, **asked: Any) -> dict[str, KindOfWork]:
    found = records.ask(KindsOfWork(**asked), who=who, at=NINE)
    return {line.code: line for line in found}


def _furnish(records: Records) -> tuple[int, ...]:
    """Two sites, a kind with a skill, one without, a skill alone, and words at orders."""
    for code in ("N1", "S1"):
        do(records, SaveSite(code=code, name=code))
    do(records, SaveKind(code="boiler", name="锅炉", skill="hvac", level=3, certificate="G2"))
    do(records, SaveKind(code="key", name="Keys"))
    do(records, SaveTechnician(code="T1", name="李强", skills={"lift": 2}))
    asked = (("N1", "boiler"), ("S1", "锅炉"), ("S1", "BOILER"), ("S1", "pwoer"), ("N1", ""))
    return tuple(
        do(records, NewOrder(title="x", site=site, kind=kind)).numbers[0] for site, kind in asked
    )


def test_each_kind_says_how_many_orders_and_what_it_takes(records: Records) -> None:
    """By code or name, in whatever case, it is one kind; what nobody has told of asks nothing."""
    first, second, third, _slip, _none = _furnish(records)
    found = _kinds(records)
    assert list(found) == ["boiler", "pwoer", "hvac", "key", "lift"]
    boiler, slip, lift, key = (found[code] for code in ("boiler", "pwoer", "lift", "key"))
    assert (boiler.name, boiler.open, boiler.orders, boiler.known) == ("锅炉", 3, 3, True)
    assert (boiler.skill, boiler.level, boiler.certificate) == ("hvac", 3, "G2")
    assert (slip.known, slip.skill, slip.certificate, slip.orders) == (False, None, "", 1)
    assert (lift.skill, lift.level, lift.known, lift.orders) == ("lift", 1, True, 0)
    assert (key.skill, key.known, key.usual_s, key.procedure) == (None, True, None, 0)
    of_boilers = records.ask(OrdersOfKind(kind="锅炉"), who=ANA, at=NINE)
    assert of_boilers == (third, second, first)
    assert records.ask(OrdersOfKind(kind="nobody's"), who=ANA, at=NINE) == ()


def test_a_text_and_a_limit_leave_kinds_out(records: Records) -> None:
    """As in every list."""
    _furnish(records)
    assert [*_kinds(records, text="锅")] == ["boiler"]
    assert [*_kinds(records, text="E", limit=2)] == ["boiler", "pwoer"]
    with pytest.raises(BadInput):
        _kinds(records, limit=0)


def test_a_site_office_counts_its_own_orders(records: Records) -> None:
    """What others write down is not told; what the desk has told of kinds is for everybody."""
    first = _furnish(records)[0]
    found = _kinds(records, who=AT_NORTH)
    assert list(found) == ["boiler", "hvac", "key", "lift"]
    assert (found["boiler"].open, found["boiler"].orders) == (1, 1)
    assert records.ask(OrdersOfKind(kind="BOILER"), who=AT_NORTH, at=NINE) == (first,)


def test_five_that_were_done_say_how_long_one_takes(records: Records) -> None:
    """From setting out to its end, the median; of fewer nothing is said. With its procedure."""
    do(records, SaveTechnician(code="T1", name="李强", skills={"lift": 2}))
    for n, took in enumerate((10, 20, 30, 40, 90)):
        assert _kinds(records)["lift"].usual_s is None
        kind = "lift" if n % 2 else "LIFT"
        begins = n * 200
        number = do(records, NewOrder(title="x", kind=kind), at=minutes(begins)).numbers[0]
        move(records, number, Move.ASSIGN, minutes(begins + 1), technician="T1")
        for step in (Move.ACCEPT, Move.DEPART):
            move(records, number, step, minutes(begins + 2))
        move(records, number, Move.ARRIVE, minutes(begins + 3))
        for step in (Move.FINISH, Move.VERIFY, Move.CLOSE):
            move(records, number, step, minutes(begins + 2 + took))
    do(records, ImportProcedure(source=LIFT))
    found = records.ask(KindsOfWork(text="lift"), who=ANA, at=minutes(2000))[0]
    assert (found.usual_s, found.open, found.orders) == (30 * 60, 0, 5)
    assert (found.procedure, found.steps) == (1, 6)
