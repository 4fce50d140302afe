"""Complaints and praise, as an action of the console: the list, and each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_corrective import OWNER
from console.actions_kinds import DESK, Action, Question, Takes
from console.actions_surveys import CAUSE
from console.deed_kinds import OF, Deed, by_key
from console.judges import about
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


VOICE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="complaints",
        keys=("f19",),
        words="complaints 投诉",
        label=N_("Complaints"),
        help=N_("what customers complain of, each with its clock, and what they praise"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.COMPLAINTS,
    ),
)

_PLACE = Question(
    name=OF,
    label=N_("about what: the number of an order, @ and the code of a site, or a customer"),
    asks=N_("order, @site or customer"),
    looks_up="about",
)
_ABOUT = Question(
    name="about",
    label=N_(
        "what it is about: 1 late, 2 again, 3 work, 4 manner, 5 noise, 6 news, 7 price, 8 other"
    ),
    asks=N_("about"),
    judge=about,
)
_SAID = Question(name="said", label=N_("in the customer's own words"), asks=N_("own words"))
_SPEAKER = Question(name="speaker", label=N_("who said it"), optional=True)

DEEDS: Final[Mapping[str, Deed]] = {
    "answer": Deed(
        key="1",
        words=("answer", "答复"),
        label=N_("Answer"),
        questions=(
            Question(name="told", label=N_("what the customer was told"), asks=N_("told")),
            Question(name="whom", label=N_("who was told that")),
        ),
        said=N_("complaint {of} was answered"),
    ),
    "cause": Deed(
        key="2",
        words=("cause", "归因"),
        label=N_("Root cause"),
        questions=(CAUSE,),
        said=N_("say what the root cause of complaint {of} is"),
    ),
    "close": Deed(
        key="3",
        words=("close", "关闭"),
        label=N_("Close"),
        questions=(),
        said=N_("close complaint {of}"),
    ),
    "act": Deed(
        key="4",
        words=("act", "立项"),
        label=N_("Open an action"),
        questions=(OWNER,),
        said=N_("open an action for complaint {of}"),
    ),
    "add": Deed(
        key="5",
        words=("add", "登记"),
        label=N_("New complaint"),
        questions=(_PLACE, _ABOUT, _SAID, _SPEAKER),
        said=N_("keep a complaint about {of}"),
    ),
    "praise": Deed(
        key="6",
        words=("praise", "表扬"),
        label=N_("New praise"),
        questions=(_PLACE, _SAID, _SPEAKER),
        said=N_("keep praise about {of}"),
    ),
    "withdraw": Deed(
        key="0",
        words=("withdraw", "撤销"),
        label=N_("Withdraw"),
        questions=(Question(name="reason", label=N_("why it should not have been kept")),),
        said=N_("withdraw complaint or praise {of}"),
    ),
}
"""Every step, in the order of their keys."""
NEW: Final = frozenset({"add", "praise"})
"""What needs no row under the cursor."""
BY_KEY: Final = by_key(DEEDS)
