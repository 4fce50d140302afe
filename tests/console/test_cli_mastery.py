"""What `paidan add technician` changes, who is back, and what leaving leaves."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.console.typed import MadeOnce

    Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def paidan(tmp_path: Path, made_once: MadeOnce, capsys: pytest.CaptureFixture[str]) -> Said:
    """A desk with a lift engineer who goes to one region, and a ladder with him."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")

    def said(*words: str) -> tuple[int, str, str]:
        code = main([*words, *db])
        told = capsys.readouterr()
        return code, told.out, told.err

    def make() -> None:
        for words in (
            ("region", "W", "West"),
            ("region", "E", "East"),
            ("site", "HQ", "Head office", "--at", "42.35,-71.06"),
            (
                *("technician", "T1", "Wang Wei", "--home", "HQ", "--skill", "lift:4"),
                *("--skill", "pump:2", "--region", "W", "--carries", "ladder"),
            ),
        ):
            assert said("add", *words)[0] == 0

    made_once(__name__, tmp_path / "desk.db", make)
    return said


def him(paidan: Said) -> dict[str, Any]:
    """The technician as he is listed."""
    found: list[dict[str, Any]] = json.loads(paidan("list", "technicians", "--json")[1])
    return found[0]


def test_a_skill_that_nobody_knows_is_refused(paidan: Said) -> None:
    """With the one that is like it; nothing that he has is lost."""
    code, _out, err = paidan("add", "technician", "T1", "--skill", "magic")
    assert code == 1
    assert "there is no skill magic; known are: lift, pump; --new-skill makes one" in err
    code, _out, err = paidan("add", "technician", "T1", "--skill", "+Lfit:2")
    assert code == 1
    assert "there is no skill Lfit; nearest is lift" in err
    assert him(paidan)["skills"] == {"lift": 4, "pump": 2}


def test_one_skill_comes_or_goes(paidan: Said) -> None:
    """The others stay as they are; without a sign those given are all."""
    add = ("add", "technician", "T1")
    assert paidan(*add, "--new-skill", "weld:5")[0] == 0
    assert him(paidan)["skills"] == {"lift": 4, "pump": 2, "weld": 5}
    assert paidan(*add, "--skill", "-pump", "--skill", "+lift:5")[0] == 0
    assert him(paidan)["skills"] == {"lift": 5, "weld": 5}
    assert paidan(*add, "--skill", "pump:1")[0] == 0
    assert him(paidan)["skills"] == {"pump": 1}
    code, _out, err = paidan(*add, "--skill", "-lift")
    assert (code, "lift is not among what he has" in err) == (1, True)
    code, _out, err = paidan(*add, "--skill", "+lift", "--skill", "pump")
    assert (code, "write a + or - before each of them, or before none" in err) == (2, True)
    assert him(paidan)["skills"] == {"pump": 1}


def test_so_do_regions_and_things(paidan: Said) -> None:
    """By the same signs."""
    add = ("add", "technician", "T1")
    assert paidan(*add, "--region", "+E", "--carries", "+rope")[0] == 0
    assert (him(paidan)["regions"], him(paidan)["carries"]) == (["E", "W"], "ladder,rope")
    assert paidan(*add, "--region", "-W", "--carries", "-ladder")[0] == 0
    assert (him(paidan)["regions"], him(paidan)["carries"]) == (["E"], "rope")
    for flag, name in (("--region", "-W"), ("--carries", "-ladder")):
        assert paidan(*add, flag, name)[0] == 1
    assert (him(paidan)["regions"], him(paidan)["carries"]) == (["E"], "rope")


def test_a_list_of_technicians_tells_what_they_have(paidan: Said) -> None:
    """Home, skills and certificates, also for people to read."""
    assert paidan("add", "certificate", "T1", "Lift rescue", "--until", "2027-06-30")[0] == 0
    one = him(paidan)
    assert (one["home"], one["active"], one["absences"]) == ("HQ", True, [])
    assert [paper[0] for paper in one["certificates"]] == ["Lift rescue"]
    out = paidan("list", "technicians", "--columns", "code,home,skills,certificates")[1]
    assert "HQ" in out
    assert "lift:4, pump:2" in out
    assert "Lift rescue 2027-06-30" in out


def test_who_is_back_is_absent_no_more(paidan: Said) -> None:
    """By the command line and by a typed line; one to come is dropped by its beginning."""
    now = clock.now()
    begins, ends = (f"{now + timedelta(hours=h):%Y-%m-%dT%H:%M%z}" for h in (-3, 30))
    away = ("add", "absence", "T1")
    for back in (("add", "absence", "T1", "--back"), ("do", "here wang wei")):
        assert paidan(*away, begins, ends, "--reason", "ill")[0] == 0
        assert him(paidan)["absent"]
        assert paidan(*back)[0] == 0
        assert (him(paidan)["absent"], him(paidan)["absences"]) == (False, [])
    assert paidan(*away, ends, "2090-01-01")[0] == 0
    assert len(him(paidan)["absences"]) == 1
    assert paidan(*away, "--back")[0] == 1
    assert paidan(*away, ends, "--back")[0] == 0
    assert him(paidan)["absences"] == []
    for odd in ((), (begins,), (begins, ends, "--back")):
        assert paidan(*away, *odd)[0] == 2


