"""What the README and its pages have one type works on the desk that they have one open."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from console.actions import ACTIONS, README
from console.cli import main
from console.demo.build import make_desk
from console.i18n import use
from console.zones import zone_here
from store import clock
from store.domain.holidays_data import last_year
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")
DOCS = README.parent / "docs"
SET_UP = (DOCS / "setting-up.md").read_text(encoding="utf-8")
PAGES = ("calls", "dispatch", "alarms", "service", "desk")
"""In the order in which one reads them; what one has done another goes on from."""
TOUR = README.read_text(encoding="utf-8").partition("## An operator's day")[2].partition("\n## ")[0]
DAY = "\n\n".join((*((DOCS / f"{page}.md").read_text(encoding="utf-8") for page in PAGES), TOUR))
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


def test_a_desk_is_set_up_as_the_readme_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a store that was never opened, one line after the other, at two in the night."""
    night = datetime(last_year("CN"), 11, 25, 2, tzinfo=ZoneInfo(zone_here())).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: night)
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    lines = re.findall(r"^ {4}(paidan .*)$", SET_UP, re.MULTILINE)
    assert len(lines) > 15, lines
    for line in lines:
        _paidan, *words = shlex.split(line, comments=True)
        assert main([*words, *db]) == 0, f"{line}: {capsys.readouterr()}"
    for order in ("n Lift stuck @HQ !1 /for C1 /kind trapped", "n No light @HQ !1 /for C2"):
        assert main(["do", order, *db]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "clocks start at" in told[-2], "by working hours, and it is said"
    assert told[-1] == "order 2 written down", "round the clock, as the customer is"
    assert main(["who", "1", *db]) == 0
    assert "T1 Wang Wei" in capsys.readouterr().out


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
