"""What people look up before they name it: service levels and operators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.commands import SaveOperator
from store.domain.who import Who
from store.queries.levels import ListLevels
from store.queries.people import ListOperators
from tests.store.desk import ANA, AT_NORTH, NINE, do

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.records import Records


def _ask(records: Records, query: Query[Any], *, who: Who = ANA) -> Any:
    return records.ask(query, who=who, at=NINE)


def test_service_levels_are_listed_with_their_targets(records: Records) -> None:
    """By code or name, the one of orders without a level of their own first."""
    first, second = _ask(records, ListLevels())
    assert (first.code, first.calendar, first.customers) == ("standard", "office", 0)
    assert first.policy["targets"]["2"]["resolve"] == {"seconds": 4 * 3600}
    assert (second.code, second.calendar, second.customers) == ("critical", "24x7", 1)
    assert _ask(records, ListLevels(text="CLOCK")) == (second,)
    elsewhere = replace(second, customers=0)  # its customer was never served at his site
    assert _ask(records, ListLevels(after=first.id), who=AT_NORTH) == (elsewhere,)
    assert _ask(records, ListLevels(limit=1)) == (first,)


def test_a_site_is_told_of_nobody_who_sees_all(records: Records) -> None:
    """Oneself, and who has one of the same sites."""
    with records.work(who=ANA, at=NINE) as work:
        work.answer_for(4, [1])
        work.answer_for(3, [2])
    told = [line.code for line in _ask(records, ListOperators(), who=AT_NORTH)]
    everybody = [line.code for line in _ask(records, ListOperators())]
    assert (everybody, told) == (["desk", "ana", "bo"], ["bo"])


def test_operators_are_listed_with_what_they_see(records: Records) -> None:
    """Those who left, too; the desk itself is nobody to sit down as."""
    with records.work(who=ANA, at=NINE) as work:
        work.answer_for(4, [2, 1])
    desk = Who(operator=2)
    do(records, SaveOperator(code="ana", name="Ana", active=False), who=desk)
    found = records.ask(ListOperators(), who=desk, at=NINE)
    told = [(line.code, line.active, line.sites) for line in found]
    assert told == [("desk", True, ()), ("ana", False, ()), ("bo", True, ("N1", "S1"))]
    found = records.ask(ListOperators(text="BO"), who=desk, at=NINE)
    assert [line.code for line in found] == ["bo"]
