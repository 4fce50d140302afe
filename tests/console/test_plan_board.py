"""What a board of `paidan plan` may say: nothing of it is passed over in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from console.cli import main
from console.intake.board_keys import KEYS
from tests.console.test_plan_command import WHAT, WHO

Capture = pytest.CaptureFixture[str]


def _board(path: Path, values: Any) -> str:
    file = path / "board.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("board", "said"),
    [
        ({"orders": [WHAT | {"locked": "T1"}]}, "orders 1: no key 'locked' is known here; did you"),
        ({"orders": [WHAT | {"lock": "T1"}]}, "did you mean locked_to?"),
        (
            {"orders": [WHAT, WHAT | {"id": 1043, "Appointmnt": [1, 2]}]},
            "orders 2: no key 'Appointmnt'",
        ),
        ({"orders": [WHAT | {"lockedTo": "T1"}]}, "did you mean locked_to?"),
        ({"orders": [], "travel": {"speed": 60}}, "travel: no key 'speed' is known here; did you "),
        ({"orders": [], "overload": 0.8}, "the board: no key 'overload' is known here; did you me"),
        ({"orders": [WHAT | {"\x1b[2J" * 99: 1}]}, "the keys are id, at, duration_min, due, "),
        ({"technicians": [WHO | {"skill": ["lift"]}]}, "technicians 1: no key 'skill'"),
        ({"technicians": [WHO | {"breaks": [{"length": 9}]}]}, "breaks 1: no key 'length'"),
        ({"orders": [WHAT | {"gap_min": 5}]}, "gap_min: it says nothing without after"),
        ({"orders": [WHAT | {"same_technician": True}]}, "it says nothing without after"),
        ({"orders": [WHAT | {"other_technician_cost": 1}]}, "it says nothing without after"),
        ({"orders": [WHAT | {"split_cost": 1}]}, "it says nothing without splittable"),
        ({"orders": [WHAT | {"weight": 1e12}]}, "give a number from 0 to 1,000,000,000"),
        ({"orders": [WHAT | {"due": -(10**10)}]}, "from -1,000,000,000 to 1,000,000,000"),
    ],
)
def test_what_would_be_passed_over_is_refused(
    board: Any, said: str, tmp_path: Path, capsys: Capture
) -> None:
    """A key that is none is told with its place and the one that is meant; a limit with itself."""
    assert main(["plan", _board(tmp_path, {"technicians": [WHO], "orders": []} | board)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "\x1b" not in told.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "too many brackets stand within brackets"),
        ('{"technicians": [], "orders": [], "orders": []}', "the board: the key 'orders' is there"),
        ('{"technicians": [{"id": 1, "at": [], "id": 2}]}', "technicians 1: the key 'id' is there"),
        ('{"technicians": [], "orders": [], "travel": {"x": 1, "x": 1}}', "the key 'x' is there"),
        (
            '{"technicians": [], "orders": [], "overload_share": ' + "9" * 9000 + "}",
            "from 0 to 1,0",
        ),
    ],
)
def test_a_text_that_json_takes_is_not_taken_for_a_board(
    text: str, said: str, tmp_path: Path, capsys: Capture
) -> None:
    """Python would say how deep it goes and how many digits it reads, and the last key wins."""
    file = tmp_path / "board.json"
    file.write_text(text, encoding="utf-8")
    assert main(["plan", str(file)]) == 1
    assert said in capsys.readouterr().err


def test_what_says_nothing_does_no_harm(tmp_path: Path, capsys: Capture) -> None:
    """As programs write it that know every key."""
    nothing = {"after": None, "gap_min": 0, "same_technician": False, "split_cost": 0, "crew": 1}
    board = {"technicians": [WHO], "orders": [WHAT | nothing | {"appointment": None}]}
    assert main(["plan", _board(tmp_path, board), "--iterations", "0"]) == 0
    assert json.loads(capsys.readouterr().out)["unserved"] == []


def test_help_and_its_page_tell_every_key(capsys: Capture) -> None:
    """And no other: a key that is told is taken."""
    keys = {key for several in KEYS.values() for key in several}
    assert main(["plan", "--help"]) == 0
    told = capsys.readouterr().out
    page = Path("docs/planning.md").read_text(encoding="utf-8")
    plan = page[page.index("`paidan plan board.json`") : page.index("`paidan drill` runs")]
    for key in keys:
        assert f"\n  {key} " in told
        assert f'"{key}"' in plan
    told_keys = re.findall(r"^  ([a-z]\w+) +\S", told.split("example:")[0], re.MULTILINE)
    assert set(told_keys) == keys
