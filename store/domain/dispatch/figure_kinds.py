"""Which figures a desk may set, and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Figure(StrEnum):
    """What may be set, each a whole number of its unit."""

    SPEED = "speed"
    ROAD = "road"
    FIXED = "fixed"
    REST = "rest"
    STALE = "stale"
    FORGOTTEN = "forgotten"
    PAPER_FIRST = "paper_first"
    PAPER_NEXT = "paper_next"
    PAPER_LAST = "paper_last"
    REVISIT_KEY = "revisit_key"
    REVISIT_STANDARD = "revisit_standard"
    REVISIT_OTHERS = "revisit_others"
    MAJOR_P1 = "major_p1"
    MAJOR_P2 = "major_p2"
    PACK_DAILY = "pack_daily"
    PACK_WEEKLY = "pack_weekly"
    PACK_MONTHLY = "pack_monthly"
    INSPECT_SHARE = "inspect_share"
    INSPECT_FIRST = "inspect_first"
    INSPECT_ASSET = "inspect_asset"
    STAR_ORDERS = "star_orders"
    STAR_ANSWERS = "star_answers"
    GOLD_MONTHS = "gold_months"
    GOLD_ORDERS = "gold_orders"
    GOLD_ANSWERS = "gold_answers"
    GOLD_CONTENT = "gold_content"
    GOLD_FIRST = "gold_first"
    GOLD_IN_TIME = "gold_in_time"
    GOLD_BACK = "gold_back"
    GOLD_INSPECTED = "gold_inspected"
    GOLD_PROCEDURE = "gold_procedure"


class Unit(StrEnum):
    """What a figure counts."""

    KMH = "km/h"
    PERCENT = "%"
    MINUTES = "min"
    DAYS = "d"
    MONTHS = "months"
    WEEKDAY = "weekday"
    ORDERS = "orders"
    SHARE = "% of orders"
    ANSWERS = "answers"


UNIT_WORDS: Final[Mapping[Unit, str]] = {
    Unit.KMH: N_("km/h"),
    Unit.PERCENT: N_("%"),
    Unit.MINUTES: N_("min"),
    Unit.DAYS: N_("d"),
    Unit.MONTHS: N_("months"),
    Unit.WEEKDAY: N_("day of the week"),
    Unit.ORDERS: N_("orders"),
    Unit.SHARE: N_("%"),
    Unit.ANSWERS: N_("customers' answers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSpec:
    """What a figure means, and what it may be."""

    label: str
    means: str
    unit: Unit
    usual: int
    """As long as the desk has set no other."""
    least: int
    most: int
