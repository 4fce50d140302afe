"""What a month's review lists of complaints and of inspections; none of anybody's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.persistence.kpi_rows import ask
from store.persistence.types import from_ms
from store.queries.answers import kpi_inspections, kpi_voices
from store.queries.review import AboutLine, ComplaintLine, InspectedLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut

MOST: Final = 5
"""So many complaints answered latest, and inspections scored lowest, are named."""


def about(reader: Reader, cut: Cut) -> Iterator[AboutLine]:
    """What was complained of in the period, most often first."""
    text = (
        f"SELECT v.about, count(*) AS said {kpi_voices.said_from(cut, praise=False)}"
        " GROUP BY v.about ORDER BY said DESC, v.about"
    )
    for what, count in ask(reader.conn, reader.kind, text):
        yield AboutLine(about=what, complaints=int(count))


def latest(reader: Reader, cut: Cut) -> Iterator[ComplaintLine]:
    """Those answered longest after their deadline, or not at all yet, up to now."""
    until = f"coalesce(v.answered_at, v.over_at, {cut.now})"
    text = (
        f"SELECT v.id, v.number, v.about, v.received_at, v.answered_at, {until} - v.answer_by"
        f" AS late {kpi_voices.said_from(cut, praise=False)} AND {until} > v.answer_by"
        f" ORDER BY late DESC, v.id LIMIT {MOST}"
    )
    for voice, number, what, received, answered, late in ask(reader.conn, reader.kind, text):
        yield ComplaintLine(
            id=int(voice),
            number=None if number is None else int(number),
            about=what,
            received_at=from_ms(received),
            answered_at=None if answered is None else from_ms(answered),
            late_s=int(late) // 1000,
        )


def lowest(reader: Reader, cut: Cut) -> Iterator[InspectedLine]:
    """Inspections scored in the period that found most amiss."""
    text = (
        f"SELECT i.id, i.number, i.total, i.scored_at, {kpi_inspections.acted_in_sql()}"
        f" {kpi_inspections.scored_from(cut)} AND i.total < {kpi_inspections.WHOLE}"
        f" ORDER BY i.total, i.id LIMIT {MOST}"
    )
    for inspection, number, total, scored, acted in ask(reader.conn, reader.kind, text):
        yield InspectedLine(
            id=int(inspection),
            number=int(number),
            score=int(total) / kpi_inspections.WHOLE,
            scored_at=from_ms(scored),
            acted=bool(acted),
        )
