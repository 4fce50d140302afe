"""Hand-overs in a write transaction: offered, noted, ticked, and at last accepted or withdrawn.

Every console asks whose desk it is; what gathers a hand-over comes in when one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.domain.errors import HandoverChanged, HandoverOver, HandoverUnknown
from store.domain.facts import Fact
from store.domain.handover import TICKED, Part, desk_of, kept_as, part_of
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import HandoverItemRow, HandoverNoteRow, HandoverRow, OperatorRow
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from store.domain.handover import Item
    from store.domain.who import Scope
    from store.persistence.handover_gather import Mark
    from store.persistence.handover_since import Since
    from store.persistence.statements import Values
    from store.persistence.transaction import Transaction

HANDOVER = table_of(HandoverRow)
ITEM = table_of(HandoverItemRow)
NOTE = table_of(HandoverNoteRow)
_OPERATOR = table_of(OperatorRow)

LEFT = "deadlines="
"""In `more`, before how many deadlines are not told one by one."""

OPEN = HANDOVER.c.accepted_at.is_(None) & HANDOVER.c.withdrawn_at.is_(None)


def last_accepted(conn: Connection, scope: Scope) -> Any:
    """The row of the newest hand-over of this desk that was accepted; None where none was."""
    asked = (
        select(HANDOVER)
        .where(HANDOVER.c.desk == desk_of(scope), HANDOVER.c.accepted_at.is_not(None))
        .order_by(HANDOVER.c.accepted_at.desc(), HANDOVER.c.id.desc())
        .limit(1)
    )
    return conn.execute(asked).one_or_none()


def open_one(conn: Connection, scope: Scope) -> Any:
    """The row of the offer of this desk that stands; None where none does."""
    asked = select(HANDOVER).where(HANDOVER.c.desk == desk_of(scope), OPEN)
    return conn.execute(asked).one_or_none()


def mark_after(row: Any) -> Mark | None:
    """From where the next hand-over tells, after the one that was accepted last."""
    if row is None:
        return None
    from store.persistence.handover_gather import Mark

    return Mark(seq=row.upto_seq, at=row.offered_at, snapshot=row.snapshot)


def find(work: Transaction, handover: int) -> Any:
    """An offer that stands, by its id, locked; refuses one that is over, or another desk's."""
    asked = select(HANDOVER).where(
        HANDOVER.c.id == handover, HANDOVER.c.desk == desk_of(work.who.scope)
    )
    row = work.conn.execute(asked.with_for_update()).one_or_none()
    if row is None:
        raise HandoverUnknown(handover=handover)
    if row.accepted_at is not None:
        raise HandoverOver(by=name_of(work, row.accepted_by), at=row.accepted_at)
    if row.withdrawn_at is not None:
        raise HandoverUnknown(handover=handover)
    return row


def unchanged(work: Transaction, row: Any, seen: int | None) -> None:
    """Refuse where something was written into it since the asker read it."""
    if seen is not None and seen != row.version:
        asked = select(NOTE).where(NOTE.c.handover_id == row.id).order_by(NOTE.c.place.desc())
        note = work.conn.execute(asked.limit(1)).one()
        raise HandoverChanged(by=name_of(work, note.by), at=note.at)


def name_of(work: Transaction, operator: int) -> str:
    """How an operator is called."""
    asked = select(_OPERATOR.c.name).where(_OPERATOR.c.id == operator)
    return work.conn.execute(asked).scalar_one_or_none() or "?"


def offer(work: Transaction) -> tuple[int, int, int]:
    """Write down what would be handed over now; its id, how many risks, and in whose name."""
    from store.persistence.handover_gather import gather

    before = last_accepted(work.conn, work.who.scope)
    scope = work.who.scope
    told = gather(work.conn, work.kind, scope, since=mark_after(before), at=work.at)
    holder = before.accepted_by if before is not None else work.who.operator
    row = {
        "version": 1,
        "desk": desk_of(scope),
        "from_id": holder,
        "offered_by": work.who.operator,
        "offered_at": work.at,
        "since_at": told.since.at,
        "since_seq": told.since.seq,
        "upto_seq": told.upto.seq,
        "snapshot": told.upto.snapshot,
        "more": " ".join([*sorted(told.more), *([f"{LEFT}{told.left}"] if told.left else [])]),
    }
    key = work.conn.execute(insert_into(HANDOVER), row).inserted_primary_key
    made = int(key[0]) if key is not None else 0
    if items := _items(made, told.items, 1):
        send(work.conn, insert_into(ITEM), items)
    risks = [item.number for item in told.items if item.part in TICKED]
    marks = {"since": told.since.seq, "upto": told.upto.seq}
    _tell(work, "handover_offered", made, {**marks, "from": holder, "risks": risks})
    return made, len(risks), holder


