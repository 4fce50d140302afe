"""Contracts of customers in the store: which one rules at a moment, and those that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.domain.contracts import Outcome
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.mapping import table_of
from store.persistence.tables import ContractRow, CustomerRow
from store.persistence.types import Instant

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from store.persistence.statements import Values
    from store.persistence.transaction import Transaction

CONTRACT, CUSTOMER = table_of(ContractRow), table_of(CustomerRow)
NOW = "contract_now"
"""The parameter of `level_now`: the moment."""

_AT = bindparam(NOW, type_=Instant())


def level_now(customer: Any = CUSTOMER.c.id, own: Any = CUSTOMER.c.level_id) -> ColumnElement[Any]:
    """The level of the contract that runs, else the customer's own; wants the parameter `NOW`."""
    ruling = (
        select(func.max(CONTRACT.c.level_id))
        .where(CONTRACT.c.customer_id == customer)
        .where(CONTRACT.c.starts_at <= _AT, CONTRACT.c.ends_at > _AT)
        .scalar_subquery()
    )
    return func.coalesce(ruling, own)


def ends_now(customer: Any = CUSTOMER.c.id) -> ColumnElement[Any]:
    """When the contract ends that runs, while nobody knows whether it goes on; wants `NOW`."""
    return (
        select(func.max(CONTRACT.c.ends_at, type_=Instant()))
        .where(CONTRACT.c.customer_id == customer, CONTRACT.c.outcome == Outcome.OPEN.value)
        .where(CONTRACT.c.starts_at <= _AT, CONTRACT.c.ends_at > _AT)
        .scalar_subquery()
    )


_LEVEL_OF = select(level_now()).where(CUSTOMER.c.id == bindparam("customer"))


def level_of(conn: Connection, customer: int, *, at: datetime) -> int | None:
    """The service level of a customer's new orders; None where the desk's own holds."""
    asked = {"customer": customer, NOW: at}
    found: int | None = conn.execute(_LEVEL_OF, asked).scalar_one_or_none()
    return found


def of_customer(work: Transaction, customer: int) -> list[Values]:
    """A customer's contracts by their first day; nobody else changes any until the end."""
    work.conn.execute(select(CUSTOMER.c.id).where(CUSTOMER.c.id == customer).with_for_update())
    asked = select(CONTRACT).where(CONTRACT.c.customer_id == customer)
    return [row._asdict() for row in work.conn.execute(asked.order_by(CONTRACT.c.first_day))]


def told_last(work: Transaction, contract: int) -> tuple[datetime, int]:
    """When the journal tells of a contract last, and who did; the asker now where it does not."""
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.by, JOURNAL.c.body)
        .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact == "register_edited")
        .where(RAW_BODY.contains('"register":"contract"'))
        .order_by(JOURNAL.c.seq.desc())
    )
    for row in work.conn.execute(asked):
        if row.body.get("id") == contract:
            return row.at, row.by
    return work.at, work.who.operator
