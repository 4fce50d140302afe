"""A step that is skipped by leave: an exception for just this step of this order, used up by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveOperator
from store.commands.exceptions import AskException, SetExceptionLimit
from store.commands.sop import SkipStep, UndoStep
from store.domain.sop_refusals import StepNeedsLeave, StepUnknown
from store.domain.who import Role, Scope, Who
from store.queries.exceptions import LiveGrants
from tests.store.desk import ANA, do, minutes, stored
from tests.store.test_sop import led
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from store.records import Records

CEM = Who(operator=5, role=Role.OFFICE, scope=Scope(frozenset({1})))


@pytest.fixture
def order(records: Records) -> int:
    """One with a procedure; whoever sits at the site may let one step be skipped."""
    do(records, SaveOperator(code="cem", name="Cem", role="office", sites=("N1",)))
    do(records, SetExceptionLimit(kind="step", operator="cem", count=1))
    return led(records)


def skip(records: Records, number: int, step: str, at: int) -> None:
    do(records, SkipStep(number=number, step=step, reason="no phone"), who=CEM, at=minutes(at))


def test_a_leave_skips_its_own_step_once(records: Records, order: int) -> None:
    """Without one a site office skips nothing; that for another step is none."""
    with pytest.raises(StepNeedsLeave):
        skip(records, order, "call", 1)
    asked = AskException(number=order, kind="step", about="isolate", reason="no lock there")
    do(records, asked, who=CEM, at=minutes(2))
    with pytest.raises(StepNeedsLeave):
        skip(records, order, "call", 3)
    skip(records, order, "isolate", 4)
    step = stored(records, order).steps[1]
    assert (step.skipped, step.reason, step.done_by) == (True, "no phone", CEM.operator)
    assert not records.ask(LiveGrants(number=order, kind="step"), who=ANA, at=minutes(5))
    assert faults(records) == ()


def test_a_leave_that_was_used_is_used_up(records: Records, order: int) -> None:
    """Also where the step was taken back since."""
    asked = AskException(number=order, kind="step", about="call", reason="no phone there")
    do(records, asked, who=CEM, at=minutes(2))
    skip(records, order, "call", 3)
    do(records, UndoStep(number=order, step="call"), who=CEM, at=minutes(4))
    with pytest.raises(StepNeedsLeave):
        skip(records, order, "call", 5)
    assert not stored(records, order).steps[0].skipped
    assert faults(records) == ()


def test_a_leave_is_for_a_step_that_the_order_has(records: Records, order: int) -> None:
    """By its place, or in wide letters; one for no step would be worth nothing."""
    do(records, SetExceptionLimit(kind="step", operator="cem", count=2))
    with pytest.raises(StepUnknown):
        leave(records, order, "Call the customer before you leave")
    leave(records, order, "1")
    leave(records, order, "ＩＳＯＬＡＴＥ")
    skip(records, order, "call", 4)
    skip(records, order, "2", 5)
    assert [step.skipped for step in stored(records, order).steps[:2]] == [True, True]
    assert faults(records) == ()


def leave(records: Records, number: int, about: str) -> None:
    asked = AskException(number=number, kind="step", about=about, reason="no phone there")
    do(records, asked, who=CEM, at=minutes(2))
