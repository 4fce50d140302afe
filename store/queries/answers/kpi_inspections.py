"""Figures of inspections: read as they stand, since each is a row of its own already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.corrective import Finding, Stage
from store.domain.kpi.reckon import mean
from store.persistence.kpi_rows import ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from store.queries.answers.kpi_period import Cut
    from store.queries.answers.kpi_ways import Stretch, Values

WHOLE = 1000
"""Per mille: what a sheet is scored by."""
_KEYS = {
    "": "''",
    "site": "coalesce(CAST(i.site_id AS TEXT), '')",
    "kind": "coalesce(k.kind, '')",
    "person": "coalesce(CAST(i.technician_id AS TEXT), '')",
}
"""Which group one is of: the kind is that of its order."""
_ACTED = (
    "EXISTS (SELECT 1 FROM corrective AS c WHERE c.finding_id = i.id"
    f" AND c.finding = '{Finding.INSPECTION.value}' AND c.found_at = i.scored_at"
    f" AND c.stage <> '{Stage.DROPPED.value}')"
)


def value(stretch: Stretch, *, acted: bool) -> Values:
    """The mean score of each group, or how many led to an action."""
    totals: dict[str, list[int]] = {}
    for key, _id, total in _scored(stretch, acted=acted):
        totals.setdefault(key, []).append(total)
    if acted:
        return {key: (len(found), len(found)) for key, found in totals.items()}
    return {
        key: (mean(sum(found), len(found) * WHOLE), len(found)) for key, found in totals.items()
    }


def rows(stretch: Stretch, *, acted: bool) -> list[tuple[str, int]]:
    """Their ids."""
    return [(key, id_) for key, id_, _total in _scored(stretch, acted=acted)]


def _scored(stretch: Stretch, *, acted: bool) -> Sequence[Any]:
    """Group, id and score of each."""
    cut = stretch.cut
    text = (
        f"SELECT {_KEYS[cut.dim]}, i.id, i.total {scored_from(cut)}"
        f"{' AND ' + _ACTED if acted else ''} ORDER BY i.id"
    )
    return stretch.once(
        ("inspections", acted), lambda: list(ask(stretch.reader.conn, stretch.reader.kind, text))
    )


def scored_from(cut: Cut) -> str:
    """From where they are read, and which, in SQL; one is called `i`."""
    return (
        "FROM inspection AS i JOIN kpi_order AS k ON k.number = i.number AND k.counts = 1"
        f" WHERE i.scored_at >= {cut.since} AND i.scored_at < {cut.until}"
        f" AND i.total IS NOT NULL{_here(cut)}"
    )


def acted_in_sql() -> str:
    """1 where one called `i` led to an action."""
    return f"CASE WHEN {_ACTED} THEN 1 ELSE 0 END"


def _here(cut: Cut) -> str:
    said = "" if cut.kind is None else f" AND k.kind = {cut.kind}"
    said += "" if cut.person is None else f" AND i.technician_id = {cut.person}"
    said += "" if cut.customer is None else f" AND k.customer_id = {cut.customer}"
    if cut.sites is None:
        return said
    return f"{said} AND i.site_id IN ({', '.join(map(str, cut.sites)) or 'NULL'})"
