"""Inspections as an action of the console: the list, and each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_corrective import OWNER
from console.actions_kinds import DESK, Action, Question, Takes
from console.actions_surveys import CAUSE
from console.deed_kinds import OF, Deed, by_key
from console.judges import week
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


INSPECTION_ACTIONS: tuple[Action, ...] = (
    Action(
        id="inspections",
        keys=("f16",),
        words="inspections 抽查 稽查",
        label=N_("Inspections"),
        help=N_("finished orders that were drawn to be inspected: to do, late, done"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.INSPECTIONS,
    ),
)

SCORES: Final = Question(
    name="scores",
    label=N_("a score of 0 to 4 for each criterion below in order, - where one does not apply"),
    asks=N_("scores"),
)
_WEEK: Final = Question(
    name=OF,
    label=N_("which week, such as 2026-W47; - for the last that is over"),
    asks=N_("week"),
    start="-",
    judge=week,
)

DEEDS: Final[Mapping[str, Deed]] = {
    "score": Deed(
        key="1",
        words=("score", "评分"),
        label=N_("Score"),
        questions=(
            SCORES,
            Question(name="remark", label=N_("what was found"), optional=True),
        ),
        said=N_("score inspection {of}"),
    ),
    "technician": Deed(
        key="2",
        words=("technician", "工程师原话"),
        label=N_("Technician's words"),
        questions=(Question(name="words", label=N_("in the technician's own words")),),
        said=N_("keep what the technician says of inspection {of}"),
    ),
    "customer": Deed(
        key="3",
        words=("customer", "客户原话"),
        label=N_("Customer's words"),
        questions=(Question(name="words", label=N_("in the customer's own words")),),
        said=N_("keep what the customer says of inspection {of}"),
    ),
    "act": Deed(
        key="4",
        words=("act", "立项"),
        label=N_("Open an action"),
        questions=(
            CAUSE,
            Question(name="problem", label=N_("what is wrong, in one sentence"), asks=N_("wrong")),
            OWNER,
        ),
        said=N_("open an action for inspection {of}"),
    ),
    "draw": Deed(
        key="5",
        words=("draw", "抽取"),
        label=N_("Draw a week"),
        questions=(_WEEK,),
        said=N_("draw what is inspected of {of}"),
    ),
    "again": Deed(
        key="9",
        words=("again", "重评"),
        label=N_("Open again"),
        questions=(),
        said=N_("inspection {of} is to be done again"),
    ),
    "drop": Deed(
        key="0",
        words=("drop", "免检"),
        label=N_("Leave out"),
        questions=(Question(name="reason", label=N_("why it cannot be inspected")),),
        said=N_("leave inspection {of} out"),
    ),
}
"""Every step, in the order of their keys."""
NEW: Final = frozenset({"draw"})
"""What needs no row under the cursor."""
BY_KEY: Final = by_key(DEEDS)
