"""One of several baselines counts; and nobody waits while one is reckoned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import NewOrder
from store.commands.baselines import FreezeBaseline, UseBaseline
from store.domain.errors import NotAllowed, StoreBusy
from store.domain.kpi.baseline import BaselineUnknown, Period
from store.domain.who import RIGHTS, Right, Role, Scope
from store.persistence.journal import JOURNAL
from store.persistence.packs import BASELINE
from store.queries.answers import kpi_sure
from store.records import open_records
from tests.store.desk import ANA, do, rows
from tests.store.test_baselines import DAYS, LATER, active, freeze, history, period

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.records import Records


def test_one_that_was_frozen_before_counts_again(records: Records) -> None:
    """Told once, however often it is said; one that there is not is refused."""
    history(records)
    numbers = [freeze(records, name) for name in ("first", "second", "third")]
    for _again in range(2):
        done = do(records, UseBaseline(baseline=numbers[0]), at=LATER)
        assert (done.facts["name"], done.facts["first"]) == ("first", "2026-09-01")
    line = active(records)
    assert line is not None
    assert (line.id, line.active) == (numbers[0], True)
    assert [row["active"] for row in rows(records, BASELINE)] == [1, None, None]
    assert len(rows(records, JOURNAL, fact="baseline_chosen")) == 1
    with pytest.raises(BaselineUnknown):
        do(records, UseBaseline(baseline=9), at=LATER)
    office = replace(ANA, role=Role.OFFICE, scope=Scope(frozenset({1})))
    with pytest.raises(NotAllowed):
        records.do(UseBaseline(baseline=numbers[1]), who=office, at=LATER)
    last = freeze(records, "last")
    again = active(records)
    assert again is not None
    assert again.id == last


def test_others_write_while_it_is_reckoned(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes then is in none of its figures; under one key it is frozen once."""
    history(records)
    other = open_records(records.database.address, feed=False)
    reckon, told = kpi_sure.sure_figures, list[int]()

    def meanwhile(*given: Any) -> Period:
        found = reckon(*given)
        told.append(do(other, NewOrder(title="meanwhile", site="N1"), at=LATER).numbers[0])
        return found

    before = period(records)
    monkeypatch.setattr(kpi_sure, "sure_figures", meanwhile)
    command = FreezeBaseline(name="September", **DAYS)
    done = [records.do(command, who=ANA, at=LATER, key="k") for _again in range(2)]
    other.close()
    assert done[0].facts == done[1].facts
    assert len(told) == 1
    line = active(records)
    assert line is not None
    assert line.period == before


def test_a_line_that_is_cut_while_it_is_reckoned_is_tried_again(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in any other command: whoever freezes it hears nothing of that."""
    history(records)
    reckon, turns = kpi_sure.sure_figures, list[int]()

    def cut(reader: Reader, *given: Any) -> Period:
        turns.append(1)
        if len(turns) == 1 and reader.kind == "postgresql":
            reader.conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        elif len(turns) == 1:
            raise StoreBusy
        return reckon(reader, *given)

    before = period(records)
    monkeypatch.setattr(kpi_sure, "sure_figures", cut)
    freeze(records, "September")
    line = active(records)
    assert line is not None
    assert line.period == before
    assert len(turns) == 2


def test_what_was_frozen_is_told_again_to_whom_the_right_was_taken(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """His first answer was lost; under another key he is refused."""
    history(records)
    command = FreezeBaseline(name="September", **DAYS)
    done = records.do(command, who=ANA, at=LATER, key="k")
    monkeypatch.setitem(RIGHTS, Role.ADMINISTRATOR, frozenset({Right.READ}))
    assert records.do(command, who=ANA, at=LATER, key="k") == done
    with pytest.raises(NotAllowed):
        records.do(command, who=ANA, at=LATER, key="other")
    assert len(rows(records, BASELINE)) == 1
