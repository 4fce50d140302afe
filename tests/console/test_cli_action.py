"""`paidan action`: from a bad answer on, step by step; and what is refused is said."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock
from store.commands import MoveOrder, NewOrder
from store.commands.corrective import (
    AddWhy,
    FinishAction,
    OpenAction,
    SetAction,
    StartAction,
)
from store.commands.heard import FindCause, RateOrder
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with one bad answer whose cause is known."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "operator", "bo", "Bo"),
        ("add", "customer", "ACME", "Acme Ltd"),
        ("add", "site", "N1", "North"),
        ("do", "n lift stuck @N1 /for ACME"),
        ("do", "done 1 /insist"),
        ("survey", "rate", "1", "--csat", "1", "--said", "nobody came"),
        ("survey", "cause", "1", "schedule", "--done", "a new slot"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(["action", *words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_action_goes_its_way_by_commands(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step is told, and the figure comes with the command that anybody repeats it by."""
    opened = told(capsys, db, "open", "1", "--owner", "bo", "--due", "+3d")
    assert (opened["id"], opened["number"], opened["owner"]) == (1, 1, "Bo")
    assert told(capsys, db, "why", "1", "no slot", "was kept", "--evidence", "journal")["id"] == 1
    agreed = ("--measure", "response_mean_s", "--goal", "<=2h", "--days", "7", "--site", "N1")
    told(capsys, db, "set", "1", *agreed)
    told(capsys, db, "start", "1", "--due", "+5d")
    told(capsys, db, "done", "1", "slots", "are confirmed")
    (line,) = told(capsys, db, "list")
    assert (line["stage"], line["owner"], line["done"]) == ("check", "Bo", "slots are confirmed")
    assert line["whys"] == [{"text": "no slot was kept", "evidence": "journal"}]
    assert (line["baseline"], line["baseline_n"], line["target"]) == (None, 0, 7200)
    asked = line["asked"]["before"].split()
    assert asked[:3] == ["paidan", "kpi", "--from"]
    assert main([*asked[1:], *db]) == 0
    shown = told(capsys, db, "show", "1")
    assert [one["fact"] for one in shown["steps"]][0::5] == [
        "action opened", "action done, its effect is observed",
    ][: len(shown["steps"][0::5])]  # fmt: skip
    assert main(["action", "show", "1", *db]) == 0
    said = capsys.readouterr().out
    for word in ("nobody came", "no slot was kept (journal)", "≤ 2h", "paidan kpi --from"):
        assert word in said
    assert main(["action", "verdict", "1", "yes", "it", "helped", "--as", "ana", *db]) == 1
    assert "action 1 is judged" in capsys.readouterr().err
    told(capsys, db, "drop", "1", "a", "slip")
    (line,) = told(capsys, db, "list", "--closed")
    assert (line["stage"], line["changed"]) == ("dropped", "a slip")


def observed_last_week(path: str) -> None:
    """Action 1 of Bo's was done ten days ago, and its effect observed for three."""
    records, at = open_records(path, zone="UTC", feed=False), clock.now() - timedelta(days=10)
    for step in (
        NewOrder(title="lift stuck", site="N1"),
        MoveOrder(number=1, move=Move.FINISH, insist=True),
        RateOrder(number=1, csat=1, said="nobody came"),
        FindCause(number=1, cause="schedule", contained="a new slot"),
        OpenAction(number=1, owner="bo"),
        AddWhy(action=1, why="no slot", evidence="journal"),
        SetAction(action=1, measure="bad_answers", goal="<=0", window_days=3),
        StartAction(action=1),
        FinishAction(action=1, done="slots are confirmed"),
    ):
        records.do(step, who=Who(operator=2), at=at)
    records.close()


def test_a_verdict_says_by_when_it_is_done_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--due` goes with one that says no."""
    db = ("--db", str(tmp_path / "desk.db"))
    for code in ("ana", "bo"):
        assert main(["add", "operator", code, code.title(), *db]) == 0
    assert main(["add", "site", "N1", "North", *db]) == 0
    observed_last_week(db[1])
    again = ("verdict", "1", "no", "it", "came", "back", "--due", "+3d", "--as", "ana")
    due_at = datetime.fromisoformat(told(capsys, db, *again)["due_at"])
    assert timedelta(days=2.9) < due_at - clock.now() <= timedelta(days=3)


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "x", "--due", "+3d"),
        ("start", "1", "--owner", "bo"),
        ("open", "1", "--measure", "csat"),
        ("list", "--due", "+3d"),
        ("show", "1", "--site", ""),
        ("close", "1", "procedure", "x", "--evidence", "y"),
        ("set", "1", "--closed"),
        ("drop", "1", "x", "--order", "1"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(
    db: Words, capsys: pytest.CaptureFixture[str], words: Words
) -> None:
    """It was meant for something; those that the deed takes are named."""
    assert main(["action", "open", "1", *db]) == 0
    option = next(word for word in words if word.startswith("--"))
    assert main(["action", *words, *db]) == 2
    assert f"action {words[0]} takes no {option}; it takes: " in capsys.readouterr().err


def test_what_means_nothing_is_refused_in_a_sentence(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """No number, no verdict, a word too many, an action that is not there; in Chinese, too."""
    for words, said in (
        (("show",), "name an action by its number"),
        (("show", "x"), "name an action by its number"),
        (("show", "9"), "no action 9"),
        (("open", "1", "2"), "takes so many words"),
        (("verdict", "1", "maybe"), "a verdict is yes or no"),
        (("verdict", "1", "yes", "it", "helped", "--due", "+3d"), "done anew"),
        (("list", "5"), "takes so many words"),
        (("show", "9", "8"), "takes so many words"),
        (("drop", "9", "x", "--lang", "zh"), "没有整改 9"),
        (("open", "1", "--due", "soonish"), "soonish"),
    ):
        assert main(["action", *words, *db]) != 0
        assert said in capsys.readouterr().err
    assert main(["action", *db]) == 0
    assert "no action is open" in capsys.readouterr().err
