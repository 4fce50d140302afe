"""What an edit changed is told in the trace, from what to what, and printed so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from console.cli_show import told
from console.render_edits import Edits
from console.render_trace import trace_lines
from store.commands import EditOrder, NewOrder, SaveSite, Undo
from store.domain.who import Who
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.console.lines import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.queries.card import TraceEntry
    from store.records import Records

ANA = Who(operator=2, via="test")
NINE = datetime(2026, 9, 21, 1, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def records(sqlite_url: str) -> Iterator[Records]:
    records = open_records(sqlite_url, feed=False, zone="Asia/Shanghai")
    records.do(SaveSite(code="B", name="Berlin", zone="Europe/Berlin"), who=ANA, at=NINE)
    records.do(NewOrder(title="Pump", site="B", crew=2), who=ANA, at=NINE)
    yield records
    records.close()


def trace(records: Records) -> tuple[TraceEntry, ...]:
    return records.ask(Trace(number=1), who=ANA, at=NINE)


def test_an_edit_names_what_it_changed_from_what_to_what(records: Records) -> None:
    """Times by the customer's clock; what is taken away, and taken back, too."""
    later = NINE + timedelta(hours=6)
    edits = (
        {"appointment_at": later, "appointment_to": later + timedelta(hours=2)},
        {"appointment_at": later + timedelta(hours=1)},
        {"takes_s": 5400, "crew": 3},
        {"takes_s": None},
        {"title": "Pump hot"},
    )
    for fields in edits:
        records.do(EditOrder(number=1, fields=fields), who=ANA, at=NINE)
    records.do(EditOrder(number=1, fields={"crew": 1}), who=ANA, at=NINE)
    records.do(Undo(number=1), who=ANA, at=NINE)
    newest = said(*trace_lines(trace(records), {}, at=NINE, zone=SHANGHAI, there="Europe/Berlin"))
    undone, crew, title, usual, both, moved, first, _made = newest.splitlines()[1:]
    assert "people 1 → 3" in undone
    assert "people 3 → 1" in crew
    assert "→" not in title
    assert "work takes 1h30 → the usual time" in usual
    assert "work takes the usual time → 1h30, people 2 → 3" in both
    by_his = "09:00-11:00 Europe/Berlin (15:00-17:00 here)"
    assert f"{by_his} → 10:00-11:00 Europe/Berlin (16:00-17:00 here)" in moved
    assert f"edited: appointment at no certain time → {by_his}" in first


def test_what_stood_before_the_story_is_not_known(records: Records) -> None:
    """Then only what it is now is said; the printed card has the whole date."""
    records.do(EditOrder(number=1, fields={"crew": 3}), who=ANA, at=NINE)
    fields = {"appointment_at": NINE + timedelta(hours=6)}
    records.do(EditOrder(number=1, fields=fields), who=ANA, at=NINE)
    _made, crew, met = trace(records)
    assert Edits((crew, met), UTC, at=NINE).of(crew) == ["people 3"]
    assert Edits((met,), UTC, at=NINE).of(met) == ["appointment 07:00"]
    card = records.ask(OrderCard(number=1), who=ANA, at=NINE)
    printed = "\n".join(told(card, trace(records), at=NINE))
    assert "appointment: 2026-09-21 09:00 Europe/Berlin (2026-09-21 " in printed
    assert "→ 2026-09-21 09:00 Europe/Berlin" in printed
