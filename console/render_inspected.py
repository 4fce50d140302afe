"""Inspections as a part of an order's card; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.words_inspections import is_late, reasons_said, stand_said
from store.domain.inspections import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from console.looks import Parts
    from store.queries.inspections import InspectionLine

    Told = Callable[[datetime], str]
    """A moment as the page tells moments."""


def inspected_lines(
    lines: Iterable[InspectionLine], told: Told, *, at: datetime
) -> Iterator[Parts]:
    """A heading and a line each; nothing where there are none."""
    found = tuple(lines)
    if not found:
        return
    yield ((_("inspections"), "heading"),)
    for line in found:
        late = is_late(line.inspection, at=at)
        yield (
            (f"{line.inspection.id} {line.week}  ", "strong"),
            (_stands(line, told), "overdue" if late else "muted"),
        )
    yield ()


def inspected_line(line: InspectionLine, told: Told) -> str:
    """One as a plain line."""
    return f"{line.inspection.id} {line.week}  {_stands(line, told)}"


def _stands(line: InspectionLine, told: Told) -> str:
    one = line.inspection
    said = [stand_said(one), reasons_said(one.reasons.split(","))]
    if one.stand is Stand.OPEN:
        said.append(_("due {when}").format(when=told(one.due_at)))
    elif line.scored_by:
        said.append(line.scored_by)
    return _(", ").join(said)
