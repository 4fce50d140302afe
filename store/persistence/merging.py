"""Makes one customer of two, in a write transaction: whatever hangs on the one goes to the other.

The one that goes stays as a row of its own, so that its code still finds whom it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from store.domain.callers import Caller, same_number
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.finding.grams import folded
from store.domain.merging import cared_for, rehomed, wished
from store.domain.revisits import kind_of
from store.domain.words import N_
from store.persistence import erased_orders, marks, people_state
from store.persistence.caller_keys import KEYS
from store.persistence.contracts import CONTRACT
from store.persistence.mapping import ORDER, table_of
from store.persistence.plans import PLAN
from store.persistence.project_work import PROJECT
from store.persistence.registers import KEPT
from store.persistence.revisits import REVISIT
from store.persistence.tables import CustomerTagRow, TechnicianWishRow
from store.persistence.voice_work import VOICE

if TYPE_CHECKING:
    from store.persistence.statements import Values

_CUSTOMER, _CONTACT = KEPT["customer"], KEPT["contact"]
_WISH, _TAG = table_of(TechnicianWishRow), table_of(CustomerTagRow)
_ONE_CALL: str = N_("the customer was two; one call is enough")


PART = 200
"""Orders that go in one transaction: others wait for some tenths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How much went from one to the other."""

    orders: int
    people: int
    contracts: int
    plans: int
    voices: int
    """Complaints and praise."""
    revisits: int


def left_ahead(work: Any, gone: Values) -> int:
    """His orders, where they are more than one transaction should hold; else none."""
    mine = select(func.count()).select_from(ORDER).where(ORDER.c.customer_id == gone["id"])
    orders = int(work.conn.execute(mine).scalar_one())
    return orders if orders > PART else 0


def rehome_some(work: Any, kept: Values, gone: Values) -> None:
    """Some of the orders of `gone` go ahead of the rest; a mark counts them until all is done."""
    work.hold_promises()
    mine = select(ORDER.c.number).where(ORDER.c.customer_id == gone["id"])
    mine = mine.order_by(ORDER.c.number).limit(PART).with_for_update()
    numbers = list(work.conn.execute(mine).scalars())
    mark = f"{marks.MERGE}{gone['id']}"
    before = int(marks.find(work.conn, mark) or 0)
    marks.keep(work.conn, mark, str(before + _rehome(work, numbers, kept["id"])))


def _rehome(work: Any, numbers: list[int], to: int) -> int:
    work.know(numbers)
    for number in numbers:
        now = work.known(number).now
        after, fact = rehomed(now, to)
        work.save(now, after, fact)
    return len(numbers)


def merge(work: Any, kept: Values, gone: Values) -> Moved:
    """All that hangs on `gone` hangs on `kept`; what `kept` says of himself stays.

    Nobody else may write orders meanwhile: an order that comes to `gone` now would be lost to both.
    """
    work.hold_promises(alone=True)
    to, of = kept["id"], gone["id"]
    mine = erased_orders.lock(work, ORDER.c.customer_id == of)
    _wishes(work, to, of)
    work.hold_desk()
    _rehome(work, mine, to)
    work.flush()
    mark = f"{marks.MERGE}{of}"
    ahead = int(marks.find(work.conn, mark) or 0)
    marks.drop(work.conn, mark)
    marks.drop(work.conn, f"{marks.MERGE}{to}")  # of who began to merge them the other way about
    people, contracts = _ids(work, _CONTACT, of), _ids(work, CONTRACT, of)
    for register, ids in (("contact", people), ("contract", contracts)):
        for entry in ids:
            work.put(register, {"id": entry}, {"customer_id": to})
    _care(work, to, of)
    _tags(work, to, of)
    _himself(work, kept, gone)
    plans = _ids(work, PLAN, of)
    for plan in plans:
        _plan(work, plan, to)
    voices = _ids(work, VOICE, of)
    for voice in voices:
        said = work.voice(voice)
        work.put_voice("voice_rehomed", said, evolve(said, customer=to))
    for project in _ids(work, PROJECT, of):
        held = work.project(project)
        work.put_project("project_rehomed", held, evolve(held.project, customer=to))
    revisits = _revisits(work, to, of)
    body = {"kept": to, "gone": of, "orders": mine, **({"ahead": ahead} if ahead else {})}
    work.record(Fact(name="customers_merged", body=body))
    return Moved(
        orders=len(mine) + ahead,
        people=len(people),
        contracts=len(contracts),
        plans=len(plans),
        voices=len(voices),
        revisits=revisits,
    )


def _ids(work: Any, table: Any, customer: int) -> list[int]:
    mine = select(table.c.id).where(table.c.customer_id == customer).order_by(table.c.id)
    return list(work.conn.execute(mine).scalars())


def _wishes(work: Any, to: int, of: int) -> None:
    """Whom they wish, or do not: all of these technicians are locked at once."""
    asked = select(_WISH.c.customer_id, _WISH.c.wish, _WISH.c.technician_id)
    held: dict[int, dict[int, set[int]]] = {to: {}, of: {}}
    for customer, wish, technician in work.conn.execute(asked.where(_WISH.c.customer_id.in_(held))):
        held[customer].setdefault(wish, set()).add(technician)
    if not held[of]:
        return
    people_state.hold(
        work.conn, {one for his in held.values() for all_ in his.values() for one in all_}
    )
    for wish, technicians in wished(held[to], held[of]).items():
        work.wish(of, wish, ())
        work.wish(to, wish, technicians)


def _care(work: Any, to: int, of: int) -> None:
    gone = work.entry_by("customer_care", {"customer_id": of})
    if gone is None:
        return
    kept = work.entry_by("customer_care", {"customer_id": to}) or {}
    work.put("customer_care", {"customer_id": to}, cared_for(kept, gone))
    work.drop("customer_care", gone["id"])


def _tags(work: Any, to: int, of: int) -> None:
    asked = select(_TAG.c.tag).where(_TAG.c.customer_id.in_([to, of])).distinct()
    work.tag_customer(to, sorted(work.conn.execute(asked).scalars()))
    work.tag_customer(of, ())


def _plan(work: Any, plan: int, to: int) -> None:
    """Its dates may follow the calendar of another service level from now on."""
    before = work.plan(plan).row
    values = {"customer_id": to, "begin_at": work.at}
    sides = work.sides(before, values)
    work.change_plan(plan, **values)
    work.aim_plan(plan)
    told = {"values": {"customer_id": to}, "fields": ["customer_id"], **sides}
    work.tell_plan("plan_rehomed", plan, told, {})


def _revisits(work: Any, to: int, of: int) -> int:
    """In a month in which both are called he is called once: the other call is done with.

    Where whoever goes was spoken to already, that was the one.
    """
    columns = (REVISIT.c.id, REVISIT.c.period, REVISIT.c.order_number)
    mine = work.conn.execute(select(*columns).where(REVISIT.c.customer_id == of)).all()
    his = select(*columns).where(REVISIT.c.customer_id == to)
    taken = {row.period: row.order_number for row in work.conn.execute(his)}
    for one in mine:
        if one.period not in taken:
            moved = update(REVISIT).where(REVISIT.c.id == one.id).values(customer_id=to)
            work.conn.execute(moved)
        elif not _done_with(work, one.order_number, one.period):
            _done_with(work, taken[one.period], one.period)
    work.flush()
    return sum(one.period not in taken for one in mine)


def _done_with(work: Any, number: int, period: str) -> int:
    """End the calls of a month that are promised at an order; how many they were."""
    work.know([number])
    owed = [held for held in work.known(number).follow_ups if held.kind == kind_of(period)]
    for held in owed:
        work.keep_follow_up(number, held.place, outcome=_ONE_CALL)
    return len(owed)


def _himself(work: Any, kept: Values, gone: Values) -> None:
    """His number and his level where the one that stays has none; his other name calls for him."""
    lacking = {n: gone[n] for n in ("phone", "level_id") if not kept[n] and gone[n]}
    if lacking:
        work.put("customer", {"code": kept["code"]}, lacking)
    phone = kept["phone"] or gone["phone"]
    other_line = gone["phone"] if gone["phone"] and not same_number(phone, gone["phone"]) else ""
    other_name = gone["name"] if folded(gone["name"]) != folded(kept["name"]) else ""
    if other_line or other_name:
        caller = Caller(name=other_name or gone["name"], phone=other_line)
        if work.contact(caller, kept["id"]) is None:  # words where a number is wanted
            told = {"name": caller.name, "phone": caller.phone, "customer_id": kept["id"]}
            work.put_many("contact", [told])
    earlier = select(_CUSTOMER.c.code).where(_CUSTOMER.c.merged_into == gone["id"])
    for code in [gone["code"], *work.conn.execute(earlier).scalars()]:
        work.put("customer", {"code": code}, {"phone": "", "merged_into": kept["id"]})
    found_by = (KEYS.c.register == "customer", KEYS.c.entry == gone["id"])
    work.conn.execute(delete(KEYS).where(*found_by))
