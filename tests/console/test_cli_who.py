"""`paidan who`: the best who may go, why not another, and what `paidan add` tells dispatch."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

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

ADDED = """
region EAST East
region WEST West
site A Atrium --zone UTC --region EAST --at 31.2,121.4
site B Bridge --zone UTC --region WEST --at 31.2,121.4267
technician AN 安娜 --skill lift:3 --home A
technician BO Bo --skill lift:5 --home B
technician CY Cy --home A
technician CX Cyd --home A
kind trapped 困人 --skill lift:4 --certificate Rescue
certificate BO Rescue --until 2030-01-01
shift BO 2020-01-01T00:00 2029-12-31T00:00
absence CY 2020-01-01 2029-12-31 --reason leave
customer C1 Acme --refuses AN --asks-for BO
"""


@pytest.fixture
def desk(
    tmp_path: Path, made_once: MadeOnce, capsys: pytest.CaptureFixture[str]
) -> tuple[str, str]:
    """A desk that was made by hand, with one order at A for Acme."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")

    def make() -> None:
        for line in ADDED.strip().splitlines():
            assert main(["add", *line.split(), *db]) == 0, line

    made_once(__name__, tmp_path / "desk.db", make)
    _ordered(db, "lift")
    capsys.readouterr()
    return db


def _ordered(desk: tuple[str, str], kind: str) -> int:
    """The number of one more order at A for Acme."""
    records = open_records(desk[1], feed=False)
    asked = NewOrder(title="lift stuck", site="A", customer="C1", kind=kind)
    done = records.do(asked, who=THE_DESK, at=clock.now())
    records.close()
    return done.numbers[0]


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["who", *words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_the_best_is_told_with_all_that_he_costs(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """When he is there, what is left, the parts in plain words; the others counted."""
    said = answer(capsys, "1", *desk)
    assert "#1 lift stuck" in said
    assert "1 BO Bo" in said
    assert "travel 12, another region than the own one 15, asked for by the customer -20" in said
    assert "from the home site" in said
    assert "not wanted by the customer 1" in said
    chinese = answer(capsys, "1", "--lang", "zh", *desk)
    assert "路程 12、跨区 15、客户指定 -20" in chinese


def test_why_not_somebody_is_a_rule_or_a_difference(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, and for a script."""
    assert "not AN 安娜: Acme does not want this technician" in answer(
        capsys, "1", "--not", "anna", *desk
    )
    assert "BO Bo is the best choice" in answer(capsys, "1", "--not", "BO", *desk)
    assert main(["add", "customer", "C1", "Acme", "--refuses", "", "--asks-for", "", *desk]) == 0
    capsys.readouterr()
    said = answer(capsys, "1", "--not", "bo", *desk)
    assert (
        "BO Bo would cost 29 min more than AN 安娜: another region than the own one +15,"
        " travel +12, wait until the work begins +2"
    ) in said
    found = json.loads(answer(capsys, "1", "--not", "CY", "--json", *desk))
    assert [one["technician"] for one in found["offers"]] == ["AN", "BO"]
    assert [one["rule"] for one in found["asked"]["rules"]] == ["skill", "absent"]
    assert found["offers"][1]["parts"]["territory"] == 15


def test_where_nobody_may_go_it_says_what_would_help(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A certificate that has ended, told in both languages."""
    number = _ordered(desk, "trapped")
    assert main(["add", "certificate", "BO", "Rescue", "--until", "2020-01-01", *desk]) == 0
    capsys.readouterr()
    said = answer(capsys, str(number), *desk)
    assert "nobody may go" in said
    assert "BO Bo could, if the certificate Rescue is renewed" in said
    assert "证书 Rescue 续期" in answer(capsys, str(number), "--lang", "zh", *desk)
    why = answer(capsys, str(number), "--not", "BO", *desk)
    assert "not BO Bo: the certificate Rescue is valid until 2020-01-01 23:59 only" in why


def test_a_certificate_holds_through_the_day_that_is_named(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is printed on it; with an hour it is meant to the minute."""
    number = _ordered(desk, "trapped")
    now = clock.now().astimezone()
    last = now + timedelta(days=now.hour >= 22)  # what takes an hour must end on that day
    for until, may in ((f"{now:%Y-%m-%d}T00:00", 0), (f"{last:%Y-%m-%d}", 1)):
        assert main(["add", "certificate", "BO", "Rescue", "--until", until, *desk]) == 0
        capsys.readouterr()
        found = json.loads(answer(capsys, str(number), "--json", *desk))
        assert len(found["offers"]) == may


def test_what_cannot_be_told_is_refused(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Orders that are not there or over, and names that mean nobody or several."""
    gone = _ordered(desk, "lift")
    assert main(["do", f"ca {gone} sold", *desk]) == 0
    capsys.readouterr()
    for words, code in (
        (("999",), 1),
        (("9" * 30,), 1),
        ((str(gone),), 1),
        (("1", "--not", "zz\x1b]52;"), 1),
        (("1", "--not", "c"), 1),
        (("1", "--limit", "0"), 2),
        (("one",), 2),
    ):
        assert main(["who", *words, *desk]) == code, words
        said = capsys.readouterr()
        assert said.out == ""
        assert "\x1b" not in said.err
    for added in (
        ("shift", "AN", "today", "2029-12-31"),
        ("site", "X", "X", "--at", "here"),
        ("kind", "x", "X", "--skill", "lift:x"),
    ):
        assert main(["add", *added, *desk]) == 2, added


def test_whoever_is_sent_by_hand_against_a_rule_is_sent_and_told_of(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In the message, above it, for a script and in the trace; a dry run tells it, too."""
    assert main(["do", "--dry-run", "as 1 CY", *desk]) == 0
    assert "! Cy (CY): does not have the skill lift; is absent" in capsys.readouterr().out
    assert main(["do", "--json", "as 1 CY", *desk]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["message"] == "order 1 is assigned → Cy, although: skill missing, absent"
    assert told["warnings"] == ["Cy (CY): does not have the skill lift; is absent"]
    assert main(["do", "as 1 AN /insist", *desk]) == 0
    assert "! #1 安娜 (AN): Acme does not want this technician" in capsys.readouterr().out
    assert main(["do", "--json", "as 1 BO", *desk]) == 0
    assert "warnings" not in json.loads(capsys.readouterr().out)
    assert main(["show", "1", *desk]) == 0
    assert "although: not wanted by the customer" in " ".join(capsys.readouterr().out.split())


def test_near_is_said_as_it_was_asked(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A site is what they are near, not where they are."""
    assert main(["do", "--json", "who lift near A", *desk]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["message"] == "who masters lift, near Atrium (A)"
    assert [one["code"] for one in told["people"]] == ["AN", "BO"]


def test_a_desk_without_technicians_is_told_how_to_have_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody may go where nobody works: the answer is a command."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "site", "A", "Atrium", *db]) == 0
    assert main(["add", "customer", "C1", "Acme", *db]) == 0
    _ordered(db, "lift")
    capsys.readouterr()
    assert "`paidan add technician` makes one" in answer(capsys, "1", *db)
    assert main(["add", "technician", "AN", "An", *db]) == 0
    assert main(["add", "kind", "lift", "Lift", "--skill", "lift:4", *db]) == 0
    capsys.readouterr()
    told = answer(capsys, "1", *db)
    assert "nobody has the skill lift" in told
    assert "nearest: AN An: does not have the skill lift" in told
    assert "a dispatch sends one of them all the same" in told
    plain = json.loads(answer(capsys, "1", "--json", *db))
    assert [one["rule"] for one in plain["nobody"]] == ["skill"]
    assert [one["technician"] for one in plain["nearest"]] == ["AN"]


@pytest.mark.parametrize(
    "words",
    [
        "not anna",
        "why not AN",
        "why not anna?",
        "why-not 安娜",
        "为何不 安娜",
        "为什么不是安娜",
        "安娜",
    ],
)
def test_why_not_is_asked_as_one_says_it(
    words: str, desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On the command line of a shell and on that of the console."""
    said = answer(capsys, "1", *words.split(), *desk)
    assert "not AN 安娜: Acme does not want this technician" in said
    if "为什么不是安娜" not in words:  # there a word begins behind a space
        assert main(["do", f"who 1 {words.rstrip('?')}", *desk]) == 0
        assert "not AN 安娜: Acme does not want" in capsys.readouterr().out


def test_who_masters_a_skill_is_asked_of_the_shell_too(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Near a site, for a script, and refused in words where there is no such skill."""
    said = answer(capsys, "lift", "near", "A", *desk)
    assert "Bo" in said
    assert "安娜" in said
    found = json.loads(answer(capsys, "lift", "--json", *desk))
    assert {one["code"] for one in found["people"]} == {"AN", "BO"}
    assert main(["who", "plumbing", *desk]) == 2
    assert "no skill called “plumbing”" in capsys.readouterr().err
    assert main(["who", "1,2", *desk]) == 2
    capsys.readouterr()


def test_a_number_of_thousands_of_digits_is_refused(
    desk: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Python reads none so long; it is told like any other wrong word."""
    assert main(["who", "9" * 5000, *desk]) == 2
    told = capsys.readouterr().err
    assert "is no whole number" in told
    assert len(told) < 500
