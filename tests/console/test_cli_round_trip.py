"""What `paidan list --json` prints of a register, `paidan add --file` takes back, of every one."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from console.cli_add import add_parser
from console.cli_list import KINDS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")

OWN = {"id", "version", "customers", "levels"}
"""What a desk counts by itself."""
MADE = {
    "calendars": (
        ("calendar", "duty", "Duty 值班", "--hours", "mon-fri=07:00-12:00,13:00-19:00"),
        ("calendar", "night", "Nights", "--hours", "all=00:00-24:00", "--zone", "Asia/Shanghai"),
    ),
    "levels": (("level", "gold", "Gold 金牌", "--calendar", "duty"),),
}


def registers() -> list[tuple[str, str]]:
    """Each register that is listed and added by a file: the word of `add`, that of `list`."""
    parser = argparse.ArgumentParser()
    sub: Any = parser.add_subparsers()
    add_parser(sub)
    (kinds,) = (
        one for one in sub.choices["add"]._actions if hasattr(one, "choices") and one.choices
    )
    told = [
        word
        for word, one in kinds.choices.items()
        if any("--file" in action.option_strings for action in one._actions)
    ]
    return [(word, f"{word}s") for word in told if f"{word}s" in KINDS]


def test_these_are_the_registers() -> None:
    """One that learns `--file` is told of here, with entries to try it on."""
    assert [many for _one, many in registers()] == list(MADE)


class Desk:
    """A store of its own."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.db = ("--db", f"sqlite:///{path}")
        self.capsys = capsys

    def does(self, *words: str) -> tuple[int, str]:
        """Exit code, and what was said."""
        self.capsys.readouterr()
        return main([*words, *self.db]), "".join(self.capsys.readouterr())

    def printed(self, many: str) -> str:
        """A register as JSON."""
        assert main(["list", "sites", *self.db]) == 0
        self.capsys.readouterr()
        assert main(["list", many, "--json", *self.db]) == 0
        return self.capsys.readouterr().out

    def rows(self, many: str) -> dict[str, dict[str, Any]]:
        """The same by code, without what the desk counts by itself."""
        found = json.loads(self.printed(many))
        return {
            row["code"]: {name: told for name, told in row.items() if name not in OWN}
            for row in found
        }


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """One with entries of its own in every such register."""
    made = Desk(tmp_path / "desk.db", capsys)
    for lines in MADE.values():
        for line in lines:
            assert made.does("add", *line)[0] == 0
    return made


def test_what_is_listed_is_taken_back_whole(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the same desk nothing changes; an empty one comes to the same, name and calendar too."""
    other = Desk(tmp_path / "other.db", capsys)
    assert other.does("add", "site", "HQ", "Head office")[0] == 0
    for one, many in registers():
        file = tmp_path / f"{many}.json"
        file.write_text(desk.printed(many), encoding="utf-8")
        before = desk.rows(many)
        assert len(before) > len(MADE[many])
        for code in before:
            for at in (desk, other):
                done, said = at.does("add", one, code, "--file", str(file))
                assert done == 0, said
        assert desk.rows(many) == other.rows(many) == before


def test_one_entry_and_what_stands_under_it_are_taken_too(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From standard input as well; what is said beside the file goes before it."""
    for one, many in registers():
        code = MADE[many][-1][1]
        (row,) = (row for row in json.loads(desk.printed(many)) if row["code"] == code)
        under = row["spec" if one == "calendar" else "policy"]
        for told in (row, under):
            monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(told)))
            assert desk.does("add", one, "copy", "Copy", "--file", "-")[0] == 0
            copy = desk.rows(many)["copy"]
            assert copy["name"] == "Copy"
            assert copy["spec" if one == "calendar" else "policy"] == under
    file = tmp_path / "levels.json"
    file.write_text(desk.printed("levels"), encoding="utf-8")
    told = ("add", "level", "gold", "--file", str(file), "--calendar", "24x7")
    assert desk.does(*told)[0] == 0
    assert desk.rows("levels")["gold"]["calendar"] == "24x7"


@pytest.mark.parametrize("text", ["[]", "[1]", '[{"code": "x"}]', "null", '"x"', "7", "{"])
def test_what_tells_of_no_such_entry_is_refused(desk: Desk, tmp_path: Path, text: str) -> None:
    """With a sentence, and nothing is changed."""
    file = tmp_path / "odd.json"
    file.write_text(text, encoding="utf-8")
    for one, many in registers():
        before = desk.rows(many)
        done, said = desk.does("add", one, MADE[many][0][1], "--file", str(file))
        assert (done, "Traceback" in said) == (1, False), said
        assert desk.rows(many) == before


def test_an_entry_that_cannot_be_read_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    """A level whose promises mean nothing is listed without them: others must not stand for it."""
    file = tmp_path / "null.json"
    file.write_text('{"code": "gold", "name": "G", "policy": null}', encoding="utf-8")
    before = desk.rows("levels")
    assert desk.does("add", "level", "gold", "--file", str(file))[0] == 1
    assert desk.rows("levels") == before
