"""Answers what the register says of customers, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, select

from store.domain.callers import By, ends_of
from store.domain.visiting import Hours, hours_written
from store.domain.who import Right
from store.persistence.caller_keys import KEYS
from store.persistence.contracts import CONTRACT
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, TECHNICIANS
from store.queries.answers.scope import checked_limit
from store.queries.customers import Contact, CustomerEntry, PersonLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.persistence.reader import Reader
    from store.queries.customers import ShowContact, StreamCustomers

_T = metadata.tables
_TAGS, _WISHES, _PEOPLE = _T["customer_tag"], _T["technician_wish"], _T["contact"]
_CARE, _LEVELS, _OPERATORS = _T["customer_care"], _T["service_level"], _T["operator"]
_SPEAK = _PEOPLE.alias("speaks")
_OWN, _SIGNED = _LEVELS.alias("own"), _LEVELS.alias("signed")
_ANY = CONTRACT.alias("any_contract")
_PAGE: Final = 500


def stream_customers(reader: Reader, query: StreamCustomers) -> tuple[CustomerEntry, ...]:
    """Who keeps the register keeps all of it."""
    if reader.who.scope.sites is not None or not reader.who.may(Right.REGISTER):
        return ()
    rows = _rows(reader, query.after)
    ids = [row.id for row in rows]
    if not ids:
        return ()
    tags = _lists(reader, ids, select(_TAGS.c.customer_id, _TAGS.c.tag), _TAGS.c.tag)
    wished = select(_WISHES.c.customer_id, TECHNICIANS.c.code).join(
        TECHNICIANS, TECHNICIANS.c.id == _WISHES.c.technician_id
    )
    asked = _lists(reader, ids, wished.where(_WISHES.c.wish > 0), TECHNICIANS.c.code)
    refused = _lists(reader, ids, wished.where(_WISHES.c.wish < 0), TECHNICIANS.c.code)
    called = select(_PEOPLE.c.customer_id, _PEOPLE.c.name + " " + _PEOPLE.c.phone)
    people = _lists(reader, ids, called.where(_PEOPLE.c.erased_at.is_(None)), _PEOPLE.c.id)
    return tuple(
        CustomerEntry(
            **{name: getattr(row, name) or "" for name in _TEXTS},
            id=row.id,
            tags=tuple(tags[row.id]),
            asks_for=tuple(asked[row.id]),
            refuses=tuple(refused[row.id]),
            people=tuple(filter(None, (one.strip() for one in people[row.id]))),
            representative=f"{row.speaks or ''} {row.speaks_phone or ''}".strip(),
            hours=hours_written(Hours(from_s=row.from_s, to_s=row.to_s)),
            call_ahead=bool(row.call_ahead),
        )
        for row in rows
    )


def show_contact(reader: Reader, query: ShowContact) -> Contact | None:
    """None who was erased, whose number nobody has."""
    if reader.who.scope.sites is not None or not reader.who.may(Right.REGISTER):
        return None
    person = _PEOPLE.c
    lines = select(person.id, person.name, person.phone).where(person.erased_at.is_(None))
    row = reader.conn.execute(lines.where(person.id == query.contact)).mappings().one_or_none()
    if row is None:
        return None
    his = select(CUSTOMERS.c.code).join(_PEOPLE, person.customer_id == CUSTOMERS.c.id)
    code = reader.conn.execute(his.where(person.id == query.contact)).scalar_one_or_none()
    ends = [By.NUMBER + end for end in ends_of(row["phone"])]
    held = select(KEYS.c.entry).where(KEYS.c.key.in_(ends), KEYS.c.register == "contact")
    same = lines.where(person.id.in_(held), person.id != query.contact).order_by(person.id.desc())
    same_rows = reader.conn.execute(same.limit(checked_limit(query.limit))).mappings()
    others = tuple(PersonLine(**one) for one in same_rows)
    return Contact(person=PersonLine(**row), customer=code or "", others=others)


_TEXTS: Final = (
    *("code", "name", "phone", "tier", "level", "lead"),
    *("first_day", "last_day", "renew_day", "contract_level", "zone", "outcome"),
)


def _rows(reader: Reader, after: int) -> Sequence[Any]:
    customer = CUSTOMERS.c
    ahead = _ANY.c.starts_at > reader.at
    ruling = (
        select(_ANY.c.id)
        .where(_ANY.c.customer_id == customer.id)
        .order_by(
            case((_ANY.c.ends_at <= reader.at, 2), (ahead, 1), else_=0),
            case((ahead, _ANY.c.first_day)),
            _ANY.c.first_day.desc(),
        )
        .limit(1)
        .scalar_subquery()
    )
    asked = (
        select(
            *(customer.id, customer.code, customer.name, customer.phone, customer.tier),
            _OWN.c.code.label("level"),
            func.coalesce(_OPERATORS.c.code, TECHNICIANS.c.code).label("lead"),
            *(_SPEAK.c.name.label("speaks"), _SPEAK.c.phone.label("speaks_phone")),
            *(_CARE.c.from_s, _CARE.c.to_s, _CARE.c.call_ahead),
            *(CONTRACT.c.first_day, CONTRACT.c.last_day, CONTRACT.c.renew_day),
            *(_SIGNED.c.code.label("contract_level"), CONTRACT.c.zone, CONTRACT.c.outcome),
        )
        .select_from(
            CUSTOMERS.outerjoin(_OWN, _OWN.c.id == customer.level_id)
            .outerjoin(_CARE, _CARE.c.customer_id == customer.id)
            .outerjoin(_OPERATORS, _OPERATORS.c.id == _CARE.c.lead_operator_id)
            .outerjoin(TECHNICIANS, TECHNICIANS.c.id == _CARE.c.lead_technician_id)
            .outerjoin(_SPEAK, _SPEAK.c.id == _CARE.c.contact_id)
            .outerjoin(
                CONTRACT,
                (CONTRACT.c.customer_id == customer.id) & (CONTRACT.c.id == ruling),
            )
            .outerjoin(_SIGNED, _SIGNED.c.id == CONTRACT.c.level_id)
        )
        .where(customer.id > after, customer.erased_at.is_(None), customer.merged_into.is_(None))
        .order_by(customer.id)
        .limit(_PAGE)
    )
    return reader.conn.execute(asked).all()


def _lists(reader: Reader, ids: list[int], asked: Any, order: Any) -> Mapping[int, list[str]]:
    owner = asked.selected_columns[0]
    found: dict[int, list[str]] = defaultdict(list)
    rows = asked.where(among(owner, "ids", reader.kind)).order_by(owner, order)
    for customer, said in reader.conn.execute(rows, {"ids": ids}):
        found[customer].append(said)
    return found
