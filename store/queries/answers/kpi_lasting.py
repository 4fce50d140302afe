"""How long orders lasted, open ones too: a mean up to a horizon, and how far that looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.reckon import restricted_mean, watched
from store.queries.answers.kpi_ways import in_seconds

if TYPE_CHECKING:
    from store.domain.kpi.ways import Restricted
    from store.queries.answers.kpi_ways import Stretch, Value, Values


def restricted(stretch: Stretch, way: Restricted) -> Values:
    """In seconds; no value of what nobody has watched for any time."""
    found: dict[str, Value] = {}
    for key, some in lasted(stretch).items():
        horizon = watched(some, way.days * DAY_MS)
        value = None if horizon is None else restricted_mean(some, horizon)
        found[key] = (in_seconds(value), len(some))
    return found


def short_of(stretch: Stretch, way: Restricted) -> dict[str, float]:
    """How far it looks in seconds, group by group, where nobody was watched to its horizon."""
    found = {}
    for key, some in lasted(stretch).items():
        horizon = watched(some, way.days * DAY_MS)
        if horizon != way.days * DAY_MS:
            found[key] = (horizon or 0) / 1000
    return found


def lasted(stretch: Stretch) -> dict[str, list[tuple[int, bool]]]:
    """By group how long each order opened in the period took in ms, and whether it is done."""
    return stretch.once("lasted", lambda: _lasted(stretch))


def _lasted(stretch: Stretch) -> dict[str, list[tuple[int, bool]]]:
    cut = stretch.cut
    found: dict[str, list[tuple[int, bool]]] = {}
    where = f"counts = 1 AND opened_at >= {cut.since} AND opened_at < {cut.until}"
    for key, opened, ms in stretch.rows("opened_at, wall_ms", where):  # type: ignore[misc]
        told = (max(0, cut.now - opened), False) if ms is None else (ms, True)
        found.setdefault(key, []).append(told)
    return found
