"""Orders found by who called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveCustomer
from store.queries.card import OrderCard
from store.queries.finding import FindOrders
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, written

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records


@pytest.fixture
def called(records: Records) -> list[int]:
    """Zoe called for C1 at both sites, 王伟 for nobody known, a firm with its own number."""
    do(records, SaveCustomer(code="GM", name="国贸物业", phone="010-8888 6666"))
    callers: tuple[dict[str, Any], ...] = (
        {"caller": "Zoe 139 1234 5678", "site": "N1"},
        {"caller": "Zoe 139 1234 5678", "site": "S1"},
        {"caller": "王伟 +86 138 0000 1111", "customer": None},
        {"caller": "010 8888 6666", "customer": "GM"},
        {},
    )
    return [written(records, **caller) for caller in callers]


def found(records: Records, text: str, who: Who = ANA) -> list[int]:
    """The numbers of orders, by number."""
    page = records.ask(FindOrders(text=text), who=who, at=NINE)
    return sorted(line.number for line in page.lines)


def test_a_name_or_the_end_of_a_number_finds_their_orders(
    records: Records, called: list[int]
) -> None:
    """In any writing, by sound and first letters too; a firm's own number finds the firm's."""
    zoes, wang, firm = called[:2], [called[2]], [called[3]]
    for text in ("caller:zoe", "phone:5678", 'phone:"+86 139-1234-5678"', "电话:13912345678"):
        assert found(records, text) == zoes, text
    for text in ("caller:王伟", "caller:ww", "来电:wangwei", "phone:13800001111"):
        assert found(records, text) == wang, text
    assert found(records, "phone:88886666") == firm
    assert found(records, "caller:zoe,ww") == [*zoes, *wang]
    assert found(records, "caller:nobody") == []


def test_a_number_that_was_kept_without_its_town_is_found_with_it(records: Records) -> None:
    """A caller tells what his own telephone shows, the desk writes down what he says."""
    number = written(records, caller="李 6666 7777")
    assert found(records, 'phone:"010-6666 7777"') == [number]
    assert found(records, 'phone:"010-5555 7777"') == []


def test_that_nobody_called_can_be_asked_for(records: Records, called: list[int]) -> None:
    """And that somebody did; a customer who called himself is no other person."""
    assert found(records, "caller:any") == called[:3]
    assert found(records, "caller:none") == called[3:]
    assert found(records, "not caller:zoe") == called[2:]


def test_only_orders_in_sight_are_found(records: Records, called: list[int]) -> None:
    """Whoever called for them."""
    assert found(records, "caller:zoe", AT_NORTH) == [called[0]]
    assert found(records, "caller:zoe", AT_SOUTH) == [called[1]]


def test_a_card_says_who_called(records: Records, called: list[int]) -> None:
    """Nobody where the customer did himself."""
    contacts = [
        records.ask(OrderCard(number=number), who=ANA, at=NINE).contact for number in called
    ]
    said = [(one.name, one.phone) if one else None for one in contacts]
    assert said[:3] == [("Zoe", "139 1234 5678")] * 2 + [("王伟", "+86 138 0000 1111")]
    assert said[3:] == [None, None]


@pytest.mark.parametrize("text", ["%", "_", "*", "' OR 1=1", "\x00", "\ud800", "x" * 400, "-"])
def test_nonsense_finds_nothing(records: Records, called: list[int], text: str) -> None:
    """And breaks nothing."""
    quoted = '"' + text.replace('"', "") + '"'
    assert found(records, f"caller:{quoted}") == [] or not called
