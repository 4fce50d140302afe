"""Finding as actions: filter, sort, saved views, the palette, and what was looked at before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import VIEW, Action
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


FINDING_ACTIONS: tuple[Action, ...] = (
    Action(
        id="filter",
        keys=("slash", "、"),
        words="filter 筛选",
        label=N_("Filter"),
        help=N_("find orders by words and fields as you type; / again looks at all orders"),
        group=VIEW,
        why_not=_not_open,
        footer=9,
    ),
    Action(
        id="palette",
        keys=("ctrl+p",),
        words="jump 跳转",
        label=N_("Jump"),
        help=N_("to any order, customer, site, technician, list or action by its name"),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="sort",
        keys=("s",),
        words="sort 排序",
        label=N_("Sort"),
        help=N_("choose the column and the direction that the list is sorted by"),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="save_view",
        keys=("V",),
        words="save 存视图",
        label=N_("Save view"),
        help=N_("keep this filter and order under a name, below the queues"),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="drop_view",
        keys=("D",),
        words="drop 删视图 删除视图",
        label=N_("Drop view"),
        help=N_("forget the view that is shown; orders are not touched"),
        group=VIEW,
        why_not=_not_open,
    ),
    Action(
        id="earlier",
        keys=("less_than_sign", "《"),
        words="earlier 后退",
        label=N_("Back"),
        help=N_("to what you looked at before"),
        group=VIEW,
    ),
    Action(
        id="later",
        keys=("greater_than_sign", "》"),
        words="later 前进",
        label=N_("Forward"),
        help=N_("to what you came back from"),
        group=VIEW,
    ),
)
