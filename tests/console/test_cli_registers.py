"""`paidan list kinds`, `regions` and `wishes`: what dispatch heeds, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORDS: Mapping[str, tuple[str, str]] = {"en": ("refuses", "asks for"), "zh": ("不要", "指定")}
"""By language: what a customer does with T8, and with T9."""


@pytest.fixture
def heeded(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> str:
    """A desk with a kind that takes a skill, one that takes nothing, a region and two wishes."""
    for line in (
        ("kind", "boiler", "Boilers", "--skill", "hvac:3", "--certificate", "G2"),
        ("kind", "key", "Keys"),
        ("region", "south", "South"),
        ("technician", "T8", "Zhao", "--region", "south"),
        ("technician", "T9", "Qian"),
        ("customer", "C9", "Hotel", "--refuses", "T8", "--asks-for", "T9"),
        ("site", "S9", "Tower", "--zone", "UTC", "--region", "south"),
    ):
        assert main(["--db", cli_desk, "add", *line]) == 0
    capsys.readouterr()
    return cli_desk


def _rows(desk: str, capsys: pytest.CaptureFixture[str], *words: str) -> list[list[str]]:
    assert main(["--db", desk, *words]) == 0
    return [line.split() for line in capsys.readouterr().out.splitlines()[1:]]


def test_a_kind_says_its_skill_with_the_level(
    heeded: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that takes no skill has no level either; skills are kinds, too."""
    rows = _rows(heeded, capsys, "list", "kinds")
    assert ["boiler", "Boilers", "hvac", "3", "G2"] in rows
    assert ["key", "Keys"] in rows
    assert ["hvac", "hvac", "hvac", "1"] in [[row[0], *row] for row in rows]


def test_a_kind_that_is_only_written_is_listed_and_shown(
    heeded: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its orders, and that nobody has said what it takes; `show` says which kind it is."""
    for kind in ("boiler", "bolier"):
        assert main(["--db", heeded, "do", f"n No heat /kind {kind}"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any("is “boiler” meant?" in line for line in told)
    rows = _rows(heeded, capsys, "list", "kinds", "--query", "bo")
    assert rows == [["boiler", "Boilers", "1", "1", "hvac", "3", "G2"], ["bolier", "1", "1"]]
    number = _rows(heeded, capsys, "list", "orders", "--limit", "1")[0][0]
    assert main(["--db", heeded, "show", number]) == 0
    assert "  kind of work: bolier" in capsys.readouterr().out.splitlines()
    line = "plans new Round kind: bolier rule: monthly"
    assert main(["--db", heeded, "do", line, "--dry-run"]) == 0
    assert "is “boiler” meant?" in capsys.readouterr().out


def test_an_import_says_which_of_its_kinds_ask_for_no_skill(
    heeded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And which known kind may be meant by a new one."""
    file = tmp_path / "orders.csv"
    file.write_text(
        "external_id,title,opened_at,kind\n"
        "a1,No heat,2026-01-31T08:00:00Z,boiler\n"
        "a2,Lost,2026-01-31T08:00:00Z,key\n"
        "a3,No heat,2026-01-31T08:00:00Z,bolier\n",
        encoding="utf-8",
    )
    assert main(["--db", heeded, "import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "2 kinds of work in it ask for no skill: bolier, key." in told
    assert "kind of work “bolier” asks for no skill; is “boiler” meant?" in told


def test_a_region_says_who_is_sent_there_by_name(
    heeded: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its sites counted."""
    assert _rows(heeded, capsys, "list", "regions") == [["south", "South", "1", "T8"]]


@pytest.mark.parametrize("language", WORDS)
def test_a_wish_is_said_in_the_words_of_the_reader(
    heeded: str, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """A refusal is not mistaken for the opposite."""
    refuses, asks = WORDS[language]
    rows = _rows(heeded, capsys, "--lang", language, "list", "wishes")
    assert rows == [
        ["C9", "Hotel", *refuses.split(), "T8", "Zhao"],
        ["C9", "Hotel", *asks.split(), "T9", "Qian"],
    ]
