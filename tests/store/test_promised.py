"""What a caller can be told before his order is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveCustomer
from store.queries.card import OrderCard
from store.queries.promised import PromisedNow
from store.records import open_records
from tests.prepared import KINDS
from tests.store.desk import ANA, AT_SOUTH, minutes, written
from tests.store.fresh_desks import furnished_in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared


@pytest.fixture(params=KINDS)
def records(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path
) -> Iterator[Records]:
    """A furnished desk."""
    with prepared.copy(request.param, furnished_in_utc, tmp_path) as url:
        records = open_records(url, feed=False)
        yield records
        records.close()


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
@pytest.mark.parametrize("customer", ["", "C1", "harbour hotel", "who is that"])
def test_it_is_what_the_order_is_then_given(records: Records, priority: int, customer: str) -> None:
    """By the customer's level, else the desk's; at any hour."""
    known = customer if customer in {"C1", "harbour hotel"} else None
    for at in (minutes(0), minutes(17 * 60 + 7.5)):
        told = records.ask(PromisedNow(priority=priority, customer=customer), who=ANA, at=at)
        number = written(records, priority=priority, customer=known, at=at)
        card = records.ask(OrderCard(number=number), who=ANA, at=at)
        assert told is not None
        assert card.level is not None
        assert told.level == card.level.name
        clocks = ((held.clock.kind, held.clock.due_at) for held in card.clocks)
        assert told.clocks == tuple(clocks)


def test_a_customer_out_of_sight_is_not_known(records: Records) -> None:
    """His level would tell that he is one."""
    written(records, site="N1", customer="C2")
    asked = PromisedNow(priority=1, customer="C2")
    told = [records.ask(asked, who=who, at=minutes(0)) for who in (ANA, AT_SOUTH)]
    plain = records.ask(PromisedNow(priority=1), who=AT_SOUTH, at=minutes(0))
    assert told[0] != told[1] == plain


def test_a_code_means_its_customer_whoever_is_called_so(records: Records) -> None:
    """Another one's name may be the same word: the order is the code's, and so is the promise."""
    records.do(SaveCustomer(code="HAR", name="C2"), who=ANA, at=minutes(0))
    told = records.ask(PromisedNow(priority=1, customer="C2"), who=ANA, at=minutes(1))
    plain = records.ask(PromisedNow(priority=1), who=ANA, at=minutes(1))
    number = written(records, priority=1, customer="C2", at=minutes(1))
    card = records.ask(OrderCard(number=number), who=ANA, at=minutes(1))
    assert told is not None
    assert plain is not None
    assert card.level is not None
    assert told.level == card.level.name != plain.level
