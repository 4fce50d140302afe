"""What dispatch reckons with at this desk: read, and set so that it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.desk_deeds import FIGURE_FACTS, About, Thing
from store.domain.dispatch.figures import FIGURES, Figure, Figures
from store.domain.facts import Fact
from store.domain.undo_refusals import ForgottenBeforeOld
from store.persistence import ground
from store.persistence.journal import JOURNAL
from store.persistence.mapping import table_of
from store.persistence.statements import Values, insert_into, send, update_by
from store.persistence.tables import DispatchFigureRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.deeds import Told
    from store.persistence.transaction import Transaction

FIGURE = table_of(DispatchFigureRow)
_KNOWN = frozenset(figure.value for figure in Figure)
_SET = select(FIGURE.c.name, FIGURE.c.value).where(FIGURE.c.value.is_not(None))

_SINCE = (
    select(JOURNAL.c.body)
    .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(sorted(FIGURE_FACTS)))
    .where(JOURNAL.c.at >= bindparam("since"))
    .order_by(JOURNAL.c.seq.desc())
)


def figures_of(conn: Connection) -> Figures:
    """As they are set; those of later programs are left out."""
    found = {row.name: row.value for row in conn.execute(_SET) if row.name in _KNOWN}
    return Figures(**found)


def figures_at(conn: Connection, at: datetime) -> Figures:
    """As they were set at some time: as they are, less what the journal has of them since.

    Of entries that an archive has taken away nothing is known: what they changed counts as it is.
    """
    rows = {row.id: row for row in conn.execute(select(*FIGURE.c)) if row.name in _KNOWN}
    if not rows:
        return Figures()
    found = {row.name: row.value for row in rows.values()}
    for body in conn.execute(_SINCE, {"since": at}).scalars():
        row = rows.get(body["figure"])
        if row is not None:
            found[row.name] = body["before"]["value"]
    return Figures(**{name: value for name, value in found.items() if value is not None})


def held(work: Transaction) -> Figures:
    """As they are set, and stay until the transaction ends but for what it sets itself."""
    ground.hold_to_change(work, ground.FIGURES)
    return figures_of(work.conn)


def put(work: Transaction, name: Figure, value: int | None) -> bool:
    """Set a figure, or leave it as usual (None); whether that changed anything."""
    ground.hold_to_change(work, ground.FIGURES)
    row = _row(work, FIGURE.c.name == name.value)
    before = None if row is None else row.value
    if before == value:
        return False
    if row is None:
        given = {"name": name.value, "value": value}
        made = work.conn.execute(insert_into(FIGURE), given).inserted_primary_key
        number = int(made[0]) if made is not None else 0
    else:
        number = row.id
        _change(work, number, value)
    _tell(work, "figure_set", number, {"name": name.value}, before, value)
    return True


def name_of(work: Transaction, figure: int) -> str:
    """Which figure a row is; a question mark where nobody knows."""
    row = _row(work, FIGURE.c.id == figure)
    return "?" if row is None else str(row.name)


def put_back(work: Transaction, figure: int, told: Told) -> bool:
    """As it was before that entry; False where it is not as the entry left it.

    What has been set beside it since may forbid it.
    """
    body = told.fact.body
    row = _row(work, FIGURE.c.id == figure)
    if row is None or row.value != body["after"]["value"]:
        return False
    value = body["before"]["value"]
    if row.name in _KNOWN:
        spec = FIGURES[Figure(row.name)]
        then = replace(held(work), **{row.name: spec.usual if value is None else value})
        if not then.in_order:
            raise ForgottenBeforeOld(thing=Thing(About.FIGURE, figure).called(spec.label))
    _change(work, figure, value)
    more = {"name": row.name, "undoes": told.deed or told.seq}
    _tell(work, "figure_restored", figure, more, row.value, value)
    return True


def _row(work: Transaction, condition: Any) -> Any:
    asked = select(*FIGURE.c).where(condition).with_for_update()
    return work.conn.execute(asked).one_or_none()


def _change(work: Transaction, figure: int, value: int | None) -> None:
    send(work.conn, update_by(FIGURE, ("id",), ("value",)), [{"k_id": figure, "v_value": value}])


def _tell(
    work: Transaction,
    fact: str,
    figure: int,
    more: Values,
    before: int | None,
    after: int | None,
) -> None:
    sides = {"before": {"value": before}, "after": {"value": after}}
    work.record(Fact(name=fact, body={"figure": figure, **more, **sides}))
