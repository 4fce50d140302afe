"""Who asks, as the store knows him at this moment: the role, the sites, whether he works here."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, case, cast, func, select

from store.domain.errors import OperatorGone, Refusal
from store.domain.key_refusals import KeyGone
from store.domain.who import CERTIFIED, EVERYWHERE, SYSTEM_OPERATOR, Role, Scope
from store.domain.words import N_
from store.persistence.mapping import table_of
from store.persistence.tables import OperatorKeyRow, OperatorRow, OperatorSiteRow

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from store.domain.who import Who

OPERATOR = table_of(OperatorRow)
OPERATOR_SITE = table_of(OperatorSiteRow)
OPERATOR_KEY = table_of(OperatorKeyRow)

_SITES = {
    "sqlite": func.group_concat(OPERATOR_SITE.c.site_id),
    "postgresql": func.string_agg(cast(OPERATOR_SITE.c.site_id, Text), ","),
}
"""The sites of an operator in one value: as rows, two thousand of them take ten times as long."""


def _known(kind: str) -> Select[Any]:
    his = select(_SITES[kind]).where(OPERATOR_SITE.c.operator_id == OPERATOR.c.id).scalar_subquery()
    sites = case((OPERATOR.c.everywhere == 0, his)).label("sites")
    found = select(OPERATOR.c.code, OPERATOR.c.role, OPERATOR.c.active, OPERATOR.c.everywhere)
    return found.add_columns(sites).where(OPERATOR.c.id == bindparam("id"))


_KNOWN = {kind: _known(kind) for kind in _SITES}
_OPENS = select(OPERATOR_KEY.c.id).where(
    OPERATOR_KEY.c.fingerprint == bindparam("key"),
    OPERATOR_KEY.c.operator_id == bindparam("id"),
    OPERATOR_KEY.c.revoked_at.is_(None),
)
_REVOKED = select(OPERATOR_KEY.c.id).where(
    OPERATOR_KEY.c.fingerprint == bindparam("key"), OPERATOR_KEY.c.revoked_at.is_not(None)
)
_ROLES = frozenset(role.value for role in Role)


class RoleUnknown(Refusal):
    """An operator's role that this program does not know, and gives no right for."""

    sentence = N_(
        "operator {operator} has the role “{role}”, which means nothing to this paidan;"
        " compare with a backup, or use the paidan that wrote it"
    )


def admitted(conn: Connection, who: Who) -> Who:
    """The asker with the role he has now, and of his sites those that he asks for.

    `OperatorGone` for one who is retired, or was never there, `KeyGone` for one whose key was
    revoked since he came in by it. Who asks for the desk itself and is
    not its program is a person at the machine that holds the store.
    """
    if who.operator == SYSTEM_OPERATOR:
        return who if who.role is Role.SYSTEM else replace(who, role=Role.ADMINISTRATOR)
    row = conn.execute(_KNOWN[conn.dialect.name], {"id": who.operator}).one_or_none()
    if row is None or not row.active:
        raise OperatorGone(operator=who.operator if row is None else row.code)
    if who.origin is not None and who.origin.key and not _opens(conn, who, who.origin.key):
        raise KeyGone(fingerprint=who.origin.key)
    if row.role not in _ROLES:
        raise RoleUnknown(operator=row.code, role=row.role)
    role = Role(row.role)
    # A site office sees the sites that it was given, whatever else its row says.
    everywhere = row.everywhere and role is not Role.OFFICE
    scope = EVERYWHERE if everywhere else _scope(row.sites or "")
    return replace(who, role=role, scope=who.scope.within(scope))


def _opens(conn: Connection, who: Who, told: str) -> bool:
    """Whether a key is his; one that a certificate vouches for must not be a revoked one."""
    key, certified, _serial = told.partition(CERTIFIED)
    if certified:
        return conn.execute(_REVOKED, {"key": key}).first() is None
    return conn.execute(_OPENS, {"id": who.operator, "key": key}).first() is not None


@lru_cache(maxsize=64)
def _scope(sites: str) -> Scope:
    return Scope(frozenset(map(int, sites.split(",")))) if sites else Scope(frozenset())
