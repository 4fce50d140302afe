"""What the README has one type works on the desk that it has one open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from console.actions import ACTIONS, README
from console.cli import main
from console.demo.build import make_desk
from console.i18n import use
from store import clock
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")
DAY = README.read_text(encoding="utf-8").partition("## An operator's day")[2].partition("\n## ")[0]
VERBS = {word for action in ACTIONS.values() for word in action.words.split()}


def lines() -> Iterator[tuple[str, str]]:
    """Language and line, in the order in which one reads them."""
    blocks = r"^ {4}(?P<block>\S.*)$|`(?P<span>[^`\n]+)`"
    for found in re.finditer(blocks, DAY, re.MULTILINE):
        told = re.split(r" {2,}", found["block"]) if found["block"] else [found["span"]]
        for line in told:
            verb, *more = line.split(" ")
            if more and verb in VERBS:
                yield ("en" if verb.isascii() else "zh_CN"), line


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_line_of_the_readme_works_on_the_demo_desk(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after the other, as somebody tries them who has nothing but the README."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    use(language)
    records = open_records(url, feed=False)
    make_desk(records, at=clock.now(), language=language)
    records.close()
    mine = [line for spoken, line in lines() if spoken == language]
    assert len(mine) > 4, mine
    for line in mine:
        code = main(["do", line, "--yes", "--db", url, "--lang", language])
        assert code == 0, f"{line}: {capsys.readouterr()}"
