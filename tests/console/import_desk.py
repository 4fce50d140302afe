"""A hotline's file, its map, and a store to bring it to."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from console.intake.importing import Importing
from console.intake.mapping import own_map
from console.intake.maps import load
from console.intake.reader import examine
from console.intake.rejects import Rejects
from store.domain.who import THE_DESK
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.lists import OrderLine, StreamOrders

if TYPE_CHECKING:
    from pathlib import Path

    from console.intake.tally import Tally
    from store.records import Records

AT = datetime(2026, 9, 21, 1, tzinfo=UTC)

MAP = """
name = "hotline"
zone = "UTC"
dates = ["%Y-%m-%d %H:%M"]
[columns]
external_id = "id"
title = "what"
state = "state"
site = "place"
technician = "who"
customer = "asked"
opened_at = "opened"
due_at = "due"
closed_at = "closed"
"""
EVENTS = 'mode = "events"\n' + MAP.replace('closed_at = "closed"', 'event_at = "at"')


def rows(count: int) -> list[dict[str, str]]:
    """Requests of a hotline; one in three is closed, half of these late, one in seven is broken."""
    made = []
    for n in range(count):
        opened = datetime(2026, 3, 1, 8, tzinfo=UTC) + timedelta(minutes=7 * n)
        over = opened + timedelta(hours=2 + n % 2 * 4)
        made.append(
            {
                "id": f"H{n}",
                "what": f"request {n}",
                "state": "closed" if n % 3 == 0 else "assigned",
                "place": f"Hall {n % 5}",
                "who": f"Crew {n % 4}",
                "asked": f"Caller {n % 11}",
                "opened": "yesterday" if n % 7 == 6 else f"{opened:%Y-%m-%d %H:%M}",
                "due": f"{opened + timedelta(hours=4):%Y-%m-%d %H:%M}",
                "closed": f"{over:%Y-%m-%d %H:%M}" if n % 3 == 0 else "",
            }
        )
    return made


def written(path: Path, given: list[dict[str, str]]) -> Path:
    """The rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(given[0]))
        writer.writeheader()
        writer.writerows(given)
    return path


def mapped(folder: Path, text: str = MAP) -> Path:
    """A map as a file."""
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def brought(records: Records, file: Path, file_map: Path | None, **given: Any) -> Tally:
    """Import a file, as the command does."""
    table = examine(file)
    found = load(str(file_map)) if file_map else own_map(table)
    assert found is not None
    rejects = Rejects(file.with_name(f"{file.name}.rejects.csv"), table.header)
    carried = Importing(records, table, found, who=THE_DESK, at=AT, rejects=rejects)
    return carried.run(**given)


def orders(records: Records) -> list[OrderLine]:
    """Every order, as an export sees it."""
    found: list[OrderLine] = []
    while page := records.ask(
        StreamOrders(after=found[-1].number if found else 0), who=THE_DESK, at=AT
    ):
        found += page
    return found


def faults(records: Records) -> list[Any]:
    """What a doctor would object to."""
    looked = records.ask(ExamineOrders(limit=10_000), who=THE_DESK, at=AT)
    return [*looked.findings, *records.ask(ExamineDesk(), who=THE_DESK, at=AT)]
