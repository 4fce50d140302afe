"""The one customer that a text names: by his code, else by a name that is his alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from store.domain.callers import whole_name
from store.persistence.caller_keys import KEYS
from store.persistence.tables import metadata
from store.queries.answers.callers import served
from store.queries.answers.lines import CUSTOMERS

if TYPE_CHECKING:
    from store.persistence.reader import Reader

_LONGEST: Final = 200
_LEVELS = metadata.tables["service_level"]
_C = CUSTOMERS.c
_ASKED = (
    select(_C.id, _C.code, _C.name, _C.phone, _C.tier, _LEVELS.c.name.label("level"))
    .select_from(CUSTOMERS.outerjoin(_LEVELS, _LEVELS.c.id == _C.level_id))
    .limit(2)
)
_HELD = select(KEYS.c.entry).where(KEYS.c.key == bindparam("key"), KEYS.c.register == "customer")


def customer_named(reader: Reader, text: str) -> Any:
    """His row, with the name of his level; None where that means none in sight, or several.

    One question a key: no index serves one that asks for the code or for the name.
    """
    wanted = text.strip()[:_LONGEST]
    seen = _ASKED.where(served(reader, _C.id))
    coded = reader.conn.execute(seen.where(_C.code == wanted)).all() if wanted else []
    if coded:
        return coded[0]
    found: dict[int, Any] = {}
    named = seen.where(_C.id.in_(_HELD), _C.name == wanted)
    for key in whole_name(wanted):
        found |= {row.id: row for row in reader.conn.execute(named, {"key": key})}
    return next(iter(found.values())) if len(found) == 1 else None
