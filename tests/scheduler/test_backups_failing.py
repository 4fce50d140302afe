"""A backup by the clock that fails: every desk hears of it, and the old ones stay."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from console.i18n import use
from console.render_alarms import alarm_said, title_said
from store.commands import Acknowledge
from store.domain.backups import name_at
from store.queries.alarms import AlarmStrip
from store.queries.lists import ListAlarms
from tests.scheduler.backed import CHIEF, alarms, clock_of, now, set_up
from tests.scheduler.faults import Hands

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_folder_that_is_gone_is_an_alarm(backed: Records, tmp_path: Path, language: str) -> None:
    """In the operator's language, until one is made; acknowledged, it is silent but stands."""
    hands, folder = Hands(), tmp_path / "copies"
    folder.mkdir()
    set_up(backed, hands, folder)
    clock = clock_of(backed, hands)
    assert clock.look()
    (kept,) = folder.iterdir()
    folder.rename(tmp_path / "away")
    hands.turn(60)
    assert not clock.look(), "another host may have it"
    hands.turn(10)
    assert clock.look()
    (alarm,) = alarms(backed, hands)
    use(language)
    said = f"{alarm_said(alarm)} {title_said(alarm)}"
    use("en")
    assert str(folder) in said
    assert ("missing" in said) is (language == "en")
    assert ("备份" in said) is (language == "zh_CN")
    strip = backed.ask(AlarmStrip(), who=CHIEF, at=hands.at)
    assert (strip.unacknowledged, strip.standing) == (1, 1)
    backed.do(Acknowledge(numbers=(), backups=True), who=CHIEF, at=hands.at)
    assert backed.ask(AlarmStrip(), who=CHIEF, at=hands.at).unacknowledged == 0
    hands.turn(20)
    assert clock.look(), "it is tried again soon"
    (same,) = alarms(backed, hands)
    assert (same.acknowledged_by, same.raised_at) == ("Desk", alarm.raised_at)
    listed = backed.ask(ListAlarms(), who=CHIEF, at=hands.at)
    assert [one.kind for one in listed] == ["backup"]
    (tmp_path / "away").rename(folder)
    hands.turn(10)
    assert clock.look()
    assert alarms(backed, hands) == []
    assert kept in folder.iterdir()


def test_a_folder_that_takes_nothing_is_an_alarm(
    backed: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads nowhere, a disk without room: the old ones stay, and it is said."""
    hands = Hands()
    set_up(backed, hands, tmp_path)
    clock = clock_of(backed, hands)
    assert clock.look()
    before = sorted(tmp_path.glob("*.zip"))
    hands.turn(60)
    in_the_way = tmp_path / name_at(hands.at, now(backed, hands).plan.tag)
    in_the_way.symlink_to("/nowhere/at/all")
    assert clock.look()
    (alarm,) = alarms(backed, hands)
    assert "there is a file of this name" in alarm.title
    in_the_way.unlink()
    assert sorted(tmp_path.glob("*.zip")) == before
    hands.turn(10)
    assert clock.look()
    assert alarms(backed, hands) == []


def test_a_child_that_is_killed_is_told(
    backed: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file is taken for a backup, and the next attempt comes soon."""
    hands = Hands()
    set_up(backed, hands, tmp_path)
    clock = clock_of(backed, hands)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert clock.look()
    (alarm,) = alarms(backed, hands)
    assert "broke off" in alarm.title
    assert not list(tmp_path.glob("*.zip"))
    monkeypatch.undo()
    hands.turn(10)
    assert clock.look()
    assert alarms(backed, hands) == []


def test_faults_of_the_desk_are_told_and_the_last_good_stays(
    backed: Records, tmp_path: Path
) -> None:
    """However many follow it that are of a desk with faults."""
    hands = Hands()
    set_up(backed, hands, tmp_path, keep=(1, 0, 0, 0))
    clock = clock_of(backed, hands)
    assert clock.look()
    good = now(backed, hands).told.good
    assert good is not None
    with backed.database.writing() as conn:
        conn.exec_driver_sql("UPDATE work_order SET title = 'another'")
    for _turn in range(3):
        hands.turn(60)
        assert clock.look()
    found = now(backed, hands)
    assert found.told.good == good
    assert found.told.last is not None
    assert found.told.last.faults >= 1
    assert (tmp_path / good.name).exists()
    assert len(list(tmp_path.glob("*.zip"))) == 2
    assert "the doctor finds faults" in (found.alarm or "")
