"""The doctor's look at figures: narrow rows against orders, sums against narrow rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.kpi.measured import ALONE, Measured
from store.persistence import kpi_fill, kpi_rows
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.known import Known
    from store.persistence.levels import Shelf
    from store.persistence.reader import Reader

_THERE = "number"
"""What is said to differ where there is no row at all."""


def orders(reader: Reader, known: Mapping[int, Known], shelf: Shelf) -> Iterator[Finding]:
    """Orders of which figures keep something else than they say, or nothing."""
    if kpi_fill.is_owed(reader.conn):
        return  # some have none yet, and will
    stored = kpi_rows.stored(reader.conn, reader.kind, known)
    by_plan = kpi_fill.planned(reader.conn, known.keys())
    for number, one in known.items():
        wanted = kpi_fill.row_of(one.now, shelf, planned=number in by_plan)
        wrong = _differing(stored.get(number), wanted)
        if wrong:
            yield Finding(check=Check.FIGURES, number=number, facts={"fields": ", ".join(wrong)})


def sums(reader: Reader) -> Iterator[Finding]:
    """Days, spreads and neighbours that are not what the narrow rows say."""
    if kpi_fill.is_owed(reader.conn):
        return
    if wrong := kpi_fill.wrong_sums(reader.conn, reader.kind):
        yield Finding(check=Check.FIGURE_SUMS, facts={"count": wrong})


def _differing(stored: Measured | None, wanted: Measured) -> list[str]:
    if stored is None:
        return [_THERE]
    names = Measured._fields[:ALONE]
    return [name for name in names if getattr(stored, name) != getattr(wanted, name)]
