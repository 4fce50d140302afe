"""The doctor follows packs and baselines in the journal, column by column."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, update

from store.commands.baselines import UseBaseline
from store.domain.who import THE_DESK
from store.packing import write_packs
from store.persistence.packs import BASELINE, PACK, PART
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import do, rows
from tests.store.test_baselines import LATER, freeze
from tests.store.test_packs import OCTOBER_OVER, some_work

if TYPE_CHECKING:
    from sqlalchemy import Table

    from store.records import Records


def found(records: Records) -> list[Check]:
    """What is told of them."""
    told = records.ask(ExamineDesk(), who=THE_DESK, at=LATER)
    return [one.check for one in told if one.check in {Check.PACK, Check.BASELINE}]


def _another(value: Any) -> Any:
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    return 1 if value is None else value + (1 if isinstance(value, int) else "x")


def _change(records: Records, table: Table, row: int, values: dict[str, Any]) -> None:
    with records.database.writing() as conn:
        conn.execute(update(table).where(table.c.id == row).values(**values))


def test_whatever_is_changed_of_one_is_told(records: Records) -> None:
    """Also which days, whose, and when; untouched, and put right again, nothing is said."""
    some_work(records)
    freeze(records, "before")
    freeze(records)
    write_packs(records, at=OCTOBER_OVER)
    assert found(records) == []
    for table, check in ((PACK, Check.PACK), (BASELINE, Check.BASELINE), (PART, Check.BASELINE)):
        row = rows(records, table)[-1]
        for name, value in row.items():
            if name not in {"id", "baseline_id", "frozen_by"}:
                _change(records, table, row["id"], {name: _another(value)})
                assert found(records) == [check], name
                _change(records, table, row["id"], {name: value})
    (older, newer) = (row["id"] for row in rows(records, BASELINE))
    _change(records, BASELINE, newer, {"active": None})
    _change(records, BASELINE, older, {"active": 1})
    assert found(records) == [Check.BASELINE] * 2


def test_one_that_was_chosen_counts(records: Records) -> None:
    """As long as nothing is frozen or chosen after it."""
    some_work(records)
    older, newer = freeze(records, "before"), freeze(records)
    do(records, UseBaseline(baseline=older), at=LATER)
    assert found(records) == []
    _change(records, BASELINE, older, {"active": None})
    assert found(records) == [Check.BASELINE]
    _change(records, BASELINE, newer, {"active": 1})
    assert found(records) == [Check.BASELINE] * 2


def test_one_that_is_gone_is_missed(records: Records) -> None:
    """A pack, the figures of a baseline, a baseline whole."""
    some_work(records)
    freeze(records)
    write_packs(records, at=OCTOBER_OVER)
    packs = len(rows(records, PACK))
    for table, checks in (
        (PACK, [Check.PACK] * packs),
        (PART, [Check.PACK] * packs + [Check.BASELINE]),
        (BASELINE, [Check.PACK] * packs + [Check.BASELINE]),
    ):
        with records.database.writing() as conn:
            conn.execute(delete(table))
        assert found(records) == checks, table.name
