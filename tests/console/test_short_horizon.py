"""A mean up to 30 days of orders that are an hour old says that it looks no farther than that."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

from console.cli import main
from console.figure_words import label_said, was_said
from console.render_change import change_said
from store import clock
from store.commands import MoveOrder, NewOrder, SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.kpi import Figure
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAME = "resolve_restricted_mean_s"


def test_orders_of_an_hour_say_that_they_were_watched_for_an_hour(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As people read it, as JSON and as CSV; the value is never beyond that hour."""
    url, at = f"sqlite:///{tmp_path / 'desk.db'}", clock.now() - timedelta(hours=1)
    records, who = open_records(url, feed=False), Who(operator=2, via="test")
    records.do(SaveTechnician(code="T1", name="Li"), who=who, at=at)
    for number in (1, 2):
        records.do(NewOrder(title="lift", priority=2), who=who, at=at)
        if number == 1:
            records.do(MoveOrder(number=1, move=Move.ASSIGN, technician="T1"), who=who, at=at)
            for step in (Move.ACCEPT, Move.ARRIVE, Move.FINISH):
                records.do(MoveOrder(number=1, move=step), who=who, at=at + timedelta(minutes=1))
    records.close()
    first, last = ((at + timedelta(days=days)).date().isoformat() for days in (-1, 1))
    asked = ["kpi", "--db", url, "--from", first, "--to", last, "--zone", "UTC"]
    assert main([*asked, "--json"]) == 0
    (told,) = (row for row in json.loads(capsys.readouterr().out) if "within_s" in row)
    assert (told["name"], told["n"]) == (NAME, 2)
    assert 3_600 <= told["within_s"] < 7_200
    assert told["value"] == (60 + told["within_s"]) / 2
    assert main([*asked, "--csv"]) == 0
    rows = {row["name"]: row for row in csv.DictReader(StringIO(capsys.readouterr().out))}
    assert [name for name, row in rows.items() if row["within_s"]] == [NAME]
    assert main(asked) == 0
    printed = capsys.readouterr().out
    assert "resolved within 1 h" in printed
    assert "resolved within 30 days" not in printed


def test_what_looks_less_far_is_held_against_nothing() -> None:
    """Neither has changed: they are two figures; the other one says how far it looks."""
    short = Figure(name=NAME, value=60.0, n=4, unit="s", of="", within_s=7_200)
    whole = Figure(name=NAME, value=90_000.0, n=9, unit="s", of="")
    assert change_said(short, whole) == change_said(whole, short) == "–"
    assert change_said(whole, whole) != "–"
    assert was_said(short, whole) == "1 d 1 h (resolved within 30 days, mean)"
    assert was_said(whole, short) == "1 min (2 h 0 min)"
    nothing = Figure(name=NAME, value=None, n=1, unit="s", of="", within_s=0)
    assert label_said(nothing) == "resolved, mean: nothing was watched yet"
