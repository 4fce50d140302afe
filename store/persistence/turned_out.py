"""Customers who were one: whoever was merged is whom he turned out to be, by whichever name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, select

from store.persistence.lookups import REGISTERS, LookUpWork
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Select

CUSTOMER = REGISTERS["customer"].table
_ONCE = CUSTOMER.alias("once")
_IS_HE = CUSTOMER.c.id == func.coalesce(_ONCE.c.merged_into, _ONCE.c.id)
_TURNED_OUT = select(CUSTOMER.c.merged_into).where(CUSTOMER.c.id == bindparam("customer"))


def entries_called(register: str) -> tuple[Any, Select[Any]]:
    """The columns that codes and names stand in, and what asks for the entries that they mean.

    Whoever was merged comes first, so that somebody else who is called so takes his place.
    """
    table = REGISTERS[register].table
    if register != "customer":
        return table.c, select(table.c.id, table.c.code, table.c.name)
    asked = select(CUSTOMER.c.id, _ONCE.c.code, _ONCE.c.name)
    itself = case((_ONCE.c.merged_into.is_(None), 1), else_=0)
    return _ONCE.c, asked.select_from(CUSTOMER.join(_ONCE, _IS_HE)).order_by(itself)


class TurnedOutWork(LookUpWork):
    """Follows customers to whom they turned out to be."""

    def turned_out(self, customer: int | None) -> int | None:
        """Whose is now what was this customer's; nobody merges anybody until the end."""
        if customer is None:
            return None
        self.hold_promises()
        found = self.conn.execute(_TURNED_OUT, {"customer": customer}).scalar_one_or_none()
        return customer if found is None else int(found)

    def all_turned_out(self, customers: Iterable[int]) -> Mapping[int, int]:
        """The same of many, only of those who were merged."""
        self.hold_promises()
        asked = select(CUSTOMER.c.id, CUSTOMER.c.merged_into).where(
            among(CUSTOMER.c.id, "ids", self.kind), CUSTOMER.c.merged_into.is_not(None)
        )
        rows = self.conn.execute(asked, {"ids": sorted(set(customers))})
        return {row.id: row.merged_into for row in rows}
