"""A draw of real service requests equals what plain Python makes of the same file."""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

import console.demo
from store.commands import MoveOrder, NewOrder, SaveSite, SaveTechnician, SetFigure
from store.commands.inspections import DrawInspections
from store.domain.lifecycle import Move
from store.queries.inspections import RerunDraw
from tests.store.desk import BO, do

if TYPE_CHECKING:
    from store.records import Records

FILE = Path(console.demo.__file__).with_name("requests.csv.gz")
BOSTON = ZoneInfo("America/New_York")
WEEK, FIRST, SHARE, MOST = "2015-W08", 2, 20, 40
OVER = datetime(2015, 2, 24, tzinfo=BOSTON)


def requests() -> list[dict[str, str]]:
    """Those that were closed about that week, a few of each of some days, as the file has them."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "2015-02-14" <= row["closed"] < "2015-02-25"]
    rows.sort(key=lambda row: (row["closed"], row["case"]))
    return rows[:: max(1, len(rows) // MOST)]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOSTON)


@pytest.mark.parametrize("records", ["sqlite"], indirect=True)  # of the draw, not of the database
def test_a_draw_of_real_requests_equals_one_by_plain_python(records: Records) -> None:
    """Which week each is of, who is new, and whose lot it is; departments stand for people."""
    do(records, SaveSite(code="BO", name="Boston", zone=BOSTON.key))
    do(records, SetFigure(figure="inspect_first", value=FIRST))
    do(records, SetFigure(figure="inspect_asset", value=0))
    who, numbers = dict[str, str](), dict[str, int]()
    rows = [row for row in requests() if local(row["closed"]) < OVER]
    for row in rows:
        if row["department"] not in who:
            who[row["department"]] = f"D{len(who)}"
            do(records, SaveTechnician(code=who[row["department"]], name=row["department"]))
        opened, closed = local(row["opened"]), local(row["closed"])
        made = do(records, NewOrder(title=row["type"], site="BO"), at=opened)
        number = numbers[row["case"]] = made.numbers[0]
        send = MoveOrder(number=number, move=Move.ASSIGN, technician=who[row["department"]])
        do(records, send, at=opened)
        for step in (Move.FINISH, Move.CLOSE):
            do(records, MoveOrder(number=number, move=step, insist=True), at=closed)
    drawn = do(records, DrawInspections(week=WEEK, share=SHARE), at=OVER).facts
    again = records.ask(RerunDraw(week=WEEK), who=BO, at=OVER + timedelta(days=1))

    did, wanted, text = Counter[str](), list[int](), dict[int, str]()
    lot: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        year, week, _day = local(row["closed"]).isocalendar()
        number, department = numbers[row["case"]], row["department"]
        new = did[department] < FIRST
        did[department] += 1
        if f"{year}-W{week:02}" != WEEK:
            continue
        ids = {code: id_ for id_, code in again.technicians.items()}
        text[number] = f"{number} {ids[who[department]]} {'first' if new else '-'}\n"
        if new:
            wanted.append(number)
        else:
            lot[department].append(number)
    for mine in lot.values():
        mine.sort(key=lambda n: hashlib.sha256(f"{drawn['seed']}:{n}".encode()).hexdigest())
        wanted += mine[: math.ceil(len(mine) * SHARE / 100)]
    assert len(text) > MOST // 3
    assert lot
    population = "".join(text[number] for number in sorted(text))
    assert hashlib.sha256(population.encode()).hexdigest() == drawn["digest"]
    assert drawn["drawn"] == sorted(wanted)
    assert (again.same, again.changed) == (True, ())
