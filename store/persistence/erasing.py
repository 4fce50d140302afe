"""Takes whoever asks for it out of the store: names, numbers and words go, ids and figures stay.

Words of the journal go whole from the entries of his orders: they are hashed only by a salted
digest, so that the chain still holds, and one entry says which were erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import null, select, update

from store.domain.erasing import Traces
from store.domain.facts import Fact
from store.persistence import (
    erased_desk,
    erased_inspections,
    erased_orders,
    erased_projects,
    erased_voices,
    search_index,
)
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER
from store.persistence.registers import KEPT
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTACT, CUSTOMER = KEPT["contact"], KEPT["customer"]
CONTRACT, CARE = KEPT["contract"], KEPT["customer_care"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much went."""

    people: int
    orders: int
    entries: int
    """Entries of the journal that had words."""


def erase_contact(work: Any, contact: int) -> Erased:
    """Somebody who called, and the words of the orders that he called about."""
    work.hold_promises(alone=True)  # nobody writes orders meanwhile, see `renames.hold`
    mine = erased_orders.lock(work, ORDER.c.contact_id == contact)
    return _erase(work, [contact], mine, ("contact", contact), ())


def erase_customer(work: Any, customer: int) -> Erased:
    """A customer who is a person, with all who called for him, and the words of his orders."""
    work.hold_promises(alone=True)
    mine = erased_orders.lock(work, ORDER.c.customer_id == customer)
    own = work.entry_values("customer", customer)
    people = select(CONTACT.c.id).where(CONTACT.c.customer_id == customer)
    ids = [int(one) for one in work.conn.execute(people.order_by(CONTACT.c.id)).scalars()]
    contracts = select(CONTRACT.c.id).where(CONTRACT.c.customer_id == customer)
    work.tag_customer(customer, ())
    values = {"name": own["code"], "phone": "", "erased_at": work.at}
    work.put("customer", {"code": own["code"]}, values)
    for code in _once(work, customer).values():  # whose names a contact has
        work.put("customer", {"code": code}, {"name": code, "erased_at": work.at})
    for contract in work.conn.execute(contracts).scalars().all():
        work.put("contract", {"id": contract}, {"words": ""})
    return _erase(work, ids, mine, ("customer", customer), [(own["name"], own["phone"])])


def _once(work: Any, customer: int) -> dict[int, str]:
    """Who turned out to be him, by ids: their codes."""
    asked = select(CUSTOMER.c.id, CUSTOMER.c.code).where(CUSTOMER.c.merged_into == customer)
    return {row.id: row.code for row in work.conn.execute(asked.order_by(CUSTOMER.c.id))}


def _erase(
    work: Any,
    people: list[int],
    mine: list[int],
    whom: tuple[str, int],
    told: Iterable[tuple[str, str]],
) -> Erased:
    named = [*told]
    for contact in people:
        own = work.entry_values("contact", contact)
        named.append((own["name"], own["phone"]))
        work.put("contact", {"id": contact}, {"name": "", "phone": "", "erased_at": work.at})
        speaks = select(CARE.c.customer_id).where(CARE.c.contact_id == contact)
        for customer in work.conn.execute(speaks).scalars().all():
            work.put("customer_care", {"customer_id": customer}, {"contact_id": None})
    traces = Traces((name for name, _phone in named), (phone for _name, phone in named))
    work.flush()
    others = {*_once_his(work, *whom), *erased_orders.invited_at(work, traces)}
    once = sorted(others - {*mine})
    seqs = erased_orders.words_of(work, mine, None)
    seqs += erased_orders.words_of(work, once, traces)
    seqs += erased_desk.words_of(work, traces, whom)
    voices = erased_voices.his_voices(work, whom, mine)
    seqs += erased_voices.words_of(work, voices)
    projects = erased_projects.his_projects(work, whom)
    seqs += erased_projects.words_of(work, projects)
    inspected = erased_inspections.his_inspections(work, mine)
    seqs += erased_inspections.words_of(work, inspected, traces)
    if seqs:
        gone = update(JOURNAL).where(among(JOURNAL.c.seq, "seqs", work.kind))
        work.conn.execute(gone.values(words=null()), {"seqs": seqs})
    erased_orders.forget_orders(work, mine, traces, whole=True)
    erased_orders.forget_orders(work, once, traces, whole=False)
    work.flush()
    erased_desk.forget_desk(work, traces, [*mine, *once])
    erased_voices.forget_voices(work, voices, traces)
    erased_projects.forget_projects(work, projects, traces)
    erased_inspections.forget_inspections(work, inspected, traces)
    search_index.index(work.conn, work.kind, [*mine, *once])
    search_index.forget_for_good(work.conn, work.kind)
    register, entry = whom
    body = {"register": register, "id": entry, "seqs": sorted(set(seqs))}
    work.record(Fact(name="erased", body=body))
    return Erased(people=len(named), orders=len(mine), entries=len(set(seqs)))


def _once_his(work: Any, register: str, entry: int) -> list[int]:
    """His orders of before, also of whoever turned out to be him."""
    found = set(erased_orders.once_his(work, register, entry))
    if register == "customer":
        for one in _once(work, entry):
            found |= {*erased_orders.once_his(work, register, one, now_his=entry)}
    return sorted(found)
