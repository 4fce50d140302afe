"""`paidan add`: a desk that began empty gets its people and places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store import clock
from store.domain.who import THE_DESK
from store.queries.people import TechnicianBoard
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_an_empty_desk_gets_its_people_and_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is listed afterwards; the store is made by the first."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    site = ("add", "site", "S1", "Tower", "--zone", "Asia/Shanghai")
    technician = ("add", "technician", "T1", "李伟", "--skill", "lift:4", "--skill", "pump")
    customer = ("add", "customer", "C1", "Acme", "--phone", "555", "--tier", "gold")
    for words in (site, (*technician, "--home", "S1"), customer, ("add", "operator", "ana", "Ana")):
        assert main([*words, *db]) == 0, words
        assert words[2] in capsys.readouterr().out
    for what, code in (("sites", "S1"), ("technicians", "T1"), ("customers", "C1")):
        assert main(["list", what, "--json", *db]) == 0
        assert [row["code"] for row in json.loads(capsys.readouterr().out)] == [code]


def test_who_has_gone_is_not_offered_any_more(
    tmp_path: Path,
) -> None:
    """Until he is added again, under the code that he had."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for words, offered in (((), ["T1"]), (("--gone",), []), ((), ["T1"])):
        assert main(["add", "technician", "T1", "Li", *words, *db]) == 0
        records = open_records(db[1], feed=False)
        board = records.ask(TechnicianBoard(), who=THE_DESK, at=clock.now())
        records.close()
        assert [person.code for person in board] == offered


def test_an_operator_who_has_gone_does_not_sit_down_any_more(tmp_path: Path) -> None:
    """Until he is added again; his colleagues stay."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "operator", "ana", "Ana", *db]) == 0
    for words, here in (((), True), (("--gone",), False), ((), True)):
        assert main(["add", "operator", "bo", "Bo", *words, *db]) == 0
        for code, seated in (("ana", True), ("bo", here)):
            assert (main(["--as", code, "list", "sites", *db]) == 0) is seated, (code, words)


def test_what_nothing_takes_back_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of what was made or changed, in both languages; not of what is the same as before."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")

    def said(*words: str) -> str:
        assert main(["add", *words, *db]) == 0
        return capsys.readouterr().out

    assert said("site", "HQ", "Office", "--zone", "UTC") == "site HQ saved; cannot be undone\n"
    changed = "站点 HQ 已更改；不能撤销\n"
    assert said("site", "HQ", "Head office", "--lang", "zh") == changed
    assert "undone" not in said("site", "HQ", "Head office")
    assert "cannot be undone" in said("kind", "lift", "Lift", "--skill", "lift:2")
    assert "cannot be undone" in said("calendar", "night", "Night", "--hours", "all=00:00-24:00")
    assert main(["do", "n lift stuck", *db]) == 0
    assert "undone" not in capsys.readouterr().out


def test_what_cannot_be_added_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A zone, a site and a level that do not exist; a skill that is no number."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for words, code in (
        (("site", "S1", "Tower", "--zone", "Nowhere"), 1),
        (("technician", "T1", "Li", "--home", "S9"), 1),
        (("technician", "T1", "Li", "--skill", "lift:x"), 2),
        (("technician", "T1", "Li", "--skill", "lift:9"), 1),
    ):
        assert main(["add", *words, *db]) == code, words
        assert "Traceback" not in capsys.readouterr().err


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main([*words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_a_desk_that_works_nights_says_so_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The level goes to another calendar with all its promises, and back; a new one is like it."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")

    def levels() -> dict[str, tuple[str, object]]:
        rows = json.loads(_said(capsys, "list", "levels", "--json", *db))
        return {row["code"]: (row["calendar"], row["policy"]) for row in rows}

    assert main(["add", "site", "HQ", "Head office", *db]) == 0
    usual = levels()["standard"][1]
    for calendar in ("24x7", "office"):
        assert main(["add", "level", "standard", "Standard", "--calendar", calendar, *db]) == 0
        assert levels()["standard"] == (calendar, usual)
    assert main(["add", "level", "night", "Night", "--calendar", "24x7", *db]) == 0
    assert main(["add", "level", "same", "Same", *db]) == 0
    assert levels()["night"] == ("24x7", usual)
    assert levels()["same"] == ("office", usual)
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"targets": {"1": {"respond": {"seconds": 60}}}}))
    assert main(["add", "level", "night", "Night", "--file", str(file), *db]) == 0
    assert levels()["night"] == ("24x7", {"targets": {"1": {"respond": {"seconds": 60}}}})
    before = levels()
    file.write_text('{"targets": {"1": {"respond": {"seconds": -60}}}}')
    for words in (("--file", str(file)), ("--file", "nowhere"), ("--calendar", "nowhere")):
        assert main(["add", "level", "night", "Night", *words, *db]) == 1
    assert levels() == before


def test_hours_are_written_as_one_says_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Days and their hours; holidays and zone of a calendar stay, and a new one has no others."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    add = ("add", "calendar", "office", "Office")
    days = ("--hours", "Mon-Fri=8:00-12:00,13:00-20:00", "--hours", "sat=09:00-12:00")
    assert main([*add, *days, "--zone", "Asia/Tokyo", *db]) == 0
    assert main(["calendar", "office", "--off", "2027-05-03", *db]) == 0
    assert main([*add, "--hours", "all=00:00-24:00", *db]) == 0
    found = json.loads(_said(capsys, "calendar", "office", "--json", *db))["spec"]
    assert found["holidays"] == ["2027-05-03"]
    assert found["zone"] == "Asia/Tokyo"
    assert list(found["week"].values()) == [[["00:00", "24:00"]]] * 7
    assert main(["add", "calendar", "shift", "Shift", "--hours", "fri-mon=06:00-14:00", *db]) == 0
    found = json.loads(_said(capsys, "calendar", "shift", "--json", *db))["spec"]
    assert set(found["week"]) == {"fri", "sat", "sun", "mon"}
    assert found["holidays"] == []


@pytest.mark.parametrize(
    ("hours", "code", "said"),
    [
        ("weekdays=09:00-17:00", 2, "write mon-fri=09:00-18:00"),
        ("mon-fri", 2, "write mon-fri=09:00-18:00"),
        ("mon=", 2, "write mon-fri=09:00-18:00"),
        ("mon-all=09:00-17:00", 2, "write mon-fri=09:00-18:00"),
        ("mon=9-17", 1, "is not a time"),
        ("mon=17:00-09:00", 1, "17:00"),
        ("mon=09:00", 2, "write mon-fri=09:00-18:00"),
    ],
)
def test_hours_that_are_none_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hours: str, code: int, said: str
) -> None:
    """By a sentence that shows how they are written."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "calendar", "office", "Office", "--hours", hours, *db]) == code
    assert said in capsys.readouterr().err


