"""Cells to pictures: times on the file's own clock, the file's words, and bad maps refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.dates import Dates
from console.intake.mapping import Mapper, Picture
from console.intake.maps import load, parse, shipped
from console.intake.reader import Row
from console.intake.troubles import MapRefused, RowRefused
from store.domain.lifecycle import State

BOSTON = ZoneInfo("America/New_York")

MAP = """
zone = "Asia/Shanghai"
dates = ["%Y-%m-%d %H:%M", "%d/%m/%Y"]
unknown = ["?"]
[columns]
external_id = "id"
title = { columns = ["what", "more"], join = " / ", before = "> " }
opened_at = "opened"
due_at = "due"
priority = "prio"
state = "state"
site = "place"
latitude = "lat"
longitude = "lon"
[values.state]
Offen = "new"
Fertig = "done"
[values.priority]
hoch = 2
[values.latitude]
"1.5" = ""
[defaults]
site = "Somewhere"
"""
HEADER = ("id", "what", "more", "opened", "due", "prio", "state", "place", "lat", "lon")


def picture(**given_: str) -> Picture:
    """The picture of a row, by a map that has a bit of everything."""
    cells = {"id": "A1", "opened": "2026-03-01 08:30", "state": "Offen"} | given_
    row = Row(line=2, cells=[cells.get(name, "") for name in HEADER])
    return Mapper(parse(MAP, name="test"), HEADER).read(row)


def test_a_time_is_read_on_the_files_own_clock() -> None:
    """And kept as an instant; the next format is tried where the first does not fit."""
    seen = picture(due="1/4/2026")
    assert seen.times["opened_at"] == datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
    assert seen.times["due_at"] == datetime(2026, 3, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2015-03-08 01:59:59", datetime(2015, 3, 8, 6, 59, 59, tzinfo=UTC)),
        ("2015-03-08 02:30:00", datetime(2015, 3, 8, 7, 30, tzinfo=UTC)),
        ("2015-03-08 03:00:00", datetime(2015, 3, 8, 7, tzinfo=UTC)),
        ("2015-11-01 01:30:00", datetime(2015, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_skipped_time_moves_on_and_of_a_double_one_the_first_counts(
    text: str, instant: datetime
) -> None:
    """The rule that calendars follow, too."""
    assert Dates(["%Y-%m-%d %H:%M:%S"], BOSTON).read(text) == instant


@given(st.datetimes(datetime(1901, 1, 1), datetime(2998, 1, 1)))  # noqa: DTZ001  local times
def test_what_a_format_writes_it_reads(local: datetime) -> None:
    """The quick pattern and the slow directives agree."""
    local = local.replace(microsecond=0)
    for name in ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒"):
        assert Dates([name], UTC).read(local.strftime(name)) == local.replace(tzinfo=UTC)
    slow = Dates(["%d %b %Y %I:%M:%S %p"], UTC)
    assert slow.read(local.strftime("%d %b %Y %I:%M:%S %p")) == local.replace(tzinfo=UTC)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001  local times
def test_numbers_of_seconds_and_of_excels_days_are_read(local: datetime) -> None:
    """Excel counts from the last day but one of 1899, on the file's clock."""
    at = local.replace(microsecond=0, tzinfo=UTC)
    epoch = round(at.timestamp())
    assert Dates(["epoch_s"], None).read(str(epoch)) == at
    assert Dates(["epoch_ms"], None).read(str(epoch * 1000)) == at
    days = (at - datetime(1899, 12, 30, tzinfo=UTC)) / timedelta(days=1)
    assert Dates(["excel"], UTC).read(str(days)) == at


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    """It is a time, or the row is refused."""
    dates = Dates(["%Y-%m-%d", "%d %b %y", "iso", "epoch_s", "epoch_ms", "excel"], UTC)
    try:
        at = dates.read(text)
    except RowRefused:
        return
    assert 1900 < at.year < 3000


def test_a_time_without_a_zone_is_not_guessed() -> None:
    """An hour's error in every deadline is worse than a refusal."""
    with pytest.raises(RowRefused, match="has no zone, and the map gives none"):
        Dates(["iso"], None).read("2026-01-01T08:00")


