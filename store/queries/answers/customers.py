"""Answers about customers: one whole, and the contracts that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select

from store.domain.contract_versions import version_of
from store.domain.contracts import Outcome, Standing, standing
from store.domain.lifecycle import Category
from store.persistence.contracts import CONTRACT
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.answers.caller_card import card_of_caller
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.answers.voice_lines import of_it
from store.queries.caller_card import CardOfCaller
from store.queries.customers import (
    ContractLine,
    CustomerSheet,
    PersonLine,
    PromiseLine,
    ServiceRecord,
)

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.customers import ListContracts, ShowCustomer

_T = metadata.tables
_LEVELS, _DECIDERS = _T["service_level"], _T["operator"]
_PEOPLE, _PROMISES, _VISITS = _T["contact"], _T["follow_up"], _T["visit"]
_WISHES = _T["technician_wish"]
_O = ORDERS.c


def show_customer(reader: Reader, query: ShowCustomer) -> CustomerSheet | None:
    """What the caller's card tells, and all the rest in a question each.

    What else a customer was heard to say (ratings) has its place here: one question more, one
    field more of `CustomerSheet`, and its lines in `console.render_customer.heard_lines`.
    """
    limit = checked_limit(query.limit)
    card = card_of_caller(reader, CardOfCaller(customer=query.customer, limit=limit))
    if card is None:
        return None
    asked = select(CUSTOMERS.c.id).where(CUSTOMERS.c.code == card.code)
    customer: int = reader.conn.execute(asked).scalar_one()
    wishes = _wishes(reader, customer)
    return CustomerSheet(
        card=card,
        people=_people(reader, customer, limit),
        contracts=tuple(reversed(_contracts(reader, query.days, CUSTOMERS.c.id == customer))),
        asks_for=tuple(name for name, wish in wishes if wish > 0),
        refuses=tuple(name for name, wish in wishes if wish < 0),
        sites=_sites(reader, customer, limit),
        promises=_promises(reader, customer, limit),
        record=_record(reader, customer),
        voices=of_it(reader, VOICE.c.customer_id == customer, limit),
    )


def list_contracts(reader: Reader, query: ListContracts) -> tuple[ContractLine, ...]:
    """Of customers in sight."""
    fits = holds(query.text, CUSTOMERS.c.code, CUSTOMERS.c.name)
    limit = checked_limit(query.limit)
    found = _contracts(reader, query.days, fits, in_sight(reader, "customer", CUSTOMERS))
    wanted = {query.standing} if query.standing else set(Standing)
    return tuple(line for line in found if line.standing in wanted)[:limit]


def _contracts(reader: Reader, days: int, *where: Any) -> list[ContractLine]:
    """By their end, then by their customer."""
    asked = (
        select(
            *(CUSTOMERS.c.code.label("customer"), CUSTOMERS.c.name.label("customer_name")),
            func.coalesce(_LEVELS.c.name, "").label("level"),
            *(CONTRACT.c[name] for name in ("first_day", "last_day", "renew_day", "zone")),
            *(CONTRACT.c[name] for name in ("starts_at", "ends_at", "outcome", "decided_at")),
            *(
                CONTRACT.c.words,
                CONTRACT.c.level_id,
                func.coalesce(_DECIDERS.c.name, "").label("decided_by"),
            ),
        )
        .select_from(
            CONTRACT.join(CUSTOMERS, CUSTOMERS.c.id == CONTRACT.c.customer_id)
            .outerjoin(_LEVELS, _LEVELS.c.id == CONTRACT.c.level_id)
            .outerjoin(_DECIDERS, _DECIDERS.c.id == CONTRACT.c.decided_by)
        )
        .where(*where)
        .order_by(CONTRACT.c.ends_at, CUSTOMERS.c.id)
    )
    rows = [row._asdict() for row in reader.conn.execute(asked)]
    lines = []
    for row in rows:
        starts_at, outcome = row.pop("starts_at"), Outcome(row["outcome"])
        stands = standing(starts_at, row["ends_at"], outcome, at=reader.at, days=days)
        version, _ = version_of(row), row.pop("level_id")
        if reader.who.scope.sites is not None:
            row["words"] = ""  # said to the desk, of all his sites
        lines.append(ContractLine(**row, standing=stands, version=version))
    return lines


def _people(reader: Reader, customer: int, limit: int) -> tuple[PersonLine, ...]:
    person = _PEOPLE.c
    asked = (
        select(person.id, person.name, person.phone)
        .where(person.customer_id == customer, person.erased_at.is_(None))
        .order_by(person.id.desc())
        .limit(limit)
    )
    return tuple(PersonLine(**row) for row in reader.conn.execute(asked).mappings())


def _wishes(reader: Reader, customer: int) -> list[tuple[str, int]]:
    who = TECHNICIANS.c
    asked = (
        select(who.code, who.name, _WISHES.c.wish)
        .join(TECHNICIANS, who.id == _WISHES.c.technician_id)
        .where(_WISHES.c.customer_id == customer, who.active == 1)
        .where(in_sight(reader, "technician", TECHNICIANS))
        .order_by(who.code)
    )
    return [(f"{code} {name}", wish) for code, name, wish in reader.conn.execute(asked)]


def _sites(reader: Reader, customer: int, limit: int) -> tuple[str, ...]:
    his = select(_O.site_id).where(_O.customer_id == customer, within(reader, _O.site_id))
    asked = select(SITES.c.name).where(SITES.c.id.in_(his)).order_by(SITES.c.name).limit(limit)
    return tuple(reader.conn.execute(asked).scalars())


def _promises(reader: Reader, customer: int, limit: int) -> tuple[PromiseLine, ...]:
    promise = _PROMISES.c
    asked = (
        select(promise.number, _O.title, promise.due_at, promise.note)
        .join(ORDERS, _O.number == promise.number)
        .where(promise.done_at.is_(None), _O.customer_id == customer)
        .where(within(reader, _O.site_id))
        .order_by(promise.due_at, promise.number)
        .limit(limit)
    )
    return tuple(PromiseLine(**row) for row in reader.conn.execute(asked).mappings())


def _record(reader: Reader, customer: int) -> ServiceRecord:
    mine = and_(_O.customer_id == customer, within(reader, _O.site_id))
    done = func.sum(case((_O.category == Category.DONE.value, 1), else_=0))
    asked = select(
        func.count().label("orders"),
        func.coalesce(func.sum(case((_O.live == 1, 1), else_=0)), 0).label("open"),
        func.coalesce(done, 0).label("done"),
        func.coalesce(func.sum(case((_O.reopened > 0, 1), else_=0)), 0).label("reopened"),
        *(func.min(_O.opened_at).label("first_at"), func.max(_O.opened_at).label("last_at")),
    ).where(mine)
    row = reader.conn.execute(asked).mappings().one()
    came = (
        select(func.count())
        .join(ORDERS, _O.number == _VISITS.c.number)
        .where(mine, _VISITS.c.arrived_at.is_not(None))
    )
    visits: int = reader.conn.execute(came).scalar_one()
    told: dict[str, Any] = {name: row[name] for name in ("first_at", "last_at")}
    told |= {name: int(row[name]) for name in ("orders", "open", "done", "reopened")}
    return ServiceRecord(**told, visits=visits)
