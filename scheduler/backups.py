"""Backups by the clock: of all processes on a store one makes each, and takes the oldest away.

The row that says who does it is the store's; it is held for minutes only, and held anew while the
copy is made, so that another host goes on soon where this one dies.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.domain.backups import LastBackup, is_due, name_at, plain, spoken, too_many
from store.domain.errors import Refusal
from store.domain.pace import LIFE
from store.domain.system_words import why as why_of
from store.domain.who import THE_DESK
from store.domain.words import N_
from store.queries.backups import Backups

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.persistence.backups import Backing, Lease
    from store.queries.backups import BackupsNow
    from store.records import Records

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=5)
RENEW_S: Final = 60.0
LOOK_EVERY_S: Final = 30.0
ENDS_WITHIN_S: Final = 5.0


class BackupClock:
    """A thread that looks whether a backup is due, and has a process of its own make it."""

    def __init__(
        self,
        records: Records,
        *,
        holder: str,
        now: Callable[[], datetime],
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._records = records
        self._holder = holder
        self._now = now
        self._look_every_s = look_every_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)

    def start(self) -> None:
        """Begin to look; the desk of a drill is never backed up."""
        if self._records.database.pace == LIFE:
            self._thread.start()

    def stop(self) -> None:
        """End, and with it a backup that is being made."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(ENDS_WITHIN_S)

    def _run(self) -> None:
        while not self._ended.wait(self._look_every_s):
            try:
                self.look()
            except Refusal as error:
                log.info("whether a backup is due could not be found out: %s", error)
            except Exception:
                log.exception(N_("what is done for backups failed; it is tried again"))

    def look(self) -> bool:
        """Make one if it is due and nobody does; whether one was made, or tried."""
        found = self._now_of()
        folder = Path(found.plan.folder or os.devnull)
        has_folder = folder.is_dir() and os.access(folder, os.W_OK)
        if not is_due(found.plan, found.told, at=self._now(), has_folder=has_folder):
            return False
        with self._records.work(who=THE_DESK, at=self._now()) as work:
            mine = work.claim_backup(self._holder, LEASE, has_folder=has_folder)
        if mine is None or mine.lease is None:
            return False
        self._make(mine, mine.lease, folder)
        return True

    def _now_of(self) -> BackupsNow:
        return self._records.ask(Backups(), who=THE_DESK, at=self._now())

    def _make(self, mine: Backing, lease: Lease, folder: Path) -> None:
        at = self._now().replace(microsecond=0)  # as its name has it
        to = folder / name_at(at, mine.plan.tag)
        told = self._told_by_child(lease, to, at)
        if told is None:
            return  # we end, or another has overtaken
        made, trouble = None, spoken(told["trouble"])
        if trouble is None:
            faults = int(told["faults"])
            made = LastBackup(name=to.name, made_at=at, size=int(told["size"]), faults=faults)
            if faults:
                said = N_("in the desk of the last backup the doctor finds faults: {count}")
                trouble = said.format(count=faults)
        with self._records.work(who=THE_DESK, at=self._now()) as work:
            settled = work.settle_backup(lease, tried_at=at, made=made, trouble=trouble)
        if settled and made is not None:
            self._thin_out(folder)

    def _told_by_child(self, lease: Lease, to: Path, at: datetime) -> dict[str, Any] | None:
        """What came of it; None where it was ended."""
        url = self._records.database.url.render_as_string(hide_password=False)
        task = {"url": url, "to": str(to), "at": at.isoformat()}
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "scheduler.backup_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps(task) + "\n")
            child.stdin.flush()
            if not self._waited(child, lease):
                return None
            answer = child.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            child.kill()
            child.communicate()
        try:
            told: dict[str, Any] = json.loads(answer)
        except ValueError:
            broken = N_("the backup broke off: {why}").format(why=N_("its process has ended"))
            return {"trouble": plain(broken)}
        return told

    def _waited(self, child: subprocess.Popen[str], lease: Lease) -> bool:
        """Until it is done, holding the lease; False where it is to be ended."""
        turns = 0
        while True:
            try:
                child.wait(1.0)
            except subprocess.TimeoutExpired:
                turns += 1
            else:
                return True
            if self._ended.is_set():
                return False
            if turns % int(RENEW_S) == 0:
                with self._records.work(who=THE_DESK, at=self._now()) as work:
                    if not work.renew_backup(lease, LEASE):
                        return False

    def _thin_out(self, folder: Path) -> None:
        """Take away what need not be kept; what cannot be taken away is told in the log."""
        found = self._now_of()
        try:
            names = [one.name for one in folder.iterdir() if one.is_file() and not one.is_symlink()]
            for name in sorted(too_many(names, found.plan, found.told)):
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            log.warning(N_("an old backup could not be taken away: %s"), why_of(error))
