"""A hand-over on paper and by command: what people wrote is shown, and is never markup."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from console import print_handover
from console.cli import main
from console.render_handover import keys_lines, keys_said
from store import clock
from store.commands.handover import OfferHandover
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.domain.who import Who
from store.queries.handover import Handover, ShowHandover
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

ANA = Who(operator=2)
NASTY = "<script>alert(1)</script> **bold** [a](http://x.y) | cell `code` &amp; www.evil.com"
NOTE = f"{NASTY}\n# heading\n- list\n1. one\n</pre><img src=x onerror=alert(1)>"
_BARE = ("<script", "**bold", "`code`", "www.evil", "http://", "<img", " | cell")


class _Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def desk(tables_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An order and an offer with words from a hostile hand."""
    monkeypatch.setenv("HOME", str(tmp_path))
    at = clock.now()
    records = open_records(tables_url, feed=False)
    for command in (
        SaveOperator(code="bo", name="薄一 <b>"),
        NewOrder(title=NASTY, priority=1, level="critical"),
        OfferHandover(note=NOTE),
    ):
        records.do(command, who=ANA, at=at)
    from scheduler.runner import fire_due
    from store.commands.handover import WithdrawHandover

    late = at.replace(year=at.year + 1)
    fire_due(records, at=late)
    held = records.ask(ShowHandover(), who=ANA, at=late)
    assert held.id is not None
    records.do(WithdrawHandover(handover=held.id), who=ANA, at=late)
    records.do(OfferHandover(note=NOTE), who=ANA, at=late)
    records.close()
    return tables_url


def _paidan(*words: str) -> int:
    return main(list(words))


def test_html_shows_words_and_obeys_none(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands alone: no script, nothing fetched."""
    assert _paidan("handover", "--format", "html", "--db", desk, "--as", "bo") == 0
    page = _Tags()
    out = capsys.readouterr().out
    page.feed(out)
    assert {"script", "img", "a", "b"} & page.tags == set()
    assert NASTY in page.text
    assert "</pre><img src=x onerror=alert(1)>" in page.text
    assert "default-src 'none'" in out


def test_markdown_shows_words_and_obeys_none(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither tables nor links nor HTML come out of what somebody typed."""
    assert _paidan("handover", "--format", "md", "--db", desk, "--as", "bo") == 0
    out = capsys.readouterr().out
    assert [sign for sign in _BARE if sign in out] == []
    assert "\n# heading" not in out
    assert "<br>\\# heading<br>\\- list<br>1\\. one" in out
    rows = [line for line in out.splitlines() if line.startswith("| 1 ")]
    assert rows
    assert {row.replace("\\|", "").count("|") for row in rows} <= {7, 8}


def test_a_long_note_is_printed_whole(tables_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Escapes make it longer; nothing is cut."""
    records = open_records(tables_url, feed=False)
    records.do(OfferHandover(note="*" * 4000), who=ANA, at=clock.now())
    records.close()
    for form, kept in (("md", "\\*" * 4000), ("html", "*" * 4000)):
        assert _paidan("handover", "--format", form, "--db", tables_url) == 0
        assert kept in capsys.readouterr().out


def test_a_shift_is_handed_over_by_command(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Offered by one, ticked and accepted by another; no file is ever overwritten."""
    to = tmp_path / "hand.html"
    for code in (0, 1):
        words = ("handover", "--format", "html", "--out", str(to), "--db", desk, "--as", "bo")
        assert _paidan(*words) == code
    assert "a file of that name is there" in capsys.readouterr().err
    assert to.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert _paidan("handover", "accept", "--db", desk, "--as", "bo") == 1
    assert "not ticked" in capsys.readouterr().err
    assert _paidan("handover", "tick", "1", "--db", desk, "--as", "bo") == 0
    assert _paidan("handover", "accept", "--json", "--db", desk, "--as", "bo") == 0
    told = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert _paidan("handover", "--json", "--number", str(told["number"]), "--db", desk) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["accepted_by"] == "薄一 <b>"
    assert held["risk"][0]["ticked_by"] == "薄一 <b>"
    assert held["notes"][0]["text"].startswith("<script>")
    assert _paidan("handover", "past", "--json", "--db", desk) == 0
    assert [one["accepted_by"] for one in json.loads(capsys.readouterr().out)] == [
        "薄一 <b>", None,
    ]  # fmt: skip
    assert _paidan("handover", "accept", "--db", desk) == 1
    assert _paidan("do", "handover", "--json", "--db", desk, "--as", "bo") == 0
    capsys.readouterr()
    assert _paidan("do", "交接", "--db", desk, "--as", "bo") == 0
    assert "the desk is 薄一 <b>'s" in capsys.readouterr().out


def test_paper_says_of_which_day_its_times_are(desk: str) -> None:
    """A sheet is read on another day."""
    records = open_records(desk, feed=False)
    at = clock.now()
    held = records.ask(ShowHandover(), who=ANA, at=at)
    records.close()
    for make in (print_handover.markdown, print_handover.html):
        assert at.strftime("%Y-%m-%d %H:%M") in "\n".join(make(held, at=at, zone=UTC))


def test_a_command_in_lines_is_one_command_for_a_shell() -> None:
    """What is copied from a narrow screen runs as it stands; of other lines no word is lost."""
    at = datetime(2026, 9, 21, tzinfo=UTC)
    held = Handover(
        id=1, version=1, holder="Desk", mine=True, since_at=at, offered_by="Desk", offered_at=at,
        accepted_by=None, accepted_at=None, withdrawn_by=None, withdrawn_at=None, lines=(),
        notes=(), more=(),
    )  # fmt: skip
    command = "/a/long/way/to/the/command/paidan --db /tmp/paidan-demo-pl9mk25v/demo.db --as bo"
    lines = keys_lines(held, 60, other=command)
    assert max(map(cell_len, lines)) <= 60
    typed = ["sh", "-c", "\n".join(["printf '%s ' \\", *lines])]
    read = subprocess.run(typed, capture_output=True, text=True, check=True).stdout
    assert read == f"second terminal: {command} "
    others = keys_lines(replace(held, mine=False), 60)
    assert (len(others), " ".join(others)) == (2, keys_said(replace(held, mine=False)))
