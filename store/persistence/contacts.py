"""Who called, in a write transaction: known again by the end of his number, or by his name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.domain.callers import By, Caller, ends_of, others_line
from store.domain.errors import BadInput
from store.domain.finding.grams import folded
from store.domain.words import N_
from store.persistence import journal
from store.persistence.caller_keys import KEYS
from store.persistence.people_registers import PeopleRegisterWork
from store.persistence.registers import KEPT
from store.persistence.turned_out import entries_called

if TYPE_CHECKING:
    from store.persistence.statements import Values

CONTACTS = KEPT["contact"]

_ALIKE = 50
"""People under one number who are looked at: a works canteen's telephone."""


class ContactWork(PeopleRegisterWork):
    """Contacts, and names made in passing while somebody calls."""

    def contact(self, caller: Caller, customer: int | None) -> int | None:
        """The person who called, made where he is new; None where that is the customer himself.

        He is the same under the same number while neither name nor customer say another. Whoever
        says his name first now is new: those who called without one stay a number.
        """
        if not caller.name and not caller.phone:
            return None
        self.hold_promises()  # before his row, which a merge of customers would wait for
        own = self.entry_values("customer", customer) if customer is not None else {}
        if own and _is_himself(caller, own):
            return None
        for row in self._alike(caller, customer):
            if caller.name and folded(row.name) != folded(caller.name):
                continue
            if others_line(row.phone, caller.phone):
                continue
            if self._may_be(row.customer_id, customer):
                known = {"customer_id": row.customer_id or customer}
                return self.put("contact", {"id": row.id}, known)
        values = {"name": caller.name, "phone": caller.phone, "customer_id": customer}
        return self.put_many("contact", [values])[0]

    def called(self, register: str, name: str) -> int | None:
        """The id of the only entry in sight that is called exactly so; None where there is none."""
        self.hold_promises()
        called, asked = entries_called(register)
        same = func.lower(called.name) == name.lower()
        rows = self.conn.execute(asked.where(same, *self.in_scope(register)).limit(3))
        ids = {row.id for row in rows}
        return int(ids.pop()) if len(ids) == 1 else None

    def name_coded(self, register: str, code: str) -> str:
        """What the entry with this code is called; empty where there is none. It is not locked."""
        table = KEPT[register]
        found = self.conn.execute(select(table.c.name).where(table.c.code == code)).scalar()
        return found or ""

    def free_code(self, register: str, letter: str) -> str:
        """A code that no entry has; others who ask the same wait until this transaction ends."""
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        table = KEPT[register]
        number = (self.conn.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        while self._stored(table, {"code": f"{letter}{number}"}) is not None:
            number += 1
        return f"{letter}{number}"

    def refuse_new_site(self) -> None:
        """Somebody who answers for some sites makes no other."""
        if self.who.scope.sites is not None:
            raise BadInput(
                where=N_("site"),
                wrong=N_("an order outside your sites"),
                right=N_("name one of your sites"),
            )

    def _alike(self, caller: Caller, customer: int | None) -> list[Any]:
        """People with one of his numbers; without a number, those of the customer's by name."""
        c = CONTACTS.c
        ends = [By.NUMBER + end for end in ends_of(caller.phone)]
        if ends:
            held = select(KEYS.c.entry).where(KEYS.c.key.in_(ends), KEYS.c.register == "contact")
            asked = select(c.id, c.name, c.phone, c.customer_id).where(c.id.in_(held))
        elif customer is not None:
            asked = select(c.id, c.name, c.phone, c.customer_id).where(
                c.customer_id == customer, c.phone == ""
            )
            asked = asked.where(func.lower(c.name) == caller.name.lower())
        else:
            return []
        return list(self.conn.execute(asked.order_by(c.id.desc()).limit(_ALIKE)))

    def _may_be(self, his: int | None, customer: int | None) -> bool:
        if self.who.scope.sites is not None:
            return his == customer is not None
        return his is None or customer is None or his == customer


def _is_himself(caller: Caller, own: Values) -> bool:
    named = not caller.name or folded(caller.name) in {folded(own["name"]), folded(own["code"])}
    return named and set(ends_of(caller.phone)) <= set(ends_of(own["phone"]))