def test_columns_are_joined_and_unknown_ones_left_out() -> None:
    """As the map says."""
    assert picture(what="lift", more="door").text("title") == "> lift / door"
    assert picture(what="lift", more="?").text("title") == "> lift"
    assert picture().text("title") == ""


def test_the_files_words_are_understood() -> None:
    """Whatever their case; defaults stand in for what is not said."""
    seen = picture(state="FERTIG", prio="hoch")
    assert (seen.state, seen.said, seen.priority) == (State.DONE, "FERTIG", 2)
    assert (seen.text("site"), picture(place="Tor 3").text("site")) == ("Somewhere", "Tor 3")


def test_a_position_that_means_nothing_is_none() -> None:
    """The default of a geocoder by the map, an impossible one by itself."""
    assert picture(lat="1.6", lon="2").point == (1.6, 2.0)
    for lat, lon in (("1.5", "2"), ("", "2"), ("91", "2"), ("x", "2"), ("nan", "2")):
        assert picture(lat=lat, lon=lon).point is None


def test_text_from_outside_is_made_safe() -> None:
    """Nothing of it may steer a terminal later."""
    seen = picture(what="\x1b[2Jlift\u202egnp.exe", id="A\x071")
    assert "\x1b" not in seen.text("title") + seen.external_id
    assert "\u202e" not in seen.text("title")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": " "}, "has no id"),
        ({"opened": "?"}, "has no opened_at"),
        ({"opened": "yesterday"}, "opened_at: “yesterday” is not a time as the map says"),
        ({"opened": "31/02/2026"}, "opened_at: “31/02/2026” is not a time as the map says"),
        ({"state": "Halb"}, "state “Halb” is not in the map"),
        ({"prio": "7"}, "priority 7 is not 1, 2, 3 or 4"),
        ({"prio": "urgent!"}, "priority “urgent!” is no number that it could be"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], reason: str) -> None:
    """In a sentence that names the cell."""
    with pytest.raises(RowRefused) as refused:
        picture(**cells)
    assert refused.value.text == reason


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("zone =", "zoen ="), "there is no “zoen”; did you mean “zone”?"),
        (("title =", "titel ="), "there is no “titel”; did you mean “title”?"),
        (('opened_at = "opened"', ""), "says no column for opened_at"),
        (('"new"', '"fresh"'), "“fresh” is no state; there are"),
        (("hoch = 2", "hoch = 9"), "priority 9 is not 1, 2, 3 or 4"),
        (('state = "state"', "state = 5"), "columns.state is neither a column, a list"),
        (("[columns]", "[columns"), "is not TOML"),
        (('dates = ["', 'dates = "'), "is not TOML"),
        (('zone = "Asia/Shanghai"', "mode = 'rows'"), "mode is “orders” or “events”"),
        (('zone = "Asia/Shanghai"', "mode = 'events'"), "says no column for event_at"),
        (('zone = "Asia/Shanghai"', "zone = 8"), "“zone” is not a str"),
        (("[defaults]", "[defaults]\ndue_at = 5"), "a time cannot have a default (due_at)"),
    ],
)
def test_a_wrong_map_is_refused_before_anything_is_read(
    change: tuple[str, str], sentence: str
) -> None:
    """With what is wrong, and what would be right where that is known."""
    with pytest.raises(MapRefused) as refused:
        parse(MAP.replace(*change), name="test")
    assert sentence in refused.value.text


def test_an_unknown_zone_is_refused() -> None:
    """Also where it looks like a path."""
    for zone in ("Asia/Shangai", "../etc/passwd", "/"):
        with pytest.raises(MapRefused, match="there is no time zone"):
            Mapper(parse(MAP.replace("Asia/Shanghai", zone), name="test"), HEADER)


def test_the_shipped_maps_can_be_read() -> None:
    """And nothing else goes by their names."""
    assert shipped() == ["boston311", "uci-incidents"]
    assert [load(name).mode for name in shipped()] == ["orders", "events"]
    with pytest.raises(MapRefused, match="shipped maps: boston311, uci-incidents"):
        load("nowhere.toml")
