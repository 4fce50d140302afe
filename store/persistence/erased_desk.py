"""Takes somebody who is erased out of what is the desk's own, in a write transaction.

Plans, views, notes to the next shift, suggestions, what the fund paid for, trainings, why something
is not taken up, and the names of the places where he was served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from store.domain.erasing import GONE
from store.persistence import journal
from store.persistence.automatic import AUTOMATIC
from store.persistence.erased_orders import with_traces
from store.persistence.handovers import NOTE
from store.persistence.idea_work import ENTRY, IDEA
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.mapping import ORDER, table_of
from store.persistence.radar_work import RECURRENCE
from store.persistence.registers import KEPT
from store.persistence.reminders import TRAINING
from store.persistence.statements import among
from store.persistence.tables import PlanRow
from store.persistence.views import VIEW

if TYPE_CHECKING:
    from sqlalchemy import Table

    from store.domain.erasing import Traces
    from store.persistence.registers import RegisterWork

_PLAN, _CONTRACT = table_of(PlanRow), KEPT["contract"]
_SAID: tuple[tuple[Table, tuple[str, ...], tuple[str, ...]], ...] = (
    (_PLAN, ("id",), ("title", "description")),
    (NOTE, ("handover_id", "place"), ("text",)),
    (IDEA, ("id",), ("text", "reason", "effect")),
    (ENTRY, ("id",), ("words",)),
    (TRAINING, ("id",), ("topic", "trainer", "result", "certificate")),
    (RECURRENCE, ("id",), ("reason",)),
)
"""Where somebody may be named in passing."""
_PLACES = (("site", ORDER.c.site_id, ("name", "address")), ("asset", ORDER.c.asset_id, ("name",)))


def words_of(work: RegisterWork, traces: Traces, whom: tuple[str, int]) -> list[int]:
    """Entries of the desk that name him, and what was said of the renewal of his contracts."""
    journal.hold_desk(work.conn, work.kind)
    return with_traces(work, JOURNAL.c.number.is_(None), traces) + _renewals(work, whom)


def _renewals(work: RegisterWork, whom: tuple[str, int]) -> list[int]:
    register, customer = whom
    if register != "customer":
        return []
    mine = select(_CONTRACT.c.id).where(_CONTRACT.c.customer_id == customer)
    ids = set(work.conn.execute(mine).scalars())
    asked = select(JOURNAL.c.seq, JOURNAL.c.body).where(
        JOURNAL.c.number.is_(None),
        JOURNAL.c.fact == "register_edited",
        JOURNAL.c.words.is_not(None),
        RAW_BODY.contains('"register":"contract"'),
    )
    return [seq for seq, body in work.conn.execute(asked) if body.get("id") in ids]


def forget_desk(work: RegisterWork, traces: Traces, numbers: list[int]) -> None:
    """His traces go from what `_SAID` lists, views, and the names of where these orders were."""
    for said in _SAID:
        _without(work, *said, traces)
    _views(work, traces)
    for register, column, names in _PLACES:
        table = KEPT[register]
        mine = select(column).where(among(ORDER.c.number, "numbers", work.kind)).distinct()
        asked = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(mine))
        for entry, *texts in work.conn.execute(asked, {"numbers": numbers}).all():
            if any(map(traces.stand_in, texts)):
                left = map(traces.out_of, texts)
                work.put(register, {"id": entry}, dict(zip(names, left, strict=True)))


def _views(work: RegisterWork, traces: Traces) -> None:
    """A setting of automatic dispatch names the view that it is for."""
    asked = select(VIEW.c.id, VIEW.c.owner_id, VIEW.c.name).order_by(VIEW.c.id)
    rows = work.conn.execute(asked).all()
    _without(work, VIEW, ("id",), ("query",), traces)
    taken = {(owner, name) for _view, owner, name in rows}
    for view, owner, name in rows:
        if not traces.stand_in(name):
            continue
        left = traces.out_of(name)
        if (owner, left) in taken:
            left = f"{left} {GONE}{view}"
        taken.add((owner, left))
        work.conn.execute(update(VIEW).where(VIEW.c.id == view).values(name=left))
        for_it = (AUTOMATIC.c.view.is_not_distinct_from(True), AUTOMATIC.c.queue == name)
        work.conn.execute(update(AUTOMATIC).where(*for_it).values(queue=left))


def _without(
    work: RegisterWork,
    table: Table,
    keys: tuple[str, ...],
    names: tuple[str, ...],
    traces: Traces,
) -> None:
    columns = [table.c[name] for name in (*keys, *names)]
    for row in work.conn.execute(select(*columns)).all():
        texts: dict[str, Any] = {name: getattr(row, name) for name in names}
        if any(map(traces.stand_in, texts.values())):
            one = [table.c[key] == getattr(row, key) for key in keys]
            left = {name: traces.out_of(text) for name, text in texts.items()}
            work.conn.execute(update(table).where(*one).values(**left))
