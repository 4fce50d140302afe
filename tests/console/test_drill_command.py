"""`paidan drill`: a report that a head of department can read, and that anybody can make again."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from console.demo.drill_days import sample_calls
from store.domain.drill.assumed import FIGURES
from store.domain.drill.rules import RULES
from store.domain.drill.score import MEASURES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")

HEAD = "opened,latitude,longitude,trade,priority\n"
QUICK = ("drill", "--quick", "--runs", "2", "--calls-a-week", "200", "--crew", "8")


def _told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert main(list(words)) == code
    return capsys.readouterr()


def test_the_sample_has_whole_days_with_their_bursts() -> None:
    """More than a week, in order, each somewhere in the town."""
    calls = sample_calls()
    days = [sum(day * 1440 <= call.at < (day + 1) * 1440 for call in calls) for day in range(9)]
    assert sum(days) == len(calls) > 1500
    assert min(days) < max(days) / 3
    assert [call.at for call in calls] == sorted(call.at for call in calls)
    assert all(42.2 < call.place[0] < 42.5 and call.priority in {1, 2, 3, 4} for call in calls)


def test_the_same_seed_prints_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """And another seed another report."""
    one = _told(capsys, *QUICK)[0]
    assert _told(capsys, *QUICK)[0] == one
    assert _told(capsys, *QUICK, "--seed", "2")[0] != one


def test_json_has_every_rule_every_measure_and_every_figure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With what was changed, and intervals in their units."""
    told = json.loads(_told(capsys, *QUICK, "--set", "first_fix=0.5", "--json")[0])
    assert set(told["rules"]) == set(RULES)
    assert all(set(found) == set(MEASURES) for found in told["rules"].values())
    assert set(told["figures"]) == set(FIGURES)
    assert told["figures"]["first_fix"] == 0.5
    assert set(told["shocks"].values()) == {0}
    assert (told["days"], told["crew"], told["runs"], told["otherwise"]) == (9, 8, 2, {})
    for found in told["against_first_come"].values():
        assert found["urgent_kept"]["unit"] == "points"
        assert found["drive"]["unit"] == "percent"
        assert all(one["from"] <= one["mean"] <= one["to"] for one in found.values())


def test_other_figures_move_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    """Without waits the mean falls; the report lists how far under each."""
    words = ("drill", "--runs", "1", "--calls-a-week", "150", "--crew", "8", "--json")
    told = json.loads(_told(capsys, *words)[0])
    assert len(told["otherwise"]) == 7
    heavy = json.loads(_told(capsys, *words, "--quick", "--set", "wait_share=0.5")[0])
    for rule in RULES:
        assert heavy["rules"][rule]["mean"]["median"] > told["rules"][rule]["mean"]["median"]


