"""A customer with many orders is made one with another in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands.customer_merges import MergeCustomers
from store.domain.errors import BadInput
from store.persistence import marks, merging
from store.persistence.journal import JOURNAL
from tests.store.desk import do, rows, written
from tests.store.erasing_desk import faults, whole
from tests.store.test_customer_merges import doubles, merged, sheet

if TYPE_CHECKING:
    from store.records import Records


def test_many_orders_go_in_parts_between_which_others_write(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are told at the end; what is refused moves none; who dies on the way goes on later."""
    monkeypatch.setattr(merging, "PART", 2)
    doubles(records)
    for n in range(6):
        written(records, customer="P8", title=f"more {n}")
    before = whole(records)
    for sure in ("", "P7"):
        with pytest.raises(BadInput):
            do(records, MergeCustomers(kept="P7", gone="P8", sure=sure))
    assert whole(records) == before
    real, told = merging.rehome_some, list[int]()

    def dies(*given: Any) -> None:
        told.append(1)
        if len(told) == 2:
            raise KeyboardInterrupt
        real(*given)

    monkeypatch.setattr(merging, "rehome_some", dies)
    with pytest.raises(KeyboardInterrupt):
        merged(records)
    assert (sheet(records, "P7").record.orders, sheet(records, "P8").record.orders) == (3, 5)
    assert faults(records) == []
    done = merged(records)
    assert done.facts["orders"] == 7
    assert sheet(records, "P7").record.orders == 8
    assert len(rows(records, JOURNAL, fact="rehomed")) == 7
    assert len(told) == 4  # the first, the one that died, and two before the last
    with records.database.reading() as conn:
        assert marks.standing(conn, (marks.MERGE,)) == []
    assert faults(records) == []
