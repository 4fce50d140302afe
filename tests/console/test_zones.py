"""The hours of a new desk are those of the place it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cli import main
from console.zones import zone_here
from store.domain.who import THE_DESK
from store.queries.calendars import ListCalendars
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        (":/usr/share/zoneinfo/Europe/Paris", "Europe/Paris"),
        ("Etc/UTC", "UTC"),
        ("CST-8", "UTC"),
        ("../../etc/passwd", "UTC"),
        ("", "UTC"),
    ],
)
def test_the_environment_names_the_zone(told: str, zone: str, tmp_path: Path) -> None:
    """As everywhere on such machines; what names no zone says nothing."""
    nothing = tmp_path / "nothing"
    assert zone_here({"TZ": told}, link=nothing, name=nothing) == zone


def test_the_machine_names_the_zone(tmp_path: Path) -> None:
    """By the link of its clock, else by the file that some systems have."""
    link, name = tmp_path / "localtime", tmp_path / "timezone"
    name.write_text("Asia/Urumqi\n", encoding="ascii")
    assert zone_here({}, link=link, name=name) == "Asia/Urumqi"
    link.symlink_to("../usr/share/zoneinfo/Asia/Shanghai")
    assert zone_here({}, link=link, name=name) == "Asia/Shanghai"


@pytest.mark.usefixtures("plain_surroundings")
def test_a_new_desk_keeps_the_hours_of_its_place(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk in Shanghai that opened at 17:00 would not be one."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert main(["add", "operator", "ana", "Ana", "--db", sqlite_url]) == 0
    records = open_records(sqlite_url, feed=False)
    calendars = records.ask(ListCalendars(), who=THE_DESK, at=AT)
    records.close()
    assert {calendar.zone for calendar in calendars} == {"Asia/Shanghai"}
