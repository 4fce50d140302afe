"""The one customer that a text names: by his code, else by a name that is his alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from store.domain.callers import whole_name
from store.persistence.caller_keys import KEYS
from store.persistence.contracts import NOW, ends_now, level_now
from store.persistence.tables import metadata
from store.queries.answers.callers import served
from store.queries.answers.lines import CUSTOMERS

if TYPE_CHECKING:
    from store.persistence.reader import Reader

_LONGEST: Final = 200
_LEVELS = metadata.tables["service_level"]
_CARE, _SPEAK, _LEADS = (metadata.tables[t] for t in ("customer_care", "contact", "operator"))
_C = CUSTOMERS.c
_ASKED = (
    select(
        *(_C.id, _C.code, _C.name, _C.phone, _C.tier, _LEVELS.c.name.label("level")),
        *(_LEADS.c.name.label("lead"), _CARE.c.lead_technician_id),
        *(_SPEAK.c.name.label("speaks"), _SPEAK.c.phone.label("speaks_phone")),
        *(_CARE.c.from_s, _CARE.c.to_s, _CARE.c.call_ahead, ends_now().label("contract_ends_at")),
    )
    .select_from(
        CUSTOMERS.outerjoin(_LEVELS, _LEVELS.c.id == level_now())
        .outerjoin(_CARE, _CARE.c.customer_id == _C.id)
        .outerjoin(_LEADS, _LEADS.c.id == _CARE.c.lead_operator_id)
        .outerjoin(_SPEAK, _SPEAK.c.id == _CARE.c.contact_id)
    )
    .limit(2)
)
_OTHER = CUSTOMERS.alias("merged")
_MERGED = select(_OTHER.c.merged_into).where(_OTHER.c.code == bindparam("code")).scalar_subquery()
_HELD = select(KEYS.c.entry).where(KEYS.c.key == bindparam("key"), KEYS.c.register == "customer")


def customer_named(reader: Reader, text: str) -> Any:
    """His row, with his level and who looks after him; None where it means none in sight, or more.

    One question a key: no index serves one that asks for the code or for the name.
    """
    wanted = text.strip()[:_LONGEST]
    seen = _ASKED.where(served(reader, _C.id), _C.merged_into.is_(None))
    now = {NOW: reader.at}
    for means in (_C.code == wanted, _C.id == _MERGED) if wanted else ():
        coded = reader.conn.execute(seen.where(means), {**now, "code": wanted}).all()
        if coded:
            return coded[0]
    found: dict[int, Any] = {}
    named = seen.where(_C.id.in_(_HELD), _C.name == wanted)
    for key in whole_name(wanted):
        found |= {row.id: row for row in reader.conn.execute(named, {**now, "key": key})}
    return next(iter(found.values())) if len(found) == 1 else None
