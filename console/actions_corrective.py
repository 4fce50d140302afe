"""Actions that take a cause away, as an action of the console: the board, and each step by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import judges
from console.actions_kinds import DESK, Action, Kind, Question, Takes
from console.actions_surveys import CAUSE
from console.deed_kinds import Deed, by_key, text
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
    asks=N_("owner"), optional=True, looks_up="operator",
)  # fmt: skip


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
            text("why", N_("why did it happen?")),
            text("evidence", N_("what shows that?")),
        ),
        said=N_("answer why to action {of}"),
    ),
    "cause": Deed(
        key="",
        words=("cause", "根因"),
        label=N_("Root cause"),
        questions=(CAUSE,),
        said=N_("give action {of} its root cause"),
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
        questions=(text("due_at", N_("by when"), kind=Kind.WHEN),),
        said=N_("give action {of} another day"),
    ),
    "goal": Deed(
        key="4",
        words=("goal", "目标"),
        label=N_("Goal"),
        questions=(
            text(
                "measure",
                N_("figure, as paidan kpi names it"),
                start="bad_answers",
                judge=judges.measure,
            ),
            text("goal", N_("goal: at least >=90%, at most <=2h or <=0"), judge=judges.goal),
            text("days", N_("how many days are observed"), start="30", judge=judges.days),
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
        questions=(text("done", N_("what was done")),),
        said=N_("action {of} is done; its effect is observed from tomorrow on"),
    ),
    "effective": Deed(
        key="7",
        words=("effective", "有效"),
        label=N_("Had an effect"),
        questions=(text("verdict", N_("what shows that it helped")),),
        said=N_("action {of} had an effect"),
    ),
    "failed": Deed(
        key="8",
        words=("failed", "无效"),
        label=N_("Had no effect"),
        questions=(text("verdict", N_("why it did not help")),),
        said=N_("action {of} had no effect"),
    ),
    "close": Deed(
        key="9",
        words=("close", "关闭"),
        label=N_("Close"),
        questions=(
            text(
                "standard",
                N_("what was changed: procedure or training"),
                start="procedure",
                judge=judges.standard,
            ),
            text("changed", N_("which one, and how")),
        ),
        said=N_("close action {of} by a changed procedure or training"),
    ),
    "drop": Deed(
        key="0",
        words=("drop", "放弃"),
        label=N_("Drop"),
        questions=(text("reason", N_("why it is dropped")),),
        said=N_("drop action {of}"),
    ),
}
"""Every step, in the order in which they come."""
BY_KEY: Final = by_key(DEEDS)
