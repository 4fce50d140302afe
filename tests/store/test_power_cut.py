"""The power goes at any moment: what was acknowledged is on the disk, and the file is sound."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store.persistence.sqlite import library
from store.queries.doctor import ExamineDesk
from store.records import open_records
from tests.store.desk import ANA, minutes
from tests.store.power import NO_WAY_IN, Disk, Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COMMITS, CUTS = 120, 60


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Event]:
    """All that a desk's disk saw, from its first byte on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('power') / 'desk.db'}"
    command = [sys.executable, "-m", "tests.store.power", url, str(COMMITS)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, timeout=120)
    if ran.returncode == NO_WAY_IN:
        pytest.skip("this SQLite library lets nobody listen to what it writes")
    assert ran.returncode == 0
    found: Sequence[Event] = pickle.loads(ran.stdout)
    assert sum(what == "ack" for what, *_ in found) == COMMITS
    assert any(event[:2] == ("sync", "desk.db") for event in found), "no checkpoint was cut"
    return found


def _cuts(events: Sequence[Event], dice: random.Random) -> Iterator[tuple[Disk, int]]:
    """The disk at some moments since the first acknowledgement, and the last one given by then."""
    first = next(place for place, event in enumerate(events) if event[0] == "ack")
    moments = set(dice.sample(range(first, len(events)), CUTS))
    disk, acknowledged = Disk(), 0
    for place, event in enumerate(events):
        disk.happen(event)
        if event[0] == "ack":
            acknowledged = event[2]
        if place in moments:
            yield disk, acknowledged


def _restored(disk: Disk, folder: Path, torn: random.Random | None) -> Path:
    folder.mkdir()
    for name, held in disk.after_a_cut(torn).items():
        (folder / name).write_bytes(held)
    return folder / "desk.db"


@pytest.mark.parametrize("torn", [False, True])
def test_a_cut_loses_nothing_acknowledged(
    torn: bool, events: Sequence[Event], tmp_path: Path
) -> None:
    """Whether the drive kept only what was synced, or some sectors of the rest as well."""
    dice = random.Random(7)
    lost = []
    for turn, (disk, acknowledged) in enumerate(_cuts(events, dice)):
        file = _restored(disk, tmp_path / str(turn), dice if torn else None)
        with closing(library().connect(file)) as db:
            kept = db.execute("SELECT max(seq) FROM journal").fetchone()[0] or 0
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if kept < acknowledged:
            lost.append((acknowledged, kept))
    assert lost == []


def test_the_desk_opens_on_what_a_cut_has_left(events: Sequence[Event], tmp_path: Path) -> None:
    """And goes on where it was, with nothing for the doctor to do."""
    *_, (disk, acknowledged) = _cuts(events, random.Random(3))
    file = _restored(disk, tmp_path / "cut", None)
    with closing(open_records(f"sqlite:///{file}", feed=False)) as records:
        assert records.head() >= acknowledged
        assert records.ask(ExamineDesk(), who=ANA, at=minutes(COMMITS)) == ()
