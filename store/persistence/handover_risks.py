"""What a hand-over tells of how the orders stand: major incidents that run, and open risks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select, text

from store.domain.handover import INCIDENT, Item, Part
from store.domain.lifecycle import STATES, VisitState
from store.domain.targets import ClockKind
from store.persistence.mapping import CLOCK, ORDER, VISIT
from store.persistence.people_state import TECHNICIAN
from store.persistence.scoping import within
from store.persistence.statements import among
from store.persistence.types import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, TextClause

    from store.domain.who import Scope

MOST_RISKS: Final = 200
MOST_INCIDENTS: Final = 50

_ORPHANS: Final = ", ".join(f"'{state}'" for state, spec in STATES.items() if spec.orphan)
_BY_COLUMN: Final = (
    ("overdue", "next_deadline", "live = 1 AND next_deadline < :at"),
    ("waiting_expired", "wake_at", "live = 1 AND state = 'waiting' AND wake_at <= :at"),
    ("nobody_following", "orphan_at", f"live = 1 AND state IN ({_ORPHANS}) AND orphan_at <= :at"),
    ("at_risk", "next_deadline", "live = 1 AND next_deadline >= :at AND risk_at <= :at"),
)  # fmt: skip
"""Risks: why, since or until when, and the condition in the words of the queues' indexes."""

SITE: ColumnElement[int] = literal_column("work_order.site_id + 0")
"""So that no index by site is walked: the few that are meant are found by their time."""

_UNDER = ORDER.alias("under")
_CHILDREN = (
    select(func.count())
    .where(_UNDER.c.parent == ORDER.c.number)
    .correlate(ORDER)
    .scalar_subquery()
    .label("children")
)
_NEXT_WORD = and_(
    CLOCK.c.number == ORDER.c.number,
    CLOCK.c.kind == ClockKind.NEXT_UPDATE.value,
    CLOCK.c.met_at.is_(None),
    CLOCK.c.ended_at.is_(None),
)


def risks_of(
    conn: Connection,
    kind: str,
    scope: Scope,
    at: datetime,
    *,
    among_these: Sequence[int] | None = None,
) -> Iterator[Item]:
    """Why orders are risks, some for several reasons; all of them, or some by their numbers.

    A major incident is the worst of these.
    """
    named = {} if among_these is None else {"numbers": among_these}
    yield from _incidents(conn, kind, scope, named)
    for what, column, condition in _BY_COLUMN:
        asked = (
            select(ORDER.c.number, ORDER.c[column].label("at"))
            .where(held(condition, at=at), within(scope, SITE, kind))
            .order_by(ORDER.c[column], ORDER.c.number)
            .limit(MOST_RISKS + 1)
        )
        asked = asked.where(among(ORDER.c.number, "numbers", kind)) if named else asked
        for row in conn.execute(asked, named):
            yield Item(part=Part.RISK, number=row.number, what=what, at=row.at)
    for number, ended in _unseen_recalls(conn, kind, scope, named):
        yield Item(part=Part.RISK, number=number, what="recall_unseen", at=ended)


def _incidents(
    conn: Connection, kind: str, scope: Scope, named: Mapping[str, Sequence[int]]
) -> Iterator[Item]:
    """Those that run, with how many orders stand under each; whose next word is due first."""
    asked: Any = (
        select(ORDER.c.number, CLOCK.c.due_at.label("at"), _CHILDREN)
        .select_from(ORDER.outerjoin(CLOCK, _NEXT_WORD))
        .where(text("work_order.live = 1"), ORDER.c.cadence_s.is_not(None))
        .where(within(scope, SITE, kind))
        .order_by(CLOCK.c.due_at, ORDER.c.number)
        .limit(MOST_INCIDENTS + 1)
    )
    asked = asked.where(among(ORDER.c.number, "numbers", kind)) if named else asked
    for row in conn.execute(asked, named):
        part, count = Part.INCIDENT, row.children
        yield Item(part=part, number=row.number, what=INCIDENT, at=row.at, count=count)


def _unseen_recalls(
    conn: Connection, kind: str, scope: Scope, named: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, datetime | None]]:
    """By technicians, whose visits have an index; there are few that nobody has seen."""
    people = select(TECHNICIAN.c.id)
    asked = (
        select(VISIT.c.number, func.max(VISIT.c.ended_at, type_=Instant()).label("at"))
        .join(ORDER, ORDER.c.number == VISIT.c.number)
        .where(VISIT.c.technician_id.in_(people), VISIT.c.state == VisitState.RECALLED.value)
        .where(VISIT.c.seen_at.is_(None), within(scope, SITE, kind))
        .group_by(VISIT.c.number)
        .limit(MOST_RISKS + 1)
    )
    asked = asked.where(among(VISIT.c.number, "numbers", kind)) if named else asked
    for row in conn.execute(asked, named):
        yield row.number, row.at


def held(condition: str, **moments: datetime) -> TextClause:
    """A condition that stands as the indexes spell it."""
    given = [
        bindparam(name, moment, Instant())
        for name, moment in moments.items()
        if f":{name}" in condition
    ]
    return text(condition).bindparams(*given)