def note(work: Transaction, row: Any, text: str) -> None:
    """One more note."""
    last = select(func.max(NOTE.c.place)).where(NOTE.c.handover_id == row.id)
    place = 1 + (work.conn.execute(last).scalar_one() or 0)
    made = {"handover_id": row.id, "place": place, "text": text}
    send(work.conn, insert_into(NOTE), [{**made, "by": work.who.operator, "at": work.at}])
    _change(work, row.id, version=row.version + 1)
    _tell(work, "handover_noted", row.id, {"place": place}, {"text": text})


def tick(work: Transaction, row: Any, numbers: Collection[int], *, ticked: bool) -> int:
    """Tick risks by the numbers of their orders, or take the ticks away; how many orders changed.

    One that is new since the offer becomes an item of it; one that became a major incident since
    has two, and is one order all the same.
    """
    if ticked:
        _take_in(work, row, [item for item in since(work, row).new if item.number in numbers])
    wanted = [
        item
        for item in risks(work, row.id)
        if item.number in numbers and (item.ticked_by == work.who.operator) is not ticked
    ]
    if wanted:
        by, at = (work.who.operator, work.at) if ticked else (None, None)
        keys = [{"k_handover_id": row.id, "k_place": item.place} for item in wanted]
        rows = [{**key, "v_ticked_by": by, "v_ticked_at": at} for key in keys]
        columns = ("ticked_by", "ticked_at")
        send(work.conn, update_by(ITEM, ("handover_id", "place"), columns), rows)
    told = sorted({item.number for item in wanted})
    if told:
        _tell(work, "handover_ticked", row.id, {"numbers": told, "ticked": ticked})
    return len(told)


def since(work: Transaction, row: Any) -> Since:
    """What has become of its risks."""
    from store.persistence.handover_since import since_offered

    told = told_risks(risks(work, row.id))
    scope = work.who.scope
    return since_offered(
        work.conn, work.kind, scope, told=told, offered_at=row.offered_at, at=work.at
    )


def _take_in(work: Transaction, row: Any, new: Iterable[Item]) -> None:
    last = select(func.max(ITEM.c.place)).where(ITEM.c.handover_id == row.id)
    place = 1 + (work.conn.execute(last).scalar_one() or 0)
    if items := _items(row.id, new, place):
        send(work.conn, insert_into(ITEM), items)


def _items(handover: int, items: Iterable[Item], first: int) -> list[dict[str, Any]]:
    return [
        {
            "handover_id": handover,
            "place": place,
            "part": kept_as(item.part),
            "number": item.number,
            "what": item.what,
            "at": item.at,
            "times": item.count,
        }
        for place, item in enumerate(items, first)
    ]


def told_risks(items: Iterable[Any]) -> dict[int, Part]:
    """The orders that some rows name as risks; as an incident where one of them does."""
    told: dict[int, Part] = {}
    for item in items:
        part = part_of(item.part, item.what)
        if part in TICKED and told.get(item.number) is not Part.INCIDENT:
            told[item.number] = part
    return told


def risks(work: Transaction, handover: int) -> list[Any]:
    """The rows of its risks, major incidents among them."""
    asked = select(ITEM).where(ITEM.c.handover_id == handover, ITEM.c.part == Part.RISK.value)
    return list(work.conn.execute(asked.order_by(ITEM.c.place)))


def accept(work: Transaction, row: Any) -> None:
    """The desk is the asker's from now on."""
    _change(work, row.id, accepted_by=work.who.operator, accepted_at=work.at)
    body = {"from": row.from_id, "offered": to_ms(row.offered_at)}
    _tell(work, "handover_accepted", row.id, body)


def withdraw(work: Transaction, row: Any) -> None:
    """The offer stands no longer; the next one tells from where this one did."""
    _change(work, row.id, withdrawn_by=work.who.operator, withdrawn_at=work.at)
    _tell(work, "handover_withdrawn", row.id, {})


def _change(work: Transaction, handover: int, **values: Any) -> None:
    row = {"k_id": handover, **{f"v_{name}": value for name, value in values.items()}}
    send(work.conn, update_by(HANDOVER, ("id",), tuple(values)), [row])


def _tell(
    work: Transaction,
    fact: str,
    handover: int,
    body: Values,
    words: dict[str, str] | None = None,
) -> None:
    about = {"handover": handover, "desk": desk_of(work.who.scope)}
    work.record(Fact(name=fact, body={**about, **body}, words=words))
