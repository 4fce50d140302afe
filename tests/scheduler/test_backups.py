"""Backups by the clock: one of all hosts makes each, and whoever fails is heard of."""

from __future__ import annotations

import os
import threading
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.backups import LEASE, BackupClock
from store import backups
from store.commands.backups import SetBackups
from store.domain.backups import name_at
from store.domain.errors import BadInput, NotAllowed
from store.domain.who import THE_DESK, Scope, Who
from store.persistence.database import connect
from store.queries.health import Health
from store.records import open_records
from tests.scheduler.backed import CHIEF, alarms, clock_of, now, set_up
from tests.scheduler.faults import Hands, until

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records


def test_none_is_made_until_a_folder_is_set(backed: Records, tmp_path: Path) -> None:
    """Then one at once and one each hour, each proven, with its name and its age told."""
    hands, folder = Hands(), tmp_path / "copies"
    folder.mkdir()
    clock = clock_of(backed, hands)
    assert not clock.look()
    set_up(backed, hands, folder)
    assert [clock.look(), clock.look()] == [True, False]
    hands.turn(59)
    assert not clock.look()
    hands.turn(1)
    assert clock.look()
    first, second = sorted(folder.iterdir())
    found = now(backed, hands)
    assert found.told.good is not None
    assert (found.told.good.name, found.told.good.size) == (second.name, second.stat().st_size)
    assert found.told.last == found.told.good
    assert backed.ask(Health(), who=CHIEF, at=hands.at).backup_at == hands.at
    assert alarms(backed, hands) == []
    assert backups.verify(first, at=hands.at).sound
    assert backups.examine(backed, at=hands.at)[0] == []
    set_up(backed, hands, folder, every_min=5)
    backed.do(SetBackups(folder=""), who=CHIEF, at=hands.at)
    hands.turn(600)
    assert not clock.look()
    assert alarms(backed, hands) == [], "nobody wants any"


