"""Answers about the public keys of operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, true

from store.domain.who import Right, Role
from store.persistence.tables import metadata
from store.queries.answers.operators import OPERATORS, sites_of
from store.queries.answers.scope import checked_limit
from store.queries.operator_keys import KeyLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.operator_keys import KeysOf

KEYS = metadata.tables["operator_key"]


def keys_of(reader: Reader, query: KeysOf) -> tuple[KeyLine, ...]:
    """The asker's own; everybody's for who administers them."""
    key, who = KEYS.c, OPERATORS.c
    found = (
        select(key.fingerprint, key.kind, key.body, key.comment, key.added_at, key.revoked_at)
        .add_columns(
            who.id.label("operator"), who.code, who.name, who.role, who.active, who.everywhere
        )
        .join(OPERATORS, who.id == key.operator_id)
        .where(who.id == reader.who.operator if not administers(reader) else true())
        .order_by(key.id)
        .limit(checked_limit(query.limit))
    )
    if query.fingerprint:
        found = found.where(key.fingerprint == query.fingerprint)
    if query.operator:
        found = found.where(who.code == query.operator)
    rows = [row._asdict() for row in reader.conn.execute(found)]
    sites = sites_of(reader)
    return tuple(_line(row, sites[row["operator"]]) for row in rows)


def administers(reader: Reader) -> bool:
    """Whether the asker may know of the keys of others."""
    return reader.who.may(Right.ADMINISTER) and reader.who.scope.sites is None


def _line(row: dict[str, Any], sites: list[str]) -> KeyLine:
    everywhere = bool(row["everywhere"]) and row["role"] != Role.OFFICE
    told = {**row, "everywhere": everywhere, "sites": tuple(sites)}
    return KeyLine(retired=not told.pop("active"), **told)
