"""`paidan complaint` and `paidan praise`: each step, what is listed, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with one order that somebody has done."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "customer", "ACME", "Acme Ltd"),
        ("add", "site", "N1", "North"),
        ("add", "technician", "L1", "Li Wei"),
        ("do", "n lift stuck @N1 /for ACME"),
        ("do", "d 1 L1"),
        ("do", "done 1 /insist"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_complaint_goes_its_way_by_commands(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step is told; lists and cards have it, and an action names where it came from."""
    said = ("the lift", "hums", "--about", "noise", "--order", "1", "--by", "Mrs Li")
    assert told(capsys, db, "complaint", "add", *said, "--how", "message")["id"] == 1
    (line,) = told(capsys, db, "complaint")
    assert (line["said"], line["stand"], line["customer"]) == (
        "the lift hums", "open", "Acme Ltd",
    )  # fmt: skip
    assert (line["channel"], line["speaker"], line["number"]) == ("message", "Mrs Li", 1)
    told(capsys, db, "complaint", "answer", "1", "we", "listen", "--to", "Mrs Li")
    assert told(capsys, db, "complaint", "cause", "1", "设计缺陷")["cause"] == "design"
    assert told(capsys, db, "complaint", "action", "1", "--due", "+3d")["number"] == 1
    told(capsys, db, "complaint", "close", "1", "--cause", "design")
    shown = told(capsys, db, "complaint", "show", "1")
    assert (shown["stand"], shown["action"], len(shown["steps"])) == ("closed", 1, 4)
    assert told(capsys, db, "complaint", "list", "--order", "1") == []
    (over,) = told(capsys, db, "complaint", "list", "--order", "1", "--over")
    assert over["answer"] == "we listen"
    assert [one["id"] for one in told(capsys, db, "show", "1")["voices"]] == [1]
    (action,) = told(capsys, db, "action")
    assert action["finding"] == "complaint"
    for words, said_in in (
        (("show", "1"), "the lift hums"),
        (("complaint", "show", "1"), "Answered"),
        (("complaint", "list", "--over", "--lang", "zh"), "噪音或脏乱"),
        (("customer", "show", "ACME"), "the lift hums"),
        (("action", "show", "1"), "From: complaint 1"),
        (
            ("kpi", "--rows", "complaints_received", "--from", "2026-01-01", "--to", "2099-12-31"),
            "ACME",
        ),
    ):
        assert main([*words, *db]) == 0
        assert said_in in capsys.readouterr().out, words


def test_praise_counts_for_the_technician(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Who did the order, where nobody is named."""
    told(capsys, db, "praise", "add", "quick", "--order", "1")
    (line,) = told(capsys, db, "praise", "list", "--technician", "L1")
    assert (line["technician"], line["said"]) == ("Li Wei", "quick")
    assert main(["praise", *db]) == 0
    assert "Li Wei" in capsys.readouterr().out
    told(capsys, db, "praise", "withdraw", "1", "a", "slip")
    assert told(capsys, db, "praise") == []
    assert len(told(capsys, db, "praise", "--over")) == 1


def test_what_means_nothing_is_refused_in_a_sentence(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """No number, no place, an option that would change nothing; in Chinese, too."""
    for words, said in (
        (("complaint", "show"), "name it by its number"),
        (("complaint", "show", "9"), "no complaint 9"),
        (("complaint", "add", "x"), "--about says"),
        (("complaint", "add", "x", "--about", "late"), "say which order, site or customer"),
        (("complaint", "add", "x", "--about", "luck", "--order", "1"), "“luck” is none"),
        (("complaint", "close", "1", "--to", "x"), "takes no --to; it takes: --cause"),
        (("praise", "list", "--by", "x"), "praise list takes no --by"),
        (("complaint", "list", "5"), "takes so many words"),
        (("complaint", "withdraw", "9", "x", "--lang", "zh"), "没有投诉 9"),
    ):
        assert main([*words, *db]) != 0
        assert said in capsys.readouterr().err, words
    assert main(["complaint", *db]) == 0
    assert "nothing is listed here" in capsys.readouterr().err
