"""Procedures: their versions, what is told of them, and by what orders are found."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from store.commands.sop import DoStep, ImportProcedure, UndoStep
from store.domain.errors import NotAllowed, OrderUnknown, Stale
from store.domain.sop_refusals import NoProcedure, ProcedureKept, ProcedureOlder, StepUnknown
from store.domain.who import THE_DESK
from store.queries.finding import FindOrders
from store.queries.sop import OrderSteps, ProcedureText
from tests.store.desk import ANA, AT_SOUTH, NINE, do, promises_kept, stored, written
from tests.store.sop_files import LIFT, one_step
from tests.store.test_commands_bulk import history
from tests.store.test_sop import imported, led, step
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from store.records import Records


def test_versions_are_taken_in_order(records: Records) -> None:
    """The same file twice is no fault; another text under its version is, and an older one."""
    imported(records)
    imported(records)
    with pytest.raises(ProcedureKept, match="give this one version 2"):
        imported(records, LIFT.replace("Isolate", "Lock"))
    imported(records, LIFT.replace("version = 1", "version = 7"))
    with pytest.raises(ProcedureOlder, match="version 8"):
        imported(records, LIFT.replace("version = 1", "version = 3"))
    line, source = records.ask(ProcedureText(kind="lift", version=1), who=ANA, at=NINE)
    assert (line.version, source) == (1, LIFT)
    imported(records, 'kind = "lift"\nversion = 8\nretired = true\n')
    assert stored(records, written(records, kind="lift")).steps == ()
    with pytest.raises(NotAllowed):
        do(records, ImportProcedure(source=LIFT), who=AT_SOUTH)


def test_the_checklist_tells_each_step(records: Records) -> None:
    """To those who see the order; a stranger is told nothing, and does nothing."""
    number = led(records)
    step(records, number, "call")
    told = records.ask(OrderSteps(number=number), who=ANA, at=NINE)
    assert (told.kind, told.procedure, len(told.steps)) == ("lift", 1, 6)
    first = told.steps[0]
    assert (first.by, first.behind, first.says and first.says.role) == ("Ana", False, "dispatcher")
    for asked in (DoStep(number=number, step="isolate"), UndoStep(number=number, step="call")):
        with pytest.raises(OrderUnknown):
            do(records, asked, who=AT_SOUTH)
    with pytest.raises(OrderUnknown):
        records.ask(OrderSteps(number=number), who=AT_SOUTH, at=NINE)
    with pytest.raises(StepUnknown, match="call, isolate"):
        step(records, number, "isolated")
    with pytest.raises(NoProcedure):
        step(records, written(records), "call")
    with pytest.raises(Stale):
        do(records, DoStep(number=number, step="isolate", version=1))


def test_orders_are_found_by_their_steps(records: Records) -> None:
    """Those where something must be done still, where nothing must, or by a certain step."""
    imported(records, one_step("close"))
    first, second = written(records, kind="lift"), written(records, kind="lift")
    written(records)
    step(records, second, "x")

    def seen(text: str) -> list[int]:
        found = records.ask(FindOrders(text=text, zone=UTC), who=ANA, at=NINE)
        return [line.number for line in found.lines]

    assert seen("sop:missing") == [first] == seen("步骤:缺") == seen("sop:x")
    assert seen("sop:done") == [second]
    assert seen("sop:any -sop:missing") == [second]


def test_what_comes_in_bulk_and_is_still_to_be_done_is_led(records: Records) -> None:
    """As any new order is; what is over already stays as it came."""
    do(records, ImportProcedure(source=one_step("close")))
    with records.work(who=THE_DESK, at=NINE) as work:
        rules = work.rules_of(1)
        told = [
            history(rules, place, steps, kind="lift") for place, steps in ((1, 0), (2, 3), (3, 5))
        ]
        numbers = work.add_many([*told, history(rules, 4, 0)])
    assert [len(stored(records, number).steps) for number in numbers] == [1, 1, 0, 0]
    promises_kept(records, numbers)
    assert faults(records) == ()
