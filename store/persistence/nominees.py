"""Whom the desk proposes for an order, or sent to it: found, claimed and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, select, text

from store.persistence import automatic
from store.persistence.automatic import NOMINEE
from store.persistence.mapping import ORDER

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Executable

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
    automatic.hold(work)  # a setting that changes has many of the same rows
    work.flush()
    gone = select(ORDER.c.number).where(ORDER.c.number == NOMINEE.c.number, text("live = 0"))
    return work.conn.execute(delete(NOMINEE).where(gone.exists())).rowcount


def drop(work: Transaction, number: int) -> None:
    """Let go of what was found for an order: nobody is to be found for it for now."""
    work.conn.execute(delete(NOMINEE).where(NOMINEE.c.number == number))


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
