"""Every command in Chinese: what it says, refuses and cannot understand."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from console import cli_guard, i18n, logs
from console.cli import COMMANDS, main
from store.domain.errors import StoreBusy
from store.domain.words import N_

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")

ENGLISH = re.compile(r"\b[A-Za-z]{2,}[,;:]? [a-z]{2,} [a-z]{2,}")
"""Three words in a row are a sentence; names of options, columns and files are not."""

TALK = (
    "list --limit 0", "list --limit x", "list nonsense", "list sites --queue overdue",
    "list --queue foo", "list --query nothing", "list --as nobody", "list levels", "list operators",
    "settings", "settings rest", "settings rest soon", "settings rest 10h", "settings table usual",
    "import /nowhere --travel", "list kinds", "list regions", "list wishes",
    "list technicians", "list alarms", "list calendars", "list", "list --foo", "show", "show x",
    "show 99", "show 1", "add", "add technician T1", "add technician T1 Li --skill lift:x",
    "add site S1 Tower --zone Nowhere", "add customer C9 A --level nope", "add operator ana Ana",
    "add calendar c C --file /nowhere", "add calendar c C --hours soon", "add calendar c C",
    "add calendar c C --hours mon=9", "add level", "add level l L --calendar nope",
    "add level l L --file /nowhere", "add level l L", "who 1", "calendar office", "calendar nope",
    "calendar office --extend 27", "calendar office --off soon", "calendar office --country CN",
    "export foo", "export --format xml", "import", "import /nowhere", "import . --map boston311",
    "import /nowhere --map nope", "demo", "demo --speed 0", "drill play",
    "drill play --script /nowhere", "drill play --minutes x", "drill play --out /", "drill records",
    "generate --orders x",
    "generate --orders 10 --open 20", "generate --at yesterday", "generate --orders 5 --open 1",
    "clock", "clock /nowhere", "clock .", "doctor", "doctor --bar", "backup --to /nowhere/x.db",
    "backup", "backup --verify .", "restore . --to x.db", "restore x.zip --to .", "config",
    "--lang tlh", "dance", "console", "--db", "--db oracle://x list",
    "do", "do ?", "do as ?", "do as 1", "do as 1 nobody", "do as 99 T1", "do 派 1 T1 ;x", "do undo",
    "do dance", "do w 1", "do w 1 parts until soon", "do as 1-9 T1", "do who lift", "do go 1",
    "--db sqlite:////nowhere/x.db list", "scheduler --notify x --no-notify",
)  # fmt: skip


@pytest.mark.parametrize("words", TALK)
def test_what_is_said_is_said_in_chinese(
    cli_desk: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
) -> None:
    """Usage lines are the shell's; every other line is no English sentence."""
    monkeypatch.setenv("PAIDAN_LANG", "zh_CN")
    main(["--lang", "zh", "--db", cli_desk, *words.split()])
    told = capsys.readouterr()
    text = re.sub(r"^用法：.*?(?=^paidan)", "", told.out + told.err, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"paidan( [a-z]+)*", "", text)
    english = [line for line in text.splitlines() if ENGLISH.search(line)]
    assert english == [], words
    assert "Traceback" not in text


def test_a_file_that_is_no_json_is_told_where(
    cli_desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By line and column, not in the words of a library."""
    file = tmp_path / "q.json"
    file.write_text('[\n{"id": 1,}\n]', "utf-8")
    assert main(["clock", str(file), "--lang", "zh"]) == 1
    assert "不是 JSON，见第 2 行第 10 列" in capsys.readouterr().err


def test_wrong_settings_are_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whatever still says that the reader is Chinese."""
    file = tmp_path / "paidan.toml"
    file.write_text("[desk]\ncolour = 1\n", "utf-8")
    monkeypatch.setenv("PAIDAN_CONFIG", str(file))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for words in (["list"], [], ["console", "--lang", "en"]):
        assert main(words) == 2
        english = "--lang" in words
        assert ("there is no setting" in capsys.readouterr().err) is english, words


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Headings, descriptions and examples' introductions."""
    assert main(["--lang", "zh", command, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：")
    explained = told.split("\n\n", 1)[1]
    assert "示例" in explained
    assert [line for line in explained.splitlines() if re.match(r"[A-Za-z ]+:$", line)] == []


def test_trouble_behind_the_scenes_is_said_once_in_a_while(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the operator's language, its facts too; the story goes to the log each time it is told."""
    i18n.use("zh_CN")
    said: list[str] = []
    now = [0.0]
    log = logs.Log(said.append, lambda: now[0])
    for at in (0.0, 1.0, 700.0):
        now[0] = at
        log.handle(_record("scheduler.runner", N_("no news: %s"), StoreBusy()))
    log.handle(_record("apscheduler", "job missed", None))
    assert said == ["收不到新消息：数据库正忙；未作任何改动，请重试"] * 2
    kept = cli_guard.log_path().read_text("utf-8")
    assert (kept.count("no news"), kept.count("job missed")) == (2, 1)


def _record(name: str, message: str, fact: Exception | None) -> logging.LogRecord:
    facts = () if fact is None else (fact,)
    return logging.LogRecord(name, logging.WARNING, "", 0, message, facts, None)


def test_the_first_operator_is_called_in_the_language_of_who_made_the_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every trace will name him; the language of a later reader changes no name."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert main(["--lang", "zh", "--db", url, "add", "operator", "ana", "安娜"]) == 0
    capsys.readouterr()
    assert main(["--lang", "en", "--db", url, "list", "operators"]) == 0
    assert "值班台" in capsys.readouterr().out
