"""What a customer usually has: a rule over his past orders, so that less is to be typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.finding.grams import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEY_TIER: Final = "key"
"""The tier whose customers begin a step further up where no order of theirs says another."""
_STEP_UP: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What counts of one order that he had."""

    site: int | None
    kind: str
    priority: int


def usual_site(past: Sequence[Past]) -> int | None:
    """Where most of his orders were, of equals the latest; orders are told the newest first."""
    return _most(order.site for order in past)


def usual_priority(past: Sequence[Past], *, kind: str, tier: str) -> int | None:
    """What his orders of a kind mostly got, of equals the latest; else what his tier gets.

    An empty kind means orders of any. None where nothing speaks for one.
    """
    meant = folded(kind.strip())
    found = _most(order.priority for order in past if not meant or folded(order.kind) == meant)
    if found is None and tier == KEY_TIER:
        return _STEP_UP
    return found


def _most(values: Iterable[int | None]) -> int | None:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
