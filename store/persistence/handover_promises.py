"""What a hand-over tells of promises that fall due in the coming shift, the next ones first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, literal, not_, select

from store.domain.corrective import Stage
from store.domain.handover import Item, Part
from store.domain.targets import ClockKind
from store.persistence.corrective_work import CORRECTIVE, has_action
from store.persistence.handover_risks import SITE, held
from store.persistence.loading import FOLLOW_UP
from store.persistence.mapping import CLOCK, ORDER
from store.persistence.scoping import within
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from store.domain.who import Scope

AHEAD: Final = timedelta(hours=12)
"""Promises due so soon belong to the next shift."""

MOST_PROMISES: Final = 200
"""Calls and waits that are told."""

MOST_DEADLINES: Final = 50
"""Deadlines that are told one by one: more of them nobody reads at a change of shifts."""

MOST_HEARD: Final = 50
"""Bad answers that are told one by one, and as many actions."""

_CALLS = "follow_up.done_at IS NULL AND follow_up.due_at <= :until"
_WAITS = "live = 1 AND state = 'waiting' AND wake_at > :at AND wake_at <= :until"
_DEADLINES = (
    "work_order.live = 1 AND work_order.next_deadline <= :until AND clock.met_at IS NULL"
    " AND clock.ended_at IS NULL AND clock.due_at > :at AND clock.due_at <= :until"
)
_OF_INCIDENTS = and_(ORDER.c.cadence_s.is_not(None), CLOCK.c.kind == ClockKind.NEXT_UPDATE.value)
"""The next word of a major incident is told with that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What falls due in a shift."""

    items: tuple[Item, ...]
    left: int = 0
    """Deadlines beyond those among the items."""
    cut: bool = False
    """Whether there are more bad answers or actions than were kept."""


def promises_of(
    conn: Connection,
    kind: str,
    scope: Scope,
    at: datetime,
    *,
    among_these: Sequence[int] | None = None,
) -> Promised:
    """Calls promised, waits that end and deadlines of the hours after an instant.

    All of them, or those of some orders; and whatever answer is bad, whatever action is open.
    """
    calls = (
        select(FOLLOW_UP.c.number, FOLLOW_UP.c.due_at.label("at"), literal("follow_up").label("w"))
        .join(ORDER, ORDER.c.number == FOLLOW_UP.c.number)
        .where(held(_CALLS, at=at, until=at + AHEAD))
        .order_by(FOLLOW_UP.c.due_at, FOLLOW_UP.c.number)
    )
    waits = (
        select(ORDER.c.number, ORDER.c.wake_at.label("at"), literal("wake").label("w"))
        .where(held(_WAITS, at=at, until=at + AHEAD))
        .order_by(ORDER.c.wake_at, ORDER.c.number)
    )
    due = _deadlines(at).order_by(CLOCK.c.due_at, CLOCK.c.number, CLOCK.c.kind)
    named = {} if among_these is None else {"numbers": among_these}

    def found(asked: Select[Any], most: int | None) -> Sequence[Any]:
        seen = asked.where(within(scope, SITE, kind)).limit(most)
        seen = seen.where(among(ORDER.c.number, "numbers", kind)) if named else seen
        return conn.execute(seen, named).all()

    rows = [*found(calls, MOST_PROMISES + 1), *found(waits, MOST_PROMISES + 1)]
    soonest = found(due, None if named else MOST_DEADLINES + 1)
    heard = [found(asked, None if named else MOST_HEARD + 1) for asked in (_BAD, _ACTIONS)]
    rows += [row for some in heard for row in (some if named else some[:MOST_HEARD])]
    cut = not named and any(len(some) > MOST_HEARD for some in heard)
    left = 0
    if not named and len(soonest) > MOST_DEADLINES:
        soonest = soonest[:MOST_DEADLINES]
        counted = _deadlines(at).with_only_columns(func.count())
        left = found(counted, None)[0][0] - MOST_DEADLINES
    return Promised(items=tuple(_told([*rows, *soonest])), left=left, cut=cut)


_BAD: Final = (
    select(ORDER.c.number, ORDER.c.bad_at.label("at"), literal("bad_answer").label("w"))
    .where(ORDER.c.bad_at.is_not(None), ~has_action(ORDER.c.number, ORDER.c.bad_at))
    .order_by(ORDER.c.bad_at, ORDER.c.number)
)
_RINGS = case((CORRECTIVE.c.stage == Stage.CHECK.value, CORRECTIVE.c.check_at),
              else_=CORRECTIVE.c.due_at)  # fmt: skip
_ACTIONS: Final = (
    select(CORRECTIVE.c.number, _RINGS.label("at"), literal("action").label("w"))
    .join(ORDER, ORDER.c.number == CORRECTIVE.c.number)
    .where(CORRECTIVE.c.stage.not_in([Stage.CLOSED.value, Stage.DROPPED.value]))
    .order_by(_RINGS, CORRECTIVE.c.id)
)


def _deadlines(at: datetime) -> Select[Any]:
    """By the queue's own column first, which has an index."""
    return (
        select(CLOCK.c.number, CLOCK.c.due_at.label("at"), CLOCK.c.kind.label("w"))
        .join(ORDER, ORDER.c.number == CLOCK.c.number)
        .where(held(_DEADLINES, at=at, until=at + AHEAD), not_(_OF_INCIDENTS))
    )


def _told(found: Iterable[Any]) -> Iterable[Item]:
    rows = sorted(found, key=lambda row: (row.at, row.number, row.w))
    counts = Counter((row.number, row.w) for row in rows)
    first: dict[tuple[int, str], Any] = {}
    for row in rows:
        first.setdefault((row.number, row.w), row)
    for key, row in first.items():
        yield Item(part=Part.PROMISE, number=row.number, what=row.w, at=row.at, count=counts[key])
