"""Every question is answered, cheaply asked, and blind outside the asker's sites."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

import store.queries
from store.commands import NewOrder, SaveCustomer
from store.domain.errors import BadInput, NameUnknown, NotAllowed, OrderUnknown
from store.domain.intents import Query
from store.domain.lifecycle import Move
from store.domain.who import Scope, Who
from store.persistence.tables import metadata
from store.queries import ANSWERS
from store.queries.alarms import AlarmStrip
from store.queries.board import Key, LineOf, QueueCounts, QueuePage, QueuePosition
from store.queries.card import OrderCard, Trace
from store.queries.deeds import Deeds
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.explain import Explain
from store.queries.finding import CountOrders, FindOrders
from store.queries.heeds import Heeds
from store.queries.lists import (
    ListAlarms,
    ListCustomers,
    ListOrders,
    ListSites,
    ListTechnicians,
    OrdersNumbered,
    StreamOrders,
)
from store.queries.named import JobsOf, LinesOf
from store.queries.people import PeopleNamed, TechnicianBoard
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, move, written
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.records import Records

MODULES = sorted(
    path.stem
    for path in Path(next(iter(store.queries.__path__))).glob("*.py")
    if path.stem != "__init__"
)
NOWHERE = Who(operator=4, scope=Scope(frozenset()))


def test_every_question_has_its_answer() -> None:
    """A new query without a row in the table would fail only on a screen."""
    asked = {
        value
        for module in MODULES
        for value in vars(import_module(f"store.queries.{module}")).values()
        if isinstance(value, type) and issubclass(value, Query) and value is not Query
    }
    assert asked == set(ANSWERS)


@pytest.mark.parametrize("module", MODULES)
def test_a_question_needs_no_database_library(module: str) -> None:
    """Screens import questions before their first paint."""
    code = f"import sys, store.queries.{module}; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


EMPTY: list[tuple[Query[Any], Any]] = [
    (QueuePage(queue="all_open"), "lines"),
    (QueuePosition(queue="all_open", key=Key(NINE.replace(year=9000), 1)), None),
    (LineOf(number=1), None),
    (AlarmStrip(), "alarms"),
    (ListAlarms(), None),
    (ListOrders(), None),
    (StreamOrders(), None),
    (ListSites(), None),
    (ListCustomers(), None),
    (PeopleNamed(what="site"), None),
    (ExamineOrders(), "findings"),
    (FindOrders(), "lines"),
    (CountOrders(), None),
    (OrdersNumbered(numbers=(1,)), None),
    (LinesOf(numbers=(1,)), None),
    (LinesOf(low=1, high=9), None),
    (JobsOf(technician=1), None),
    (Heeds(numbers=(1,)), None),
]


def test_who_sees_no_site_sees_no_order(records: Records) -> None:
    """Each question about orders, asked by an operator without any site, finds nothing."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    recalled = written(records)
    move(records, recalled, Move.ASSIGN, technician="T2")
    undo(records)
    row = {"number": number, "kind": "breach", "severity": 1, "due_at": NINE, "raised_at": NINE}
    with records.database.writing() as conn:
        conn.execute(insert(metadata.tables["alarm"]), row)
    for query, part in EMPTY:
        seen, blind = (records.ask(query, who=who, at=NINE) for who in (ANA, NOWHERE))
        if part is not None and part != "findings":
            seen, blind = getattr(seen, part), getattr(blind, part)
        elif part == "findings":
            seen, blind = seen.orders, blind.orders
        assert seen, query
        assert not blind, query
    assert set(records.ask(QueueCounts(), who=NOWHERE, at=NINE).values()) == {0}
    strip = records.ask(AlarmStrip(), who=NOWHERE, at=NINE)
    assert (strip.standing, strip.unacknowledged, strip.loud, strip.loud_at) == (0, 0, 0, None)
    for one in (OrderCard, Trace, Explain, Deeds):
        with pytest.raises(OrderUnknown):
            records.ask(one(number=number), who=NOWHERE, at=NINE)
    for asked in (TechnicianBoard(), ListTechnicians()):
        assert all(line.number is None for line in records.ask(asked, who=NOWHERE, at=NINE))
    for who, shown in ((ANA, {None, recalled}), (NOWHERE, {None})):
        board = records.ask(TechnicianBoard(), who=who, at=NINE)
        assert {line.recalled for line in board} == shown
    with pytest.raises(NotAllowed):
        records.ask(ExamineDesk(), who=NOWHERE, at=NINE)


def test_customers_are_seen_where_they_were_served(records: Records) -> None:
    """By no door else: neither offered, nor found by code, nor told in a refusal."""
    do(records, SaveCustomer(code="C9", name="Secret Bank"), who=Who(operator=2))
    written(records, site="N1", customer="C1")
    written(records, site="S1", customer="C9", external_id="E9", source="erp")
    for wanted, who in ((["C1"], AT_NORTH), (["C9"], AT_SOUTH), ([], NOWHERE)):
        offered = records.ask(PeopleNamed(what="customer"), who=who, at=NINE)
        listed = records.ask(ListCustomers(), who=who, at=NINE)
        assert [c.code for c in offered] == [c.code for c in listed] == wanted
    for ref in ("C9", "Secret Bank", "secret", 3):
        with pytest.raises(NameUnknown):
            do(records, NewOrder(title="x", site="N1", customer=ref), who=AT_NORTH)
    theirs = NewOrder(title="x", site="N1", external_id="E9", source="erp")
    with pytest.raises(BadInput) as refused:
        do(records, theirs, who=AT_NORTH)
    assert "order" not in str(refused.value)
    with pytest.raises(BadInput, match="already order"):
        do(records, theirs)
