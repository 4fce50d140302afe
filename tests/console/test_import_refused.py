"""An order that no calendar can reckon is refused alone, and told with its line."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from console.intake.importing import WORTH_HANDS, Importing
from console.intake.mapping import own_map
from console.intake.reader import examine
from console.intake.rejects import Rejects
from store.domain.who import THE_DESK
from store.records import open_records
from tests.console.import_desk import AT, brought, faults, orders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records

GOOD: dict[str, Any] = {
    "title": "lift",
    "state": "new",
    "opened_at": "2026-01-05T08:00:00Z",
    "priority": 3,
}
DUE = {"level": "standard", "due_at": "2026-02-01T00:00:00Z"}
HOURS = {"zone": "UTC", "week": {"mon": [["09:00", "09:01"]]}}


def level(**resolve: int) -> dict[str, Any]:
    """A service level that came with an order."""
    calendar = {"code": "cx", "name": "cx", "spec": HOURS}
    return {
        "level": "Lx",
        "level_spec": {
            "name": "Lx",
            "policy": {"targets": {"3": {"resolve": resolve}}},
            "calendar": calendar,
        },
    }


FAR: dict[str, dict[str, Any]] = {
    "seconds": {**DUE, "target_s": 31_622_400_000},
    "days": {**DUE, "target_days": 366_000},
    "a wait": {**DUE, "pauses": [["2026-01-05T09:00:00Z", "9999-12-31T23:00:00Z", "waiting"]]},
    "before": {**DUE, "pauses": [["0001-01-01T00:00:00Z", "2026-01-05T23:00:00Z", "waiting"]]},
    "level": level(seconds=316_224_000),
}


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """An empty store of each kind."""
    opened = open_records(tables_url, feed=False)
    yield opened
    opened.close()


def _file(folder: Path, *given: dict[str, Any]) -> Path:
    path = folder / "orders.jsonl"
    rows = [{"external_id": f"G{n}", **GOOD, **row} for n, row in enumerate(given)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def _rejected(file: Path) -> list[dict[str, str]]:
    with file.with_name(f"{file.name}.rejects.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("far", FAR)
def test_what_lies_beyond_every_calendar_holds_up_nothing(
    records: Records, tmp_path: Path, far: str
) -> None:
    """Such a row once ended the import, and every later one, without a word of where it was."""
    file = _file(tmp_path, {}, FAR[far], {})
    tally = brought(records, file, None)
    assert (tally.landed, tally.rejected) == (2, 1)
    assert [line.external_id for line in orders(records)] == ["G0", "G2"]
    (row,) = _rejected(file)
    assert (row["line"], row["external_id"]) == ("2", "G1")
    assert "year" in row["reason"]
    assert faults(records) == []


def test_an_interrupted_import_tells_what_it_refused_again(
    records: Records, tmp_path: Path
) -> None:
    """The rejected rows of the first part must not be missing from the file of the whole."""
    file = _file(tmp_path, {}, FAR["seconds"], {}, FAR["days"], {})

    def importing(stop_after: int) -> Importing:
        def progress(line: int) -> None:
            if line >= stop_after:
                raise KeyboardInterrupt

        table = examine(file)
        found = own_map(table)
        assert found is not None
        rejects = Rejects(file.with_name(f"{file.name}.rejects.csv"), table.header)
        return Importing(
            records, table, found, who=THE_DESK, at=AT, rejects=rejects, progress=progress
        )

    with pytest.raises(KeyboardInterrupt):
        importing(stop_after=3).run(batch=1)
    tally = importing(stop_after=9).run(batch=2)
    assert (tally.resumed, tally.landed, tally.rejected) == (2, 1, 2)
    assert [row["line"] for row in _rejected(file)] == ["2", "4"]
    again = importing(stop_after=9).run()
    assert (again.here, again.rejected, again.landed) == (3, 2, 0)
    assert [line.external_id for line in orders(records)] == ["G0", "G2", "G4"]


def test_what_is_told_in_processes_beside_is_refused_alike(sqlite_url: str, tmp_path: Path) -> None:
    """The reason travels; the rows stay with the process that has read them."""
    count = WORTH_HANDS + 1
    file = _file(tmp_path, *({} if n % 1_000 else FAR["seconds"] for n in range(count)))
    records = open_records(sqlite_url, feed=False)
    tally = brought(records, file, None)
    records.close()
    assert (tally.landed, tally.rejected) == (count - 5, 5)
    assert [int(row["line"]) for row in _rejected(file)] == [1, 1_001, 2_001, 3_001, 4_001]


@pytest.mark.parametrize(
    "name", ["pauses", "level_spec", "target_s", "external_id", "title", "description", "site"]
)
def test_what_is_longer_than_what_is_kept_is_refused(
    records: Records, tmp_path: Path, name: str
) -> None:
    """Half a list of pauses means nothing, and two orders whose ids are cut may fall together."""
    long = "9" * 200_001
    tally = brought(records, _file(tmp_path, {}, {**DUE, name: long}), None)
    assert (tally.landed, tally.rejected) == (1, 1)
    (row,) = _rejected(tmp_path / "orders.jsonl")
    assert row["reason"].startswith(f"{name} is longer than ")


def test_more_tools_and_parts_than_an_order_may_take_are_refused(
    records: Records, tmp_path: Path
) -> None:
    """Those of the others are kept as the desk itself writes them."""
    many = ",".join(map(str, range(13)))
    tally = brought(records, _file(tmp_path, {"needs": " Ladder；seal 、"}, {"needs": many}), None)
    assert (tally.landed, tally.rejected) == (1, 1)
    assert [line.needs for line in orders(records)] == ["ladder,seal"]
    (row,) = _rejected(tmp_path / "orders.jsonl")
    assert row["reason"] == "tools and parts: 13; at most 12"


def test_a_text_of_just_what_is_kept_is_taken_whole(records: Records, tmp_path: Path) -> None:
    """With signs that are more than one byte each, and spaces around that count for nothing."""
    told = {"external_id": "单" * 200, "title": f" {'梯' * 200} "}
    assert brought(records, _file(tmp_path, told), None).landed == 1
    (line,) = orders(records)
    assert (line.external_id, line.title) == ("单" * 200, "梯" * 200)