def test_of_two_hosts_one_makes_it(backed: Records, tables_url: str, tmp_path: Path) -> None:
    """Whoever is first; the other looks, and has nothing to do."""
    hands = Hands()
    set_up(backed, hands, tmp_path)
    start, made = threading.Barrier(2), list[bool]()

    def host(name: str) -> None:
        with closing(open_records(tables_url, feed=False)) as own:
            clock = clock_of(own, hands, name)
            start.wait()
            made.append(clock.look())

    threads = [threading.Thread(target=host, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False, True]
    assert len(list(tmp_path.glob("*.zip"))) == 1


def test_whoever_was_overtaken_settles_nothing(backed: Records, tmp_path: Path) -> None:
    """A host that froze while it made one finds another in its place."""
    hands = Hands()
    set_up(backed, hands, tmp_path)
    with backed.work(who=THE_DESK, at=hands.at) as work:
        froze = work.claim_backup("frozen:1", LEASE, has_folder=True)
        assert froze is not None
        assert froze.lease is not None
    assert not clock_of(backed, hands, "other").look(), "it is held"
    hands.turn(LEASE / timedelta(minutes=1))
    assert clock_of(backed, hands, "other").look()
    before = now(backed, hands)
    with backed.work(who=THE_DESK, at=hands.at) as work:
        assert not work.renew_backup(froze.lease, LEASE)
        assert not work.settle_backup(
            froze.lease, tried_at=hands.at, made=None, trouble="it was late"
        )
    assert now(backed, hands) == before


def test_a_clock_looks_by_itself_and_ends_what_it_began(backed: Records, tmp_path: Path) -> None:
    """A console that is closed does not wait for a backup, and leaves none that is half made."""
    hands, first, second = Hands(), tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    set_up(backed, hands, first)
    clock = BackupClock(backed, holder="one:1", now=hands.now, look_every_s=0.05)
    clock.start()
    until(lambda: now(backed, hands).told.good is not None)
    hands.turn(1)
    set_up(backed, hands, second)
    until(lambda: any(second.iterdir()))
    clock.stop()
    assert not clock._thread.is_alive()
    assert len(list(first.glob("*.zip"))) == 1
    assert all(backups.verify(made, at=hands.at).sound for made in second.glob("*.zip"))
    hands.turn(6)
    if not list(second.glob("*.zip")):
        assert clock_of(backed, hands, "two").look(), "another goes on once the lease is over"
    assert len(list(second.glob("*.zip"))) == 1
    assert not list(second.glob("*.half"))


def test_old_ones_go_and_nobody_elses(backed: Records, tmp_path: Path) -> None:
    """After each that is good; a link with such a name is no backup of ours."""
    hands = Hands()
    set_up(backed, hands, tmp_path, keep=(2, 1, 0, 0))
    tag = now(backed, hands).plan.tag
    others = ["desk.txt", name_at(hands.at), name_at(hands.at, "99999999")]
    for name in others:
        (tmp_path / name).write_text("kept")
    link = tmp_path / name_at(hands.at - timedelta(days=400), tag)
    link.symlink_to(tmp_path / "desk.txt")
    clock = clock_of(backed, hands)
    for _turn in range(4):
        assert clock.look()
        hands.turn(60)
    mine = sorted(one.name for one in tmp_path.glob(f"paidan-{tag}-*.zip") if one != link)
    assert mine == [name_at(hands.at - timedelta(hours=n), tag) for n in (2, 1)]
    assert all((tmp_path / name).read_text() == "kept" for name in others)
    assert link.is_symlink()


def test_a_restored_desk_makes_none_and_takes_none_away(backed: Records, tmp_path: Path) -> None:
    """Else a rehearsal on the side would thin out the backups of the desk itself."""
    hands, to = Hands(), str(tmp_path / "restored.db")
    set_up(backed, hands, tmp_path)
    assert clock_of(backed, hands).look()
    (copy,) = tmp_path.glob("*.zip")
    backups.restore(copy, to, at=hands.at)
    with closing(open_records(to, feed=False)) as restored:
        assert now(restored, hands).plan.folder == ""
        hands.turn(600)
        assert not clock_of(restored, hands).look()
        assert backups.examine(restored, at=hands.at)[0] == []


def test_a_desk_that_moves_takes_its_plan_along(
    backed: Records, tables_url: str, tmp_path: Path
) -> None:
    """Its backups go on where it is; a mere copy makes none."""
    from store.persistence import moving

    hands = Hands()
    set_up(backed, hands, tmp_path, every_min=30)
    tag = now(backed, hands).plan.tag
    for keep in (True, False):
        url = f"sqlite:///{tmp_path / f'to-{keep}.db'}"
        with closing(connect(url)) as target:
            moving.move(backed.database, target, keep=keep, check=lambda: None)
        with closing(open_records(url, feed=False)) as there:
            plan = now(there, hands).plan
            assert (plan.folder, plan.tag) == (("", "") if keep else (str(tmp_path), tag))


def test_what_may_be_set(backed: Records) -> None:
    """A whole path, minutes and counts within reason, by whoever may set the desk up."""
    hands = Hands()
    for wrong in (
        SetBackups(folder="here"),
        SetBackups(folder="~/x"),
        SetBackups(folder="/" + "x" * 2_000),
        SetBackups(every_min=4),
        SetBackups(every_min=10**9),
        SetBackups(keep=(1, 2, 3)),  # type: ignore[arg-type]  # four are wanted
        SetBackups(keep=(1, 2, 3, -1)),
        SetBackups(keep=(1, 2, 3, 10**6)),
    ):
        with pytest.raises(BadInput):
            backed.do(wrong, who=CHIEF, at=hands.at)
    with pytest.raises(NotAllowed):
        backed.do(
            SetBackups(folder=""), who=Who(operator=2, scope=Scope(frozenset({1}))), at=hands.at
        )
    done = backed.do(SetBackups(folder="/b/../c//d"), who=CHIEF, at=hands.at)
    assert done.facts["folder"] == os.path.normpath("/c/d")
