"""Figures of complaints and praise, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise, WithdrawVoice
from store.domain.who import THE_DESK
from store.queries.kpi import KpiCalled, KpiRows
from tests.store.desk import AT_SOUTH, NINE, do, minutes, written
from tests.store.test_kpi_besides import DAY, ZONE, figure
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from store.records import Records


def test_complaints_are_counted_by_hand(records: Records) -> None:
    """For each hundred orders closed; late and open is not in time, withdrawn counts nowhere."""
    for place in range(4):
        number = written(records, at=minutes(place), kind="lift")
        worked_through(records, number, place, "T1")
    assert figure(records, "complaint_rate", minutes(500)).value == 0
    for told in ({"number": 1}, {"site": "S1"}, {"customer": "C1"}):
        keep = KeepComplaint(said="x", about="late", **told)
        do(records, keep, at=minutes(200))
    do(records, KeepPraise(number=2, said="x"), at=minutes(200))
    do(records, AnswerComplaint(complaint=1, told="x", whom="x"), at=minutes(210))
    do(records, WithdrawVoice(voice=3, reason="x"), at=minutes(220))
    at = NINE + 9 * DAY
    for name, value, n in (
        ("complaint_rate", 50, 4),
        ("complaints_received", 2, 2),
        ("complaints_answered_in_time", 0.5, 2),
        ("praise_received", 1, 1),
    ):
        found = figure(records, name, at)
        assert (found.value, found.n) == (value, n), name
    assert figure(records, "complaints_received", at, site="S1").n == 1
    assert figure(records, "complaints_received", at, kind="lift").n == 1
    assert figure(records, "praise_received", at, person="T1").n == 1
    assert figure(records, "complaint_rate", at, customer="C2").value is None
    period: dict[str, Any] = {"first": NINE.date(), "last": NINE.date(), "zone": ZONE}
    rows = records.ask(KpiRows(name="complaints_received", **period), who=THE_DESK, at=at)
    assert rows == (1, 2)
    called = KpiCalled(name="complaints_received", rows=rows)
    assert [row.outcome for row in records.ask(called, who=THE_DESK, at=at)] == ["late", "late"]
    assert [row.id for row in records.ask(called, who=AT_SOUTH, at=at)] == [2]
