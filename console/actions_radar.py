"""The radar as an action of the console, and what is done to what it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_corrective import OWNER
from console.actions_kinds import DESK, Action, Question, Takes
from console.actions_surveys import CAUSE
from console.deed_kinds import Deed, by_key
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


RADAR_ACTIONS: tuple[Action, ...] = (
    Action(
        id="radar",
        keys=("f15",),
        words="radar 雷达",
        label=N_("Radar"),
        help=N_("trouble that comes again where it was: take it up, and invite the customer"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.RADAR,
    ),
)

DEEDS: Final[Mapping[str, Deed]] = {
    "take": Deed(
        key="1",
        words=("take", "立项"),
        label=N_("Take it up"),
        questions=(
            Question(name="invited", label=N_("who of the customer's is invited")),
            CAUSE,
            OWNER,
        ),
        said=N_("take proposal {of} up as an action"),
    ),
    "leave": Deed(
        key="2",
        words=("leave", "不立项"),
        label=N_("Leave it"),
        questions=(Question(name="reason", label=N_("why it is not taken up")),),
        said=N_("do not take proposal {of} up"),
    ),
    "look": Deed(
        key="5",
        words=("look", "扫描"),
        label=N_("Look now"),
        questions=(),
        said=N_("look now what comes again"),
    ),
}
"""Every step, in the order of their keys."""
NEW: Final = frozenset({"look"})
"""What needs no row under the cursor."""
BY_KEY: Final = by_key(DEEDS)
