"""`paidan notice`: shown before it is kept, in both languages and from templates of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    """A desk on which order 1 is major by itself."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("PAIDAN_CONFIG", str(tmp_path / "config.toml"))
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "customer", "ACME", "Acme Ltd"),
        ("add", "site", "N1", "North"),
        ("settings", "major_p1", "30"),
        ("do", "n lift stuck @N1 !1 /for ACME"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def test_it_is_shown_before_it_is_kept(
    capsys: pytest.CaptureFixture[str], db: Words, tmp_path: Path
) -> None:
    """Only with --sure; who was told stands in the log."""
    capsys.readouterr()
    told = ("--said", "the cable is found.")
    assert main(["notice", "preview", "1", *told, *db]) == 0
    shown = capsys.readouterr().out
    assert "Dear Acme Ltd" in shown
    assert "lift stuck (order 1). the cable is found." in shown
    assert main(["notice", "give", "1", "--to", "Zhou", *told, *db]) == 1
    assert capsys.readouterr().out == shown
    assert main(["notice", "give", "1", "--to", "Zhou", "--way", "text", "--sure", *told, *db]) == 0
    capsys.readouterr()
    assert main(["notice", "log", "1", "--json", *db]) == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert (kept["to"], kept["way"], kept["phase"]) == ("Zhou", "text", "update")
    assert main(["notice", "preview", "1", "--lang", "zh_CN", *db]) == 0
    assert "尊敬的 Acme Ltd" in capsys.readouterr().out
    own = tmp_path / "notice-update.en.txt"
    own.write_text("{customer}: {title}, {wrong}\x1b[2J", encoding="utf-8")
    assert main(["notice", "preview", "1", "--lang", "en", *db]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Acme Ltd: lift stuck, {wrong}")
    assert "\x1b" not in shown
    clear = ("notice", "give", "1", "--phase", "all-clear", "--to", "Zhou", "--sure")
    assert main([*clear, *db]) == 0
    capsys.readouterr()
    assert main(["notice", "--json", *db]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main([*clear, *db]) != 0
    assert "no major incident" in capsys.readouterr().err


def test_what_changed_since_it_was_read_is_told(
    capsys: pytest.CaptureFixture[str], db: Words
) -> None:
    """Nobody reads out what was so a minute ago: the version that preview told is held to."""
    capsys.readouterr()
    assert main(["notice", "preview", "1", "--json", *db]) == 0
    seen = str(json.loads(capsys.readouterr().out)["version"])
    give = ["notice", "give", "1", "--to", "Zhou", "--sure", "--version", seen, *db]
    assert main(["do", "note 1 ;the cable is found", *db]) == 0
    capsys.readouterr()
    assert main(give) != 0
    assert "changed" in capsys.readouterr().err
    assert main(["notice", "log", "1", "--json", *db]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["notice", "--json", *db]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    give[give.index("--version") + 1] = str(line["version"])
    assert main(give) == 0


def test_no_end_of_a_notice_is_lost(
    capsys: pytest.CaptureFixture[str], db: Words, tmp_path: Path
) -> None:
    """Neither of a long template on one line, nor of much that there is to say."""
    said = "the cable is found. " * 20 + "We bring a lamp."
    own = tmp_path / "notice-update.en.txt"
    own.write_text(f"{'x' * 300} {{said}} Until {{next}}.", encoding="utf-8")
    told = ("1", "--lang", "en", "--said", said, "--to", "Zhou", "--sure")
    capsys.readouterr()
    assert main(["notice", "give", *told, *db]) == 0
    capsys.readouterr()
    assert main(["notice", "log", "1", "--json", *db]) == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert f"{said} Until " in kept["text"]
    assert "..." not in kept["text"]
