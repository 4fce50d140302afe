"""`paidan replan`: what would change hands, printed; and done where that is wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock
from store.commands import NewOrder
from store.domain.who import THE_DESK
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

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
def desk(tmp_path: Path, capsys: Capture) -> tuple[str, str]:
    """One who is there, one who is absent and has an order; one that nobody has, one for nobody."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for line in ADDED.strip().splitlines():
        assert main(["add", *line.split(), *db]) == 0, line
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


def test_whom_it_interrupts_is_said(
    desk: tuple[str, str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has said yes and cannot come loses it all the same; it is told how long he has had it."""
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["do", "c 1", *desk]) == 0
    capsys.readouterr()
    assert "interrupts: accepted 0 min ago; Lift" in answer(capsys, "--iterations", "9", *desk)
    assert "打断：已接单 0 分钟；Lift" in answer(capsys, "--iterations", "9", "--lang", "zh", *desk)
    told = json.loads(answer(capsys, "--iterations", "9", "--json", *desk))
    assert [m["interrupts"] for m in told["moves"]] == [True, False]
    assert [m["accepted_at"] is None for m in told["moves"]] == [False, True]


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
