"""The README is short enough to be read, and leads to everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from console.actions import ACTIONS, sign
from console.cli import COMMANDS
from tests.house.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").glob("*.md"))
_LINK = re.compile(r"\]\((?!https?://)([^)#]*)(#[^)]*)?\)")
_MOST = 48_000
"""Bytes: more belongs on a page."""
_SHELL = re.compile(r"`(?:paidan )?([a-z]+)\b[^`]*`")


def test_it_is_short() -> None:
    """Index, tour, features, figures and keys; a new paragraph goes to a page of docs/."""
    assert len(README.read_bytes()) <= _MOST


def anchors(page: Path) -> set[str]:
    """What its headings are called in links."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {"#" + re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file, and to a heading in it."""
    for file, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        meant = page.parent / file if file else page
        assert meant.is_file(), file
        assert not anchor or anchor in anchors(meant), (file, anchor)


def test_every_page_is_found_from_the_readme() -> None:
    """Above, among the pages."""
    led_to = {file for file, _anchor in _LINK.findall(README.read_text(encoding="utf-8"))}
    assert led_to >= {f"docs/{page.name}" for page in PAGES}


def test_the_index_names_keys_and_commands_that_there_are() -> None:
    """By task: on the board, in a shell, and where the whole story is."""
    text = README.read_text(encoding="utf-8")
    index = text.partition("## Where is what")[2].partition("\n## ")[0]
    rows = [re.split(r"(?<!\\)\|", line) for line in index.splitlines() if line.startswith("| ")]
    assert len(rows) > 25
    keys = {sign(key) for action in ACTIONS.values() for key in action.keys}
    words = {word for action in ACTIONS.values() for word in action.words.split()}
    for _before, _task, board, shell, story, _after in rows[1:]:
        for said in re.findall(r"`([^`]+)`", board):
            assert said.replace("\\|", "|") in keys or said.removeprefix(":") in words, said
        for command in _SHELL.findall(shell):
            assert command in COMMANDS, command
        assert "](docs/" in story
