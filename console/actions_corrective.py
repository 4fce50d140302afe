"""Actions that take a cause away, as an action of the console: the board, and each step by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import DESK, Action, Kind, Question, Takes
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


CORRECTIVE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="correctives",
        keys=("ctrl+o",),
        words="actions 整改",
        label=N_("Actions"),
        help=N_("what is done so that causes of bad answers go: by Plan, Do, Check and Act"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.ACTIONS,
    ),
)

OWNER = Question(
    name="owner", label=N_("who sees to it: the code of an operator; nothing for yourself"),
    asks=N_("owner"), optional=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step that may be done to an action."""

    key: str
    """On the board of actions; empty where it is done elsewhere."""
    words: tuple[str, str]
    """How it is typed."""
    label: str
    questions: tuple[Question, ...]
    said: str
    """What would be done, in the line that is typed."""


def _text(name: str, label: str, **more: Any) -> Question:
    return Question(name=name, label=label, **more)


DEEDS: Final[Mapping[str, Deed]] = {
    "open": Deed(
        key="",
        words=("open", "立项"),
        label=N_("Open an action"),
        questions=(OWNER,),
        said=N_("open an action for the bad answer to order #{of}"),
    ),
    "why": Deed(
        key="1",
        words=("why", "追问"),
        label=N_("Ask why"),
        questions=(
            _text("why", N_("why did it happen?")),
            _text("evidence", N_("what shows that?")),
        ),
        said=N_("answer why to action {of}"),
    ),
    "owner": Deed(
        key="2",
        words=("owner", "负责人"),
        label=N_("Owner"),
        questions=(OWNER,),
        said=N_("give action {of} another owner"),
    ),
    "due": Deed(
        key="3",
        words=("due", "期限"),
        label=N_("Due"),
        questions=(_text("due_at", N_("by when"), kind=Kind.WHEN),),
        said=N_("give action {of} another day"),
    ),
    "goal": Deed(
        key="4",
        words=("goal", "目标"),
        label=N_("Goal"),
        questions=(
            _text("measure", N_("figure, as paidan kpi names it"), start="bad_answers"),
            _text("goal", N_("goal: at least >=90%, at most <=2h or <=0")),
            _text("days", N_("how many days are observed"), start="30"),
        ),
        said=N_("have action {of} judged by a figure"),
    ),
    "begin": Deed(
        key="5",
        words=("begin", "开始"),
        label=N_("Begin"),
        questions=(),
        said=N_("begin action {of}: its figure is measured first"),
    ),
    "done": Deed(
        key="6",
        words=("done", "落实"),
        label=N_("Done"),
        questions=(_text("done", N_("what was done")),),
        said=N_("action {of} is done; its effect is observed from tomorrow on"),
    ),
    "effective": Deed(
        key="7",
        words=("effective", "有效"),
        label=N_("Had an effect"),
        questions=(_text("verdict", N_("what shows that it helped")),),
        said=N_("action {of} had an effect"),
    ),
    "failed": Deed(
        key="8",
        words=("failed", "无效"),
        label=N_("Had no effect"),
        questions=(_text("verdict", N_("why it did not help")),),
        said=N_("action {of} had no effect"),
    ),
    "close": Deed(
        key="9",
        words=("close", "关闭"),
        label=N_("Close"),
        questions=(
            _text("standard", N_("what was changed: procedure or training"), start="procedure"),
            _text("changed", N_("which one, and how")),
        ),
        said=N_("close action {of} by a changed procedure or training"),
    ),
    "drop": Deed(
        key="0",
        words=("drop", "放弃"),
        label=N_("Drop"),
        questions=(_text("reason", N_("why it is dropped")),),
        said=N_("drop action {of}"),
    ),
}
"""Every step, in the order in which they come."""
BY_KEY: Final = {deed.key: name for name, deed in DEEDS.items() if deed.key}


def deed_of(word: str) -> str | None:
    """What a word does to an action."""
    said = word.casefold()
    return next((name for name, deed in DEEDS.items() if said in deed.words), None)
