"""Taking something elsewhere, as actions: by the terminal's clipboard, and a file beside it."""

from __future__ import annotations

from console.actions_kinds import ORDERS, VIEW, Action, Situation
from store.domain.words import N_


def _needs_order(situation: Situation) -> str | None:
    return None if situation.line is not None else N_("no order is chosen")


COPY_ACTIONS: tuple[Action, ...] = (
    Action(
        id="copy",
        keys=("quotation_mark", "“", "”"),
        words="copy 复制",
        label=N_("Copy"),
        help=N_("copy number, title, where and for whom, to paste it elsewhere"),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
    ),
    Action(
        id="copy_row",
        keys=("apostrophe", "‘", "’"),
        words="copyrow 复制行",
        label=N_("Copy row"),
        help=N_("copy what the mouse has marked, else the row under the cursor or the page"),
        group=VIEW,
    ),
)
