"""Effects outside the store: put with their cause, claimed under a lease, settled by its term."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, or_, select, type_coerce, update

from store.domain.errors import BadInput
from store.domain.words import N_
from store.persistence import marks
from store.persistence.follow_ups import FollowUpWork
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send
from store.persistence.tables import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

OUTBOX = table_of(OutboxRow)

NOTIFY = "notify"
"""The mark that says whether alarms are told outside: 1 or 0."""

_THERE = select(OUTBOX.c.id).where(OUTBOX.c.key == bindparam("key"))
_IS_FREE = (
    OUTBOX.c.done_at.is_(None),
    OUTBOX.c.aim_at <= bindparam("at"),
    or_(OUTBOX.c.until_at.is_(None), OUTBOX.c.until_at <= bindparam("at")),
    OUTBOX.c.kind.in_(bindparam("kinds", expanding=True)),
)
_WAITING = select(select(OUTBOX.c.id).where(*_IS_FREE).exists())
_TOLD = type_coerce(OUTBOX.c.body, Text).label("told")
_FREE = (
    select(OUTBOX.c.id, OUTBOX.c.key, OUTBOX.c.kind, _TOLD, OUTBOX.c.term, OUTBOX.c.tries)
    .where(*_IS_FREE)
    .order_by(OUTBOX.c.aim_at, OUTBOX.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An effect that its holder may carry out until `until_at`, proving itself by the term."""

    id: int
    key: str
    kind: str
    told: str
    """Its body as it is kept, read by whoever carries it out: a spoilt one is that one's fault."""
    term: int
    tries: int
    until_at: datetime

    @property
    def body(self) -> Mapping[str, Any]:
        """What it says; ValueError where that cannot be read."""
        body: Mapping[str, Any] = json.loads(self.told)
        return body


def errands_wait(conn: Connection, *, at: datetime, kinds: Iterable[str]) -> bool:
    """Whether an errand of these kinds is free to be claimed."""
    waiting: bool = conn.execute(_WAITING, {"at": at, "kinds": list(kinds)}).scalar_one()
    return waiting


class OutboxWork(FollowUpWork):
    """Nothing is sent from inside a transaction; it is put here with its cause."""

    _notifies: bool | None = None

    def notifies(self) -> bool:
        """Whether somebody outside wants to be told of bad alarms."""
        if self._notifies is None:
            self._notifies = marks.find(self.conn, NOTIFY) == "1"
        return self._notifies

    def notify(self, wanted: bool) -> None:
        """From now on tell bad alarms outside, or no longer; a setting of the desk."""
        marks.keep(self.conn, NOTIFY, "1" if wanted else "0")
        self._notifies = wanted

    def put_out(self, key: str, kind: str, body: Mapping[str, Any]) -> bool:
        """Put an effect under a key of its own; False when it was put before."""
        if self.conn.execute(_THERE, {"key": key}).scalar_one_or_none() is not None:
            return False
        row = {"key": key, "kind": kind, "body": dict(body), "made_at": self.at, "aim_at": self.at}
        send(self.conn, insert_into(OUTBOX), [row])
        return True

    def claim_out(
        self, holder: str, lease: timedelta, *, kinds: Iterable[str], limit: int = 1
    ) -> list[Errand]:
        """Take errands of some kinds that nobody holds; each claim raises the term."""
        until = self.at + lease
        asked = {"at": self.at, "limit": limit, "kinds": list(kinds)}
        rows = self.conn.execute(_FREE, asked).all()
        for row in rows:
            self.conn.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id == row.id)
                .values(holder=holder, term=row.term + 1, until_at=until)
            )
        return [
            Errand(
                id=row.id,
                key=row.key,
                kind=row.kind,
                told=row.told,
                term=row.term + 1,
                tries=row.tries,
                until_at=until,
            )
            for row in rows
        ]

    def settle_out(
        self, errand: Errand, *, trouble: str | None = None, retry_at: datetime | None = None
    ) -> None:
        """It is done, or failed and to be tried again; refused when another holder overtook."""
        changes: dict[str, Any] = {"until_at": None, "holder": None, "trouble": trouble}
        if trouble is None:
            changes["done_at"] = self.at
        else:
            changes |= {"tries": errand.tries + 1, "aim_at": retry_at or self.at}
        settled = self.conn.execute(
            update(OUTBOX)
            .where(
                OUTBOX.c.id == errand.id,
                OUTBOX.c.term == errand.term,
                OUTBOX.c.done_at.is_(None),
            )
            .values(changes)
        )
        if settled.rowcount == 0:
            raise BadInput(
                where=N_("outbox"),
                wrong=N_("the lease of {key} ran out and another holder has it").format(
                    key=errand.key
                ),
                right=N_("leave it to the other holder"),
            )
