"""The desk's figures, as an action of the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import DESK, Action, Takes
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


DASHBOARD_ACTIONS: tuple[Action, ...] = (
    Action(
        id="dashboard",
        keys=("ctrl+f",),
        words="dashboard kpi 仪表盘 指标",
        label=N_("Dashboard"),
        help=N_("the desk's figures: what they were before, twelve months, the orders behind each"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.CUT,
    ),
    Action(
        id="packs",
        keys=("f13",),
        words="packs 报告 日报 月报",
        label=N_("Packs"),
        help=N_("summaries of days, actions of weeks, reviews of months, as they were written"),
        group=DESK,
        why_not=_not_open,
    ),
)
