"""Files into a real store: once, whole, and again without harm, whatever interrupts."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.intake import grouping
from console.intake.mapping import Mapper, own_map
from console.intake.reader import examine
from store.domain.errors import NameUnknown
from store.domain.who import THE_DESK
from store.queries.lists import ListOrders
from store.queries.people import TechnicianBoard
from store.records import open_records
from tests.console.import_child import importing
from tests.console.import_desk import (
    AT,
    EVENTS,
    MAP,
    brought,
    faults,
    mapped,
    orders,
    rows,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

ROOT = Path(__file__).parents[2]


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """An empty store of each kind."""
    opened = open_records(tables_url, feed=False)
    yield opened
    opened.close()


def test_good_rows_land_and_bad_ones_are_told(records: Records, tmp_path: Path) -> None:
    """One broken row in seven must not hold up the others, nor vanish."""
    file = written(tmp_path / "a.csv", rows(70))
    tally = brought(records, file, mapped(tmp_path), batch=16)
    assert (tally.landed, tally.rejected) == (60, 10)
    assert tally.made == {"region": 0, "site": 5, "customer": 11, "technician": 4, "level": 0}
    with (tmp_path / "a.csv.rejects.csv").open(encoding="utf-8", newline="") as stream:
        rejected = list(csv.DictReader(stream))
    assert [int(row["line"]) for row in rejected] == [n + 2 for n in range(6, 70, 7)]
    assert rejected[0]["reason"] == "opened_at: “yesterday” is not a time as the map says"
    assert rejected[0]["what"] == "request 6"
    assert faults(records) == []


def test_a_target_becomes_the_deadline_and_is_judged(records: Records, tmp_path: Path) -> None:
    """Closed in time, closed late, still open: as the file's own times say."""
    brought(records, written(tmp_path / "a.csv", rows(7)), mapped(tmp_path))
    lines = {line.external_id: line for line in orders(records)}
    assert [lines[f"H{n}"].overdue for n in (0, 3)] == [False, True]
    assert lines["H3"].technician == "Crew 3"
    assert lines["H0"].elapsed_s == 2 * 3600
    assert lines["H1"].overdue  # its due time was in March


def test_importing_again_changes_nothing(records: Records, tmp_path: Path) -> None:
    """The same file, the same rows in another file, and a row that says something else now."""
    given = rows(40)
    file_map = mapped(tmp_path)
    brought(records, written(tmp_path / "a.csv", given), file_map)
    before, head = orders(records), records.head()
    again = brought(records, tmp_path / "a.csv", file_map)
    assert (again.landed, again.finished_at) == (0, AT)
    given[3]["what"] = "something else"
    other = brought(records, written(tmp_path / "b.csv", given[::-1]), file_map, batch=7)
    assert (other.landed, other.here, other.differing_ids) == (0, len(before), ["H3"])
    assert (orders(records), records.head()) == (before, head)


def test_two_rows_of_one_id_are_not_two_orders(records: Records, tmp_path: Path) -> None:
    """The second is told apart as a fault of the file, also far from the first."""
    given = rows(30)
    given[25]["id"] = "H1"
    tally = brought(records, written(tmp_path / "a.csv", given), mapped(tmp_path), batch=5)
    assert len({line.external_id for line in orders(records)}) == tally.landed
    told = (tmp_path / "a.csv.rejects.csv").read_text("utf-8")
    assert '\n27,"an earlier row has the same id' in told


def test_names_that_are_there_are_used(records: Records, tmp_path: Path) -> None:
    """By code or by name, so that an import does not double a desk's own register."""
    with records.work(who=THE_DESK, at=AT) as work:
        hall = work.put("site", {"code": "h0"}, {"name": "Hall 0", "zone": "Asia/Shanghai"})
        crew = work.put("technician", {"code": "Crew 0"}, {"name": "Zhang Wei"})
    tally = brought(records, written(tmp_path / "a.csv", rows(10)), mapped(tmp_path))
    assert (tally.made["site"], tally.made["technician"]) == (4, 3)
    with records.work(who=THE_DESK, at=AT) as work:
        first = work.order(1)
        assert (first.site, first.visits[0].technician) == (hall, crew)


