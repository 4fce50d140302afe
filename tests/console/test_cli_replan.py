"""`paidan replan`: what would change hands, printed; and done where that is wanted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock
from store.commands import NewOrder
from store.domain.who import THE_DESK
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.typed import MadeOnce

pytestmark = pytest.mark.usefixtures("plain_surroundings")

Capture = pytest.CaptureFixture[str]

ADDED = """
site A Atrium --zone UTC --at 31.2,121.4
technician AN 安娜 --skill lift:3 --home A
technician BO Bo --skill lift:5 --home A
technician CY Cy --home A
absence BO 2020-01-01 2029-12-31 --reason leave
"""


@pytest.fixture
def desk(tmp_path: Path, made_once: MadeOnce, capsys: Capture) -> tuple[str, str]:
    """One who is there, one who is absent and has an order; one that nobody has, one for nobody."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")

    def make() -> None:
        for line in ADDED.strip().splitlines():
            assert main(["add", *line.split(), *db]) == 0, line

    made_once(__name__, tmp_path / "desk.db", make)
    records = open_records(db[1], feed=False)
    for title, kind in (("Lift\x1b]52;c;x", "lift"), ("Door", "lift"), ("Crane", "crane")):
        asked = NewOrder(title=title, site="A", kind=kind)
        records.do(asked, who=THE_DESK, at=clock.now())
    records.close()
    for code in ("crane", "lift"):
        assert main(["add", "kind", code, code, "--skill", f"{code}:1", *db]) == 0
    assert main(["do", "d 1 bo", *db]) == 0
    capsys.readouterr()
    return db


