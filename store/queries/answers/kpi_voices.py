"""Figures of complaints and praise: read as they stand, since each is a row of its own already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.kpi.reckon import mean
from store.persistence.kpi_rows import ask
from store.queries.answers.kpi_ways import closed_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from store.queries.answers.kpi_period import Cut
    from store.queries.answers.kpi_ways import Stretch, Values

HUNDRED = 100
_KEYS = {
    "": "''",
    "site": "coalesce(CAST(v.site_id AS TEXT), '')",
    "kind": "coalesce(kpi_order.kind, '')",
    "person": "coalesce(CAST(v.technician_id AS TEXT), '')",
}
"""Which group one is of: the kind is that of its order."""


def received(stretch: Stretch, *, praise: bool) -> Values:
    """How many were said in the period."""
    counts: dict[str, int] = {}
    for key, *_rest in _said(stretch, praise=praise):
        counts[key] = counts.get(key, 0) + 1
    return {key: (n, n) for key, n in counts.items()}


def received_rows(stretch: Stretch, *, praise: bool) -> list[tuple[str, int]]:
    """Their ids."""
    return [(key, voice) for key, voice, *_rest in _said(stretch, praise=praise)]


def rate(stretch: Stretch) -> Values:
    """Complaints of the period for each hundred orders closed in it, whatever the cohort."""
    closed = {key: n for key, n in closed_in(stretch).items() if n}
    said = received(stretch, praise=False)
    return {
        key: (mean(HUNDRED * int(said.get(key, (0, 0))[0] or 0), closed.get(key, 0)), closed[key])
        if key in closed
        else (None, 0)
        for key in closed.keys() | said.keys()
    }


def in_time(stretch: Stretch) -> Values:
    """What is late and not answered yet counts before it is: waiting does not better it."""
    kept: dict[str, int] = {}
    count: dict[str, int] = {}
    for key, _voice, by, answered in _settled(stretch):
        count[key] = count.get(key, 0) + 1
        kept[key] = kept.get(key, 0) + (answered is not None and answered <= by)
    return {key: (mean(kept[key], n), n) for key, n in count.items()}


def in_time_rows(stretch: Stretch) -> list[tuple[str, int]]:
    """The ids of those that were answered, or should have been."""
    return [(key, voice) for key, voice, *_rest in _settled(stretch)]


def _settled(stretch: Stretch) -> list[Any]:
    said = _said(stretch, praise=False)
    now = stretch.cut.now
    return [row[:4] for row in said if row[3] is not None or row[2] < min(now, row[4])]


def _said(stretch: Stretch, *, praise: bool) -> Sequence[Any]:
    """Group, id, deadline, answer and end of each that was not withdrawn."""
    cut = stretch.cut
    text = (
        f"SELECT {_KEYS[cut.dim]}, v.id, v.answer_by, v.answered_at,"
        f" coalesce(v.over_at, {cut.now}) {said_from(cut, praise=praise)}"  # erased is owed none
        " ORDER BY v.id"
    )
    return stretch.once(
        ("voices", praise), lambda: list(ask(stretch.reader.conn, stretch.reader.kind, text))
    )


def said_from(cut: Cut, *, praise: bool) -> str:
    """From where they are read, and which, in SQL; one is called `v`."""
    return (
        "FROM voice AS v LEFT JOIN kpi_order ON kpi_order.number = v.number"
        f" WHERE v.received_at >= {cut.since} AND v.received_at < {cut.until}"
        f" AND v.praise = {int(praise)} AND v.withdrawn = ''{_here(cut)}"
    )


def _here(cut: Cut) -> str:
    said = "" if cut.kind is None else f" AND kpi_order.kind = {cut.kind}"
    said += "" if cut.person is None else f" AND v.technician_id = {cut.person}"
    said += "" if cut.customer is None else f" AND v.customer_id = {cut.customer}"
    if cut.sites is None:
        return said
    return f"{said} AND v.site_id IN ({', '.join(map(str, cut.sites)) or 'NULL'})"
