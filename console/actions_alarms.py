"""What leads to the alarms that the strip has no room for, as actions."""

from __future__ import annotations

from console.actions_kinds import DESK, Action
from store.domain.words import N_

ALARM_ACTIONS: tuple[Action, ...] = (
    Action(
        id="alarms",
        keys=("A",),
        words="alarms 告警",
        label=N_("Alarms"),
        help=N_("all that stand, the worst first; Enter opens the order of one"),
        group=DESK,
    ),
)
