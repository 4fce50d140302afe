"""What happens to the store while a file is on its way into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from console.intake.importing import Importing
from store.commands import SaveCustomer, SaveLevel
from store.commands.customer_merges import MergeCustomers
from store.domain.errors import StoreBusy
from store.domain.who import THE_DESK
from store.persistence.mapping import ORDER
from store.records import open_records
from tests.console.import_desk import AT, MAP, brought, faults, mapped, orders, rows, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.intents import Done
    from store.records import Records


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """An empty store of each kind."""
    opened = open_records(tables_url, feed=False)
    yield opened
    opened.close()


def test_names_of_a_try_that_was_not_kept_are_made_again(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy store lets the transaction go, and with it the sites that it had made."""
    asked, tries = Importing._promises, []

    def busy_once(self: Importing, *given: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise StoreBusy
        return asked(self, *given)

    monkeypatch.setattr(Importing, "_promises", busy_once)
    tally = brought(records, written(tmp_path / "a.csv", rows(14)), mapped(tmp_path))
    assert (tally.landed, tally.made["site"]) == (12, 5)
    assert {order.site for order in orders(records)} == {f"Hall {n}" for n in range(5)}
    assert faults(records) == []


def test_a_level_edited_meanwhile_promises_what_it_does_now(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Orders that were told already are told again, or they would be judged by nobody's word."""
    store = Importing._store
    edited: list[Done] = []

    def edited_before(self: Importing, *given: Any) -> Any:
        if not edited:
            policy = {"targets": {"3": {"respond": {"seconds": 60}}}}
            level = SaveLevel(code="standard", name="Standard", calendar="24x7", policy=policy)
            edited.append(records.do(level, who=THE_DESK, at=AT))
        return store(self, *given)

    monkeypatch.setattr(Importing, "_store", edited_before)
    file_map = mapped(tmp_path, 'level = "standard"\n' + MAP)
    assert brought(records, written(tmp_path / "a.csv", rows(3)), file_map).landed == 3
    with records.work(who=THE_DESK, at=AT) as work:
        clocks = {clock.kind.value: clock for clock in work.order(2).clocks}
    assert set(clocks) == {"respond", "resolve"}
    assert clocks["respond"].target is not None
    assert clocks["respond"].target.seconds == 60
    assert faults(records) == []


def test_who_is_merged_meanwhile_gets_no_order_more(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names were looked up before the merge; the code of the one that went means the other."""
    store = Importing._store
    for code in ("Caller 0", "Caller 1"):
        records.do(SaveCustomer(code=code, name=code), who=THE_DESK, at=AT)
    done: list[Done] = []

    def merged_before(self: Importing, *given: Any) -> Any:
        if not done:
            merge = MergeCustomers(kept="Caller 0", gone="Caller 1", sure="Caller 1")
            done.append(records.do(merge, who=THE_DESK, at=AT))
        return store(self, *given)

    monkeypatch.setattr(Importing, "_store", merged_before)
    brought(records, written(tmp_path / "a.csv", rows(3)), mapped(tmp_path))
    assert [order.customer for order in orders(records)] == ["Caller 0", "Caller 0", "Caller 2"]
    with records.database.reading() as conn:
        whose = conn.execute(select(ORDER.c.customer_id)).scalars().all()
    assert len(set(whose)) == 2
    assert faults(records) == []


def test_what_another_import_brought_meanwhile_is_not_brought_twice(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people import a list, one of them a longer copy of it, at the same moment."""
    store, file_map = Importing._store, mapped(tmp_path)
    given = rows(14)
    file = written(tmp_path / "a.csv", given)
    longer = written(tmp_path / "b.csv", [*given, {**given[0], "id": "last"}])
    others: list[int] = []

    def second(self: Importing, *told: Any) -> Any:
        if not others:
            others.append(0)
            others.append(brought(records, longer, file_map).landed)
        return store(self, *told)

    monkeypatch.setattr(Importing, "_store", second)
    tally = brought(records, file, file_map)
    assert (others[-1], tally.landed, tally.here) == (13, 0, 12)
    ids = [order.external_id for order in orders(records)]
    assert len(ids) == len(set(ids)) == 13
    assert faults(records) == []


def test_the_same_id_of_another_source_is_another_order(records: Records, tmp_path: Path) -> None:
    """Every hotline counts from 1."""
    file = written(tmp_path / "a.csv", rows(14))
    for name in ("hotline", "counter"):
        file_map = mapped(tmp_path, MAP.replace("hotline", name))
        assert brought(records, file, file_map).landed == 12
    found = {(order.source, order.external_id) for order in orders(records)}
    assert len(found) == len(orders(records)) == 24
