"""`paidan pack` and `paidan baseline` as people and scripts read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console import page
from console.cli import main
from console.render_packs import pack_sections
from store.packing import write_packs
from store.queries.packs import NamedOrder, PackLine, PackShown
from store.records import open_records
from tests.console.two_customers import two_customers

if TYPE_CHECKING:
    from pathlib import Path

from tests.console.conftest import AT

APRIL = AT.replace(month=4, day=2)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A month of a desk; what is written of it lies in its store."""
    return two_customers(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def run(desk: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command prints, in the first days of April."""

    def asked(*words: str, ends: int = 0) -> str:
        assert main([*words, "--db", desk]) == ends
        told = capsys.readouterr()
        return told.out if not ends else told.err

    records = open_records(desk, feed=False)
    write_packs(records, at=APRIL)
    records.close()
    return asked


def test_packs_are_listed_shown_and_written(run: Any, tmp_path: Path) -> None:
    """Each in every form; what changed since is told, and a file is put there whole."""
    listed = json.loads(run("pack", "list", "--kind", "monthly", "--json"))
    assert [one["period"] for one in listed] == ["2026-03"]
    assert "2026-03" in run("pack")
    text = run("pack", "show", "monthly", "2026-03", "--format", "text", "--compare")
    for said in ("Service review 2026-03", "Improvement plan", "secret boiler", "still what was"):
        assert said in text
    told = json.loads(run("pack", "show", "monthly", "2026-03", "--json", "--compare"))
    assert told["changed"] == []
    assert told["content"]["figures"]["orders_opened"] == [4, 4, "orders"]
    assert "secret" not in json.dumps(told)
    brief, whole = (run("pack", "show", "daily", "2026-04-01", *more) for more in ((), ("--all",)))
    assert "--all lists them" in brief
    assert "--all lists them" not in whole
    assert "takes no words" in run("pack", "list", "--all", ends=2)
    coming = json.loads(run("pack", "due", "--json"))
    assert {one["kind"] for one in coming} == {"daily", "weekly", "monthly"}
    assert "review of the month" in run("pack", "due")
    assert "takes no words" in run("pack", "due", "daily", ends=2)
    out = tmp_path / "march.html"
    run("pack", "write", "monthly", "2026-03", "--format", "html", "--out", str(out))
    assert "<script>alert" not in out.read_text()
    assert "secret boiler" in out.read_text()
    assert "2026-05" in run("pack", "show", "monthly", "2026-05", ends=1)


def test_a_busy_day_is_told_in_few_lines() -> None:
    """What matters by itself, the rest by its number; all of it where it is asked for."""
    due = "2026-03-02T10:00:00+00:00"
    told = {
        "figures": {"orders_opened": [250, 250, "orders"], "orders_closed": [1, 1, "orders"]},
        "opened": list(range(1, 201)),
        "closed": [7],
        "late": [[n, due, "resolve"] for n in range(1, 201)],
        "ahead": [],
        "counts": {"late": 240, "ahead": 0},
        "since": due,
        "until": due,
    }
    line = PackLine(
        id=1, kind="daily", period="2026-03-02", first=AT.date(), last=AT.date(), zone="UTC",
        due_at=AT, written_at=AT, digest="", content=json.dumps(told),
    )  # fmt: skip
    orders = {n: NamedOrder(title=f"order {n}", site="S", customer=None) for n in range(1, 201)}
    shown = PackShown(line=line, orders=orders, problems={})
    brief, whole = (
        list(page.text("", pack_sections(shown, whole=whole), width=80, at=AT))
        for whole in (False, True)
    )
    assert len(brief) < 50
    for said in ("And 230 more.", "250 orders.", "None.", "--all", "order 10"):
        assert said in "\n".join(brief)
    assert "order 11" not in "\n".join(brief)
    for said in ("The first 200 of 250.", "The first 200 of 240.", "order 200"):
        assert said in "\n".join(whole)
    assert "--all" not in "\n".join(whole)


def test_figures_are_held_against_a_frozen_baseline(run: Any) -> None:
    """Frozen once, listed, shown, and in the figures of other days with a word about each."""
    days = ("--from", "2026-03-01", "--to", "2026-03-31", "--zone", "UTC")
    assert "no baseline is frozen" in run("kpi", *days, "--against", "baseline", ends=1)
    assert "is frozen" in run("baseline", "freeze", "March", *days)
    (line,) = json.loads(run("baseline", "list", "--json"))
    assert (line["name"], line["first"], line["active"]) == ("March", "2026-03-01", True)
    assert "by its number" in run("baseline", "use", "0000000010", ends=2)
    assert "resolve_wall_median_s" in run("baseline")
    told = json.loads(run("kpi", *days, "--against", "baseline", "--json"))
    by_name = {one["name"]: one for one in told["baseline"]["figures"]}
    assert by_name["resolve_deadline_kept"]["verdict"] == "none_seen"
    assert by_name["orders_closed"]["verdict"] == "not_judged"
    assert told["baseline"]["unlike"] == []
    assert [one["name"] for one in told["claims"]][:2] == ["resolve_wall_mean_s", "csat"]
    text = run("kpi", *days, "--against", "baseline")
    assert "no difference seen" in text
    assert "What others claim" in text
    assert "verdict" in run("kpi", *days, "--against", "baseline", "--csv")
    for month, unlike in (("2026-04", []), ("2026-06", ["season"])):
        other = json.loads(run("report", "review", "--month", month, "--format", "json"))
        assert [one["what"] for one in other["baseline"]["unlike"]] == unlike
    customer = run("report", "review", "--month", "2026-04", "--customer", "C1", "--format", "json")
    assert "baseline" not in json.loads(customer)
    assert "is frozen" in run("baseline", "freeze", "again", *days)
    assert "counts now" in run("baseline", "use", "1")
    told = json.loads(run("baseline", "list", "--json"))
    assert [(one["name"], one["active"]) for one in told] == [("again", False), ("March", True)]
    assert "no baseline 9" in run("baseline", "use", "9", ends=1)
    assert "no baseline 9" in run("baseline", "show", "9", ends=1)
    assert "by its number" in run("baseline", "use", "again", ends=2)
    assert "leave --by" in run("kpi", *days, "--against", "baseline", "--by", "site", ends=2)
