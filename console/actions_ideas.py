"""The suggestion box as an action of the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Question, Takes
from console.deeds import Deeds, ListDeed
from console.judges import amount
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation, Told
    from store.domain.intents import Command


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


IDEA_ACTIONS: tuple[Action, ...] = (
    Action(
        id="ideas",
        keys=("f20",),
        words="ideas 建议箱 建议",
        label=N_("Suggestions"),
        help=N_("suggestions: submitted, judged by somebody else, rewarded from the fund"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.IDEAS,
    ),
)


def make_idea(deed: str, about: str, told: Told, seen: int | None) -> Command:
    """The command of a step."""
    from console.idea_commands import idea_command

    return idea_command(deed, about, told, seen)


_NUMBER = N_("the number of a suggestion")
_TEXT = Question(name="text", label=N_("what you suggest"))
_REASON = Question(name="reason", label=N_("why"))
_AMOUNT = Question(name="amount", label=N_("how much"), judge=amount)
_WORDS = Question(name="words", label=N_("a note, or nothing"), optional=True)
IDEA_DEEDS: Final = Deeds(
    asked=N_("what to do to a suggestion, or nothing to see them all"),
    unknown=N_("“{word}” is nothing to do with a suggestion; there are: {choices}"),
    make=make_idea,
    steps={
        "new": ListDeed(
            key="1",
            words=("new", "提交"),
            label=N_("Suggest"),
            questions=(_TEXT,),
            said=N_("submit a suggestion of your own"),
        ),
        "for": ListDeed(
            key="",
            words=("for", "代"),
            label=N_("For a technician"),
            of=N_("a technician by code or name"),
            by_number=False,
            questions=(_TEXT,),
            said=N_("submit a suggestion of {of}"),
        ),
        "accept": ListDeed(
            key="2",
            words=("accept", "采纳"),
            label=N_("Accept it"),
            of=_NUMBER,
            questions=(_REASON,),
            said=N_("accept suggestion {of}"),
        ),
        "decline": ListDeed(
            key="3",
            words=("decline", "不采纳"),
            label=N_("Decline it"),
            of=_NUMBER,
            questions=(_REASON,),
            said=N_("decline suggestion {of}"),
        ),
        "reward": ListDeed(
            key="4",
            words=("reward", "奖励"),
            label=N_("Reward it"),
            of=_NUMBER,
            questions=(_AMOUNT, _WORDS),
            said=N_("reward suggestion {of} from the fund"),
        ),
        "effect": ListDeed(
            key="5",
            words=("effect", "效果"),
            label=N_("Its effect"),
            of=_NUMBER,
            questions=(Question(name="effect", label=N_("what it brought")),),
            said=N_("note the effect of suggestion {of}"),
        ),
        "fund": ListDeed(
            key="9",
            words=("fund", "注资"),
            label=N_("Pay into the fund"),
            questions=(_AMOUNT, _WORDS),
            said=N_("pay into the fund"),
        ),
    },
)
"""Every step of a suggestion, in the order in which they come."""