def test_who_falls_ill_leaves_orders_that_are_named(paidan: Said) -> None:
    """By a typed line as by the command; it is taken back as one, and done again."""
    for title in ("lift stuck", "pump leaks"):
        assert paidan("do", f"n {title} @HQ")[0] == 0
    assert paidan("do", "as 1,2 T1 /insist")[0] == 0
    now = clock.now()
    begins, ends = (f"{now + timedelta(hours=h):%Y-%m-%dT%H:%M%z}" for h in (-1, 5))
    left = "2 orders are with this technician: #1, #2; R finds who takes them"
    for away in (("do", "absent wang +5h ill"), ("add", "absence", "T1", begins, ends)):
        code, out, _err = paidan(*away)
        assert (code, "Wang Wei (T1) is absent until" in out, left in out) == (0, True, True)
        assert him(paidan)["absent"]
        assert paidan("do", "undo")[0] == 0
        assert (him(paidan)["absent"], him(paidan)["absences"]) == (False, [])
        assert paidan("do", "redo")[0] == 0
        assert him(paidan)["absent"]
        assert paidan("do", "here wang")[0] == 0
    assert not him(paidan)["absent"]
    assert paidan("do", "undo")[0] == 0
    assert him(paidan)["absent"]


def test_what_a_swap_takes_back_is_told_of_whom_it_is(paidan: Said) -> None:
    """Of a crew the one in whose place somebody came, not whoever is furthest along."""
    for code, name in (("T2", "Li Na"), ("T3", "Zhao Min")):
        assert paidan("add", "technician", code, name)[0] == 0
    for words in ("n lift @HQ /crew 2", "as 1 T1", "as 1 T2 /also", "as 1 T3 /swap T1"):
        assert paidan("do", words)[0] == 0
    out = paidan("do", "undo", "--dry-run")[1]
    assert ("Zhao Min (T3) → Wang Wei (T1)" in out, "Li Na" in out) == (True, False)


def test_an_appointment_is_told_as_it_was_understood(paidan: Said) -> None:
    """With its day and its zone; whole hours do behind a day, and lists tell it, too."""
    tomorrow = clock.now().astimezone() + timedelta(days=1)
    code, out, _err = paidan("do", "n lift @HQ /crew 2 /takes 90 /at tomorrow 9-11")
    assert code == 0
    assert f"; appointment tomorrow {tomorrow:%m-%d} 09:00-11:00 " in out  # and its zone
    assert paidan("do", "n lift @HQ /at 9-11")[0] == 2
    out = paidan("list", "--columns", "no,appointment,crew,takes")[1]
    assert f"{tomorrow:%Y-%m-%d} 09:00-11:00" in out
    found = json.loads(paidan("list", "--json")[1])[0]
    told = (found["crew"], found["takes_s"], found["appointment_at"] < found["appointment_to"])
    assert told == (2, 5400, True)
    assert "+00:00" not in paidan("export", "--format", "csv")[1]


def test_whoever_leaves_leaves_orders(paidan: Said) -> None:
    """They are named, with what becomes of them."""
    assert paidan("do", "n lift stuck @HQ /kind lift")[0] == 0
    code, out, _err = paidan("add", "technician", "T1", "--gone")
    assert (code, "still has" in out) == (0, False)
    assert paidan("add", "technician", "T1", "Wang Wei")[0] == 0
    assert paidan("do", "d 1 T1")[0] == 0
    code, out, _err = paidan("add", "technician", "T1", "--gone")
    assert code == 0
    assert "still has #1: nobody comes to them until somebody else is sent" in out
    assert him(paidan)["active"] is False


def test_the_work_is_told_by_a_line(paidan: Said) -> None:
    """How long, how many and for when; shown, and taken away again."""
    assert paidan("do", "n rebuild @HQ /takes 20h /crew 2 /at 2090-01-02 14:00-16:00")[0] == 0
    out = paidan("show", "1")[1]
    assert "crew: 2 people; 2 more are to be found" in out
    assert "takes: 20h00" in out
    assert "appointment: 2090-01-02 14:00-16:00" in out
    told = json.loads(paidan("show", "1", "--json")[1])
    assert (told["takes_s"], told["crew"]) == (72_000, 2)
    out = paidan("who", "1")[1]
    assert "takes 20h00, as told" in out
    assert "takes 2 people" in out
    for line in ("takes 1", "crew 1", "appt 1"):
        assert paidan("do", line)[0] == 0
    told = json.loads(paidan("show", "1", "--json")[1])
    assert (told["takes_s"], told["crew"], told["appointment_at"]) == (None, 1, None)
