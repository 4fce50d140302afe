"""What a desk is set to: ways, rest, how long a position is believed, and how often it revisits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.board import Travel
from store.domain.dispatch.figure_honours import HONOURS
from store.domain.dispatch.figure_kinds import UNIT_WORDS, Figure, FigureSpec, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.travel_table import TravelTable

__all__ = ("FIGURES", "UNIT_WORDS", "Figure", "FigureSpec", "Figures", "Unit")

FIGURES: Final[Mapping[Figure, FigureSpec]] = {
    Figure.SPEED: FigureSpec(
        label=N_("speed on the road"),
        means=N_("how fast technicians travel"),
        unit=Unit.KMH,
        usual=24,
        least=3,
        most=150,
    ),
    Figure.ROAD: FigureSpec(
        label=N_("road by straight line"),
        means=N_("how long roads are for each hundred of the straight line"),
        unit=Unit.PERCENT,
        usual=135,
        least=100,
        most=400,
    ),
    Figure.FIXED: FigureSpec(
        label=N_("minutes of each way"),
        means=N_("what each way takes besides: to park, to walk in"),
        unit=Unit.MINUTES,
        usual=3,
        least=0,
        most=120,
    ),
    Figure.REST: FigureSpec(
        label=N_("rest before the next shift"),
        means=N_("how long nobody works between two working days"),
        unit=Unit.MINUTES,
        usual=8 * 60,
        least=0,
        most=24 * 60,
    ),
    Figure.STALE: FigureSpec(
        label=N_("a position is old after"),
        means=N_("from then on it is marked with its age"),
        unit=Unit.MINUTES,
        usual=30,
        least=1,
        most=24 * 60,
    ),
    Figure.FORGOTTEN: FigureSpec(
        label=N_("a position is forgotten after"),
        means=N_("from then on the home site counts instead"),
        unit=Unit.MINUTES,
        usual=8 * 60,
        least=1,
        most=7 * 24 * 60,
    ),
    Figure.PAPER_FIRST: FigureSpec(
        label=N_("first warning of a certificate"),
        means=N_("so long before it ends, quietly"),
        unit=Unit.DAYS,
        usual=90,
        least=0,
        most=730,
    ),
    Figure.PAPER_NEXT: FigureSpec(
        label=N_("second warning of a certificate"),
        means=N_("so long before it ends"),
        unit=Unit.DAYS,
        usual=30,
        least=0,
        most=730,
    ),
    Figure.PAPER_LAST: FigureSpec(
        label=N_("last warning of a certificate"),
        means=N_("so long before it ends, once more"),
        unit=Unit.DAYS,
        usual=7,
        least=0,
        most=730,
    ),
    Figure.REVISIT_KEY: FigureSpec(
        label=N_("revisit key customers every"),
        means=N_("1 for each month, 3 for each quarter; 0 for never"),
        unit=Unit.MONTHS,
        usual=0,
        least=0,
        most=24,
    ),
    Figure.REVISIT_STANDARD: FigureSpec(
        label=N_("revisit standard ones every"),
        means=N_("as for key customers"),
        unit=Unit.MONTHS,
        usual=0,
        least=0,
        most=24,
    ),
    Figure.REVISIT_OTHERS: FigureSpec(
        label=N_("revisit other tiers every"),
        means=N_("as for key customers"),
        unit=Unit.MONTHS,
        usual=0,
        least=0,
        most=24,
    ),
    Figure.MAJOR_P1: FigureSpec(
        label=N_("P1 is major, word every"),
        means=N_("new orders of priority 1 are major incidents by themselves; 0 for never"),
        unit=Unit.MINUTES,
        usual=0,
        least=0,
        most=24 * 60,
    ),
    Figure.MAJOR_P2: FigureSpec(
        label=N_("P2 is major, word every"),
        means=N_("the same of priority 2"),
        unit=Unit.MINUTES,
        usual=0,
        least=0,
        most=24 * 60,
    ),
    Figure.PACK_DAILY: FigureSpec(
        label=N_("summary of the day every"),
        means=N_("1 for each working day, when its work ends; 0 for never"),
        unit=Unit.DAYS,
        usual=1,
        least=0,
        most=1,
    ),
    Figure.PACK_WEEKLY: FigureSpec(
        label=N_("actions of the week on"),
        means=N_("1 for Monday to 7 for Sunday, when work begins; 0 for never"),
        unit=Unit.WEEKDAY,
        usual=1,
        least=0,
        most=7,
    ),
    Figure.PACK_MONTHLY: FigureSpec(
        label=N_("review of the month every"),
        means=N_("1 for each month, on the first working day after it; 0 for never"),
        unit=Unit.MONTHS,
        usual=1,
        least=0,
        most=1,
    ),
    Figure.INSPECT_SHARE: FigureSpec(
        label=N_("inspected by lot each week"),
        means=N_("of the orders of each technician; the desk draws by itself; 0 for never"),
        unit=Unit.SHARE,
        usual=0,
        least=0,
        most=100,
    ),
    Figure.INSPECT_FIRST: FigureSpec(
        label=N_("first jobs inspected"),
        means=N_("so many of somebody new, besides the lot"),
        unit=Unit.ORDERS,
        usual=3,
        least=0,
        most=100,
    ),
    Figure.INSPECT_ASSET: FigureSpec(
        label=N_("an asset is inspected from"),
        means=N_("so many orders on it in 30 days, besides the lot; 0 for never"),
        unit=Unit.ORDERS,
        usual=5,
        least=0,
        most=100,
    ),
    **HONOURS,
}
"""Every figure, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of them, as a desk has set them."""

    speed: int = FIGURES[Figure.SPEED].usual
    road: int = FIGURES[Figure.ROAD].usual
    fixed: int = FIGURES[Figure.FIXED].usual
    rest: int = FIGURES[Figure.REST].usual
    stale: int = FIGURES[Figure.STALE].usual
    forgotten: int = FIGURES[Figure.FORGOTTEN].usual
    paper_first: int = FIGURES[Figure.PAPER_FIRST].usual
    paper_next: int = FIGURES[Figure.PAPER_NEXT].usual
    paper_last: int = FIGURES[Figure.PAPER_LAST].usual
    revisit_key: int = FIGURES[Figure.REVISIT_KEY].usual
    revisit_standard: int = FIGURES[Figure.REVISIT_STANDARD].usual
    revisit_others: int = FIGURES[Figure.REVISIT_OTHERS].usual
    major_p1: int = FIGURES[Figure.MAJOR_P1].usual
    major_p2: int = FIGURES[Figure.MAJOR_P2].usual
    pack_daily: int = FIGURES[Figure.PACK_DAILY].usual
    pack_weekly: int = FIGURES[Figure.PACK_WEEKLY].usual
    pack_monthly: int = FIGURES[Figure.PACK_MONTHLY].usual
    inspect_share: int = FIGURES[Figure.INSPECT_SHARE].usual
    inspect_first: int = FIGURES[Figure.INSPECT_FIRST].usual
    inspect_asset: int = FIGURES[Figure.INSPECT_ASSET].usual
    star_orders: int = FIGURES[Figure.STAR_ORDERS].usual
    star_answers: int = FIGURES[Figure.STAR_ANSWERS].usual
    gold_months: int = FIGURES[Figure.GOLD_MONTHS].usual
    gold_orders: int = FIGURES[Figure.GOLD_ORDERS].usual
    gold_answers: int = FIGURES[Figure.GOLD_ANSWERS].usual
    gold_content: int = FIGURES[Figure.GOLD_CONTENT].usual
    gold_first: int = FIGURES[Figure.GOLD_FIRST].usual
    gold_in_time: int = FIGURES[Figure.GOLD_IN_TIME].usual
    gold_back: int = FIGURES[Figure.GOLD_BACK].usual
    gold_inspected: int = FIGURES[Figure.GOLD_INSPECTED].usual
    gold_procedure: int = FIGURES[Figure.GOLD_PROCEDURE].usual

    @property
    def paper_days(self) -> tuple[int, int, int]:
        """How many days before a certificate ends the desk is warned; 0 for not at all."""
        return self.paper_first, self.paper_next, self.paper_last

    @property
    def in_order(self) -> bool:
        """Whether a position is marked old before it is forgotten."""
        return self.stale <= self.forgotten

    def travel(self, table: TravelTable | None = None) -> Travel:
        """How long ways take, so reckoned; by the table where it says."""
        return Travel(
            speed_kmh=self.speed,
            road_factor=self.road / 100,
            fixed_min=self.fixed,
            table=table,
        )
