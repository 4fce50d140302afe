"""`paidan plan`: a board in, a plan out, and one sentence about a board that cannot be read."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from tests.domain.dispatch_judge import judged
from tests.domain.test_dispatch_plans import a_board

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
WHO = {"id": "T1", "skills": ["lift"], "at": [31.2, 121.4], "shift": [0, 480]}
WHAT = {
    "id": 1042, "skill": "lift", "at": [31.3, 121.5], "duration_min": 45, "due": 90, "weight": 3,
    "not_served_cost": 900,
}  # fmt: skip


def _over(*shifts: Any) -> dict[str, Any]:
    """Somebody with several shifts."""
    return {key: value for key, value in WHO.items() if key != "shift"} | {"shifts": [*shifts]}


def _resting(window: list[float], length: float, times: int = 1) -> dict[str, Any]:
    return WHO | {"breaks": [{"window": window, "length_min": length}] * times}


def _next(**more: Any) -> dict[str, Any]:
    return WHAT | {"id": 1043, "after": 1042} | more


def _board(path: Path, values: Any) -> str:
    file = path / "board.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    return str(file)


def test_a_plan_is_printed_that_the_judge_finds_right(tmp_path: Path, capsys: Capture) -> None:
    """With rounds it is the same each time; with seconds it ends."""
    values = a_board(4, orders=30, people=5)
    file = _board(tmp_path, values)
    printed = []
    for words in (["--iterations", "80", "--seed", "7"],) * 2 + (["--seconds", "0.1"],):
        assert main(["plan", file, *words]) == 0
        printed.append(capsys.readouterr().out)
        judged(values, json.loads(printed[-1]))
    assert printed[0] == printed[1]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ({"skill": "roof"}, "skill roof"),
        ({"duration_min": 481}, "takes 481 min and fits into no shift: the longest"),
        ({"ready": 470}, "fits into no shift of those who may go, wherever"),
        ({"at": [34, 121.5]}, "too far away"),
        ({"not_served_cost": 2}, "to leave it 2"),
        ({"skill": "roof", "locked_to": "T1"}, "roof"),
        ({"appointment": [2, 5]}, "too far away: nobody who may go gets there in time"),
        ({"at": [34, 121.5], "locked_to": "T1"}, "locked to T1: it is too far away"),
        ({"crew": 2}, "only one may go"),
    ],
)
def test_who_is_left_out_is_told_why(
    order: dict[str, Any], why: str, tmp_path: Path, capsys: Capture
) -> None:
    """In words that help."""
    board = {"technicians": [WHO], "orders": [WHAT | order]}
    assert main(["plan", _board(tmp_path, board), "--iterations", "0"]) == 0
    (left,) = json.loads(capsys.readouterr().out)["unserved"]
    assert left["order"] == "1042"
    assert why in left["why"]


@pytest.mark.parametrize(
    ("orders", "whys"),
    [
        ([WHAT | {"skill": "roof"}, _next()], ["skill roof", "nobody goes to 1042"]),
        ([WHAT, _next(gap_min=470)], ["free for its visits"]),
        ([WHAT | {"crew": 2, "not_served_cost": 2}], ["no two who may go"]),
        ([WHAT | {"locked_to": "T1"}, _next(locked_to="T2", same_technician=True)], ["both this"]),
    ],
)
def test_why_what_hangs_together_is_left_out(
    orders: list[Any], whys: list[str], tmp_path: Path, capsys: Capture
) -> None:
    """The visit before it, or that no two have time."""
    board = {"technicians": [WHO, WHO | {"id": "T2"}], "orders": orders}
    assert main(["plan", _board(tmp_path, board), "--iterations", "9"]) == 0
    left = json.loads(capsys.readouterr().out)["unserved"]
    assert [why in one["why"] for one, why in zip(left, whys, strict=True)] == [True] * len(whys)


def test_no_time_at_all_leaves_visits_and_crews_out_too(tmp_path: Path, capsys: Capture) -> None:
    """Each once."""
    orders = [WHAT | {"crew": 2}, _next(crew=2), WHAT | {"id": "7"}]
    file = _board(tmp_path, {"technicians": [WHO, WHO | {"id": "T2"}], "orders": orders})
    assert main(["plan", file, "--seconds", "0"]) == 0
    left = json.loads(capsys.readouterr().out)["unserved"]
    assert sorted(one["order"] for one in left) == ["1042", "1043", "7"]


@pytest.mark.parametrize(
    ("board", "said"),
    [
        ([], "not an object"),
        ({"technicians": [WHO]}, "orders: nothing is given"),
        ({"technicians": [WHO, WHO], "orders": []}, "technicians 2 id"),
        ({"technicians": [WHO | {"shift": [480, 0]}], "orders": []}, "technicians 1 shift"),
        ({"technicians": [WHO | {"skills": "lift"}], "orders": []}, "technicians 1 skills"),
        ({"technicians": [WHO], "orders": [WHAT | {"at": [121, 31]}]}, "orders 1 at"),
        ({"technicians": [WHO], "orders": [WHAT | {"due": None}]}, "orders 1 due"),
        ({"technicians": [WHO], "orders": [WHAT | {"weight": -1}]}, "orders 1 weight"),
        ({"technicians": [WHO], "orders": [WHAT | {"ready": 10**400}]}, "orders 1 ready"),
        ({"technicians": [WHO], "orders": [WHAT | {"locked_to": "T9"}]}, "locked_to"),
        ({"technicians": [WHO | {"breaks": {}}], "orders": []}, "technicians 1 breaks: {}"),
        ({"technicians": [WHO | {"breaks": [30]}], "orders": []}, "breaks 1: 30"),
        ({"technicians": [WHO | {"breaks": [{"length_min": 9}]}], "orders": []}, "breaks 1 window"),
        ({"technicians": [_resting([9, 5], 30)], "orders": []}, "breaks 1 window"),
        ({"technicians": [_resting([0, 479], 1, times=30)], "orders": []}, "30 are too many"),
        ({"technicians": [_resting([0, 9], 0)], "orders": []}, "breaks 1 length_min"),
        ({"technicians": [_resting([460, 470], 30)], "orders": []}, "one after another"),
        ({"technicians": [_resting([-60, -30], 10)], "orders": []}, "one after another"),
        ({"technicians": [WHO], "orders": [WHAT | {"appointment": 60}]}, "1 appointment: 60"),
        ({"technicians": [WHO], "orders": [WHAT | {"appointment": [9, 5]}]}, "1 appointment"),
        ({"technicians": [WHO], "orders": [WHAT | {"crew": 3}]}, "orders 1 crew: 3"),
        ({"technicians": [WHO], "orders": [WHAT | {"crew": [2]}]}, "orders 1 crew: [2]"),
        ({"technicians": [WHO], "orders": [WHAT | {"after": "9"}]}, "orders 1 after: '9' is no"),
        ({"technicians": [WHO], "orders": [WHAT | {"after": 1042}]}, "come after itself"),
        ({"technicians": [WHO], "orders": [WHAT | {"gap_min": -1}]}, "orders 1 gap_min: -1"),
        ({"technicians": [WHO], "orders": [WHAT, _next(same_technician=1)]}, "true or false"),
        (
            {"technicians": [WHO], "orders": [WHAT, _next(other_technician_cost="x")]},
            "orders 2 other_technician_cost: 'x'",
        ),
        (
            {"technicians": [WHO], "orders": [WHAT, _next(other_technician_cost=9, crew=2)]},
            "orders 2 other_technician_cost: a crew of two",
        ),
        (
            {"technicians": [WHO], "orders": [WHAT, _next(same_technician=True, crew=2)]},
            "orders 2 same_technician: a crew of two",
        ),
        (
            {"technicians": [WHO], "orders": [WHAT | {"after": "1043"}, _next()]},
            "orders 1 after: this order would come after itself",
        ),
        (
            {"technicians": [WHO], "orders": [WHAT | {"appointment": [5, 9], "ready": 10}]},
            "before the order is ready",
        ),
        ({"technicians": [], "orders": [], "travel": {"speed_kmh": 0}}, "speed_kmh"),
        ({"technicians": [WHO | {"shifts": []}], "orders": []}, "technicians 1 shifts: []"),
        ({"technicians": [WHO | {"shifts": [[1, 2]]}], "orders": []}, "technicians 1 shifts"),
        ({"technicians": [_over([0, 9], [5, 12])], "orders": []}, "1 shifts 2: [5, 12]"),
        ({"technicians": [_over([0, 9], 5)], "orders": []}, "1 shifts 2: 5"),
        (
            {"technicians": [_over([0, 480], [900, 999]) | _resting([0, 9], 30)], "orders": []},
            "technicians 1 breaks: of several shifts",
        ),
        ({"technicians": [WHO], "orders": [WHAT | {"splittable": 1}]}, "orders 1 splittable: 1"),
        ({"technicians": [WHO], "orders": [WHAT | {"split_cost": -1}]}, "orders 1 split_cost: -1"),
        (
            {"technicians": [WHO], "orders": [WHAT | {"splittable": True, "crew": 2}]},
            "orders 1 splittable: the shifts of two",
        ),
        ({"technicians": [WHO], "orders": [WHAT | {"duration_min": float("nan")}]}, "duration_min"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(
    board: Any, said: str, tmp_path: Path, capsys: Capture
) -> None:
    """And nothing is printed as a plan."""
    assert main(["plan", _board(tmp_path, board)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


@pytest.mark.parametrize(
    "words", [["--iterations", "-1"], ["--seconds", "x"], ["--seconds", "nan"]]
)
def test_how_long_is_asked_plainly(words: list[str], capsys: Capture) -> None:
    """Usage is usage: exit code 2."""
    assert main(["plan", "-", *words]) == 2
    assert words[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    "board",
    [
        {"technicians": [], "orders": []},
        {"technicians": [WHO], "orders": [WHAT], "travel": {"speed_kmh": 1e-320}},
    ],
)
def test_a_strange_board_has_a_plan_too(board: Any, tmp_path: Path, capsys: Capture) -> None:
    """Nobody and nothing, and a journey that never ends."""
    assert main(["plan", _board(tmp_path, board), "--iterations", "9"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert len(plan["unserved"]) == len(board["orders"])


def test_standard_input_is_read(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """As other commands do for `-`: always UTF-8, with its mark or without."""
    board = {"technicians": [WHO], "orders": [WHAT | {"id": "泵房"}]}
    told = io.BytesIO(json.dumps(board, ensure_ascii=False).encode("utf-8-sig"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(told, encoding="gb18030"))
    assert main(["plan", "-", "--iterations", "5"]) == 0
    (route,) = json.loads(capsys.readouterr().out)["routes"]
    assert [stop["order"] for stop in route["stops"]] == ["泵房"]


def test_interrupted_it_prints_the_best_plan_so_far(tmp_path: Path) -> None:
    """Who watches sees how far it is; Ctrl+C ends it, and the plan is whole."""
    values = a_board(4, orders=40, people=6)
    ours, theirs = os.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-m", "console.cli", "plan", _board(tmp_path, values), "--seconds", "900"],
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while b"left out" not in seen:
        seen += os.read(ours, 1000)
    ran.send_signal(signal.SIGINT)
    printed, _none = ran.communicate()
    os.close(ours)
    assert ran.returncode == 130
    judged(values, json.loads(printed))


def test_seconds_bound_the_first_plan_too(tmp_path: Path, capsys: Capture) -> None:
    """Who was not looked at for want of time is told so."""
    values = a_board(4, orders=40, people=6)
    assert main(["plan", _board(tmp_path, values), "--seconds", "0"]) == 0
    plan = json.loads(capsys.readouterr().out)
    judged(values, plan)
    assert len(plan["unserved"]) == 40
    assert "there was no time to look for somebody" in {one["why"] for one in plan["unserved"]}


def test_a_file_that_is_no_board_by_its_length_is_not_read(tmp_path: Path, capsys: Capture) -> None:
    """One sentence, and no more of it in memory than a board may have."""
    file = tmp_path / "long.json"
    with file.open("wb") as stream:
        stream.truncate(33 << 20)
    assert main(["plan", str(file)]) == 1
    assert "longer than 32 MiB" in capsys.readouterr().err
