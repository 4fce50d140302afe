"""The process that plays a drill beside the console is ours, wherever one stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console.drill.beside import playing
from console.drill.task import Task
from tests.console.drilled import AT, QUIET, SPEED

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
