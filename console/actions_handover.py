"""The change of shifts, as an action."""

from __future__ import annotations

from console.actions_kinds import DESK, Action
from store.domain.words import N_

HANDOVER_ACTIONS: tuple[Action, ...] = (
    Action(
        id="handover",
        keys=("J",),
        words="handover 交接班 交接 交班 接班",
        label=N_("Hand-over"),
        help=N_("hand the desk to the next shift, or take it over: what was done and what is open"),
        group=DESK,
        footer=14,
    ),
)
