"""What a store keeps of its own backups: the plan, who makes one now, what came of the last."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from store.domain.backups import (
    BackupPlan,
    BackupTold,
    LastBackup,
    alarm,
    is_due,
    plain,
    spoken,
)
from store.domain.facts import Fact
from store.persistence import marks

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy import Connection

    from store.persistence.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who makes a backup now; nobody else does before it ends."""

    holder: str
    term: int
    """Rises with each claim: who was overtaken settles nothing."""
    until_at: datetime
    due: bool = True
    """Whether it is still held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """All of it."""

    plan: BackupPlan
    told: BackupTold
    lease: Lease | None

    def held(self, *, at: datetime) -> bool:
        """Whether somebody makes one now."""
        return self.lease is not None and self.lease.due and self.lease.until_at > at

    def alarm(self, *, at: datetime) -> tuple[str, datetime, int] | None:
        """What is wrong, since when, and how bad it is; None while all is well."""
        return alarm(self.plan, self.told, at=at, being_made=self.held(at=at))


def read(conn: Connection) -> Backing:
    """As it stands; what cannot be read counts as nothing."""
    said = marks.several(conn, (marks.BACKUPS, marks.BACKUP_TOLD, marks.BACKUP_LEASE))
    return Backing(
        plan=_plan(said.get(marks.BACKUPS)),
        told=_told(said.get(marks.BACKUP_TOLD)),
        lease=_lease(said.get(marks.BACKUP_LEASE)),
    )


def put_plan(work: Transaction, **changes: Any) -> BackupPlan:
    """Change the plan; the tag is given once and for all."""
    work.hold_desk()
    before = _plan(marks.find(work.conn, marks.BACKUPS))
    after = replace(before, **changes, tag=before.tag or uuid4().hex[:8])
    if after.folder != before.folder or after.since is None:
        after = replace(after, since=work.at.replace(microsecond=0))  # as attempts are told
    if after == before:
        return after
    _keep(work, marks.BACKUPS, asdict(after))
    body = {"every_min": after.every_min, "keep": list(after.keep)}
    words = {"folder": after.folder} if after.folder else None
    work.record(Fact(name="backups_set", body=body, words=words))
    return after


def claim(work: Transaction, holder: str, lease: timedelta, *, has_folder: bool) -> Backing | None:
    """Be the one who makes the next; None where none is due, or somebody does."""
    work.hold_desk()
    found = read(work.conn)
    if found.held(at=work.at) or not is_due(
        found.plan, found.told, at=work.at, has_folder=has_folder
    ):
        return None
    term = 1 if found.lease is None else found.lease.term + 1
    mine = Lease(holder=holder, term=term, until_at=work.at + lease)
    _keep(work, marks.BACKUP_LEASE, asdict(mine))
    return replace(found, lease=mine)


def renew(work: Transaction, mine: Lease, lease: timedelta) -> bool:
    """Hold it for longer; False where somebody has overtaken."""
    work.hold_desk()
    if not _is_mine(work, mine):
        return False
    _keep(work, marks.BACKUP_LEASE, asdict(replace(mine, until_at=work.at + lease)))
    return True


def settle(
    work: Transaction, mine: Lease, *, tried_at: datetime, made: LastBackup | None, trouble: object
) -> bool:
    """Say what came of it and let go; False, and nothing, where somebody has overtaken."""
    work.hold_desk()
    if not _is_mine(work, mine):
        return False
    before = _told(marks.find(work.conn, marks.BACKUP_TOLD))
    again = trouble is not None and _alike(before.trouble, trouble)
    told = replace(
        before,
        tried_at=tried_at,
        last=made or before.last,
        good=made if made is not None and not made.faults else before.good,
        trouble=None,
        trouble_at=None if trouble is None else before.trouble_at if again else work.at,
        seen_at=before.seen_at if again else None,
        seen_by=before.seen_by if again else None,
    )
    _keep(work, marks.BACKUP_TOLD, {**asdict(told), "trouble": plain(trouble)})
    _keep(work, marks.BACKUP_LEASE, asdict(replace(mine, due=False)))
    if made is not None:
        body = {"bytes": made.size, "faults": made.faults}
        work.record(Fact(name="backup_made", body=body, words={"file": made.name}))
    elif not again:
        work.record(Fact(name="backup_failed", body={}, words={"why": str(trouble)}))
    return True


def acknowledge(work: Transaction) -> bool:
    """Silence the alarm of backups; whether it rang."""
    if work.who.scope.sites is not None:
        return False
    work.hold_desk()
    found = read(work.conn)
    if found.told.seen_at is not None or found.alarm(at=work.at) is None:
        return False
    seen = replace(found.told, seen_at=work.at, seen_by=work.who.operator)
    _keep(work, marks.BACKUP_TOLD, {**asdict(seen), "trouble": plain(seen.trouble)})
    work.record(Fact(name="backup_seen", body={}))
    return True


def _alike(one: object, other: object) -> bool:
    """Whether it is the same trouble: names of files have the time in them."""
    return re.sub(r"\d+", "", str(one)) == re.sub(r"\d+", "", str(other))


def _is_mine(work: Transaction, mine: Lease) -> bool:
    now = _lease(marks.find(work.conn, marks.BACKUP_LEASE))
    return now is not None and now.due and now.term == mine.term and now.holder == mine.holder


def _plan(said: str | None) -> BackupPlan:
    kept = _kept(said)
    try:
        return BackupPlan(**{**kept, "keep": tuple(kept["keep"]), "since": _at(kept["since"])})
    except (KeyError, TypeError, ValueError):
        return BackupPlan()


def _told(said: str | None) -> BackupTold:
    kept = _kept(said)
    try:
        trouble: Any = spoken(kept["trouble"])
        return BackupTold(
            tried_at=_at(kept["tried_at"]),
            last=_last(kept["last"]),
            good=_last(kept["good"]),
            trouble=trouble,
            trouble_at=_at(kept["trouble_at"]),
            seen_at=_at(kept["seen_at"]),
            seen_by=kept["seen_by"],
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return BackupTold()


def _lease(said: str | None) -> Lease | None:
    kept = _kept(said)
    try:
        return Lease(**{**kept, "until_at": datetime.fromisoformat(kept["until_at"])})
    except (KeyError, TypeError, ValueError):
        return None


def _last(kept: Any) -> LastBackup | None:
    return None if kept is None else LastBackup(**{**kept, "made_at": _at(kept["made_at"])})


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _kept(said: str | None) -> dict[str, Any]:
    try:
        found = json.loads(said or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _keep(work: Transaction, name: str, told: dict[str, Any]) -> None:
    text = json.dumps(told, default=lambda at: at.isoformat(), ensure_ascii=False)
    marks.keep(work.conn, name, text)
