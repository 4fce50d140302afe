"""`paidan kpi` as scripts and people read it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

from console.cli import main
from store.domain.kpi.table import KPIS
from store.domain.who import THE_DESK
from store.persistence import kpi_fill
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    import pytest


def period(db: str, *more: str) -> list[str]:
    """The words that ask for the day on which the desk was at work."""
    day = AT.date().isoformat()
    return ["kpi", "--db", db, "--from", day, "--to", day, "--zone", "UTC", *more]


def asked(words: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command prints as JSON."""
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def test_each_row_says_value_n_unit_and_group(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one form for all; of nothing the value is null."""
    rows = asked(period(cli_desk, "--json"), capsys)
    assert [row["name"] for row in rows] == list(KPIS)
    assert all(list(row) == ["name", "value", "n", "unit", "of"] for row in rows)
    told = {row["name"]: row for row in rows}
    assert told["orders_opened"]["value"] == 3
    assert list(told["first_time_fix_30d"].values()) == ["first_time_fix_30d", None, 0, "ratio", ""]


def test_a_table_and_csv_say_the_same(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And which days they are of."""
    main(period(cli_desk, "--by", "site", "--csv"))
    printed = capsys.readouterr()
    rows = list(csv.DictReader(StringIO(printed.out)))
    assert {row["of"] for row in rows} == {"S1", "(none)"}
    assert next(r for r in rows if r["name"] == "orders_opened" and r["of"] == "S1")["n"] == "2"
    assert "both days included, in UTC" in printed.err
    main(period(cli_desk, "--by", "site"))
    assert "orders_opened" in capsys.readouterr().out


def test_rows_lists_the_orders_of_a_figure(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of all, or of one group."""
    assert asked(period(cli_desk, "--rows", "orders_opened", "--json"), capsys) == [1, 2, 3]
    words = ("--rows", "orders_opened", "--by", "site", "--of", "S1", "--json")
    assert asked(period(cli_desk, *words), capsys) == [1, 3]


def test_what_cannot_be_asked_is_refused_in_a_sentence(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is split by what there is not; a period has two ends."""
    assert main(period(cli_desk, "--by", "luck")) == 2
    assert "department" in capsys.readouterr().err
    assert main(["kpi", "--db", cli_desk]) == 2
    assert "--from" in capsys.readouterr().err
    assert main(period(cli_desk, "--rows", "nothing")) == 1
    assert "resolve_deadline_kept" in capsys.readouterr().err


def test_what_each_figure_says_is_told(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Formula, clock and whom it leaves out, in the reader's language."""
    main(["kpi", "--db", cli_desk, "--what", "--lang", "zh_CN"])
    said = capsys.readouterr().out
    assert all(name in said for name in KPIS)
    assert "已派单不等于已响应" in said


def test_a_script_is_told_that_figures_are_still_being_made(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its exit code, and in the form that it asked for: no figure is printed."""
    records = open_records(cli_desk, feed=False)
    with records.work(who=THE_DESK, at=AT) as work:
        kpi_fill.owe_all(work)
    for form in ("--json", "--csv", "--rows=orders_opened"):
        assert main(period(cli_desk, form)) == 1
        printed = capsys.readouterr()
        assert "still being made" in printed.err + printed.out
        assert "orders_opened" not in printed.out
    records.reckon_on(at=AT)
    records.close()
    assert main(period(cli_desk)) == 0
