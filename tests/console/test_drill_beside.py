"""What a drill stays within: its own process and desk, and what the player may see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console import commands_drill_play
from console.cli import main
from console.drill.beside import playing
from console.drill.task import Task
from console.intake.calls_file import COLUMNS, read_calls
from console.intake.reader import LONGEST_LINE
from store.commands.operators import SaveOperator
from store.domain.errors import BadInput
from store.records import open_records
from tests.console.drilled import AT, ME, QUIET, SPEED

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_nothing_of_the_folder_at_hand_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who stands in a folder with a console of its own, as one of downloads may have."""
    (tmp_path / "console").mkdir()
    (tmp_path / "console" / "__init__.py").write_text("open('run', 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    task = Task(
        store=f"sqlite:///{tmp_path / 'none.db'}", folder=str(tmp_path / "away"), script=QUIET,
        copied=False, language="en", speed=SPEED, seed=1, began=AT, ends=AT + timedelta(minutes=1),
    )  # fmt: skip
    with playing(task):
        pass
    assert not (tmp_path / "run").exists()


def test_who_sees_some_sites_drills_on_no_copy_of_all(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Calls of every site would come, and be told in the report."""
    records = open_records(cli_desk, feed=False)
    records.do(SaveOperator(code="north", name="North", sites=("S1",)), who=ME, at=AT)
    records.close()
    words = ["drill", "play", "--copy", "--db", cli_desk, "--as"]
    assert main([*words, "north"]) == 1
    assert "out of your sight" in capsys.readouterr().err
    assert main([*words, "bo"]) == 2
    assert "needs a terminal" in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["1000000001", "-1000000001", "x"])
def test_a_seed_that_cannot_be_recorded_is_not_played(
    seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else twenty minutes would be played for a record that is refused."""
    assert main(["drill", "play", "--record", "--seed", seed]) == 2
    assert "give a whole number from" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "--script", "~nobody-here/day.toml"), "no such file or folder"),
        (("play", "--out", "~nobody-here/day.html"), "is missing"),
        (("play", "--out", "x" * 300), "the name is too long"),
    ],
)
def test_a_path_that_cannot_be_gets_its_sentence(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shell leaves the home of nobody as it was typed."""
    assert main(["drill", *words]) == 1
    err = capsys.readouterr().err
    assert (said in err, "failed" in err) == (True, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0001-01-01T00:00+23:00,1,1,lift,1", "line 2, opened: "),
        ("2026-01-01 10:00,1,1," + "x" * (LONGEST_LINE + 1) + ",1", "this is no CSV"),
    ],
)
def test_calls_that_cannot_be_read_get_their_sentence(text: str, said: str, tmp_path: Path) -> None:
    """A time before all times, and a field without an end, in a line or in the first one."""
    file = tmp_path / "calls.csv"
    head = ",".join(COLUMNS)
    for lines in (f"{head}\n{text}\n", f"{head}{'x' * (LONGEST_LINE + 1)}\n{text}\n"):
        file.write_text(lines, "utf-8")
        with pytest.raises(BadInput) as refused:
            read_calls(str(file))
        assert (said if lines.startswith(f"{head}\n") else "this is no CSV") in refused.value.text


def test_calls_may_end_their_lines_as_any_machine_does(tmp_path: Path) -> None:
    """Also as old ones did, which some spreadsheets still write."""
    for end in ("\n", "\r\n", "\r"):
        file = tmp_path / "calls.csv"
        lines = (
            ",".join(COLUMNS),
            "2026-01-01 10:00,1,1,lift,1",
            "2026-01-01 11:00,1,1,lift,2",
            "",
        )
        file.write_bytes(end.join(lines).encode())
        assert [call.priority for call in read_calls(str(file))] == [1, 2]


def test_who_reads_no_further_is_recorded_all_the_same(
    cli_desk: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report that goes to a pager which is left before its end."""

    def left(*_any: object) -> None:
        raise BrokenPipeError

    kept: list[object] = []
    monkeypatch.setattr("console.desk.terminal_lacks", lambda: "")
    monkeypatch.setattr(commands_drill_play, "_played", lambda *_any: ("what was played", 0))
    monkeypatch.setattr(commands_drill_play, "report", left)
    monkeypatch.setattr(commands_drill_play, "record", lambda _call, played: kept.append(played))
    assert main(["drill", "play", "--record", "--db", cli_desk, "--as", "bo"]) == 0
    assert kept == ["what was played"]
    assert capsys.readouterr().err == ""


def test_nothing_is_rehearsed_for_a_report_without_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That takes minutes, and would be lost."""
    monkeypatch.setattr("store.domain.drill.compare.played", lambda *_any: pytest.fail("played"))
    (tmp_path / "there.md").write_text("mine")
    assert main(["drill", "--out", str(tmp_path / "there.md")]) == 1
    assert "a file of that name is there" in capsys.readouterr().err
