"""Answers about operators."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, true

from store.domain.errors import OperatorGone, OperatorUnknown
from store.domain.who import Role, Who
from store.persistence.admitting import admitted
from store.persistence.tables import metadata
from store.queries.answers.lines import SITES
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.people import Named, OperatorLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

    from store.persistence.reader import Reader
    from store.queries.people import ListOperators, OperatorNamed, Operators

OPERATORS = metadata.tables["operator"]
OPERATOR_SITES = metadata.tables["operator_site"]

_PEOPLE = OPERATORS.c.role != Role.SYSTEM


def operator_named(reader: Reader, query: OperatorNamed) -> Who:
    """The operator with his role and sites."""
    found = select(OPERATORS.c.id, OPERATORS.c.active)
    row = reader.conn.execute(found.where(OPERATORS.c.code == query.code, _PEOPLE)).one_or_none()
    if row is None:
        raise OperatorUnknown(name=query.code)
    if not row.active:
        raise OperatorGone(operator=query.code)
    return admitted(reader.conn, Who(operator=row.id, via=query.via))


def operators(reader: Reader, _query: Operators) -> tuple[Named, ...]:
    """All but the desk itself, and those who see nothing that the asker does."""
    found = (
        select(OPERATORS.c.id, OPERATORS.c.code, OPERATORS.c.name)
        .where(OPERATORS.c.active == 1, _PEOPLE, in_sight(reader, "operator", OPERATORS))
        .order_by(OPERATORS.c.code)
    )
    return tuple(Named(**row) for row in reader.conn.execute(found).mappings())


def list_operators(reader: Reader, query: ListOperators) -> tuple[OperatorLine, ...]:
    """Retired ones too: the journal still names them; of a few sites nobody who sees all."""
    who = OPERATORS.c
    found = (
        select(who.id, who.code, who.name, who.role, who.language, who.active, who.everywhere)
        .where(_PEOPLE, holds(query.text, who.code, who.name), who.id > query.after)
        .where(in_sight(reader, "operator", OPERATORS), _is_of_his_sites(reader))
        .order_by(who.id)
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(found).mappings().all()
    sites = sites_of(reader)
    return tuple(
        OperatorLine(**{**row, **_flags(row)}, sites=tuple(sites[row["id"]])) for row in rows
    )


def _is_of_his_sites(reader: Reader) -> ColumnElement[bool]:
    """Who may do what at the whole desk is nothing for a few sites; oneself is told in any case."""
    if reader.who.scope.sites is None:
        return true()
    who = OPERATORS.c
    of_sites = or_(who.everywhere == 0, who.role == Role.OFFICE)
    return or_(of_sites, who.id == reader.who.operator)


def _flags(row: Any) -> dict[str, bool]:
    """A site office is nowhere but at its sites, whatever its row says; as it is admitted."""
    everywhere = bool(row["everywhere"]) and row["role"] != Role.OFFICE
    return {"active": bool(row["active"]), "everywhere": everywhere}


def sites_of(reader: Reader) -> Mapping[int, list[str]]:
    """By operator, the codes of his sites, as far as the asker sees them."""
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
