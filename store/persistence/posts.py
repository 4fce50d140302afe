"""Which operators there are, and where each is: what a change of roles is judged by."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, select

from store.domain.who import Role
from store.persistence import marks
from store.persistence.admitting import OPERATOR, OPERATOR_KEY, OPERATOR_SITE
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

    from store.persistence.registers import RegisterWork
    from store.persistence.statements import Values

_HERS = OPERATOR_SITE.c.operator_id == OPERATOR.c.id
_SITES = select(OPERATOR_SITE.c.site_id).where(OPERATOR_SITE.c.operator_id == bindparam("operator"))
_PEOPLE = select(OPERATOR.c.id).where(OPERATOR.c.role != Role.SYSTEM).order_by(OPERATOR.c.id)
_OLD = (
    select(OPERATOR.c.code, exists().where(_HERS).label("some_sites"))
    .where(OPERATOR.c.role != Role.SYSTEM)
    .order_by(OPERATOR.c.id)
    .with_for_update()
)


def sites_of(conn: Connection, operator: int) -> frozenset[int]:
    """The sites that an operator was given by name."""
    return frozenset(conn.execute(_SITES, {"operator": operator}).scalars())


def others_rule(conn: Connection, operator: int, roles: Collection[str]) -> bool:
    """Whether anybody but him has one of these roles for every site, and works here."""
    who = OPERATOR.c
    asked = select(who.id).where(who.id != operator, who.role.in_(roles), who.active == 1)
    return conn.execute(asked.where(who.everywhere == 1).limit(1)).first() is not None


def has_people(conn: Connection) -> bool:
    """Whether anybody was made an operator but the one that every desk begins with."""
    return len(conn.execute(_PEOPLE.limit(2)).all()) > 1


def of_old(conn: Connection) -> list[tuple[str, bool]]:
    """Every operator's code, and whether he was given sites."""
    return [(row.code, bool(row.some_sites)) for row in conn.execute(_OLD)]


def known_key(conn: Connection, fingerprint: str) -> Values | None:
    """A public key with the code of its operator; it stays so for who holds the desk."""
    key = OPERATOR_KEY.c
    asked = select(*key, OPERATOR.c.code).join_from(OPERATOR_KEY, OPERATOR)
    row = conn.execute(asked.where(key.fingerprint == fingerprint)).one_or_none()
    return None if row is None else row._asdict()


def live_keys(conn: Connection, operator: int) -> list[int]:
    """The public keys of an operator that are not revoked, by their ids."""
    key = OPERATOR_KEY.c
    his = select(key.id).where(key.operator_id == operator, key.revoked_at.is_(None))
    return list(conn.execute(his.order_by(key.id)).scalars())


def keep_code(work: RegisterWork, operator: int, digest: str, *, until: datetime) -> None:
    """One code an operator."""
    marks.keep(work.conn, f"{marks.CODE}{operator}", f"{digest} {to_ms(until)}")
    work.tell_edited("operator", operator, ["one_time_code"])


def code_holder(conn: Connection, digest: str, *, at: datetime) -> int | None:
    """Whose code it is that is still good; nobody else's until the end."""
    found = None
    for name, value in marks.beginning(conn, marks.CODE):
        kept, _, until = value.partition(" ")
        if compare_digest(kept, digest) and to_ms(at) < int(until):
            found = int(name.removeprefix(marks.CODE))
    return found


def drop_code(work: RegisterWork, operator: int) -> None:
    """It was used."""
    marks.drop(work.conn, f"{marks.CODE}{operator}")
    work.tell_edited("operator", operator, ["one_time_code"])