def answer(capsys: Capture, *words: str) -> str:
    assert main(["replan", *words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_it_says_who_gains_and_who_loses_and_changes_nothing(
    desk: tuple[str, str], capsys: Capture
) -> None:
    """In both languages, and for a script; the same rounds give the same."""
    said = answer(capsys, "--iterations", "20", *desk)
    assert "BO Bo" in said
    assert "AN 安娜" in said
    assert "1 order changes hands; 1 order is given out" in said
    assert "nobody comes: 3 → 1" in said
    assert "nobody may go, or has time: #3" in said
    assert "\x1b" not in said
    assert "1 单换人；派出 1 单" in answer(capsys, "--iterations", "0", "--lang", "zh", *desk)
    assert said == answer(capsys, "--iterations", "20", *desk)
    told = json.loads(answer(capsys, "--iterations", "20", "--json", *desk))
    assert [(m["number"], m["loses"], m["gains"]) for m in told["moves"]] == [
        (1, "BO", "AN"),
        (2, None, "AN"),
    ]
    assert told["moves"][0]["before"] is None
    assert told["moves"][0]["after"]["late_s"] == 0
    assert (told["before"]["nobody"], told["after"]["nobody"]) == (3, 1)
    assert (told["nobody"], told["accepted"]) == ([3], False)


def test_accepted_it_is_done_as_one_command(desk: tuple[str, str], capsys: Capture) -> None:
    """Then nothing is left to change; undo takes all of it back."""
    assert main(["replan", "--seconds", "0.2", "--accept", *desk]) == 0
    assert "done for 2: #1, #2" in capsys.readouterr().err
    told = json.loads(answer(capsys, "--accept", "--json", "--iterations", "9", *desk))
    assert (told["moves"], told["accepted"]) == ([], False)
    assert "nothing changes" in answer(capsys, "--iterations", "9", *desk)
    assert main(["show", "1", *desk]) == 0
    assert "(by proposal)" in capsys.readouterr().out
    assert main(["do", "undo", *desk]) == 0
    assert main(["doctor", *desk]) == 0
    capsys.readouterr()
    assert "1 order changes hands; 1 order is given out" in answer(
        capsys, "--iterations", "0", *desk
    )


def test_both_who_go_together_are_named(
    desk: tuple[str, str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one line, with their one start; accepted by its number alone, they are both sent."""
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["add", "technician", "DU", "Du", "--skill", "lift:3", "--home", "A", *desk]) == 0
    records = open_records(desk[1], feed=False)
    rope = NewOrder(title="New rope", site="A", kind="lift", crew=2)
    (number,) = records.do(rope, who=THE_DESK, at=clock.now()).numbers
    records.close()
    capsys.readouterr()
    assert "AN 安娜 + DU Du" in answer(capsys, "--iterations", "0", *desk)
    told = json.loads(answer(capsys, "--iterations", "0", "--json", *desk))
    (row,) = (one for one in told["moves"] if one["number"] == number)
    assert (row["together"]["had"], row["together"]["have"]) == ([], ["AN", "DU"])
    assert row["together"]["start_at"] == row["after"]["start_at"]
    assert told["crews"] == []
    assert main(["replan", "--iterations", "0", "--accept", str(number), *desk]) == 0
    assert f"order {number} is assigned → 安娜 + Du, to begin at" in capsys.readouterr().err


def test_whom_it_interrupts_is_said(
    desk: tuple[str, str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has said yes and cannot come loses it all the same; it is told how long he has had it."""
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["do", "c 1", *desk]) == 0
    capsys.readouterr()
    assert "interrupts: accepted 0m ago; Lift" in answer(capsys, "--iterations", "9", *desk)
    assert "打断：已接单 0m；Lift" in answer(capsys, "--iterations", "9", "--lang", "zh", *desk)
    told = json.loads(answer(capsys, "--iterations", "9", "--json", *desk))
    assert [m["interrupts"] for m in told["moves"]] == [True, False]
    assert [m["accepted_at"] is None for m in told["moves"]] == [False, True]


@pytest.fixture
def taken(tmp_path: Path, capsys: Capture) -> tuple[str, str]:
    """Who alone masters lifts has accepted a leak, soon due; people are trapped in a lift."""
    db = ("--db", f"sqlite:///{tmp_path / 'taken.db'}")
    for line in ("site A Atrium --zone UTC", "technician AN An --skill lift:3 --home A"):
        assert main(["add", *line.split(), *db]) == 0, line
    assert main(["add", "technician", "BO", "Bo", "--home", "A", *db]) == 0
    assert main(["add", "kind", "lift", "lift", "--skill", "lift:1", *db]) == 0
    records = open_records(db[1], feed=False)
    leak = NewOrder(title="Leak", site="A", priority=2, level="critical")
    records.do(leak, who=THE_DESK, at=clock.now() - timedelta(hours=3))
    trapped = NewOrder(title="Trapped", site="A", kind="lift", priority=1, level="critical")
    records.do(trapped, who=THE_DESK, at=clock.now())
    records.close()
    for line in ("d 1 an", "c 1"):
        assert main(["do", line, *db]) == 0
    capsys.readouterr()
    return db


def test_a_part_of_it_is_done(taken: tuple[str, str], capsys: Capture) -> None:
    """Only the orders that are named; an interruption not without what it is for."""
    told = json.loads(answer(capsys, "--iterations", "9", "--json", *taken))
    assert [(m["number"], m["interrupts_for"]) for m in told["moves"]] == [(2, []), (1, [2])]
    accept = ["replan", "--iterations", "9", "--accept"]
    assert main([*accept, "1", *taken]) == 1
    why = "#1 is taken from who has accepted it only for #2, not ticked"
    assert why in capsys.readouterr().err
    assert main([*accept, "#1", "9", "--lang", "zh", *taken]) == 1
    assert "方案没有调动 #9" in capsys.readouterr().err
    assert main([*accept, "0", *taken]) == 2
    assert main(["show", "1", *taken]) == 0
    assert "(by proposal)" not in capsys.readouterr().out
    told = json.loads(answer(capsys, *accept[1:], "2", "--json", *taken))
    assert ([m["number"] for m in told["moves"]], told["accepted"]) == ([2], True)


def test_an_interruption_and_its_reason_are_done_together(
    taken: tuple[str, str], capsys: Capture
) -> None:
    """Named both, or everything."""
    assert main(["replan", "--iterations", "9", "--accept", "1", "#2", *taken]) == 0
    said = capsys.readouterr().err
    assert "done for 2: #1, #2" in said
    assert "called off: An (#1)" in said
    assert "[" not in said


def test_what_cannot_be_is_wrong_usage(desk: tuple[str, str], capsys: Capture) -> None:
    """A search has rounds or seconds, not both, and neither without end."""
    for words in (
        ["--iterations", "-1"],
        ["--seconds", "nan"],
        ["--seconds", "1", "--iterations", "1"],
    ):
        assert main(["replan", *words, *desk]) == 2
        assert capsys.readouterr().out == ""


def test_a_desk_without_anything_has_nothing_to_plan(tmp_path: Path, capsys: Capture) -> None:
    """Neither people nor orders."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "site", "A", "Atrium", "--zone", "UTC", *db]) == 0
    capsys.readouterr()
    told: dict[str, Any] = json.loads(answer(capsys, "--seconds", "0.1", "--json", *db))
    assert told["moves"] == []
