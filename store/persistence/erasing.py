"""Takes whoever asks for it out of the store: names, numbers and words go, ids and figures stay.

Words of the journal go whole from the entries of his orders: they are hashed only by a salted
digest, so that the chain still holds, and one entry says which were erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, null, select, type_coerce, update

from store.domain.calls import outcome_text, read_outcome
from store.domain.erasing import Traces
from store.domain.facts import Fact
from store.persistence import search_index
from store.persistence.handovers import NOTE
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.loading import FOLLOW_UP
from store.persistence.mapping import ORDER, VISIT, table_of
from store.persistence.registers import KEPT
from store.persistence.statements import among
from store.persistence.tables import AlarmRow, PlanRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select

    from store.persistence.registers import RegisterWork

CONTACT, CUSTOMER = KEPT["contact"], KEPT["customer"]
CONTRACT, CARE = KEPT["contract"], KEPT["customer_care"]
ALARM, PLAN = table_of(AlarmRow), table_of(PlanRow)
_NOTED = "handover_noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much went."""

    people: int
    orders: int
    entries: int
    """Entries of the journal that had words."""


def erase_contact(work: RegisterWork, contact: int) -> Erased:
    """Somebody who called, and the words of the orders that he called about."""
    return _erase(work, [contact], ORDER.c.contact_id == contact, ("contact", contact), ())


def erase_customer(work: RegisterWork, customer: int) -> Erased:
    """A customer who is a person, with all who called for him, and the words of his orders."""
    own = work.entry_values("customer", customer)
    people = select(CONTACT.c.id).where(CONTACT.c.customer_id == customer)
    ids = [int(one) for one in work.conn.execute(people.order_by(CONTACT.c.id)).scalars()]
    told = [(own["name"], own["phone"])]
    mine = ORDER.c.customer_id == customer
    contracts = select(CONTRACT.c.id).where(CONTRACT.c.customer_id == customer)
    work.tag_customer(customer, ())
    values = {"name": own["code"], "phone": "", "erased_at": work.at}
    work.put("customer", {"code": own["code"]}, values)
    for contract in work.conn.execute(contracts).scalars().all():
        work.put("contract", {"id": contract}, {"words": ""})
    return _erase(work, ids, mine, ("customer", customer), told)


def _erase(
    work: RegisterWork,
    people: list[int],
    mine: ColumnElement[bool],
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
    numbers = _orders(work, mine, traces)
    seqs = _words(work, select(ORDER.c.number).where(mine))
    seqs += _handed_over(work, traces) + _of_registers(work, whom)
    _plans(work, traces)
    if seqs:
        gone = update(JOURNAL).where(among(JOURNAL.c.seq, "seqs", work.kind))
        work.conn.execute(gone.values(words=null()), {"seqs": seqs})
    search_index.index(work.conn, work.kind, numbers)
    register, entry = whom
    body = {"register": register, "id": entry, "seqs": sorted(seqs)}
    work.record(Fact(name="erased", body=body))
    return Erased(people=len(named), orders=len(numbers), entries=len(seqs))


def _orders(work: RegisterWork, mine: ColumnElement[bool], traces: Traces) -> list[int]:
    """Their own words go, but for a title without his name: it says what was done."""
    conn, numbers = work.conn, select(ORDER.c.number).where(mine)
    found = conn.execute(select(ORDER.c.number, ORDER.c.title).where(mine).with_for_update()).all()
    conn.execute(update(ORDER).where(mine).values(description="", reason=""))
    for number, title in found:
        if traces.stand_in(title):
            without = update(ORDER).where(ORDER.c.number == number)
            conn.execute(without.values(title=traces.out_of(title)))
    conn.execute(update(VISIT).where(VISIT.c.number.in_(numbers)).values(outcome=null()))
    conn.execute(update(ALARM).where(ALARM.c.number.in_(numbers)).values(shelved_why=null()))
    promises = FOLLOW_UP.c.number.in_(numbers)
    for number, place, outcome in conn.execute(
        select(FOLLOW_UP.c.number, FOLLOW_UP.c.place, FOLLOW_UP.c.outcome).where(promises)
    ).all():
        came, _words = read_outcome(outcome)
        kept = None if outcome is None else outcome_text(came, "") if came else ""
        one = (FOLLOW_UP.c.number == number, FOLLOW_UP.c.place == place)
        conn.execute(update(FOLLOW_UP).where(*one).values(note="", outcome=kept))
    return [number for number, _title in found]


def _words(work: RegisterWork, numbers: Select[Any]) -> list[int]:
    """Entries of these orders that have words."""
    asked = select(JOURNAL.c.seq).where(JOURNAL.c.number.in_(numbers), JOURNAL.c.words.is_not(None))
    return list(work.conn.execute(asked).scalars())


def _handed_over(work: RegisterWork, traces: Traces) -> list[int]:
    """Notes to the next shift lose him; the entries of those that named him lose their words."""
    for handover, place, text in work.conn.execute(
        select(NOTE.c.handover_id, NOTE.c.place, NOTE.c.text)
    ).all():
        if traces.stand_in(text):
            one = (NOTE.c.handover_id == handover, NOTE.c.place == place)
            work.conn.execute(update(NOTE).where(*one).values(text=traces.out_of(text)))
    asked = select(JOURNAL.c.seq, type_coerce(JOURNAL.c.words, Text).label("words")).where(
        JOURNAL.c.number.is_(None), JOURNAL.c.fact == _NOTED, JOURNAL.c.words.is_not(None)
    )
    return [seq for seq, words in work.conn.execute(asked) if traces.stand_in(words)]


def _of_registers(work: RegisterWork, whom: tuple[str, int]) -> list[int]:
    """What was said of the renewal of a customer's contracts."""
    register, customer = whom
    if register != "customer":
        return []
    mine = select(CONTRACT.c.id).where(CONTRACT.c.customer_id == customer)
    ids = set(work.conn.execute(mine).scalars())
    asked = select(JOURNAL.c.seq, JOURNAL.c.body).where(
        JOURNAL.c.number.is_(None),
        JOURNAL.c.fact == "register_edited",
        JOURNAL.c.words.is_not(None),
        RAW_BODY.contains('"register":"contract"'),
    )
    return [seq for seq, body in work.conn.execute(asked) if body.get("id") in ids]


def _plans(work: RegisterWork, traces: Traces) -> None:
    asked = select(PLAN.c.id, PLAN.c.title, PLAN.c.description)
    for plan, *texts in work.conn.execute(asked).all():
        if any(map(traces.stand_in, texts)):
            title, description = map(traces.out_of, texts)
            one = update(PLAN).where(PLAN.c.id == plan)
            work.conn.execute(one.values(title=title, description=description))
