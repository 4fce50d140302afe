"""`paidan settings` shows and sets what dispatch reckons with; `paidan import --travel` loads."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from console.intake.travel_file import read_travel
from console.intake.troubles import FileRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.console.typed import MadeOnce

    Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.fixture
def run(tmp_path: Path, made_once: MadeOnce, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, what was printed and what was said, at a desk of two sites."""
    db = f"sqlite:///{tmp_path / 'desk.db'}"

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--db", db])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    def make() -> None:
        for code, at in (("A", "31.2,121.4"), ("B", "31.2,121.4267")):
            assert ran("add", "site", code, f"Site {code}", "--at", at)[0] == 0
        for code, home in (("T1", "A"), ("T2", "B")):
            assert ran("add", "technician", code, f"Tech {code}", "--home", home)[0] == 0

    made_once(__name__, tmp_path / "desk.db", make)
    return ran


def told(run: Run, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def travelled(run: Run) -> float:
    """Minutes that the one from B needs to an order at A."""
    found = told(run, "who", "1")
    return float(
        next(one["parts"].get("travel", 0) for one in found["offers"] if one["technician"] == "T2")
    )


def test_figures_are_shown_set_and_taken_back(run: Run) -> None:
    """As one says them; a whole table, and the same for a script."""
    code, out, _ = run("settings")
    assert (code, "rest before the next shift 8 h" in " ".join(out.split())) == (0, True)
    assert "no travel times are loaded" in out
    assert run("settings", "rest", "10h")[1] == "rest before the next shift: 600 min\n"
    run("settings", "road", "1.4")
    run("do", "set speed 30 km/h")
    figures = told(run, "settings")["figures"]
    assert (figures["rest"], figures["road"], figures["speed"]) == (600, 140, 30)
    assert "rest before the next shift 10 h" in " ".join(run("do", "set")[1].split())
    assert run("do", "undo")[0] == 0
    assert run("settings", "rest", "usual")[0] == 0
    figures = told(run, "settings")["figures"]
    assert (figures["rest"], figures["road"], figures["speed"]) == (480, 140, 24)


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (("rest", "10", "hours"), "rest", 600),
        (("rest", "10小时"), "rest", 600),
        (("rest", "90", "min"), "rest", 90),
        (("速度", "35"), "speed", 35),
        (("行车速度", "35", "km/h"), "speed", 35),
    ],
)
def test_units_are_words_and_figures_as_the_screen_calls_them(
    run: Run, words: tuple[str, ...], name: str, value: int
) -> None:
    """In a shell without quotes as well; every figure by what stands beside it."""
    assert run("settings", *words)[0] == 0
    assert told(run, "settings")["figures"][name] == value


@pytest.mark.parametrize(
    "value", ["1m30h", "30 30", "1h1h", "10 weeks", "1.5.2", "h", "1h.", "1min30"]
)
def test_what_is_no_stretch_is_refused(run: Run, value: str) -> None:
    """Rather than half read."""
    before = told(run, "settings")
    assert run("settings", "rest", value)[0] == 1
    assert told(run, "settings") == before


def test_what_no_figure_can_be_is_refused(run: Run) -> None:
    """With what would be right; nothing is changed."""
    before = told(run, "settings")
    code, _, err = run("settings", "rest", "soon")
    assert (
        code,
        "rest before the next shift: soon; 0 to 1440 min; for instance 480 min" in err,
    ) == (1, True)
    assert "rest before the next shift: -5; 0 to 1440 min;" in run("settings", "rest", "-5")[2]
    assert "speed on the road: 0; 3 to 150 km/h; for instance" in run("settings", "speed", "0")[2]
    road = "1 to 4, or 100 to 400 %; for instance 1.35"
    assert f"road by straight line: 0.5; {road}" in run("settings", "road", "0.5")[2]
    assert f"“0.5” is nothing that road could be: {road}" in run("do", "set road 0.5")[2]
    assert "：0.5；1 到 4，或 100 到 400 %；" in run("settings", "绕行", "0.5", "--lang", "zh")[2]
    assert run("settings", "rest")[0] == 1
    assert run("settings", "mood", "1")[0] == 2
    assert run("settings", "speed", "999")[0] == 1
    assert run("settings", "table", "5")[0] == 1
    assert run("do", "set mood 1")[0] == 2
    assert run("do", "set rest")[0] == 2
    assert run("do", "set rest 1.0001h")[0] == 2
    assert run("do", "set speed 30 min")[0] == 2
    assert told(run, "settings") == before


def test_travel_times_come_by_a_file(run: Run, tmp_path: Path) -> None:
    """They count at once; another file takes their place, and `usual` takes them away."""
    run("do", "n lift stuck @A")
    reckoned = travelled(run)
    file = tmp_path / "travel.csv"
    file.write_text("from,to,minutes\nA,B,40\nB,A,6.2\nA,A,0\nX9,A,1\n")
    code, out, _ = run("import", "--travel", str(file))
    assert (code, out) == (
        0,
        "travel times of 2 pairs between 2 sites; missing: 0;"
        " sites that are not known here (1): X9; cannot be undone\n",
    )
    assert "cannot be undone" not in run("import", "--travel", str(file))[1], "it is the same"
    assert travelled(run) == 7
    shown = told(run, "settings")["travel"]
    assert (shown["pairs"], shown["sites"], shown["missing"]) == (2, 2, 0)
    assert "travel times: 2 pairs between 2 sites" in run("settings")[1]
    file.write_text("A;B;40\n")
    assert (
        "travel times of 1 pair between 2 sites; missing: 1"
        in run("import", "--travel", str(file))[1]
    )
    assert told(run, "import", "--travel", str(file))["missing"] == 1
    assert travelled(run) == reckoned
    dropped = "路程时间已去掉：重新按位置推算；不能撤销\n"
    assert run("settings", "table", "usual", "--lang", "zh")[:2] == (0, dropped)
    assert told(run, "settings")["travel"] is None
    assert "undone" not in run("settings", "speed", "30")[1]
    assert "undone" not in run("do", "undo")[1]


