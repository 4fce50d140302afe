"""What is done to the screen, as actions: nothing of it reaches the store."""

from __future__ import annotations

from console.actions_kinds import VIEW, Action
from store.domain.words import N_

SCREEN_ACTIONS: tuple[Action, ...] = (
    Action(
        id="technicians",
        keys=("t",),
        words="t technicians 工程师",
        label=N_("Technicians"),
        help=N_("show or hide the technicians"),
        group=VIEW,
        footer=20,
    ),
    Action(
        id="next_queue",
        keys=("right_square_bracket",),
        words="next 下一队列",
        label=N_("Next queue"),
        help=N_("the queue after this one; 1 to 9, 0 and - choose one at once"),
        group=VIEW,
    ),
    Action(
        id="previous_queue",
        keys=("left_square_bracket",),
        words="previous 上一队列",
        label=N_("Previous queue"),
        help=N_("the queue before this one"),
        group=VIEW,
    ),
    Action(
        id="refresh",
        keys=("f5", "ctrl+r"),
        words="refresh 刷新",
        label=N_("Refresh"),
        help=N_("ask the store again and bring the list up to date"),
        group=VIEW,
    ),
    Action(
        id="waiting",
        keys=("dollar_sign",),
        words="waiting 待发",
        label=N_("Waiting"),
        help=N_("what waits for the store or was refused since: send again, edit or drop it"),
        group=VIEW,
    ),
    Action(
        id="language",
        keys=("L",),
        words="language lang 语言",
        label=N_("Language"),
        help=N_("English or Chinese"),
        group=VIEW,
    ),
    Action(
        id="theme",
        keys=("number_sign",),
        words="theme 配色",
        label=N_("Theme"),
        help=N_("the next colours: dark, light, high contrast, for the colour-blind, sixteen"),
        group=VIEW,
    ),
    Action(
        id="help",
        keys=("question_mark", "f1", "？"),
        words="help ? 帮助",
        label=N_("Help"),
        help=N_("every key, and why one cannot be used now"),
        group=VIEW,
    ),
    Action(
        id="tour",
        keys=("left_parenthesis", "（"),
        words="tour 导览",
        label=N_("Tour"),
        help=N_("ninety seconds for newcomers: five keys, tried on the orders of this desk"),
        group=VIEW,
    ),
    Action(
        id="quit",
        keys=("q", "ctrl+q"),
        words="q quit 退出",
        label=N_("Quit"),
        help=N_("leave the console; asks only when something you wrote is not saved"),
        group=VIEW,
    ),
)
