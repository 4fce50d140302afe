"""What the effect of an action is judged by: a figure, a goal for it, and days to look at; pure.

The figure is one that the desk tells anyway (`paidan kpi`, the figures of surveys), asked by the
same question: nobody reckons the success of his own action in a way of his own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from store.domain.errors import BadInput
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

POINTS: Final = "points"
"""The unit of a net promoter score, from -100 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure by which an effect can be judged."""

    label: str
    unit: str


_HEARD: Mapping[str, Measure] = {
    "bad_answers": Measure(label=N_("bad answers"), unit=Unit.ORDERS.value),
    "csat": Measure(label=N_("customers who are content"), unit=Unit.RATIO.value),
    "nps": Measure(label=N_("net promoter score"), unit=POINTS),
}
MEASURES: Mapping[str, Measure] = {
    **_HEARD,
    **{name: Measure(label=spec.label, unit=spec.unit.value) for name, spec in KPIS.items()},
}
"""By their names: those of surveys first, then all of `paidan kpi`."""

WINDOWS: Final = (1, 366)
"""How many days an effect may be observed, at the least and at the most."""

_GOAL = re.compile(r"(>=|<=|[≥≤]|至少|至多)?\s*(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(%|s|m|h|d)?")
_AT_LEAST = frozenset({">=", "≥", "至少"})
_TIMES: Mapping[str, int] = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure is to come to."""

    at_least: bool
    value: float

    def is_met(self, value: float | None) -> bool:
        """Whether a figure is good enough; of nothing nothing is said."""
        if value is None:
            return False
        return value >= self.value if self.at_least else value <= self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One question for a figure: of which site, if any, and of which days on whose wall."""

    measure: str
    site: str = ""
    """A code; empty for the whole desk."""
    first: date
    last: date
    """It counts."""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a figure came to."""

    value: float | None
    """None where there was nothing that it could be of."""
    n: int


def checked_measure(name: str) -> str:
    """The name of a figure; `BadInput` with all there are where it is none."""
    plain = name.strip().casefold().replace("-", "_")
    if plain in MEASURES:
        return plain
    raise BadInput(where=N_("indicator"), wrong=name[:40], right=", ".join(MEASURES))


def read_goal(text: str, measure: str) -> Goal:
    """A goal as somebody writes it, `>=90%`, `<=2h`, `<=3`; BadInput where it is none."""
    wide = text.strip().translate(_NARROW)
    found = _GOAL.fullmatch(wide)
    unit = MEASURES[measure].unit
    if found is None or found[1] is None or not _fits(found[3], unit):
        raise BadInput(
            where=N_("goal"),
            wrong=text.strip()[:40],
            right=N_("write >=90%, <=2h or <=3: at least or at most, and how much"),
        )
    at_least = found[1] in _AT_LEAST
    if at_least and unit in {Unit.ORDERS, Unit.CASES}:
        raise BadInput(
            where=N_("goal"),
            wrong=N_("that there are more of them shows nothing, and more days make more"),
            right=N_("say at most how many, or name another figure"),
        )
    value = float(found[2])
    if found[3] == "%":
        value /= 100
    elif found[3] is not None:
        value *= _TIMES[found[3]]
    return Goal(at_least=at_least, value=value)


_NARROW = str.maketrans("＞＜＝％", "><=%")


def _fits(suffix: str | None, unit: str) -> bool:
    """Whether what stands behind a number is of the figure's kind."""
    if suffix is None:
        return True
    return unit == (Unit.RATIO if suffix == "%" else Unit.SECONDS)


def days_before(today: date, days: int) -> tuple[date, date]:
    """The first and the last of so many whole days that are over."""
    return today - timedelta(days=days), today - timedelta(days=1)


def days_after(today: date, days: int) -> tuple[date, date]:
    """The first and the last of so many whole days that are still to begin."""
    return today + timedelta(days=1), today + timedelta(days=days)


def over_at(last: date, zone: ZoneInfo) -> datetime:
    """The first instant after a day, where the zone is: then it has been observed whole."""
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
