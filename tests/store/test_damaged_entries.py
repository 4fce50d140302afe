"""A journal entry that something else wrote over: one sentence to who asks, and to the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from store.domain.errors import EntryUnreadable
from store.queries.card import OrderCard, Trace
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from tests.store.desk import ANA, NINE, written

if TYPE_CHECKING:
    from store.records import Records


@pytest.mark.parametrize("harm", ["body = '{'", "body = '[1]'", "words = '{'", "words = '[1]'"])
def test_a_damaged_entry_is_told_in_one_sentence(records: Records, harm: str) -> None:
    """Not as the fault of a program; the order itself can still be read."""
    number = written(records)
    with records.database.writing() as conn:
        conn.execute(text(f"UPDATE journal SET {harm} WHERE number = {number}"))
    with pytest.raises(EntryUnreadable, match=r"journal entry \d+ is damaged"):
        records.ask(Trace(number=number), who=ANA, at=NINE)
    assert records.ask(OrderCard(number=number), who=ANA, at=NINE).order.number == number
    found = records.ask(ExamineOrders(), who=ANA, at=NINE).findings
    assert {Check.NO_STORY} <= {finding.check for finding in found}