def test_an_unknown_level_is_refused_before_anything_lands(
    records: Records, tmp_path: Path
) -> None:
    """A slip in the map must not cost an import to be undone by hand."""
    file_map = mapped(tmp_path, 'level = "platinum"\n' + MAP)
    with pytest.raises(NameUnknown):
        brought(records, written(tmp_path / "a.csv", rows(10)), file_map)
    assert orders(records) == []


def test_a_level_adds_its_promises_to_the_files_own(records: Records, tmp_path: Path) -> None:
    """The target time of the file stays the resolve deadline."""
    file_map = mapped(tmp_path, 'level = "standard"\n' + MAP)
    brought(records, written(tmp_path / "a.csv", rows(3)), file_map)
    with records.work(who=THE_DESK, at=AT) as work:
        clocks = {clock.kind.value: clock for clock in work.order(2).clocks}
    assert set(clocks) == {"respond", "arrive", "resolve"}
    assert clocks["resolve"].fixed_due_at is not None
    assert faults(records) == []


@pytest.mark.parametrize("batch", [1, 4])
def test_a_killed_import_goes_on_where_it_was(sqlite_url: str, tmp_path: Path, batch: int) -> None:
    """Killed in the transaction of a batch, again and again, it ends as if nothing had happened."""
    file, file_map = written(tmp_path / "a.csv", rows(210)), mapped(tmp_path)
    for _ in range(2):
        died = subprocess.run(
            [
                *(sys.executable, "-m", "tests.console.import_child"),
                *(sqlite_url, str(file), str(file_map), str(batch)),
            ],
            cwd=ROOT,
            timeout=60,
        )
        assert died.returncode == -signal.SIGKILL
    importing(sqlite_url, file, file_map)
    rejected = (tmp_path / "a.csv.rejects.csv").read_text("utf-8")

    whole_url = f"sqlite:///{tmp_path / 'whole.db'}"
    importing(whole_url, file, file_map)
    stores = [open_records(url, feed=False) for url in (sqlite_url, whole_url)]
    killed, whole = (orders(store) for store in stores)
    assert killed == whole
    assert len(killed) == 180
    assert rejected == (tmp_path / "a.csv.rejects.csv").read_text("utf-8")
    assert faults(stores[0]) == []
    for store in stores:
        store.close()


