"""Which orders the desk is to find somebody for: all that wait, or what has changed since.

A look that finds nothing must cost next to nothing, however many orders nobody has: after one that
left none, what can want a look is told by the journal, by the time for another look that was kept,
and by the visits that nobody has said yes to. What a parent bears wants one only while something
is proposed for it: that is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, not_, or_, select, text, union

from store.domain.dispatch.automatic import Mode
from store.domain.lifecycle import STATES, State, VisitState
from store.persistence import scoping
from store.persistence.automatic import AUTOMATIC, NOMINEE, priorities_on
from store.persistence.families import BORNE
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER, VISIT
from store.persistence.nominees import STANDS
from store.persistence.snapshot import Snapshot
from store.persistence.statements import among
from store.persistence.types import Instant, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Select

    from store.domain.who import Scope
    from store.persistence.reader import Reader

_ORPHANS = ", ".join(f"'{state}'" for state, spec in STATES.items() if spec.orphan)
_NOBODYS = text(f"live = 1 AND state IN ({_ORPHANS})")
_HELD = text(f"live = 1 AND state = '{State.ASSIGNED}'")
_UNACCEPTED = exists().where(
    VISIT.c.number == ORDER.c.number,
    VISIT.c.state == VisitState.ASSIGNED.value,
    VISIT.c.assigned_at <= bindparam("asked_by", type_=Instant()),
)
_WAITS = or_(_NOBODYS, and_(_HELD, _UNACCEPTED))
_WAITS_LOOKED_UP = or_(
    text(f"+live = 1 AND +state IN ({_ORPHANS})"),
    and_(text(f"+live = 1 AND +state = '{State.ASSIGNED}'"), _UNACCEPTED),
)
"""The same for SQLite where the orders are few: it keeps no statistics, and without the signs it
would walk all that wait."""
_NEVER = NOMINEE.c.number.is_(None)
_DUE = NOMINEE.c.look_at <= bindparam("at", type_=Instant())
_WANTS = or_(and_(_NEVER, not_(BORNE)), _DUE, and_(not_(_NEVER), BORNE))
_ANY = ORDER.outerjoin(NOMINEE, STANDS)
_SHORTEST = select(func.min(AUTOMATIC.c.accept_s)).where(AUTOMATIC.c.mode != Mode.OFF.value)
_HEAD = select(func.coalesce(func.max(JOURNAL.c.seq), 0))
_KEPT = 16
"""Questions kept: the desk's own, for each choice of priorities."""
_SNAPSHOT = text("SELECT pg_current_snapshot()::text, coalesce(max(xid), 0) FROM journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Orders that somebody is to be found for."""

    numbers: list[int]
    mark: str
    """How far the journal is, for the next look; empty where that cannot be told."""
    whole: bool
    """Whether every order was looked through."""


def waiting(reader: Reader, *, limit: int, since: str) -> Found | None:
    """Orders that somebody is to be found for; None where all is off.

    Those that nobody has looked at come first, then the most urgent: however many are weighed
    anew, each has its turn. Since a mark only what can want a look by now is looked through; one
    that means nothing here is as none. Who does not see every site is told no mark: it moves with
    what is done elsewhere.
    """
    conn, kind, at, scope = reader.conn, reader.kind, reader.at, reader.who.scope
    priorities = tuple(sorted(priorities_on(conn)))
    if not priorities:
        return None
    mark = _mark(conn, kind, priorities) if scope.sites is None else ""
    new = _since(since, mark, kind)
    asked = _question(kind, scope, priorities, whole=new is None)
    shortest = timedelta(seconds=conn.execute(_SHORTEST).scalar_one())
    given = {"at": at, "asked_by": at - shortest, "limit": limit, **(new or {})}
    numbers = [row.order for row in conn.execute(asked, given)]
    return Found(numbers=numbers, mark=mark, whole=new is None)


@lru_cache(_KEPT)
def _question(kind: str, scope: Scope, priorities: tuple[int, ...], *, whole: bool) -> Any:
    """Built once: a look that finds nothing is little else."""
    mine = scoping.within(scope, ORDER.c.site_id, kind)
    if 0 not in priorities:
        mine = and_(mine, ORDER.c.priority.in_(priorities))
    some = _all(mine) if whole else union(*_new(mine, kind))
    return some.order_by("again", "rank", "order").limit(bindparam("limit", type_=Whole))


def _asked(source: FromClause, *conditions: ColumnElement[bool]) -> Select[Any]:
    again = NOMINEE.c.number.is_not(None).label("again")
    columns = (again, ORDER.c.rank_at.label("rank"), ORDER.c.number.label("order"))
    return select(*columns).select_from(source).where(*conditions)


def _all(mine: ColumnElement[bool]) -> Select[Any]:
    return _asked(_ANY, _WAITS, _WANTS, mine)


def _new(mine: ColumnElement[bool], kind: str) -> Iterator[Select[Any]]:
    """What was written about since, or about its parent; what was put off until now; what nobody
    has said yes to."""
    entry = JOURNAL.c
    since = (
        entry.seq > bindparam("head", type_=Whole)
        if kind == "sqlite"
        else or_(entry.xid >= bindparam("next", type_=Whole), among(entry.xid, "running", kind))
    )
    waits = _WAITS_LOOKED_UP if kind == "sqlite" else _WAITS
    told = select(entry.number).where(since).subquery()
    for about in (ORDER.c.number, ORDER.c.parent):  # the sum: no entry is looked up by its order
        changed = told.join(ORDER, about == told.c.number + 0).outerjoin(NOMINEE, STANDS)
        yield _asked(changed, waits, _WANTS, mine)
    yield _asked(NOMINEE.join(ORDER, STANDS), waits, _DUE, mine)
    yield _asked(_ANY, and_(_HELD, _UNACCEPTED), _NEVER, mine)


def _mark(conn: Connection, kind: str, priorities: Sequence[int]) -> str:
    """How far the journal is, and for which priorities that was asked."""
    some = ",".join(map(str, priorities))
    if kind == "sqlite":
        return f"{some}/{conn.execute(_HEAD).scalar_one()}"
    snapshot, youngest = conn.execute(_SNAPSHOT).one()
    if youngest >= Snapshot.parse(snapshot).next:
        return ""  # brought in from another server, whose transaction numbers mean nothing here
    return f"{some}/{snapshot}"


def _since(since: str, mark: str, kind: str) -> dict[str, Any] | None:
    """From where on entries are new; None where a mark does not say so of what is asked now."""
    (some, _, then), (others, _, now) = since.partition("/"), mark.partition("/")
    if some != others or not then or not now:
        return None
    try:
        if kind == "sqlite":
            return {"head": int(then)} if int(then) <= int(now) else None
        before = Snapshot.parse(then)
    except ValueError:
        return None
    if before.next > Snapshot.parse(now).next:
        return None
    return {"next": before.next, "running": list(before.running)}
