"""Saved views in a write transaction, each change told so that it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from store.domain.desk_deeds import VIEW_FACTS
from store.domain.facts import Fact
from store.persistence import journal
from store.persistence.journal import JOURNAL
from store.persistence.mapping import table_of
from store.persistence.statements import Values, delete_by, insert_into, send, update_by
from store.persistence.tables import OperatorRow, ViewRow
from store.persistence.tables.views import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.deeds import Told
    from store.persistence.transaction import Transaction

VIEW = table_of(ViewRow)
_OPERATOR = table_of(OperatorRow)
_STORIES = (
    select(
        *(JOURNAL.c.by, JOURNAL.c.fact, JOURNAL.c.body, JOURNAL.c.words),
        _OPERATOR.c.name.label("called"),
    )
    .outerjoin(_OPERATOR, _OPERATOR.c.id == JOURNAL.c.by)
    .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(sorted(VIEW_FACTS)))
    .order_by(JOURNAL.c.seq)
)
_NOBODY: Final[tuple[int | None, str]] = (None, "?")
_MOST_NAMED: Final = 20
_APART: Final = "query"
"""The column whose text lies apart from what is hashed."""


def owner_of(work: Transaction, *, shared: bool) -> int:
    """Whose view is meant: everybody's, or the asker's own."""
    return SHARED if shared else work.who.operator


def find(work: Transaction, name: str, *, shared: bool) -> dict[str, Any] | None:
    """A view by its name, locked until the end; the desk's own facts before it, as to undo one."""
    work.hold_promises()
    journal.hold_desk(work.conn, work.kind)
    owner = owner_of(work, shared=shared)
    asked = select(*VIEW.c).where(VIEW.c.owner_id == owner, VIEW.c.name == name)
    row = work.conn.execute(asked.with_for_update()).one_or_none()
    return None if row is None else row._asdict()


def count(work: Transaction, *, shared: bool) -> int:
    """How many there are of that owner."""
    asked = select(func.count()).where(VIEW.c.owner_id == owner_of(work, shared=shared))
    return work.conn.execute(asked).scalar_one()


def shared_names(work: Transaction) -> tuple[str, ...]:
    """The views that all have, by name."""
    asked = select(VIEW.c.name).where(VIEW.c.owner_id == owner_of(work, shared=True))
    return tuple(work.conn.execute(asked.order_by(VIEW.c.name).limit(_MOST_NAMED)).scalars())


def put(work: Transaction, name: str, values: Values, *, shared: bool) -> None:
    """Make a view, or change the one of this name; unchanged leaves no fact."""
    stored = find(work, name, shared=shared)
    owner = owner_of(work, shared=shared)
    if stored is None:
        view = _insert(work, {"owner_id": owner, "name": name, **values}, _new_id(work))
        _tell(work, "view_saved", (view, owner, name), None, values)
        return
    before = {column: stored[column] for column in values}
    if before != values:
        _update(work, stored["id"], values)
        _tell(work, "view_saved", (stored["id"], owner, name), before, values)


def drop(work: Transaction, name: str, *, shared: bool) -> None:
    """Take a view out."""
    stored = find(work, name, shared=shared)
    assert stored is not None
    _delete(work, stored["id"])
    _tell(work, "view_dropped", (stored["id"], stored["owner_id"], name), _values(stored), None)


def maker(work: Transaction, name: str) -> tuple[int | None, str]:
    """Who made a view that all have, and what he is called; None where his words were erased."""
    found = before = _NOBODY
    for row in work.conn.execute(_STORIES):
        if row.body["owner"] != SHARED or (row.words or {}).get("name") != name:
            continue
        if row.fact == "view_dropped" or row.body.get("after", 0) is None:
            before, found = found, _NOBODY
        elif found == _NOBODY:
            back = row.fact == "view_restored" and before != _NOBODY
            found = before if back else (row.by, row.called or "?")
    return found


# -- taking back -----------------------------------------------------------------------------


def may_change(work: Transaction, view: int) -> bool:
    """Whether the asker may do something about a view that is there, or was."""
    told = [row for row in work.conn.execute(_STORIES) if row.body.get("view") == view]
    if not told:
        return False
    owner = told[0].body["owner"]
    if owner != SHARED:
        return bool(owner == work.who.operator)
    return work.who.scope.sites is None or told[0].by == work.who.operator


def name_of(work: Transaction, view: int) -> str:
    """How a view is called, or was; a question mark where its words were erased."""
    name = "?"
    for row in work.conn.execute(_STORIES):
        if row.body.get("view") == view:
            name = (row.words or {}).get("name", name)
    return name


def put_back(work: Transaction, view: int, told: Told) -> bool:
    """As it was before that entry; False where it is not as the entry left it, or has no room."""
    body, words = told.fact.body, told.fact.words or {}
    owner, name = body["owner"], words.get("name")
    if name is None:
        return False
    before = _side(body["before"], words.get(f"{_APART}_before", ""))
    after = _side(body["after"], words.get(_APART, ""))
    held = work.conn.execute(select(*VIEW.c).where(VIEW.c.id == view).with_for_update())
    row = held.one_or_none()
    stands = None if row is None else _values(row._asdict())
    if stands != after or (row is not None and (row.owner_id, row.name) != (owner, name)):
        return False
    if before is None:
        _delete(work, view)
    elif stands is not None:
        _update(work, view, before)
    elif find(work, name, shared=owner == SHARED) is not None:
        return False  # another one is called so now
    else:
        _insert(work, {"owner_id": owner, "name": name, **before}, view)
    undoes = {"undoes": told.deed or told.seq}
    _tell(work, "view_restored", (view, owner, name), after, before, undoes)
    return True


def _side(told: Mapping[str, Any] | None, query: str) -> dict[str, Any] | None:
    return None if told is None else {**told, _APART: query}


def _values(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column: value
        for column, value in stored.items()
        if column not in {"id", "owner_id", "name"}
    }


def _new_id(work: Transaction) -> int | None:
    """One that no view ever had, so that none is taken for another; PostgreSQL sees to it."""
    if work.kind != "sqlite":
        return None
    highest = work.conn.execute(select(func.max(VIEW.c.id))).scalar_one() or 0
    told = (row.body.get("view", 0) for row in work.conn.execute(_STORIES))
    return int(1 + max(highest, *told, 0))


def _insert(work: Transaction, values: Values, view: int | None) -> int:
    given = values if view is None else {"id": view, **values}
    send(work.conn, insert_into(VIEW), [given])
    asked = select(VIEW.c.id).where(
        VIEW.c.owner_id == values["owner_id"], VIEW.c.name == values["name"]
    )
    return int(work.conn.execute(asked).scalar_one())


def _update(work: Transaction, view: int, values: Values) -> None:
    row = {"k_id": view, **{f"v_{column}": value for column, value in values.items()}}
    send(work.conn, update_by(VIEW, ("id",), tuple(values)), [row])


def _delete(work: Transaction, view: int) -> None:
    send(work.conn, delete_by(VIEW, ("id",)), [{"k_id": view}])


def _tell(
    work: Transaction,
    fact: str,
    view: tuple[int, int, str],
    before: Values | None,
    after: Values | None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """A fact of the desk; what was typed lies apart, so that it can be erased."""
    number, owner, name = view
    body = {"view": number, "owner": owner, **(more or {})}
    words = {"name": name}
    for side, values, word in (
        ("before", before, f"{_APART}_before"),
        ("after", after, _APART),
    ):
        kept = values and {column: value for column, value in values.items() if column != _APART}
        body[side] = kept
        if values:
            words[word] = values[_APART]
    work.record(Fact(name=fact, body=body, words=words))
