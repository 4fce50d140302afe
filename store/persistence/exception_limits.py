"""Limits of exceptions as they are kept: who holds which, what it has granted, who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, func, or_, select

from store.domain.errors import Refusal
from store.domain.exception_limits import Decider, Limit, Spent, limit_held, month_of, suffices
from store.domain.exceptions import Grant
from store.domain.who import SYSTEM_OPERATOR, Right, Who
from store.persistence.admitting import OPERATOR, admitted
from store.persistence.mapping import table_of
from store.persistence.tables import ExceptionDelegateRow, ExceptionLimitRow, OrderExceptionRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.exceptions import OrderException

EXCEPTION, LIMIT = table_of(OrderExceptionRow), table_of(ExceptionLimitRow)
DELEGATE = table_of(ExceptionDelegateRow)

NO_OPERATOR = 0
"""Stands where a limit is a role's."""
_E = EXCEPTION.c
_WITHDRAWN = _E.state == Grant.WITHDRAWN.value
_COUNTS = or_(_E.state.in_([Grant.GRANTED.value, Grant.USED.value]), and_(_WITHDRAWN, _E.uses > 0))
"""What was withdrawn before anybody used it counts in no month."""
_SPENT = select(
    func.coalesce(func.sum(case((_WITHDRAWN, _E.used), else_=func.coalesce(_E.size, 0.0))), 0.0),
    func.count(),
).where(
    _E.limit_of == bindparam("operator"),
    *(_E.kind == bindparam("kind"), _E.month == bindparam("month"), _COUNTS),
)
_OF_KIND = select(LIMIT).where(LIMIT.c.kind == bindparam("kind")).order_by(LIMIT.c.id)
_LOCKED = _OF_KIND.with_for_update()
_HOLDERS = (
    select(OPERATOR.c.id, OPERATOR.c.role)
    .where(OPERATOR.c.active == 1, OPERATOR.c.id != SYSTEM_OPERATOR)
    .order_by(OPERATOR.c.id)
)
_D = DELEGATE.c
_IN_PLACE = (
    select(_D.operator, _D.delegate)
    .where(_D.from_at <= bindparam("at"), _D.until_at > bindparam("at"))
    .order_by(_D.id)
)


def limits_of(conn: Connection, kind: str, *, lock: bool = False) -> list[Limit]:
    """Every limit of a kind; locked, nobody else grants by any of them until the end."""
    asked = _LOCKED if lock else _OF_KIND
    return [read_limit(row) for row in conn.execute(asked, {"kind": kind})]


def read_limit(row: Any) -> Limit:
    """A row of the table as the domain has it."""
    named = {name: getattr(row, name) for name in ("kind", "role", "each", "month", "count")}
    return Limit(operator=row.operator or None, **named)


def spent_by(conn: Connection, operator: int, kind: str, month: str) -> Spent:
    """What somebody's limit has granted of a kind in a month."""
    told = {"operator": operator, "kind": kind, "month": month}
    size, count = conn.execute(_SPENT, told).one()
    return Spent(size=float(size), count=int(count))


def stand_ins(conn: Connection, *, at: datetime) -> dict[int, tuple[int, ...]]:
    """Who may grant in whose place at an instant, by the operator whose place it is."""
    held: dict[int, tuple[int, ...]] = {}
    for operator, delegate in conn.execute(_IN_PLACE, {"at": at}):
        held[operator] = (*held.get(operator, ()), delegate)
    return held


def sees(conn: Connection, operator: int, site: int | None) -> bool:
    """Whether an operator is somebody who dispatches and sees a site, as of now."""
    if operator == SYSTEM_OPERATOR:
        return False
    try:
        known = admitted(conn, Who(operator=operator))
    except Refusal:  # retired, or of a role that this program does not know
        return False
    return known.may(Right.DISPATCH) and known.scope.covers(site)


def deciders(
    conn: Connection,
    asked: OrderException,
    *,
    site: int | None,
    at: datetime,
    limits: Iterable[Limit] | None = None,
) -> tuple[Decider, ...]:
    """Everybody whose limit suffices, but for who asked; with who stands in for each."""
    known = limits_of(conn, asked.kind) if limits is None else list(limits)
    if not known:
        return ()
    instead, month = stand_ins(conn, at=at), month_of(at, asked.zone)
    found = []
    for operator, role in conn.execute(_HOLDERS).all():
        limit = limit_held(known, kind=asked.kind, operator=operator, role=role)
        if limit is None or operator == asked.asked_by:
            continue
        if not suffices(limit, asked.size, spent_by(conn, operator, asked.kind, month)):
            continue
        if sees(conn, operator, site):
            others = tuple(
                one
                for one in instead.get(operator, ())
                if one != asked.asked_by and sees(conn, one, site)
            )
            found.append(Decider(operator=operator, limit=limit, stands_in=others))
    return tuple(found)
