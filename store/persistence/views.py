"""Saved views in a write transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.domain.facts import Fact
from store.persistence.journal import JOURNAL
from store.persistence.mapping import table_of
from store.persistence.statements import Values, delete_by, insert_into, send, update_by
from store.persistence.tables import OperatorRow, ViewRow
from store.persistence.tables.views import SHARED

if TYPE_CHECKING:
    from store.persistence.transaction import Transaction

VIEW = table_of(ViewRow)
_OPERATOR = table_of(OperatorRow)
_STORIES = (
    select(
        *(JOURNAL.c.by, JOURNAL.c.fact, JOURNAL.c.body, JOURNAL.c.words),
        _OPERATOR.c.name.label("called"),
    )
    .outerjoin(_OPERATOR, _OPERATOR.c.id == JOURNAL.c.by)
    .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(("view_saved", "view_dropped")))
    .order_by(JOURNAL.c.seq)
)


def owner_of(work: Transaction, *, shared: bool) -> int:
    """Whose view is meant: everybody's, or the asker's own."""
    return SHARED if shared else work.who.operator


def find(work: Transaction, name: str, *, shared: bool) -> dict[str, Any] | None:
    """A view by its name, locked until the end."""
    owner = owner_of(work, shared=shared)
    asked = select(*VIEW.c).where(VIEW.c.owner_id == owner, VIEW.c.name == name)
    row = work.conn.execute(asked.with_for_update()).one_or_none()
    return None if row is None else row._asdict()


def count(work: Transaction, *, shared: bool) -> int:
    """How many there are of that owner."""
    asked = select(func.count()).where(VIEW.c.owner_id == owner_of(work, shared=shared))
    return work.conn.execute(asked).scalar_one()


def put(work: Transaction, name: str, values: Values, *, shared: bool) -> None:
    """Make a view, or change the one of this name; unchanged leaves no fact."""
    stored = find(work, name, shared=shared)
    owner = owner_of(work, shared=shared)
    if stored is None:
        send(work.conn, insert_into(VIEW), [{"owner_id": owner, "name": name, **values}])
        _tell(work, "view_saved", owner, name, values)
        return
    changes = {column: value for column, value in values.items() if stored[column] != value}
    if changes:
        row = {"k_id": stored["id"], **{f"v_{column}": v for column, v in changes.items()}}
        send(work.conn, update_by(VIEW, ("id",), tuple(changes)), [row])
        _tell(work, "view_saved", owner, name, values)


def maker(work: Transaction, name: str) -> tuple[int | None, str]:
    """Who made a view that all have, and what he is called; None where his words were erased."""
    found: tuple[int | None, str] = (None, "?")
    for row in work.conn.execute(_STORIES):
        if row.body["owner"] != SHARED or (row.words or {}).get("name") != name:
            continue
        if row.fact == "view_dropped":
            found = (None, "?")
        elif found[0] is None:
            found = (row.by, row.called or "?")
    return found


def drop(work: Transaction, name: str, *, shared: bool) -> None:
    """Take a view out."""
    owner = owner_of(work, shared=shared)
    key = {"k_owner_id": owner, "k_name": name}
    send(work.conn, delete_by(VIEW, ("owner_id", "name")), [key])
    _tell(work, "view_dropped", owner, name, {})


def _tell(work: Transaction, fact: str, owner: int, name: str, values: Values) -> None:
    """A fact of the desk; what was typed lies apart, so that it can be erased."""
    body = {"owner": owner, **{key: value for key, value in values.items() if key != "query"}}
    words = {"name": name, **({"query": values["query"]} if "query" in values else {})}
    work.record(Fact(name=fact, body=body, words=words))
