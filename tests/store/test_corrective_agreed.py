"""What is agreed about an action: an owner who can do it, and a figure that can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveOperator
from store.commands.corrective import OpenAction, SetAction
from store.domain.errors import BadInput
from store.domain.who import Who
from tests.store.desk import do, minutes
from tests.store.test_corrective import a_finding, an_action, shown

if TYPE_CHECKING:
    from store.records import Records

HOST = Who(operator=2)


@pytest.mark.parametrize(
    "told",
    [{"role": "office", "sites": ("S1",)}, {"role": "screen"}, {"sites": ("S1",)}],
    ids=["another site's office", "a screen", "a dispatcher of another site"],
)
def test_an_owner_can_see_to_it(records: Records, told: dict[str, str]) -> None:
    """Neither whoever does not see its order, nor who changes nothing, nor the desk itself."""
    number = a_finding(records)
    do(records, SaveOperator(code="dee", name="Dee", **told), who=HOST)  # type: ignore[arg-type]
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
