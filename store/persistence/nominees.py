"""Whom the desk proposes for an order, or sent to it: found, claimed and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, text

from store.domain.dispatch.automatic import Mode
from store.domain.lifecycle import STATES, State, VisitState
from store.persistence.automatic import AUTOMATIC, NOMINEE, priorities_on
from store.persistence.mapping import ORDER, VISIT
from store.persistence.types import Instant

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Executable, Select

    from store.domain.order import WorkOrder
    from store.persistence.statements import Values
    from store.persistence.transaction import Transaction

STANDING = {"stood": "state", "since": "state_since", "reassigned": "reassigned"}
"""How an order stood, by the columns that keep it, here and of the order itself."""
STANDS = and_(
    NOMINEE.c.number == ORDER.c.number,
    *(NOMINEE.c[mine] == ORDER.c[its] for mine, its in STANDING.items()),
)
"""Whether what was found for an order still means it: it has not moved since."""
_ORPHANS = ", ".join(f"'{state}'" for state, spec in STATES.items() if spec.orphan)
_NOBODYS = text(f"live = 1 AND state IN ({_ORPHANS})")
_HELD = text(f"live = 1 AND state = '{State.ASSIGNED}'")
_UNACCEPTED = exists().where(
    VISIT.c.number == ORDER.c.number,
    VISIT.c.state == VisitState.ASSIGNED.value,
    VISIT.c.assigned_at <= bindparam("asked_by", type_=Instant()),
)
_SHORTEST = select(func.min(AUTOMATIC.c.accept_s)).where(AUTOMATIC.c.mode != Mode.OFF.value)

_NOBODY: Values = {
    **dict.fromkeys(("technician_id", "arrive_at", "left_s", "told")),
    "sent": False,
    "why": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """What the desk found for an order as it stands."""

    technician: int | None
    sent: bool
    why: str


def waiting(
    conn: Connection, *, at: datetime, limit: int, seen: ColumnElement[bool]
) -> list[int] | None:
    """Orders that somebody is to be found for; None where all is off.

    Those that nobody has looked at come first, then the most urgent: however many are weighed
    anew, each has its turn.

    `seen` is the condition of those that the asker sees.
    """
    priorities = priorities_on(conn)
    if not priorities:
        return None
    shortest = timedelta(seconds=conn.execute(_SHORTEST).scalar_one())
    asked = _waiting(priorities).where(seen).limit(limit)
    return list(conn.execute(asked, {"at": at, "asked_by": at - shortest}).scalars())


def _waiting(priorities: tuple[int, ...]) -> Select[Any]:
    looked = or_(NOMINEE.c.number.is_(None), NOMINEE.c.look_at <= bindparam("at", type_=Instant()))
    asked = (
        select(ORDER.c.number)
        .select_from(ORDER.outerjoin(NOMINEE, STANDS))
        .where(or_(_NOBODYS, and_(_HELD, _UNACCEPTED)), looked)
        .order_by(NOMINEE.c.number.is_not(None), ORDER.c.rank_at, ORDER.c.number)
    )
    return asked if 0 in priorities else asked.where(ORDER.c.priority.in_(priorities))


def is_waiting(work: Transaction, number: int) -> bool:
    """Whether nobody has looked at an order since, that this transaction holds."""
    asked = (
        select(NOMINEE.c.look_at)
        .select_from(ORDER.join(NOMINEE, STANDS))
        .where(ORDER.c.number == number)
    )
    look_at = work.conn.execute(asked).scalar_one_or_none()
    return look_at is None or look_at <= work.at


def forget(work: Transaction) -> int:
    """Let go of what was found for orders that have left the desk; how many."""
    work.flush()
    gone = select(ORDER.c.number).where(ORDER.c.number == NOMINEE.c.number, text("live = 0"))
    return work.conn.execute(delete(NOMINEE).where(gone.exists())).rowcount


def find(work: Transaction, order: WorkOrder) -> Nominee | None:
    """What was found for an order as it stands now."""
    asked = select(NOMINEE.c.technician_id, NOMINEE.c.sent, NOMINEE.c.why).where(
        NOMINEE.c.number == order.number,
        *(NOMINEE.c[mine] == getattr(order, its) for mine, its in STANDING.items()),
    )
    row = work.conn.execute(asked).one_or_none()
    return None if row is None else Nominee(technician=row[0], sent=row[1], why=row[2])


def keep(work: Transaction, order: WorkOrder, found: Values, *, look_at: datetime) -> None:
    """What was found for an order as it stands after this transaction."""
    work.flush()
    stands = {mine: getattr(order, its) for mine, its in STANDING.items()}
    _put(work, order.number, {**stands, **found}, look_at)


def put_off(work: Transaction, number: int, *, look_at: datetime) -> None:
    """Propose nobody for an order, whatever else it says, and look at it again then."""
    asked = (
        select(*(ORDER.c[its].label(mine) for mine, its in STANDING.items()), NOMINEE.c.sent)
        .select_from(ORDER.outerjoin(NOMINEE, STANDS))
        .where(ORDER.c.number == number)
    )
    row = work.conn.execute(asked).one()._asdict()
    _put(work, number, {**row, "sent": bool(row["sent"])}, look_at)


def _put(work: Transaction, number: int, found: Values, look_at: datetime) -> None:
    row = {"number": number, **_NOBODY, **found, "look_at": look_at}
    work.conn.execute(_put_into(work.kind), row)


@cache
def _put_into(kind: str) -> Executable:
    """Whatever was kept before; another one may keep something for it at the same time."""
    if kind == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:  # a desk without a server does not carry what is of PostgreSQL
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    into = insert(NOMINEE)
    anew = {column.name: into.excluded[column.name] for column in NOMINEE.c}
    del anew["number"]
    put: Executable = into.on_conflict_do_update(index_elements=[NOMINEE.c.number], set_=anew)
    return put
