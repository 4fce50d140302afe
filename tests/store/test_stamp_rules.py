"""What a rule rests on though nobody's hours or orders differ makes another board; on both stores.

Who has no shift at all is always there, and a kind of work that is called like a skill takes it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.accepting import accepting
from store.commands import SaveShift, SaveTechnician
from store.commands.replan import BoardMovedOn
from store.domain.dispatch.refusals import NomineeChanged
from store.domain.dispatch.replan import Replan, propose
from store.domain.who import Who
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, do, minutes, stored
from tests.store.recommend_desk import desk, order
from tests.store.test_send_as_shown import chosen

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

__all__ = ["desk"]


def _shift(days: int) -> SaveShift:
    begins = minutes(0) + timedelta(days=days)
    return SaveShift(technician="AN", starts_at=begins, ends_at=begins + timedelta(hours=8))


SINCE: dict[str, Command] = {
    "a first shift, in three days": _shift(3),
    "a first shift, long ago": _shift(-3),
    "a skill that is called like the work": SaveTechnician(
        code="ZO", name="Zo", active=False, skills={"Boiler": 2}
    ),
}


@pytest.mark.parametrize("since", SINCE)
def test_by_whom_no_rule_was_broken_then_nobody_is_sent_now(desk: Records, since: str) -> None:
    """An was there all day, and boilers took no skill."""
    number = order(desk, site="A", kind="boiler")
    command = chosen(desk, number)
    assert command.technician == 4
    do(desk, SINCE[since], who=Who(operator=2))
    with pytest.raises(NomineeChanged):
        do(desk, command, at=minutes(2))
    assert stored(desk, number).technician is None


@pytest.mark.parametrize("since", SINCE)
def test_a_plan_that_no_rule_forbade_then_is_not_accepted_now(desk: Records, since: str) -> None:
    """Whoever renews it is told what keeps An away."""
    number = order(desk, site="A", kind="boiler")
    planning = desk.ask(BoardToPlan(), who=ANA, at=minutes(1))
    told = propose(Replan(planning.present).kernel, {number: 4})
    do(desk, SINCE[since], who=Who(operator=2))
    with pytest.raises(BoardMovedOn):
        do(desk, accepting(planning, told), at=minutes(2))
    assert stored(desk, number).technician is None