BEFALLEN = {
    "en": (
        "At 4 orders of the second day the work takes three times as long.",
        "At 3 orders of that day the customer changes what he wants",
        "For 1 order of that day another department is asked",
        "hours until another department has answered",
    ),
    "zh_CN": (
        "第二天有 4 单的工时为三倍。",
        "当天有 3 单客户提出变更",
        "当天有 1 单须请其他部门协助",
        "其他部门答复或变更定案的平均小时数",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_page_stands_alone_in_either_language(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its pictures, nothing fetched, nothing written over."""
    out = tmp_path / "drill.html"
    shocks = [
        "--storm",
        "5",
        "--ill",
        "2",
        "--down",
        "--overrun",
        "4",
        "--claim",
        "3",
        "--department",
        "1",
    ]
    words = (*QUICK, "--lang", language, *shocks, "--format", "html", "--out", str(out))
    _told(capsys, *words)
    page = out.read_text("utf-8")
    HTMLParser().feed(page)
    assert page.count("<svg") == page.count("</svg>") == 1
    assert "http:" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in page
    assert ("权重" in page) is (language == "zh_CN")
    for told in BEFALLEN[language]:
        assert told in page
    assert str(out) in _told(capsys, *words, code=1)[1]
    assert out.read_text("utf-8") == page


def test_nothing_is_claimed_of_two_runs_that_differ(capsys: pytest.CaptureFixture[str]) -> None:
    """An interval that holds no change at all supports no sentence, nor does one run; six do."""
    doubt = "nothing can be claimed"
    said = _told(capsys, *QUICK, "--crew", "34", "--calls-a-week", "860")[0]
    assert doubt in said
    assert "percentage points (95 %:" in said
    told = re.search(r"the same ones: in the first run (\d+) of (\d+), (\d+) of them urgent", said)
    assert told is not None
    due, calls, urgent = map(int, told.groups())
    assert 0 < urgent < due < calls
    assert doubt not in _told(capsys, "drill", "--quick", "--runs", "6")[0]
    alone = _told(capsys, "drill", "--quick", "--runs", "1")[0]
    assert doubt in alone
    assert "1 run over the same 9 days: " in alone


def test_of_a_day_too_short_to_judge_nothing_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All calls come late in the evening: none is due that day, and none was kept in time."""
    file = tmp_path / "evening.csv"
    rows = [f"2026-03-02 22:{minute},31.2,121.4,lift,1\n" for minute in range(10, 40)]
    file.write_text(HEAD + "".join(rows), "utf-8")
    said = _told(capsys, *QUICK, "--calls", str(file))[0]
    assert "2 runs over the same 1 day: " in said
    assert "No urgent call was due before the end" in said
    assert re.search(r"in the first run 0 of \d+, 0 of them urgent", said)


def test_a_desk_rehearses_its_own_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a file in any order, with a zone or without; hostile trades are only text."""
    file = tmp_path / "ours.csv"
    rows = [f"2026-03-{day:02d} 09:{minute:02d},31.2,121.{minute},\x1b[31m[b]lift,{priority}"
            for day in (3, 2) for minute in range(10, 30) for priority in (1, 4)]  # fmt: skip
    file.write_text(HEAD + "\n".join(rows), "utf-8")
    told = json.loads(_told(capsys, *QUICK, "--calls", str(file), "--json")[0])
    assert (told["days"], told["calls"]) == (2, 80)
    assert told["calls_a_week"] == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column opened"),
        (HEAD, "there is no call in it"),
        (f"{HEAD}yesterday,1,1,lift,1\n", "line 2, opened: 'yesterday' will not do"),
        (f"{HEAD}2026-01-01 10:00,91,1,lift,1\n", "line 2, latitude: '91' will not do"),
        (f"{HEAD}2026-01-01 10:00,1,nan,lift,1\n", "line 2, longitude: 'nan' will not do"),
        (f"{HEAD}2026-01-01 10:00,1,1,,1\n", "line 2, trade: '' will not do"),
        (f"{HEAD}2026-01-01 10:00,1,1,lift,5\n", "line 2, priority: '5' will not do"),
        (f"{HEAD}2026-01-01 10:00,1,1\n", "line 2, priority: nothing is given"),
        (
            f"{HEAD}2020-01-01 10:00,1,1,lift,1\n2026-01-01 10:00,1,1,lift,1\n",
            "these are more than two years",
        ),
    ],
)
def test_a_bad_file_gets_its_sentence(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, where, what would be right."""
    file = tmp_path / "calls.csv"
    file.write_text(text, "utf-8")
    out, err = _told(capsys, *QUICK, "--calls", str(file), code=1)
    assert (out, said in err) == ("", True)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--set", "luck=1"), 1, "no figure luck in a drill"),
        (("--set", "first_fix=7"), 1, "first_fix is a number from"),
        (("--set", "first_fix"), 2, "give a name and a number"),
        (("--runs", "0"), 2, "give a whole number from 1 to 1000"),
        (("--crew", "many"), 2, "give a whole number from 1 to 1000"),
        (("--calls", "/nowhere/at/all.csv"), 1, "/nowhere/at/all.csv"),
    ],
)
def test_a_bad_word_gets_its_sentence(
    words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the line that says so."""
    out, err = _told(capsys, *QUICK, *words, code=code)
    assert out == ""
    assert said in err


def test_shocks_need_a_second_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else they would be left out without a word."""
    file = tmp_path / "calls.csv"
    file.write_text(f"{HEAD}2026-01-01 10:00,1,1,lift,1\n", "utf-8")
    said = _told(capsys, *QUICK, "--calls", str(file), "--down", code=1)[1]
    assert "over before anything goes wrong" in said


def test_markdown_has_a_table_for_each_part(capsys: pytest.CaptureFixture[str]) -> None:
    """As wide in every line as its head."""
    told = _told(capsys, *QUICK)[0]
    tables = re.findall(r"(?:^\|.*\n)+", told, re.MULTILINE)
    assert len(tables) == 3
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
