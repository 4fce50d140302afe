"""A revisit whose order is somebody else's by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.revisits import plan_due
from store.commands import EditOrder, SaveCustomer
from store.commands.revisits import RecordRevisit
from store.domain.calls import CallReason
from store.domain.revisits import Standing
from store.persistence.mapping import ORDER
from store.persistence.revisits import REVISIT
from store.queries.calls import Calls
from tests.store.desk import ANA, do, minutes, rows, written
from tests.store.test_revisits import listed, planned

if TYPE_CHECKING:
    from store.records import Records


def test_a_revisit_stays_with_whom_it_was_planned_for(records: Records) -> None:
    """Its order is somebody else's by now: he is called, and what is to do is done for him."""
    (number,) = planned(records)
    do(records, SaveCustomer(code="L", name="Late", tier="key"))
    do(records, EditOrder(number=number, fields={"customer": "L"}), at=minutes(1))
    assert plan_due(records, at=minutes(2)) == 0, "there is no order of his to promise it at"
    (line,) = listed(records)
    assert (line.customer, line.standing) == ("K0N1", Standing.PLANNED)
    found = records.ask(Calls(), who=ANA, at=line.due_at)
    assert [one.customer for one in found if one.why is CallReason.REVISIT] == ["Key 0"]
    told = RecordRevisit(number=number, outcome="to_do", note="a new lamp", place=line.place)
    other = int(do(records, told, at=line.due_at).facts["other"])
    theirs = [rows(records, ORDER, number=one)[0]["customer_id"] for one in (number, other)]
    assert theirs[0] != theirs[1] == rows(records, REVISIT)[0]["customer_id"]
    own = written(records, customer="L")
    assert plan_due(records, at=minutes(3)) == 1
    assert {one.number for one in listed(records, period="2026-09")} == {number, own}
