"""How much a figure of dispatch is to be, as one writes it: `10 hours`, `1小时30分`, `30 km/h`."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from console.cadence import UNITS
from store.domain.dispatch.figures import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([^0-9.]*)")
_WHOLE: Final = re.compile(rf"(?:{_PART.pattern})+")
_DAY: Final = 24 * 60
_KMH: Final = (
    *("", "km", "km/h", "kmh", "kph", "kmperhour", "kmanhour"),
    *("公里", "千米", "公里/小时", "千米/小时", "公里每小时", "千米每小时"),
)
_UNITS: Final[Mapping[Unit, Mapping[str, int]]] = {
    Unit.KMH: dict.fromkeys(_KMH, 1),
    Unit.PERCENT: dict.fromkeys(("", "%", "percent"), 1),
    Unit.DAYS: dict.fromkeys(("", "d", "day", "days", "天"), 1),
    Unit.MINUTES: {**UNITS, **dict.fromkeys(("d", "day", "days", "天"), _DAY)},
    Unit.WEEKDAY: {"": 1},
    Unit.MONTHS: dict.fromkeys(("", "month", "months", "个月", "月"), 1),
    Unit.SHARE: dict.fromkeys(("", "%", "percent"), 1),
    Unit.ANSWERS: dict.fromkeys(("", "answer", "answers", "条", "个"), 1),
    Unit.ORDERS: dict.fromkeys(("", "order", "orders", "单", "张"), 1),
}
"""By unit, what may stand behind the number, and how much of it that is."""
_AS_FACTOR: Final = 10
"""How long roads are is said as a part of a hundred, or as a factor, which is below this."""


def measured(unit: Unit, text: str) -> int | None:
    """A whole number of the unit; None where the text means none."""
    bare = "".join(text.split()).casefold()
    if _WHOLE.fullmatch(bare) is None:
        return None
    parts = _PART.findall(bare)
    if len(parts) > 1:
        return _stretch(parts) if unit is Unit.MINUTES else None
    number, word = parts[0]
    times = _UNITS[unit].get(word)
    if times is None:
        return None
    value = Fraction(number) * times
    if unit is Unit.PERCENT and not word and value < _AS_FACTOR:
        value *= 100
    return int(value) if value.denominator == 1 else None


def _stretch(parts: list[tuple[str, str]]) -> int | None:
    """Several units, the larger ones first; of these only the last may be left out: `1h30`."""
    units = _UNITS[Unit.MINUTES]
    each = [units.get(word) for _number, word in parts]
    if any(not word for _number, word in parts[:-1]) or None in each:
        return None
    sizes = [size for size in each if size is not None]
    if any(less >= more for more, less in pairwise(sizes)):
        return None
    value = sum(
        (Fraction(number) * size for (number, _word), size in zip(parts, sizes, strict=True)),
        Fraction(),
    )
    return int(value) if value.denominator == 1 else None
