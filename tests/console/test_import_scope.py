"""Who works at some sites brings orders to these alone, and nothing to the whole desk."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from console.cli import main
from console.intake.importing import Importing
from console.intake.mapping import own_map
from console.intake.reader import examine
from console.intake.rejects import Rejects
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.domain.who import THE_DESK
from store.queries.people import OperatorNamed
from store.records import open_records
from tests.console.import_desk import AT, orders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.intake.tally import Tally
    from store.records import Records

REGISTERS = ("site", "service_level", "calendar", "technician", "customer", "region")
HOURS = {"zone": "UTC", "week": {"mon": [["09:00", "10:00"]]}}
LEVEL = {
    "name": "Lx",
    "policy": {"targets": {"3": {"resolve": {"seconds": 3600}}}},
    "calendar": {"code": "cx", "name": "cx", "spec": HOURS},
}


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """A desk of two sites; Bo works at the first, where Acme is known."""
    opened = open_records(tables_url, feed=False)
    for command in (
        SaveSite(code="S1", name="S1", zone="UTC"),
        SaveSite(code="S2", name="S2", zone="UTC"),
        SaveCustomer(code="acme", name="Acme"),
        SaveCustomer(code="other", name="Other"),
        SaveTechnician(code="T1", name="T1", home="S1"),
        SaveTechnician(code="T2", name="T2", home="S2"),
        SaveOperator(code="bo", name="Bo", sites=("S1",)),
        NewOrder(title="before", site="S1", customer="acme"),
    ):
        opened.do(command, who=THE_DESK, at=AT)
    yield opened
    opened.close()


def _kept(records: Records) -> dict[str, list[str]]:
    with records.database.reading() as conn:
        return {
            name: list(conn.execute(text(f"SELECT code FROM {name} ORDER BY id")).scalars())
            for name in REGISTERS
        }


def _brought(records: Records, folder: Path, *given: dict[str, Any]) -> tuple[Tally, list[str]]:
    file = folder / "orders.jsonl"
    plain = {"title": "lift", "state": "assigned", "opened_at": "2026-01-05T08:00:00Z"}
    rows = [{"external_id": f"G{n}", **plain, **row} for n, row in enumerate(given)]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    bo = records.ask(OperatorNamed(code="bo"), who=THE_DESK, at=AT)
    table = examine(file)
    found = own_map(table)
    assert found is not None
    rejects = Rejects(folder / "rejects.csv", table.header)
    tally = Importing(records, table, found, who=bo, at=AT, rejects=rejects).run()
    if not rejects.count:
        return tally, []
    with rejects.path.open(encoding="utf-8", newline="") as stream:
        return tally, [f"{row['line']}: {row['reason']}" for row in csv.DictReader(stream)]


def test_rows_outside_his_sites_are_refused_one_by_one(records: Records, tmp_path: Path) -> None:
    """One such row once refused the whole file, after it had made its names."""
    before = _kept(records)
    here = {"site": "S1", "customer": "Acme", "technician": "T1"}
    tally, told = _brought(
        records,
        tmp_path,
        here,
        {**here, "site": "S2"},
        {**here, "site": "S7", "region": "North"},
        {**here, "site": ""},
        {**here, "customer": "other"},
        {**here, "technician": "T2"},
        {**here, "technician": "T7"},
        {**here, "level": "Lx", "level_spec": LEVEL},
    )
    assert (tally.landed, tally.rejected) == (2, 6)
    assert told == [
        "2: “S2” is none of your sites",
        "3: “S7” is none of your sites",
        "4: an order without a site is outside your sites",
        "5: “other” is no customer at your sites",
        "6: “T2” is no technician of your sites",
        "7: “T7” is no technician of your sites",
    ]
    assert _kept(records) == before
    assert tally.made == dict.fromkeys(tally.made, 0)
    lines = {line.external_id: line for line in orders(records) if line.external_id}
    assert {line.site for line in lines.values()} == {"S1"}
    assert sorted(lines) == ["G0", "G7"]


def test_a_number_of_the_desks_customer_is_left_and_told(
    records: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who sees one site only edits no customer; silence would let him think that it was kept."""
    row = {"site": "S1", "customer": "Acme", "customer_phone": "021 555 0000"}
    tally, told = _brought(records, tmp_path, row, {**row, "customer": "other"})
    assert (tally.landed, tally.phones_left) == (1, ["Acme"])
    assert told == ["2: “other” is no customer at your sites"]
    assert [one.customer_phone for one in orders(records) if one.external_id] == [""]
    url = records.database.url.render_as_string(hide_password=False)
    file = tmp_path / "again.jsonl"
    file.write_text((tmp_path / "orders.jsonl").read_text("utf-8").replace("G0", "H0"), "utf-8")
    for language, said in (("zh", "号码未保存"), ("en", "whole desk: Acme. Ask it")):
        main(["--lang", language, "--db", url, "--as", "bo", "import", str(file)])
        file.write_text(file.read_text("utf-8").replace("H0", "K0"), "utf-8")
        assert said in capsys.readouterr().out


def test_rows_refused_for_their_place_come_when_it_is_his(records: Records, tmp_path: Path) -> None:
    """Another file of the same rows brings them; the same file says it was finished."""
    tally, told = _brought(records, tmp_path, {"site": "S1"}, {"site": "S2"})
    assert (tally.landed, len(told)) == (1, 1)
    bo = SaveOperator(code="bo", name="Bo", sites=("S1", "S2"))
    records.do(bo, who=THE_DESK, at=AT)
    tally, told = _brought(records, tmp_path, {"site": "S1"}, {"site": "S2"}, {"site": "S2"})
    assert (tally.landed, tally.here, told) == (2, 1, [])
