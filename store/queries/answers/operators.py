"""Answers about operators."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.errors import OperatorUnknown
from store.domain.who import Role
from store.persistence.reader import read_who
from store.persistence.tables import metadata
from store.queries.answers.lines import SITES
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.people import Named, OperatorLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.who import Who
    from store.persistence.reader import Reader
    from store.queries.people import ListOperators, OperatorNamed, Operators

OPERATORS = metadata.tables["operator"]
OPERATOR_SITES = metadata.tables["operator_site"]

_PEOPLE = OPERATORS.c.role != Role.SYSTEM


def operator_named(reader: Reader, query: OperatorNamed) -> Who:
    """The operator with his role and sites."""
    found = select(OPERATORS.c.id, OPERATORS.c.role).where(
        OPERATORS.c.code == query.code, OPERATORS.c.active == 1
    )
    row = reader.conn.execute(found).one_or_none()
    if row is None:
        raise OperatorUnknown(name=query.code)
    sites = select(OPERATOR_SITES.c.site_id).where(OPERATOR_SITES.c.operator_id == row.id)
    return read_who(row, list(reader.conn.execute(sites).scalars()), via=query.via)


def operators(reader: Reader, _query: Operators) -> tuple[Named, ...]:
    """All but the desk itself, and those who see nothing that the asker does."""
    found = (
        select(OPERATORS.c.id, OPERATORS.c.code, OPERATORS.c.name)
        .where(OPERATORS.c.active == 1, _PEOPLE, in_sight(reader, "operator", OPERATORS))
        .order_by(OPERATORS.c.code)
    )
    return tuple(Named(**row) for row in reader.conn.execute(found).mappings())


def list_operators(reader: Reader, query: ListOperators) -> tuple[OperatorLine, ...]:
    """Retired ones too: the journal still names them."""
    who = OPERATORS.c
    found = (
        select(who.id, who.code, who.name, who.role, who.language, who.active)
        .where(_PEOPLE, holds(query.text, who.code, who.name), who.id > query.after)
        .where(in_sight(reader, "operator", OPERATORS))
        .order_by(who.id)
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(found).mappings().all()
    sites = _sites(reader)
    return tuple(
        OperatorLine(**{**row, "active": bool(row["active"])}, sites=tuple(sites[row["id"]]))
        for row in rows
    )


def _sites(reader: Reader) -> Mapping[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    asked: Any = (
        select(OPERATOR_SITES.c.operator_id, SITES.c.code)
        .join(SITES, SITES.c.id == OPERATOR_SITES.c.site_id)
        .where(within(reader, SITES.c.id))
        .order_by(SITES.c.code)
    )
    for operator, code in reader.conn.execute(asked):
        told[operator].append(code)
    return told
