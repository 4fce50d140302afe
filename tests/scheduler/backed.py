"""A desk of which backups are made by the clock: how it is set up, looked at, and made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.backups import BackupClock
from store.commands.backups import SetBackups
from store.domain.who import Who
from store.queries.alarms import AlarmStrip
from store.queries.backups import Backups

if TYPE_CHECKING:
    from pathlib import Path

    from store.queries.alarms import AlarmLine
    from store.queries.backups import BackupsNow
    from store.records import Records
    from tests.scheduler.faults import Hands

CHIEF = Who(operator=2)


def set_up(desk: Records, hands: Hands, folder: Path, **more: Any) -> None:
    """Have them made in a folder."""
    desk.do(SetBackups(folder=str(folder), **more), who=CHIEF, at=hands.at)


def now(desk: Records, hands: Hands) -> BackupsNow:
    """What is planned, and what came of it."""
    return desk.ask(Backups(), who=CHIEF, at=hands.at)


def clock_of(desk: Records, hands: Hands, host: str = "one") -> BackupClock:
    """What a host looks by."""
    return BackupClock(desk, holder=f"{host}:1", now=hands.now)


def alarms(desk: Records, hands: Hands) -> list[AlarmLine]:
    """Those about backups."""
    strip = desk.ask(AlarmStrip(), who=CHIEF, at=hands.at)
    return [alarm for alarm in strip.alarms if alarm.kind == "backup"]
