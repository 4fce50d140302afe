"""Limits of exceptions as they are kept: who holds which, what it has granted, who stands in."""

from __future__ import annotations

from functools import cached_property
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
_SPENT = (
    select(
        _E.limit_of,
        func.coalesce(
            func.sum(case((_WITHDRAWN, _E.used), else_=func.coalesce(_E.size, 0.0))), 0.0
        ),
        func.count(),
    )
    .where(
        _E.limit_of.in_(bindparam("operators", expanding=True)),
        *(_E.kind == bindparam("kind"), _E.month == bindparam("month"), _COUNTS),
    )
    .group_by(_E.limit_of)
)
_OF_KIND = select(LIMIT).where(LIMIT.c.kind == bindparam("kind")).order_by(LIMIT.c.id)
_LOCKED = _OF_KIND.with_for_update()
_HOLDERS = (
    select(OPERATOR.c.id, OPERATOR.c.role, OPERATOR.c.name)
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
    return spent_by_each(conn, [operator], kind, month).get(operator, Spent())


def spent_by_each(
    conn: Connection, operators: Iterable[int], kind: str, month: str
) -> dict[int, Spent]:
    """The same of many in one statement; who granted nothing is left out."""
    told = {"operators": list(operators), "kind": kind, "month": month}
    rows = conn.execute(_SPENT, told).all() if told["operators"] else ()
    return {who: Spent(size=float(size), count=int(count)) for who, size, count in rows}


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


class Deciding:
    """What a decision rests on, each read once in a moment, however many wait for one."""

    def __init__(self, conn: Connection, *, at: datetime) -> None:
        self._conn = conn
        self._at = at
        self._spent: dict[tuple[str, str], dict[int, Spent]] = {}
        self._seen: dict[tuple[int, int | None], bool] = {}

    @cached_property
    def holders(self) -> dict[int, Any]:
        """Everybody who could hold a limit."""
        return {row.id: row for row in self._conn.execute(_HOLDERS)}

    @cached_property
    def stand_ins(self) -> dict[int, tuple[int, ...]]:
        """Who may grant in whose place now."""
        return stand_ins(self._conn, at=self._at)

    def spent(self, operator: int, kind: str, month: str) -> Spent:
        """What a holder's limit has granted of a kind in a month."""
        if (kind, month) not in self._spent:
            found = spent_by_each(self._conn, self.holders, kind, month)
            self._spent[kind, month] = found
        return self._spent[kind, month].get(operator, Spent())

    def sees(self, operator: int, site: int | None) -> bool:
        """Whether an operator dispatches and sees a site."""
        if (operator, site) not in self._seen:
            self._seen[operator, site] = sees(self._conn, operator, site)
        return self._seen[operator, site]


def deciders(
    conn: Connection,
    asked: OrderException,
    *,
    site: int | None,
    at: datetime,
    limits: Iterable[Limit] | None = None,
    desk: Deciding | None = None,
) -> tuple[Decider, ...]:
    """Everybody whose limit suffices, but for who asked; with who stands in for each."""
    known = limits_of(conn, asked.kind) if limits is None else list(limits)
    if not known:
        return ()
    desk, month = desk or Deciding(conn, at=at), month_of(at, asked.zone)
    found = []
    for operator, row in desk.holders.items():
        limit = limit_held(known, kind=asked.kind, operator=operator, role=row.role)
        if limit is None or operator == asked.asked_by:
            continue
        if not suffices(limit, asked.size, desk.spent(operator, asked.kind, month)):
            continue
        if desk.sees(operator, site):
            others = tuple(
                one
                for one in desk.stand_ins.get(operator, ())
                if one != asked.asked_by and desk.sees(one, site)
            )
            found.append(Decider(operator=operator, limit=limit, stands_in=others))
    return tuple(found)
