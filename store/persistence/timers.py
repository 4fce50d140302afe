"""Due timers in a write transaction: claimed worst first, fired once, or put off after a fault."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, select, type_coerce

from store.domain.evolve import maker
from store.domain.reckon import FAR
from store.domain.timers import TIMERS, TimerAim, read_kind
from store.persistence.bells import BellWork
from store.persistence.loading import TIMER
from store.persistence.mapping import ORDER, as_kept, instant
from store.persistence.planning import key_of
from store.persistence.statements import among, send_values
from store.persistence.types import Whole, from_ms, nearest, to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

BATCH = 500
"""Timers of one transaction: on SQLite the write lock is held some tens of milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimer:
    """A claimed timer; nobody else has it until this transaction ends."""

    id: int
    number: int
    aim: TimerAim
    """What the domain knows it by."""
    tries: int


_timer, _aim = maker(DueTimer), maker(TimerAim)
_BASE = case({kind.value: spec.base for kind, spec in TIMERS.items()}, value=TIMER.c.kind, else_=1)
_STEP = case({1: -1, 4: 1}, value=ORDER.c.priority, else_=0)
_WORST = (_BASE + _STEP, TIMER.c.level.desc(), TIMER.c.due_at, TIMER.c.id)
_COLUMNS = tuple(
    as_kept(TIMER.c[name])
    for name in ("id", "number", "kind", "clock", "run", "level", "due_at", "tries")
)
_DUE = TIMER.c.fired_at.is_(None) & (TIMER.c.aim_at <= bindparam("at"))
_ORDERED = TIMER.join(ORDER, ORDER.c.number == TIMER.c.number)
_LOOK = (
    select(TIMER.c.id).select_from(_ORDERED).where(_DUE).order_by(*_WORST).limit(bindparam("limit"))
)


@cache
def _claim(kind: str) -> Select[Any]:
    """How timers are claimed by id."""
    read = select(*_COLUMNS).select_from(_ORDERED).where(among(TIMER.c.id, "ids", kind), _DUE)
    return read.order_by(*_WORST).with_for_update(of=ORDER, skip_locked=True)


_AIM = type_coerce(TIMER.c.aim_at, Whole)
_PENDING = TIMER.c.fired_at.is_(None)
_NEXT = select(func.min(_AIM)).where(_PENDING)
_FARTHEST = to_ms(FAR)


@cache
def _next_but(kind: str) -> Select[Any]:
    """The same, some left out: they may be the first of all, so an index gives it in order."""
    others = _PENDING & ~among(TIMER.c.id, "but", kind)
    return select(_AIM).where(others).order_by(TIMER.c.aim_at).limit(1)


def next_aim(conn: Connection, *, but: Collection[int] = ()) -> datetime | None:
    """When the next pending timer wants to be fired, `but` for some; None when none is pending.

    A moment that no calendar has is the first or the last one that this can be.
    """
    if but:
        asked, given = _next_but(conn.dialect.name), {"but": list(but)}
    else:
        asked, given = _NEXT, {}
    found: int | None = conn.execute(asked, given).scalar_one_or_none()
    return None if found is None else from_ms(max(0, min(found, _FARTHEST)))


def due_timers(
    conn: Connection, *, at: datetime, limit: int, but: Collection[int] = ()
) -> list[int]:
    """The ids of timers due by `at`, worst first, `but` for some."""
    found = list(conn.execute(_LOOK, {"at": at, "limit": limit + len(but)}).scalars())
    return [timer for timer in found if timer not in but][:limit] if but else found


class TimerWork(BellWork):
    """Claim and effect share one transaction; the row says once."""

    def claim_due(self, limit: int = BATCH, *, at: datetime | None = None) -> list[DueTimer]:
        """Timers due by `at` (or this transaction's moment), worst first; see `claim`."""
        self.flush()
        at = at or self.at
        return self.claim(due_timers(self.conn, at=at, limit=limit), at=at)

    def claim(self, ids: Sequence[int], *, at: datetime) -> list[DueTimer]:
        """Those of these timers that are still due by `at`, worst first, with their orders loaded.

        On PostgreSQL the orders are locked, not the timers, since every writer of a timer holds
        its order; orders that others hold are passed over and come with the next sweep.
        """
        self.flush()
        self.hold_promises()
        rows = self.conn.execute(_claim(self.kind), {"at": at, "ids": list(ids)}).all()
        claimed = [_claimed(row) for row in rows]
        self.know({timer.number for timer in claimed})
        if self.kind == "postgresql":
            # Seen before the lock was ours: somebody may have moved or fired them meanwhile.
            claimed = [timer for timer in claimed if self._still_due(timer, at)]
        return claimed

    def _still_due(self, timer: DueTimer, at: datetime) -> bool:
        known = self._known.get(timer.number)
        if known is None:  # not readable, which its reaction will tell
            return True
        seen = known.timers.get(key_of(timer.aim))
        if seen is None or seen.fired:
            return False
        return seen.aim_at <= at and seen.due_at == timer.aim.due_at

    def fire(self, *timers: DueTimer) -> None:
        """These had their effect, in this transaction; they never fire again."""
        rows = [(self.at, None, timer.id) for timer in timers]
        if rows:
            send_values(self.conn, "Update", TIMER, ("fired_at", "trouble"), ("id",), rows)
        for timer in timers:
            seen = self.known(timer.number).timers.get(key_of(timer.aim))
            if seen is not None:
                seen.fired = True

    def fail(self, timer: DueTimer, trouble: str, retry_at: datetime) -> None:
        """The reaction did not work: try again later, and keep what it said."""
        row = (retry_at, timer.tries + 1, trouble, timer.id)
        send_values(self.conn, "Update", TIMER, ("aim_at", "tries", "trouble"), ("id",), [row])

    def tell(self, timer: int, trouble: str) -> None:
        """Keep what is wrong with a timer, by its id; it stays due, for whoever can fire it."""
        send_values(self.conn, "Update", TIMER, ("trouble",), ("id",), [(trouble, timer)])


def _claimed(row: Sequence[Any]) -> DueTimer:
    id_, number, kind, clock, run, level, due, tries = row
    try:
        due_at = instant(due)
    except ValueError:  # its order cannot be read then, which its reaction will tell
        due_at = nearest(due)
    return _timer(id_, number, _aim(read_kind(kind), clock, run, level, due_at), tries)