def test_a_name_is_said_once_and_only_where_it_is_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A customer is changed without it; the refusal writes out what to type."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "customer", "C1", "--tier", "gold", *db]) == 2
    said = capsys.readouterr().err
    assert "“C1” is new and has no name yet; write: paidan add customer C1 'NAME'" in said
    assert main(["add", "customer", "Acme Ltd", *db]) == 2
    assert "paidan add customer CODE 'NAME'" in capsys.readouterr().err
    assert main(["add", "customer", "C1", "--name", "Acme", "--tier", "gold", *db]) == 0
    assert main(["add", "customer", "C11", "Other", *db]) == 0
    assert main(["add", "customer", "C1", "--phone", "555", *db]) == 0
    assert main(["add", "customer", "C1", "Acme", "--name", "Acme", *db]) == 2
    assert "the name is given twice" in capsys.readouterr().err
    assert main(["add", "kind", "x", *db]) == 2
    assert "paidan add kind x 'NAME'" in capsys.readouterr().err
    assert main(["add", "technician", "T1", "Li Wei", *db]) == 0
    assert main(["add", "technician", "T1", "--skill", "lift:4", *db]) == 0
    capsys.readouterr()
    assert main(["list", "customers", "--json", *db]) == 0
    first = next(c for c in json.loads(capsys.readouterr().out) if c["code"] == "C1")
    assert (first["name"], first["phone"], first["tier"]) == ("Acme", "555", "gold")


def test_a_place_south_of_the_equator_is_no_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its latitude begins with a minus."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "site", "SYD", "Sydney", "--at", "-33.9,151.2", *db]) == 0
    assert main(["list", "sites", *db]) == 0
    assert "Sydney" in capsys.readouterr().out
