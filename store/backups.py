"""Backups as their users see them: made, proven by the doctor, restored."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.errors import StoreTrouble
from store.domain.who import THE_DESK
from store.domain.words import N_
from store.records import Records

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from store.domain.who import Who
    from store.persistence.archive_file import About
    from store.persistence.database import Database
    from store.queries.doctor import Finding

    Tell = Callable[[int, int], None]
    """Told how many orders were examined so far, and how many faults found."""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A backup whose desk was laid out, compared and examined."""

    about: About
    findings: tuple[Finding, ...]
    """What the doctor finds in the desk; the copy itself is as it was written."""
    orders: int
    entries: int
    broke_off: str | None = None
    """What the doctor stumbled over, who examined no further then."""

    @property
    def sound(self) -> bool:
        """Whether the desk in it is without fault."""
        return not self.findings and self.broke_off is None


def _nobody(_orders: int, _found: int) -> None:
    return None


def make(database: Database, to: Path, *, at: datetime, tell: Tell = _nobody) -> Proven:
    """Back the desk up into a new file while it is used; it has its name only once it is proven.

    What the doctor finds in the desk keeps nobody from having a copy of it.
    """
    from store.persistence.archiving import write_backup

    doctor = _Doctor(at, tell)
    return doctor.report(write_backup(database, to, at=at, check=doctor.look))


def verify(path: Path, *, at: datetime, tell: Tell = _nobody) -> Proven:
    """Lay a backup out in a store that is thrown away, and examine that; `NoBackup` if it lies."""
    from store.persistence.archiving import laid_out

    doctor = _Doctor(at, tell)
    with laid_out(path) as (desk, about):
        doctor.look(desk)
    return doctor.report(about)


def restore(path: Path, url: str, *, at: datetime, tell: Tell = _nobody) -> Proven:
    """Lay the desk of a backup out in an empty store, examined before anybody can open it."""
    from store.persistence.archiving import restore as laid

    doctor = _Doctor(at, tell)
    return doctor.report(laid(path, url, check=doctor.look))


def examine(
    records: Records, *, at: datetime, who: Who = THE_DESK, tell: Tell = _nobody
) -> tuple[list[Finding], int, int]:
    """Everything that is wrong with a desk, and how many orders and journal entries were read."""
    from store.queries.doctor import ExamineDesk, ExamineOrders

    findings = list(records.ask(ExamineDesk(), who=who, at=at))
    orders = entries = last = 0
    while (page := records.ask(ExamineOrders(after=last), who=who, at=at)).last is not None:
        findings += page.findings
        orders, entries, last = orders + page.orders, entries + page.entries, page.last
        tell(orders, len(findings))
    return findings, orders, entries


class _Doctor:
    """Looks once, and remembers what he found."""

    def __init__(self, at: datetime, tell: Tell) -> None:
        self._at, self._tell = at, tell
        self._found: tuple[list[Finding], int, int] = ([], 0, 0)
        self._broke_off: str | None = None

    def look(self, desk: Database) -> None:
        try:
            self._found = examine(Records(desk), at=self._at, tell=self._tell)
        except StoreTrouble:
            raise
        except Exception as error:  # a desk in such a state needs its copy more than any other
            log.exception(N_("the doctor broke off"))
            self._broke_off = f"{type(error).__name__}: {error}"

    def report(self, about: About) -> Proven:
        findings, orders, entries = self._found
        return Proven(
            about=about,
            findings=tuple(findings),
            orders=orders,
            entries=entries,
            broke_off=self._broke_off,
        )
