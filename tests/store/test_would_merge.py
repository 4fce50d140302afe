"""What a merge of two customers would come to, told without a lock."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import NewOrder, SaveCustomer, SetFigure
from store.commands.contracts import SaveContract
from store.commands.revisits import PlanRevisits
from store.domain.errors import NotAllowed, Refusal
from store.queries.customer_doubles import WouldMerge
from store.records import open_records
from tests.store.desk import ANA, AT_NORTH, do, minutes
from tests.store.erasing_desk import whole
from tests.store.test_customer_merges import doubles, merged

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records


def would(records: Records, kept: str = "P7", gone: str = "P8", who: Who = ANA) -> dict[str, Any]:
    """What that would come to."""
    return asdict(records.ask(WouldMerge(kept=kept, gone=gone), who=who, at=minutes(1)))


def test_what_a_merge_would_come_to_is_what_it_comes_to(records: Records) -> None:
    """And what it would refuse it refuses in the same words; to ask changes nothing."""
    doubles(records)
    do(records, SetFigure(figure="revisit_key", value=1))
    do(records, PlanRevisits(), at=minutes(1))
    before = whole(records)
    told, back = would(records), would(records, "P8", "P7")
    assert (told["kept"], told["gone"], back["gone"]) == ("P7", "P8", "P7")
    assert whole(records) == before
    assert merged(records).facts == told
    do(records, SaveCustomer(code="P9", name="City Library 2"))
    contract = {"first": "2026-06-01", "last": "2026-06-30"}
    do(records, SaveContract(customer="P9", **contract))
    for kept, gone in (("P7", "P8"), ("P7", "P7"), ("P7", "X1"), ("P7", "P9")):
        with pytest.raises(Refusal) as asked:
            would(records, kept, gone)
        with pytest.raises(Refusal) as tried:
            merged(records, kept, gone)
        assert str(asked.value) == str(tried.value)
    with pytest.raises(NotAllowed):
        would(records, "P7", "P9", who=AT_NORTH)


def test_others_write_while_it_is_counted(records: Records) -> None:
    """In the middle of a question of the same snapshot."""
    doubles(records)
    other = open_records(records.database.address, feed=False)
    with records.asking(who=ANA, at=minutes(1)) as ask:
        before = ask(WouldMerge(kept="P7", gone="P8"))
        do(other, NewOrder(title="meanwhile", customer="P8"), at=minutes(1))
        assert ask(WouldMerge(kept="P7", gone="P8")) == before
    other.close()
    assert would(records)["orders"] == before.orders + 1
