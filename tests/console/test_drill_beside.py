"""What a drill stays within: its own process and desk, and what the player may see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from console.drill.beside import playing
from console.drill.task import Task
from store.commands.people import SaveOperator
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