def test_events_of_an_order_are_found_wherever_they_lie(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sorted by time instead of by order, and more than memory is meant to hold."""
    given = []
    for n in range(40):
        for step, state in enumerate(("new", "accepted", "done", "closed")):
            opened = datetime(2026, 3, 1, 8, n, tzinfo=UTC)
            at = opened + timedelta(hours=step)
            given.append(
                {"id": f"E{n}", "what": "x", "state": state, "place": "A", "who": "Li",
                 "asked": "C", "opened": f"{opened:%Y-%m-%d %H:%M}", "due": "",
                 "at": f"{at:%Y-%m-%d %H:%M}"}
            )  # fmt: skip
    by_order = written(tmp_path / "order.csv", given)
    by_time = written(tmp_path / "time.csv", sorted(given, key=lambda row: row["at"]))
    file_map = mapped(tmp_path, EVENTS)
    told = []
    for number, file in enumerate((by_order, by_time)):
        store = open_records(f"{sqlite_url}{number}", feed=False)
        monkeypatch.setattr(grouping, "MOST_HELD", 12)
        assert brought(store, file, file_map).landed == 40
        told.append(orders(store))
        store.close()
    assert told[0] == told[1]
    assert {line.state.value for line in told[0]} == {"closed"}


def test_spilling_to_disk_brings_the_same_groups(tmp_path: Path) -> None:
    """In the order in which orders begin, none split, none lost."""
    lines = [f"{n % 17},{n}" for n in range(400)]
    path = tmp_path / "a.csv"
    path.write_text("id,n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    table = examine(path)
    groups = list(grouping.by_order(table, lambda row: row.cells[0], most_held=30))
    assert [group[0].cells[0] for group in groups] == [str(n) for n in range(17)]
    assert sorted(int(row.cells[1]) for group in groups for row in group) == list(range(400))
    assert all(len({row.cells[0] for row in group}) == 1 for group in groups)
    held = list(grouping.by_order(table, lambda row: row.cells[0], most_held=1000))
    assert sorted(map(len, held)) == sorted(map(len, groups))


def test_own_files_need_no_map(records: Records, tmp_path: Path) -> None:
    """The field names of the documentation, with as little as they can say."""
    said = [
        {"external_id": "X1", "title": "Lift", "site": "A", "customer": "C", "priority": 1,
         "state": "new", "opened_at": "2026-09-20T08:00:00+08:00", "due_at": "2026-09-21T04:00Z"},
        {"external_id": "X2", "title": "Lamp", "opened_at": "2026-09-20T08:00:00Z"},
        {"external_id": "X4", "opened_at": "2026-09-20T08:00:00Z"},
        {"external_id": "X3", "title": "naive", "opened_at": "2026-09-20T08:00:00"},
    ]  # fmt: skip
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    tally = brought(records, path, None)
    assert (tally.landed, tally.rejected) == (2, 2), "no zone, no title"
    first, second = orders(records)
    assert (first.title, first.priority, first.site) == ("Lift", 1, "A")
    assert first.opened_at == datetime(2026, 9, 20, tzinfo=UTC)
    assert first.due_at == datetime(2026, 9, 21, 4, tzinfo=UTC)
    assert (second.priority, second.state.value) == (3, "new")


def test_time_in_state_comes_from_the_file(records: Records, tmp_path: Path) -> None:
    """A technician who has been on site for an hour did not arrive with the import."""
    said = {
        "external_id": "X1", "title": "Lift", "technician": "Crew 9", "state": "on_site",
        "opened_at": "2026-02-01T08:00:00Z", "assigned_at": "2026-02-01T08:10:00Z",
        "accepted_at": "2026-02-01T08:20:00Z", "arrived_at": "2026-02-01T09:00:00Z",
    }  # fmt: skip
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(said), encoding="utf-8")
    brought(records, path, None)
    (crew,) = records.ask(TechnicianBoard(), who=THE_DESK, at=AT)
    assert (crew.state, crew.number) == ("on_site", 1)
    assert crew.state_since == datetime(2026, 2, 1, 9, tzinfo=UTC)


def test_hostile_text_comes_in_disarmed(records: Records, tmp_path: Path) -> None:
    """Escapes, bidi overrides and SQL in every column that becomes a name or a text."""
    evil = "\x1b]52;c;aGk=\x07'; DROP TABLE work_order; --\u202e[@click=app.quit]x[/]"
    given = [{**rows(1)[0], **dict.fromkeys(("what", "place", "who", "asked"), evil)}]
    brought(records, written(tmp_path / "a.csv", given), mapped(tmp_path))
    (line,) = records.ask(ListOrders(), who=THE_DESK, at=AT)
    for text in (line.title, line.site, line.technician, line.customer):
        assert text is not None
        assert text.isprintable()
        assert "DROP TABLE work_order" in text


def test_the_key_of_a_row_is_what_its_order_is_known_by(tmp_path: Path) -> None:
    """An export's order without an id of its own is known by its number, and when it was opened."""
    path = tmp_path / "own.csv"
    path.write_text(
        "number,external_id,title,opened_at\n7,,a,2026-09-20T08:00Z\n", encoding="utf-8"
    )
    table = examine(path)
    own = own_map(table)
    assert own is not None
    (row,), mapper = table.rows(), Mapper(own, table.header)
    assert mapper.key(row) == "#7"
    assert mapper.read(row).external_id == "#7@2026-09-20T08:00:00.000000"
