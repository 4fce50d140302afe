"""What dispatch reckons with, as an action: shown whole, set figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Takes
from store.domain.dispatch.figures import Figure
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


SETTING_ACTIONS: tuple[Action, ...] = (
    Action(
        id="settings",
        keys=("ctrl+t",),
        words="set settings 设置 设定",
        label=N_("Settings"),
        help=N_(
            "what dispatch reckons with: speed, roads, rest, positions, travel times; and backups:"
            " set rest 10h, set speed 30, set rest usual, set backup /backups"
        ),
        group=DESK,
        why_not=_not_open,
        takes=Takes.SETTING,
    ),
)

TABLE: Final = "table"
BACKUP: Final = "backup"
FIGURE_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    Figure.SPEED.value: ("speed", "车速", "速度"),
    Figure.ROAD.value: ("road", "绕行"),
    Figure.FIXED.value: ("fixed", "固定"),
    Figure.REST.value: ("rest", "休息"),
    Figure.STALE.value: ("stale", "旧定位"),
    Figure.FORGOTTEN.value: ("forgotten", "失效"),
    Figure.PAPER_FIRST.value: ("paper1", "证书首次预警"),
    Figure.PAPER_NEXT.value: ("paper2", "证书再次预警"),
    Figure.PAPER_LAST.value: ("paper3", "证书末次预警"),
    Figure.REVISIT_KEY.value: ("revisit_key", "重点客户回访"),
    Figure.REVISIT_STANDARD.value: ("revisit_standard", "普通客户回访"),
    Figure.REVISIT_OTHERS.value: ("revisit_others", "其他客户回访"),
    Figure.MAJOR_P1.value: ("major_p1", "一级通报"),
    Figure.MAJOR_P2.value: ("major_p2", "二级通报"),
    Figure.PACK_DAILY.value: ("pack_daily", "日报"),
    Figure.PACK_WEEKLY.value: ("pack_weekly", "周报"),
    Figure.PACK_MONTHLY.value: ("pack_monthly", "月报"),
    Figure.INSPECT_SHARE.value: ("inspect_share", "抽查比例"),
    Figure.INSPECT_FIRST.value: ("inspect_first", "新人抽查"),
    Figure.INSPECT_ASSET.value: ("inspect_asset", "设备抽查"),
    Figure.STAR_ORDERS.value: ("star_orders", "之星单数"),
    Figure.STAR_ANSWERS.value: ("star_answers", "之星答复数"),
    Figure.GOLD_MONTHS.value: ("gold_months", "金牌月数"),
    Figure.GOLD_ORDERS.value: ("gold_orders", "金牌单数"),
    Figure.GOLD_ANSWERS.value: ("gold_answers", "金牌答复数"),
    Figure.GOLD_CONTENT.value: ("gold_content", "金牌满意"),
    Figure.GOLD_FIRST.value: ("gold_first", "金牌首次修复"),
    Figure.GOLD_IN_TIME.value: ("gold_in_time", "金牌守时"),
    Figure.GOLD_BACK.value: ("gold_back", "金牌未返工"),
    Figure.GOLD_INSPECTED.value: ("gold_inspected", "金牌抽查"),
    Figure.GOLD_PROCEDURE.value: ("gold_procedure", "金牌规程"),
    TABLE: ("table", "路程表"),
    BACKUP: ("backup", "备份"),
}
"""What may be set, and the words for it, an English and a Chinese one first.

The table is only taken away; an import loads it. Backups are no figure of dispatch, but are set
where the others are.
"""

USUAL: Final = ("usual", "默认")


def set_figure(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    from store.commands.figures import LoadTravel, SetFigure

    if told["figure"] == BACKUP:
        from store.commands.backups import SetBackups

        return SetBackups(**{name: told[name] for name in told if name != "figure"})
    if told["figure"] == TABLE:
        return LoadTravel(pairs=())
    return SetFigure(figure=told["figure"], value=told["value"])
