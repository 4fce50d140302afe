"""Our `overdue` beside the flag of the city itself, over all requests of the 2015 file."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from console.intake.framing import Frame, Ids
from console.intake.mapping import Mapper, fitted
from console.intake.maps import load
from console.intake.reader import examine
from console.intake.retell_row import retell_row
from store.domain.rules import Rules
from store.queries.answers.reckoning import resolve_state

FILE = Path(__file__).parents[3] / "shared" / "data" / "service_requests_2015q1.csv.gz"
NO_PROMISE = Rules(level=None, calendar=None, calendar_version=None, calendars={})
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)

Key = tuple[str, str, str]
"""Ours (`overdue`, `in time`, `no target`), the city's flag, and the city's case status."""


def flags() -> dict[str, tuple[str, str]]:
    """The city's on-time flag and status of each request."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as stream:
        return {
            row["CASE_ENQUIRY_ID"]: (row["OnTime_Status"], row["CASE_STATUS"])
            for row in csv.DictReader(stream)
        }


def compared() -> Counter[Key]:
    """How often which judgement of ours meets which of the city's."""
    theirs = flags()
    file_map = load("boston311")
    table = fitted(file_map, examine(FILE))
    mapper = Mapper(file_map, table.header)
    frame = Frame(source=file_map.name, by=1, at=READ_AT, promises=lambda _code: (None, NO_PROMISE))
    met: Counter[Key] = Counter()
    for row in table.rows():
        picture = mapper.read(row)
        ids = Ids(technicians={picture.text("technician"): 1})
        order = retell_row(picture, ids, frame)[0].order
        judged = resolve_state(order, NO_PROMISE, at=READ_AT)
        ours = "no target" if judged.due_at is None else "in time"
        met["overdue" if judged.overdue else ours, *theirs[picture.external_id]] += 1
    return met


if __name__ == "__main__":
    print(f"{'ours':<11}{'the city':<10}{'status':<9}{'requests':>8}")
    for (ours, flag, status), count in sorted(compared().items()):
        print(f"{ours:<11}{flag or '(blank)':<10}{status:<9}{count:>8,}")
