"""The procedure of an order, as an action of the console: its checklist, and each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import ORDERS, Action, Question, Takes
from console.actions_moves import NO_ORDER
from console.deed_kinds import Deed, by_key
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _needs_order(situation: Situation) -> str | None:
    if not situation.ready:
        return N_("the store is not open yet")
    return NO_ORDER if situation.line is None else None


SOP_ACTIONS: tuple[Action, ...] = (
    Action(
        id="checklist",
        keys=("f18",),
        words="sop checklist 步骤",
        label=N_("Steps"),
        help=N_("the steps of its procedure: what is done, what is missing, what gates which move"),
        group=ORDERS,
        why_not=_needs_order,
        takes=Takes.STEPS,
    ),
)


VALUE: Final = Question(
    name="value", label=N_("what shows it: a reading, a choice, a path, a name"), optional=True,
    asks=N_("value"),
)  # fmt: skip
REASON: Final = Question(
    name="reason", label=N_("why it is taken though it is out of its range"), optional=True,
    asks=N_("reason"),
)  # fmt: skip
WHY: Final = Question(name="reason", label=N_("why it is skipped"), asks=N_("reason"))


def _deed(key: str, words: tuple[str, str], label: str, said: str, *asked: Question) -> Deed:
    return Deed(key=key, words=words, label=label, questions=asked, said=said)


DEEDS: Final[Mapping[str, Deed]] = {
    "do": _deed(
        *("1", ("do", "完成"), N_("Do it"), N_("step {step} of order #{of} is done")),
        *(VALUE, REASON),
    ),
    "undo": _deed(
        *("2", ("undo", "撤销"), N_("Not done")),
        N_("step {step} of order #{of} is not done after all"),
    ),
    "skip": _deed(
        *("3", ("skip", "跳过"), N_("Skip"), N_("skip step {step} of order #{of}")),
        WHY,
    ),
}
"""By name."""
BY_KEY: Final = by_key(DEEDS)


def told_of(told: Mapping[str, Any]) -> str:
    """What would be done, in words of ours."""
    return DEEDS[told["deed"]].said.format(step=told["step"], of=told["of"])
