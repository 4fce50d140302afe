"""What a service level may say is asked before it is kept: else every order under it would fall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.i18n import tell, use
from scheduler.runner import fire_due
from store.commands import NewOrder, SaveLevel
from store.commands.promises import checked_policy
from store.domain.errors import BadInput
from tests.store.desk import do, minutes

if TYPE_CHECKING:
    from store.records import Records

REFUSED: dict[str, tuple[Any, str]] = {
    "days beyond ten years": (
        {"targets": {"3": {"resolve": {"days": 316_000_000}}}},
        "3.resolve.days: 316000000; 0 to 3660",
    ),
    "seconds beyond ten years": (
        {"targets": {"3": {"resolve": {"seconds": 316_224_001}}}},
        "3.resolve.seconds: 316224001; ",
    ),
    "no orphan time": ({"orphan_after_s": None}, "orphan_after_s: None; a whole number"),
    "no risk": ({"risk": None}, "risk: None; a whole number"),
    "no ring": ({"ring_from": None}, "ring_from: None; a whole number"),
    "a list": ([1], "service level: [1]; names with their values"),
    "a list of targets": ({"targets": [1]}, "targets: [1]; names with their values"),
    "a list of clocks": ({"targets": {"3": []}}, "targets.'3': []; names with their values"),
    "a target that is a number": (
        {"targets": {"3": {"resolve": 5}}},
        "3.resolve: 5; names with their values",
    ),
    "a warning that is no list": ({"warn": 5}, "warn: 5; a list of whole numbers"),
    "warnings that are none": ({"warn": None}, "warn: None; a list of whole numbers"),
    "a word of warnings": ({"after_s": "12"}, "after_s: '12'; a list of whole numbers"),
    "a flood of reminders": ({"after_s": [1] * 1000}, "after_s: 1000; 0 to 50"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_order_could_be_judged_by_is_refused(name: str) -> None:
    """With a sentence that says where, in both languages."""
    policy, said = REFUSED[name]
    with pytest.raises(BadInput) as refused:
        checked_policy(policy)
    assert said in refused.value.text
    use("zh")
    try:
        assert said.split(";", maxsplit=1)[0].split(": ")[1] in tell(refused.value)
        assert "a whole number" not in tell(refused.value)
        assert "names with" not in tell(refused.value)
    finally:
        use("en")


def test_what_is_kept_can_be_worked_with(records: Records) -> None:
    """The longest targets, and silence that nobody minds."""
    far = {"targets": {"3": {"resolve": {"days": 3660}, "respond": {"seconds": 60}}}}
    policy: dict[str, Any] = {**far, "warn": [], "after_s": (60,), "silent_after_s": None}
    do(records, SaveLevel(code="F", name="F", calendar="office", policy=policy))
    with pytest.raises(BadInput):
        do(records, SaveLevel(code="F", name="F", calendar="office", policy={"risk": None}))
    do(records, NewOrder(title="x", level="F", priority=3))
    assert fire_due(records, at=minutes(24 * 60)).failed == 0