@pytest.mark.parametrize(
    "text",
    [
        "from,to,minutes\nA,B,4\n",
        "分钟,终点,起点,备注\n4,B,A,远\n",
        "A\tB\t3.01\n",
        "﻿From,To,Minutes\r\nA,B,4\r\n\r\nA,A,0\r\n",
        '{"from": "A", "to": "B", "minutes": 4}\n',
        "A;B;3,5\n",
        'from,to,minutes\nA,B,"3,25"\n',
        "From_Site|To_Site|Travel_min\nA|B|4\nA|B|4\n",
    ],
)
def test_a_file_may_be_written_as_they_are(tmp_path: Path, text: str) -> None:
    """Any order of the columns, no first line, both languages, usual packings."""
    plain, packed = tmp_path / "t.csv", tmp_path / "t.csv.gz"
    plain.write_bytes(text.encode())
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_travel(plain) == read_travel(packed) == (("A", "B", 4),)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is empty"),
        ("from,to\nA,B\n", "names no columns"),
        ("one,other,how long\nA,B,4\n", "names no columns"),
        ("from,to,minutes\n", "has no pair of sites"),
        ("from,to,minutes\nA,A,4\n", "has no pair of sites"),
        ("from,to,minutes\nA,B,soon\n", "line 2: “soon” is no number of minutes"),
        ("from,to,minutes\nA,B,-1\n", "line 2"),
        ("from,to,minutes\nA,B,1441\n", "line 2"),
        ("from,to,minutes\nA,B,nan\n", "line 2"),
        ("from;to;minutes\nA;B;1,200\n", "line 2: “1,200” is no number of minutes"),
        ("from,to,minutes\nA,B,inf\n", "line 2"),
        ("from,to,minutes\nA,B,1e999999\n", "line 2"),
        ("from,to,minutes\nA,,4\n", "line 2: names no site"),
        ("from,to,minutes\nA,B,4\nA,B,5\n", "line 3: says another time"),
        ("from,to,minutes\nA,B\n", "line 2: has 2 columns"),
        ("from,to,minutes\nA,B,\x1b[2J4\n", "line 2"),
        ('{"from": "A", "to": "B"}\n', "names no columns"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole(tmp_path: Path, text: str, wrong: str) -> None:
    """With the line, and without what a terminal would obey."""
    file = tmp_path / "t.csv"
    file.write_text(text)
    with pytest.raises(FileRefused) as refused:
        read_travel(file)
    assert wrong in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_a_refused_file_leaves_the_times_before(run: Run, tmp_path: Path) -> None:
    """Taken whole or not at all."""
    file = tmp_path / "travel.csv"
    file.write_text("A,B,40\n")
    run("import", "--travel", str(file))
    before = told(run, "settings")
    wrongs = {
        "A,B,40\nB,A,x\n": "line 2",
        "X8,X9,4\n": "from “X8” to “X9”: give the codes of sites just as `paidan list sites`",
    }
    for text, wrong in wrongs.items():
        file.write_text(text)
        code, out, err = run("import", "--travel", str(file))
        assert (code, out, wrong in err) == (1, "", True), err
    assert told(run, "settings") == before


def test_backups_are_set_where_the_figures_are(run: Run, tmp_path: Path) -> None:
    """Each part by itself, from the shell and as a typed command; off leaves the rest as it was."""
    folder = str(tmp_path / "a folder")
    assert told(run, "settings")["backups"]["folder"] is None
    assert "no backups are made by themselves" in run("settings")[1]
    code, out, _ = run("settings", "backup", folder, "every", "2h", "keep", "24/7/4/12")
    assert (code, out) == (
        0,
        f"backups: every 120 min in {folder}; kept: 24/7/4/12; cannot be undone\n",
    )
    assert run("do", "set backup every 30min")[0] == 0
    assert run("do", "set backup keep 1 2 3 4")[0] == 0
    found = told(run, "settings")["backups"]
    assert (found["folder"], found["every_min"], found["keep"]) == (folder, 30, [1, 2, 3, 4])
    assert "there is no good backup yet" in run("settings")[1]
    assert "there is no good backup yet" in run("doctor")[2]
    assert told(run, "doctor")["backups"] == found
    assert run("do", f'设置 备份 "{folder}"')[0] == 0
    assert run("do", "设置 备份 关闭")[0] == 0
    found = told(run, "settings")["backups"]
    assert (found["folder"], found["every_min"]) == (None, 30)


@pytest.mark.parametrize(
    "words",
    ["here", "/a /b", "every", "every soon", "every 1min", "keep 1 2 3", "keep a b c d", "keep"],
)
def test_what_backups_cannot_be_is_refused(run: Run, words: str) -> None:
    """With what could be said, and nothing is changed."""
    before = told(run, "settings")
    assert run("settings", "backup", *words.split())[0] == 1
    assert run("do", f"set backup {words}")[0] in {1, 2}
    assert told(run, "settings") == before
