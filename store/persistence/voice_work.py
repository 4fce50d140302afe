"""Complaints and praise in a write transaction: the desk's journal tells of each step.

Whoever changes one holds the desk's own facts before it, and an order before those where he changes
that, too: so nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.corrective import Finding
from store.domain.evolve import evolve
from store.domain.voice_refusals import ComplaintChanged, ComplaintUnknown
from store.domain.voice_steps import acknowledge, ring
from store.domain.voices import Voice
from store.domain.voices_told import PLAIN, step_fact
from store.persistence.exception_work import ExceptionWork
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables.voices import VoiceRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

VOICE = table_of(VoiceRow)

_NAMED = {name: f"{name}_id" for name in ("customer", "site", "asset", "technician")}
COLUMNS = {name: VOICE.c[_NAMED.get(name, name)] for name in PLAIN}
"""By the field of `Voice`, its column."""
_ALL = tuple(column.label(name) for name, column in COLUMNS.items())
_ONE = select(*_ALL).where(VOICE.c.id == bindparam("voice")).with_for_update()
_NUMBER = select(VOICE.c.number).where(VOICE.c.id == bindparam("voice"))
_IS_DUE = VOICE.c.next_at <= bindparam("at")
_ANY_DUE = select(select(VOICE.c.id).where(_IS_DUE).exists())
_DUE = select(*_ALL).where(_IS_DUE).order_by(VOICE.c.next_at, VOICE.c.id).limit(200)
_RINGING = select(*_ALL).where(VOICE.c.level > 0, VOICE.c.seen_at.is_(None)).order_by(VOICE.c.id)


def read_voice(row: Any) -> Voice:
    """A row of all fields as the domain has it."""
    return Voice(**{name: getattr(row, name) for name in PLAIN})


def any_complaint_due(conn: Connection, *, at: datetime) -> bool:
    """Whether a complaint is to ring by then."""
    due: bool = conn.execute(_ANY_DUE, {"at": at}).scalar_one()
    return due


def _values(voice: Voice) -> dict[str, Any]:
    kept = {_NAMED.get(name, name): getattr(voice, name) for name in PLAIN}
    return kept | {"next_at": voice.next_at}


class VoiceWork(ExceptionWork):
    """Its site says who may see it; what is of no site is the whole desk's."""

    def voice(self, voice: int, version: int | None = None) -> Voice:
        """One by its id, locked until the end; `ComplaintUnknown` outside the asker's sites.

        `ComplaintChanged` where it is not as it was seen any more.
        """
        self.hold_desk()
        row = self.conn.execute(_ONE, {"voice": voice}).one_or_none()
        if row is None or not self.who.scope.covers(row.site):
            raise ComplaintUnknown(id=voice)
        if version is not None and version != row.version:
            raise ComplaintChanged(id=voice)
        return read_voice(row)

    def hold_order_of(self, voice: int) -> None:
        """Lock the order that one is about, before the desk's own facts are held."""
        number = self.conn.execute(_NUMBER, {"voice": voice}).scalar_one_or_none()
        if number is not None:
            self.know([number])

    def action_of_voice(self, voice: Voice) -> int | None:
        """The action that sees to it, or has."""
        return self.action_of(Finding.COMPLAINT, voice.id, voice.received_at)

    def add_voice(self, fact: str, voice: Voice) -> Voice:
        """A new one."""
        self.hold_desk()
        self.flush()
        row = {name: value for name, value in _values(voice).items() if name != "id"}
        made = self.conn.execute(insert_into(VOICE), row).inserted_primary_key
        new = evolve(voice, id=int(made[0]) if made is not None else 0)
        self.record(step_fact(fact, None, new))
        return new

    def put_voice(self, fact: str, before: Voice, after: Voice) -> Voice:
        """One after a step; a bell leaves its version as it is."""
        if fact not in {"complaint_rang", "complaint_seen"}:
            after = evolve(after, version=before.version + 1)
        old, new = _values(before), _values(after)
        changed = tuple(name for name, value in new.items() if value != old[name])
        row = {"k_id": after.id, **{f"v_{name}": new[name] for name in changed}}
        send(self.conn, update_by(VOICE, ("id",), changed), [row])
        self.record(step_fact(fact, before, after))
        return after

    def ring_complaints(self) -> list[Voice]:
        """Ring for every complaint whose next level is due: at the worst one due, and once."""
        self.hold_desk()
        rang = []
        for row in self.conn.execute(_DUE, {"at": self.at}).all():
            before = read_voice(row)
            after = ring(before, at=self.at)
            if after is not None:
                rang.append(self.put_voice("complaint_rang", before, after))
        return rang

    def acknowledge_complaints(
        self, ids: Collection[int] | None = None, *, rings: int | None = None
    ) -> tuple[int, ...]:
        """Silence the bell of some complaints, or of all in sight; returns those that rang.

        One that is named and rang more often than the asker has seen goes on ringing.
        """
        if ids is not None and not ids:
            return ()
        self.hold_desk()
        silenced = []
        for row in self.conn.execute(_RINGING).all():
            if not self.who.scope.covers(row.site) or (ids is not None and row.id not in ids):
                continue
            if ids is not None and rings is not None and row.rings > rings:
                continue
            before = read_voice(row)
            after = acknowledge(before, at=self.at, by=self.who.operator)
            if after is not None:
                self.put_voice("complaint_seen", before, after)
                silenced.append(after.id)
        return tuple(silenced)
