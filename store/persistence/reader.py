"""What a query is given: a connection that sees one moment, and who asks when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.errors import Refusal
from store.domain.pace import LIFE, Pace
from store.domain.who import Role, Scope, Who
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.persistence.database import Kind


_ROLES = frozenset(role.value for role in Role)


class RoleUnknown(Refusal):
    """An operator's role that this program does not know, and gives no right for."""

    sentence = N_(
        "operator {operator} has the role “{role}”, which means nothing to this paidan;"
        " compare with a backup, or use the paidan that wrote it"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One read transaction; it cannot write."""

    conn: Connection
    who: Who
    at: datetime
    kind: Kind
    pace: Pace = LIFE
    """How fast this desk lives: the one place where an answer learns of it."""


def read_who(row: Any, sites: list[int], *, via: str) -> Who:
    """An operator's row and sites as the asker he is."""
    scope = Scope(frozenset(sites)) if sites else Scope()
    if row.role not in _ROLES:
        raise RoleUnknown(operator=row.id, role=row.role)
    return Who(operator=row.id, role=Role(row.role), scope=scope, via=via)
