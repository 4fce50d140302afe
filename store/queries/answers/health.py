"""The answer about the machinery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, func, select, type_coerce

from store.persistence.tables import JournalRow, OutboxRow, TimerRow
from store.persistence.types import Instant
from store.queries.answers.backups import backups
from store.queries.backups import Backups
from store.queries.health import Pulse

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.health import Health

_PENDING = TimerRow.fired_at.is_(None)
_LATE = (TimerRow.aim_at < bindparam("now", type_=Instant())) & TimerRow.trouble.is_(None)
_TIMERS = select(
    select(func.count()).select_from(TimerRow).where(_PENDING).scalar_subquery(),
    select(func.min(TimerRow.aim_at)).where(_PENDING).scalar_subquery(),
    select(func.count()).select_from(TimerRow).where(_PENDING, _LATE).scalar_subquery(),
    select(func.min(TimerRow.aim_at)).where(_PENDING, _LATE).scalar_subquery(),
    select(func.count())
    .select_from(OutboxRow)
    .where(OutboxRow.done_at.is_(None))
    .scalar_subquery(),
    select(func.max(JournalRow.seq)).scalar_subquery(),
)
_FAILING = (
    select(TimerRow.trouble, func.count().over())
    # Plus nothing: else SQLite takes the index of all pending timers, which are many.
    .where((type_coerce(TimerRow.fired_at, Integer) + 0).is_(None), TimerRow.trouble.is_not(None))
    .order_by(TimerRow.tries.desc(), TimerRow.id.desc())
    .limit(1)
)


def health(reader: Reader, _query: Health) -> Pulse:
    """Two small statements, and what is kept of backups."""
    backing = backups(reader, Backups())
    pending, aim, late, since, outbox, head = reader.conn.execute(_TIMERS, {"now": reader.at}).one()
    failing = reader.conn.execute(_FAILING).one_or_none()
    return Pulse(
        pending=pending,
        next_aim_at=aim,
        late=late,
        late_since=since,
        failing=failing[1] if failing else 0,
        trouble=failing[0] if failing else None,
        outbox=outbox,
        head=head or 0,
        backup_at=None if backing.told.good is None else backing.told.good.made_at,
        backup_wrong=backing.alarm,
    )
