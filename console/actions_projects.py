"""Projects, as an action of the console: the board, and each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Question, Takes
from console.deed_kinds import OF, Deed, by_key, text
from console.judges import stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


PROJECT_ACTIONS: tuple[Action, ...] = (
    Action(
        id="projects",
        keys=("f14",),
        words="projects 项目",
        label=N_("Projects"),
        help=N_("projects by stage, who has each and for how long, and their hand-offs"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.PROJECTS,
    ),
)

_PLACE = Question(
    name=OF,
    label=N_("for whom and where: a customer, @ and the code of a site, or both (C1@N1)"),
    asks=N_("customer, @site"),
    looks_up="place",
)
_DEPARTMENT = Question(
    name="department",
    label=N_("which department: its code or name, as paidan department lists them"),
    asks=N_("department"),
    looks_up="department",
)
_STAGE = N_("which stage: 1 consultation, 2 design, 3 site work, 4 acceptance, 5 aftercare")
_NUMBER = text("number", N_("the number of the order"), asks=N_("order"), looks_up="order")
_STEP = text("step", N_("which step of the stage: its code or number"), asks=N_("step"))

DEEDS: Final[Mapping[str, Deed]] = {
    "hand": Deed(
        key="1",
        words=("hand", "移交"),
        label=N_("Hand over"),
        questions=(
            _DEPARTMENT,
            text("words", N_("what was done, and what they are to do"), asks=N_("words")),
            text(
                "evidence",
                N_("where that is to be seen: a file, a record"),
                asks=N_("evidence, a file"),
                optional=True,
            ),
        ),
        said=N_("hand project {of} to another department"),
    ),
    "acknowledge": Deed(
        key="2",
        words=("acknowledge", "接收"),
        label=N_("Take over"),
        questions=(text("who", N_("who there answers for it now"), asks=N_("who took it")),),
        said=N_("acknowledge the hand-off of project {of}"),
    ),
    "bounce": Deed(
        key="3",
        words=("bounce", "打回"),
        label=N_("Bounce back"),
        questions=(text("reason", N_("why it is bounced back"), asks=N_("reason")),),
        said=N_("bounce project {of} back to who handed it over"),
    ),
    "advance": Deed(
        key="4",
        words=("advance", "推进"),
        label=N_("Advance"),
        questions=(),
        said=N_("bring project {of} to its next stage"),
    ),
    "new": Deed(
        key="5",
        words=("new", "新建"),
        label=N_("New project"),
        questions=(
            _PLACE,
            _DEPARTMENT,
            text("title", N_("what the project is about"), asks=N_("title")),
        ),
        said=N_("begin a project for {of}"),
    ),
    "do": Deed(
        key="6",
        words=("do", "完成"),
        label=N_("Step done"),
        questions=(
            _STEP,
            text(
                "value",
                N_("what shows it: a reading, a choice, a name, a file"),
                asks=N_("what shows it"),
                optional=True,
            ),
            text(
                "reason",
                N_("why a reading is taken that is out of its range"),
                asks=N_("why, if out of range"),
                optional=True,
            ),
        ),
        said=N_("a step of project {of} is done"),
    ),
    "put": Deed(
        key="8",
        words=("put", "放入"),
        label=N_("Put an order in"),
        questions=(_NUMBER, text("stage", _STAGE, asks=N_("stage"), optional=True, judge=stage)),
        said=N_("make an order a part of project {of}"),
    ),
    "back": Deed(
        key="9",
        words=("back", "退阶段"),
        label=N_("Put back"),
        questions=(
            text("stage", _STAGE, asks=N_("stage"), judge=stage),
            text("reason", N_("why it is put back"), asks=N_("reason")),
        ),
        said=N_("put project {of} back to a stage before"),
    ),
    "drop": Deed(
        key="0",
        words=("drop", "终止"),
        label=N_("Give up"),
        questions=(text("reason", N_("why it is given up"), asks=N_("reason")),),
        said=N_("give project {of} up"),
    ),
    "recall": Deed(
        key="",
        words=("recall", "收回"),
        label=N_("Recall"),
        questions=(text("reason", N_("why it is recalled"), optional=True),),
        said=N_("recall the hand-off of project {of}"),
    ),
    "order": Deed(
        key="",
        words=("order", "建单"),
        label=N_("New order"),
        questions=(text("title", N_("what is to be done"), asks=N_("title")),),
        said=N_("write down an order of project {of}"),
    ),
    "take": Deed(
        key="",
        words=("take", "移出"),
        label=N_("Take an order out"),
        questions=(_NUMBER,),
        said=N_("take an order out of project {of}"),
    ),
    "lead": Deed(
        key="",
        words=("lead", "负责人"),
        label=N_("Lead"),
        questions=(text("lead", N_("who answers for it"), asks=N_("lead")),),
        said=N_("say who answers for project {of}"),
    ),
    "undo": Deed(
        key="",
        words=("undo", "重做"),
        label=N_("Step not done"),
        questions=(_STEP,),
        said=N_("a step of project {of} is not done after all"),
    ),
    "skip": Deed(
        key="",
        words=("skip", "跳过"),
        label=N_("Skip a step"),
        questions=(_STEP, text("reason", N_("why it is not done"), asks=N_("reason"))),
        said=N_("skip a step of project {of}"),
    ),
    "department": Deed(
        key="",
        words=("department", "部门"),
        label=N_("New department"),
        questions=(
            text("name", N_("what the department is called"), asks=N_("name")),
            text("name_zh", N_("its name in Chinese"), optional=True),
        ),
        said=N_("make department {of}, or give it another name"),
    ),
}
"""Every step, in the order of their keys."""
NEW: Final = frozenset({"new"})
"""What needs no row under the cursor."""
BY_KEY: Final = by_key(DEEDS)
