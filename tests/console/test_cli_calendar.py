"""`paidan calendar`: shown, filled from what is known of a country, extended by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock
from store.domain.calendar import Calendar
from store.domain.holidays_data import china, last_year

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")

NOW = last_year("CN")
"""The year it is here: the last of which the package in use knows China's holidays."""
NEXT = NOW + 1


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A new store in Shanghai, in November of that year."""
    words = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.setattr(clock, "now", lambda: datetime(NOW, 11, 25, tzinfo=UTC))
    hours = tmp_path / "hours.json"
    week = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    hours.write_text(json.dumps({"zone": "Asia/Shanghai", "week": week}))
    assert main(["add", "calendar", "office", "工作时间", "--file", str(hours), *words]) == 0
    return words


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """A calendar as JSON after the command."""
    capsys.readouterr()
    assert main(["calendar", "office", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_calendar_takes_the_holidays_of_its_country(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With make-up workdays at the usual hours; twice changes nothing."""
    assert shown(capsys, *db)["known_until"] is None
    found = shown(capsys, "--country", "cn", *db)
    assert (found["known_until"], found["country"]) == (f"{NOW}-12-31", "CN")
    off, worked = china([NOW])
    assert (found["holidays"], found["workdays"]) == (len(off), len(worked))
    saturday = datetime(*worked[-1].timetuple()[:3], 2, tzinfo=UTC)
    assert Calendar.parse(found["spec"]).is_open(saturday)
    assert shown(capsys, "--country", "CN", *db) == found
    assert main(["calendar", "office", "--country", "CN", *db]) == 0
    assert f"nothing new: the holidays are known until {NOW}-12-31" in capsys.readouterr().err


def test_a_year_that_nobody_knows_yet_is_typed_in(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The refusal says how, and the alarm's reason is gone then."""
    before = shown(capsys, "--country", "CN", *db)
    assert main(["calendar", "office", "--extend", str(NEXT), *db]) == 1
    told = capsys.readouterr().err
    assert f"not for {NEXT}" in told
    assert f"paidan calendar office --off DAY..DAY --work DAY --known-until {NEXT}-12-31" in told
    by_hand = ("--off", f"{NEXT}-02-05..{NEXT}-02-11", "--off", f"{NEXT}-01-01")
    work = ("--work", f"{NEXT}-02-20=09:00-12:00,13:00-15:00", "--work", f"{NEXT}-02-27")
    found = shown(capsys, *by_hand, *work, *db)
    assert found["holidays"] == before["holidays"] + 8
    assert found["known_until"] == f"{NOW}-12-31", "days alone say nothing of the others"
    assert found["spec"]["workdays"][f"{NEXT}-02-20"] == [["09:00", "12:00"], ["13:00", "15:00"]]
    assert found["spec"]["workdays"][f"{NEXT}-02-27"] == [["09:00", "18:00"]]
    until = ("--known-until", f"{NEXT}-12-31")
    assert shown(capsys, *until, *db)["known_until"] == f"{NEXT}-12-31"


def test_another_country_reaches_through_the_next_year(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Or through the one that is asked for; what was said by hand stays."""
    christmas = f"{NOW}-12-25"
    shown(capsys, "--work", f"{christmas}=09:00-12:00", *db)
    found = shown(capsys, "--country", "DE-BY", *db)
    assert (found["known_until"], found["country"]) == (f"{NEXT}-12-31", "DE-BY")
    assert found["spec"]["workdays"][christmas] == [["09:00", "12:00"]]
    assert christmas not in found["spec"]["holidays"]
    further = shown(capsys, "--extend", str(NEXT + 2), *db)
    assert further["known_until"] == f"{NEXT + 2}-12-31"
    assert further["holidays"] > found["holidays"]
    day = f"{NEXT + 3}-01-01"
    by_hand = shown(capsys, "--extend", str(NEXT + 3), "--work", day, *db)
    assert day in by_hand["spec"]["workdays"], "what is given beats what is taken"


def test_another_country_is_known_as_far_as_it_is_itself(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Not as far as the one before; but what somebody said by hand holds."""
    until = ("--known-until", f"{NEXT + 5}-12-31")
    assert shown(capsys, *until, *db)["known_until"] == until[1]
    assert shown(capsys, "--country", "DE", *db)["known_until"] == until[1]
    assert shown(capsys, "--country", "CN", *db)["known_until"] == f"{NOW}-12-31"


def test_a_calendar_is_shown_for_people(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In the list and by itself, in both languages."""
    shown(capsys, "--country", "CN", *db)
    assert main(["list", "calendars", *db]) == 0
    assert "office  工作时间" in capsys.readouterr().out
    assert main(["calendar", "office", *db]) == 0
    told = capsys.readouterr().out
    assert "Monday – Friday: 09:00 – 18:00" in told
    assert f"holidays known until: {NOW}-12-31" in told
    assert main(["calendar", "office", "--lang", "zh_CN", *db]) == 0
    told = capsys.readouterr().out
    assert "周一 – 周五：09:00 – 18:00" in told
    assert f"节假日已知至：{NOW}-12-31" in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("calendar", "nowhere"), 1),
        (("calendar", "office", "--extend", "2027"), 1),
        (("calendar", "office", "--country", "XX"), 1),
        (("calendar", "office", "--country", "China"), 2),
        (("calendar", "office", "--country", "CN", "--extend", "1999"), 1),
        (("calendar", "office", "--extend", "27"), 2),
        (("calendar", "office", "--off", "soon"), 2),
        (("calendar", "office", "--off", "2027-01-03..2027-01-01"), 2),
        (("calendar", "office", "--off", "2027-01-01..2099-01-01"), 2),
        (("calendar", "office", "--work", "2027-01-09=9-12"), 1),
        (("calendar", "office", "--work", "2027-01-09=12:00-09:00"), 1),
        (("calendar", "office", "--work", "2027-01-09=09:00"), 1),
        (("calendar", "office", "--known-until", "3000-01-01"), 1),
        (("add", "calendar", "office", "Office", "--file", "nowhere.json"), 1),
        (("add", "calendar", "office", "Office"), 2),
    ],
)
def test_what_cannot_be_done_is_refused(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    """In a sentence, and nothing is changed."""
    before = shown(capsys, *db)
    assert main([*words, *db]) == code
    told = capsys.readouterr()
    assert told.err
    assert "Traceback" not in told.err
    assert shown(capsys, *db) == before


def test_a_file_that_is_no_calendar_is_refused(
    db: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By what is wrong with it."""
    for text, said in (("{", "give a file with a calendar"), ("[]", "it must be an object")):
        file = tmp_path / "wrong.json"
        file.write_text(text)
        assert main(["add", "calendar", "office", "Office", "--file", str(file), *db]) == 1
        assert said in capsys.readouterr().err
