"""What is agreed about an action: an owner who can do it, and a figure that can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import EditOrder, SaveOperator
from store.commands.corrective import OpenAction, SetAction, StartAction
from store.domain.corrective_refusals import GoalMet
from store.domain.errors import BadInput
from store.domain.who import Who
from tests.store.desk import do, minutes, written
from tests.store.test_corrective import a_finding, an_action, planned, shown
from tests.store.test_surveys import DAY

if TYPE_CHECKING:
    from store.records import Records

HOST = Who(operator=2)


@pytest.mark.parametrize(
    "told",
    [{"role": "office", "sites": ("S1",)}, {"role": "screen"}, {"sites": ("S1",)}],
    ids=["another site's office", "a screen", "a dispatcher of another site"],
)
def test_an_owner_can_see_to_it(records: Records, told: dict[str, Any]) -> None:
    """Neither whoever does not see its order, nor who changes nothing, nor the desk itself."""
    number = a_finding(records)
    do(records, SaveOperator(code="dee", name="Dee", **told), who=HOST)
    for owner in ("dee", 1):
        with pytest.raises(BadInput, match="dispatches"):
            do(records, OpenAction(number=number, owner=owner), at=minutes(30))
    action = an_action(records)
    for owner in ("dee", 1):
        with pytest.raises(BadInput, match="dispatches"):
            do(records, SetAction(action=action, owner=owner), at=minutes(31))
    mended = SaveOperator(code="dee", name="Dee", role="office", sites=("N1",))
    do(records, mended, who=HOST)
    do(records, SetAction(action=action, owner="dee"), at=minutes(32))
    assert shown(records, action).owner == 5


def test_a_goal_that_is_met_already_is_none(records: Records) -> None:
    """It would show an effect of nothing; where nothing could be measured nobody knows."""
    action = planned(records, measure="orders_opened", goal="<=1")
    with pytest.raises(GoalMet):
        do(records, StartAction(action=action), at=minutes(2 * DAY))
    written(records, at=minutes(DAY))
    do(records, StartAction(action=action), at=minutes(2 * DAY))
    assert shown(records, action).baseline == 2
    unheard = planned(records, measure="csat", goal=">=90%")
    do(records, StartAction(action=unheard), at=minutes(40))
    assert shown(records, unheard).baseline is None


def test_it_is_measured_where_its_order_is(records: Records) -> None:
    """Or of the whole desk: what befalls another site shows nothing of this cause."""
    action = planned(records)
    with pytest.raises(BadInput, match="another one"):
        do(records, SetAction(action=action, site="S1"), at=minutes(33))
    do(records, SetAction(action=action, site=""), at=minutes(34))
    do(records, SetAction(action=action, site="N1"), at=minutes(35))
    moved = EditOrder(number=shown(records, action).number, fields={"site": "S1"})
    do(records, moved, at=minutes(36))
    with pytest.raises(BadInput, match="another one"):
        do(records, StartAction(action=action), at=minutes(37))
