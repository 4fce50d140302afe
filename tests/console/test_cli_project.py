"""`paidan project` and `paidan department`: each step, what is listed, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cli import main
from tests.console.test_cli_complaint import db, told
from tests.store.project_desk import GATED

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]
__all__ = ["db"]


@pytest.fixture
def desk(db: Words, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Words:
    """Departments from a file, and a procedure of a stage."""
    file = tmp_path / "departments.csv"
    file.write_text("code,name,name_zh\nsales,Sales,销售部\ndesign,Design,设计部\n", "utf-8")
    assert told(capsys, db, "department", "import", str(file))["made"] == 2
    assert told(capsys, db, "department", "add", "works", "Site works", "施工部")["count"] == 1
    procedure = tmp_path / "design.toml"
    procedure.write_text(GATED, "utf-8")
    told(capsys, db, "sop", "import", str(procedure))
    return db


def test_a_project_goes_its_way_by_commands(
    desk: Words, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Begun, handed with a file, acknowledged, gated, put back; the list and the card have it."""

    def do(*words: str) -> dict[str, object]:
        found: dict[str, object] = told(capsys, desk, "project", *words)
        return found

    plan = tmp_path / "plan.txt"
    plan.write_text("x")
    new = ("new", "a", "new", "lift", "--department", "sales", "--customer", "ACME")
    assert do(*new, "--site", "N1", "--hours", "design=8", "--lead", "Zhou")["id"] == 1
    do("put", "1", "#1", "acceptance")
    order = do("order", "1", "measure", "--stage", "3", "--kind", "lift", "--priority", "2")
    assert order["number"] == 2
    do("hand", "1", "design", "all", "said", "--evidence", str(plan), "--within", "2")
    (line,) = told(capsys, desk, "project", "list", "--department", "design")
    assert (line["stage"], line["taker"], line["customer"]) == (
        "consultation",
        "design",
        "Acme Ltd",
    )
    assert (line["handoff"]["evidence"], len(line["handoff"]["sha256"])) == (str(plan), 64)
    do("bounce", "1", "no", "load")
    do("hand", "1", "design", "with the load")
    for words in (
        *(("recall", "1"), ("hand", "1", "design", "with the load", "--stay")),
        *(("acknowledge", "1", "Lin"), ("advance", "1")),
        ("change", "1", "--title", "two lifts", "--lead", "Wu", "--due", "+9d"),
        *(("do", "1", "load", "450"), ("undo", "1", "load"), ("skip", "1", "load", "known")),
        *(("advance", "1"), ("back", "1", "design", "another", "lift")),
    ):
        do(*words)
    shown = told(capsys, desk, "project", "show", "1")
    assert [one["went"] for one in shown["stages"]] == ["on", "on", "back", ""]
    assert [one["answer"] for one in shown["handoffs"]] == ["bounced", "recalled", "acknowledged"]
    assert [one["stage"] for one in shown["work_orders"]] == ["acceptance", "site-work"]
    assert [one["code"] for one in shown["steps"]] == 2 * ["load", "sketch"]
    assert (shown["title"], shown["lead"], len(shown["journal"])) == ("two lifts", "Wu", 14)
    found = told(capsys, desk, "list", "--query", "project:1")
    assert {one["number"] for one in found} == {1, 2}
    do("take", "1", "2")
    do("drop", "1", "no", "money")
    assert told(capsys, desk, "project") == []
    (over,) = told(capsys, desk, "project", "--over")
    assert over["stand"] == "dropped"
    for words, said in (
        (("project", "show", "1"), "hand-off"),
        (("project", "show", "1", "--lang", "zh"), "移交"),
        (("project", "show", "1"), "Sales > Design"),
        (("project", "show", "1", "--lang", "zh"), "销售部 > 设计部"),
        (("project", "list", "--over", "--lang", "zh"), "设计部"),
        (("project", "list", "--over"), "two lifts"),
        (("department", "--lang", "zh"), "施工部"),
        (("show", "1"), "project 1, acceptance: two lifts"),
    ):
        capsys.readouterr()
        assert main([*words, *desk]) == 0
        assert said in capsys.readouterr().out, words


def test_what_makes_no_sense_is_refused_with_what_would(
    desk: Words, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Words that are missing, options that would change nothing, files that are none."""
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b,c,d\n")
    for words, said in (
        (("project", "show"), "takes other words"),
        (("project", "show", "x"), "name a project by its number"),
        (("project", "show", "9"), "no project 9"),
        (("project", "new", "x"), "--department says"),
        (("project", "new", "x", "--department", "nobody"), "nobody"),
        (("project", "new", "x", "--department", "sales", "--hours", "a=b"), "“a” is none"),
        (("project", "new", "x", "--department", "sales", "--hours", "design"), "takes a stage"),
        (("project", "advance", "1", "--stay"), "takes no --stay"),
        (("project", "back", "1", "painting", "x"), "“painting” is none"),
        (("department", "add", "x"), "takes other words"),
        (("department", "import", str(bad)), "4 cells"),
        (("department", "import", str(tmp_path / "none.csv")), "none.csv"),
        (("project", "advance", "9", "--lang", "zh"), "没有项目 9"),
    ):
        capsys.readouterr()
        assert main([*words, *desk]) in {1, 2}, words
        assert said in capsys.readouterr().err, words
