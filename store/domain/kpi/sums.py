"""What is added up: the part of one order in a day's sums, and where its durations fall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.heard_figures import CONTENT, DETRACTOR, PROMOTER
from store.domain.kpi.measured import DAY_MS

if TYPE_CHECKING:
    from store.domain.kpi.measured import Measured

WINDOWS: Final = (7, 14, 30)
"""Days after a repair in which the same fault must not come back."""

SPREAD: Final = ("response_ms", "arrive_ms", "wall_ms", "work_ms")
"""Durations of which a median is asked."""

CLOCKS: Final = ("respond", "arrive", "resolve")


SUMS: Final = (
    "closed",
    *(
        f"{name}_{what}"
        for name in ("response", "arrive", "accept", "wall", "work")
        for what in ("n", "ms")
    ),
    *(f"{clock}_{how}" for clock in CLOCKS for how in ("met", "missed")),
    "first_n",
    *(f"fixed_{days}" for days in WINDOWS),
    *("fault_n", "repeated", "reopened", "reassigned", "chased"),
    *("planned_met", "planned_missed", "waived"),
)
"""What is added up of closed orders; `parts` says what one adds to each."""

ASKED: Final = ("asked", "answered", "csat_n", "csat_top", "nps_n", "nps_net")
"""What is added up of surveys that are over, on the day they fell due; see `heard_parts`."""


def parts(row: Measured) -> tuple[int, ...]:
    """What a closed order adds to each of `SUMS`, in their order."""
    lasted = (row.response_ms, row.arrive_ms, row.accept_ms, row.wall_ms, row.work_ms)
    kept = (row.respond_kept, row.arrive_kept, row.resolve_kept)
    again = row.again_ms
    return (
        1,
        *(n for ms in lasted for n in (int(ms is not None), ms or 0)),
        *(int(was == wanted) for was in kept for wanted in (1, 0)),
        int(row.first_visit is not None),
        *(
            int(row.first_visit == 1 and (again is None or again > days * DAY_MS))
            for days in WINDOWS
        ),
        int(row.fault is not None),
        int(row.fault is not None and row.before_ms is not None),
        int(row.reopened > 0),
        row.reassigned,
        row.chased,
        int(row.planned == 1 and row.resolve_kept == 1),
        int(row.planned == 1 and row.resolve_kept == 0),
        row.waived,
    )


def heard_parts(row: Measured) -> tuple[int, ...]:
    """What a survey that is over adds to each of `ASKED`, in their order."""
    csat, nps = row.csat, row.nps
    return (
        1,
        row.answered or 0,
        int(csat is not None),
        int(csat is not None and csat >= CONTENT),
        int(nps is not None),
        0 if nps is None else int(nps >= PROMOTER) - int(nps <= DETRACTOR),
    )


FINE: Final = 4
"""Each doubling is cut into two to this power: a sixteenth is how far apart a bucket's ends lie."""


def bucket(ms: int) -> int:
    """Where a duration falls: the longer it is, the wider is its bucket, in proportion."""
    halvings = max(0, ms.bit_length() - 1 - FINE)
    return (halvings << FINE) + (ms >> halvings)


def bounds(place: int) -> tuple[int, int]:
    """The least and the most that fall into a bucket."""
    halvings = max(0, (place >> FINE) - 1)
    least = (place - (halvings << FINE)) << halvings
    return least, least + (1 << halvings) - 1


def month_of(ms: int) -> int:
    """The month of an instant by UTC, counted from January 1970."""
    from datetime import UTC, datetime, timedelta

    day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=ms // DAY_MS)
    return (day.year - 1970) * 12 + day.month - 1


def month_starts(month: int) -> int:
    """The instant at which such a month begins."""
    from datetime import UTC, datetime

    begins = datetime(1970 + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return round(begins.timestamp()) * 1000
