"""`paidan list kinds`, `regions` and `wishes`: what dispatch heeds, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """One that takes no skill has no level either."""
    rows = _rows(heeded, capsys, "list", "kinds")
    assert rows == [["boiler", "Boilers", "hvac", "3", "G2"], ["key", "Keys"]]


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
