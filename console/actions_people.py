"""What people master, hold and learn, as actions of the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import DESK, Action, Kind, Question, Takes
from console.deeds import Deeds, ListDeed
from console.judges import gives, subject
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation, Told
    from store.domain.intents import Command


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


PEOPLE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="kinds",
        keys=("ctrl+v",),
        words="kinds 工作类别",
        label=N_("Kinds of work"),
        help=N_("each kind with its orders, how long it takes, whom it asks for, its procedure"),
        group=DESK,
        why_not=_not_open,
    ),
    Action(
        id="skills",
        keys=("f21",),
        words="skills 技能",
        label=N_("Skills"),
        help=N_("who masters and holds what, until when, and what dispatch loses without it"),
        group=DESK,
        why_not=_not_open,
    ),
    Action(
        id="trainings",
        keys=("f22",),
        words="training 培训",
        label=N_("Training"),
        help=N_("what people are to learn, when, what came of it; drills that were played"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.TRAINING,
    ),
    Action(
        id="scorecards",
        keys=("f23",),
        words="scorecard scores 评分卡 评分",
        label=N_("Score cards"),
        help=N_("each technician's figures of a month, fair; star of the month, gold engineers"),
        group=DESK,
        why_not=_not_open,
    ),
)


def _text(name: str, label: str, **more: Any) -> Question:
    return Question(name=name, label=label, **more)


_GIVES = _text(
    "gives", N_("what whoever passes has: hvac:3, or Gas 2027-11-30; nothing for none"),
    asks=N_("gives"), optional=True, judge=gives,
)  # fmt: skip
_EARLY = Question(
    name="early",
    label=N_("it is planned for later: was it held already?"),
    kind=Kind.CONFIRM,
)
EARLY_ASKED: Final = {"passed": _EARLY, "failed": _EARLY}
"""What is asked first where the time of a training has not come."""
_RESULT = _text("result", N_("what came of it, in words; or nothing"), optional=True)
_A_TRAINING = N_("the number of a training")


def make_training(deed: str, about: str, told: Told, seen: int | None) -> Command:
    """The command of a step."""
    from console.training_commands import training_command

    return training_command(deed, about, told, seen)


TRAINING_DEEDS: Final = Deeds(
    asked=N_("what to do to a training, or nothing to see them all"),
    unknown=N_("“{word}” is nothing to do with a training; there are: {choices}"),
    make=make_training,
    steps={
        "plan": ListDeed(
            key="1",
            words=("plan", "计划"),
            label=N_("Plan a training"),
            of=N_("a technician by code or name"),
            by_number=False,
            questions=(
                _text(
                    "subject", N_("in what: technical, or manner"), start="technical", judge=subject
                ),
                _text("at", N_("when"), kind=Kind.WHEN),
                _text("topic", N_("what is to be learned")),
                _GIVES,
            ),
            said=N_("plan a training of {of}"),
        ),
        "passed": ListDeed(
            key="2",
            words=("passed", "通过"),
            label=N_("Held and passed"),
            of=_A_TRAINING,
            questions=(_RESULT, _GIVES),
            said=N_("training {of} was held and passed"),
        ),
        "failed": ListDeed(
            key="3",
            words=("failed", "未通过"),
            label=N_("Held, not passed"),
            of=_A_TRAINING,
            questions=(_RESULT,),
            said=N_("training {of} was held and not passed"),
        ),
        "move": ListDeed(
            key="4",
            words=("move", "改期"),
            label=N_("Another time"),
            of=_A_TRAINING,
            questions=(_text("at", N_("when"), kind=Kind.WHEN),),
            said=N_("have training {of} at another time"),
        ),
        "drop": ListDeed(
            key="0",
            words=("drop", "取消"),
            label=N_("Drop a training"),
            of=_A_TRAINING,
            questions=(_text("reason", N_("why it is dropped")),),
            said=N_("drop training {of}"),
        ),
    },
)
"""Every step of a training, in the order in which they come."""
