"""Seeing more than the present as actions: nothing of it changes the desk by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import VIEW, Action, Takes
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


SEEING_ACTIONS: tuple[Action, ...] = (
    Action(
        id="past",
        keys=("T",),
        words="board 看板 回看",
        label=N_("Time machine"),
        help=N_(
            "the board as it stood at a past moment, which is asked for: board at 09:15;"
            " imported orders stand there by their own history, also before their import"
        ),
        group=VIEW,
        why_not=_not_open,
        takes=Takes.MOMENT,
    ),
    Action(
        id="days",
        keys=("Y",),
        words="day timeline 日程",
        label=N_("Day"),
        help=N_(
            "the schedule board: all technicians over the hours; jobs are moved and swapped there"
        ),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="forecast",
        keys=("F",),
        words="forecast 预测",
        label=N_("Forecast"),
        help=N_("what will be missed in the next four hours at the present load, and why"),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="replan",
        keys=("R",),
        words="replan 重排",
        label=N_("Re-plan"),
        help=N_("who should have which order: proposes a plan for the whole board, to be accepted"),
        group=VIEW,
        why_not=_not_open,
    ),
)
