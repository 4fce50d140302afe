"""Taking back in a write transaction: what a command left, and the order without it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select

from store.domain.alarms import still_stands
from store.domain.deeds import Told
from store.domain.desk_deeds import STORY, is_exact, thing_of
from store.domain.facts import Fact
from store.domain.follow_ups import Promise
from store.domain.lifecycle import VisitState
from store.domain.undo_refusals import AlarmChanged
from store.persistence import receipts
from store.persistence.copies import CopyWork
from store.persistence.journal import JOURNAL
from store.persistence.known import FollowUp
from store.persistence.loading import ALARM, ALARM_COLUMNS, FOLLOW_UP, read_alarm
from store.persistence.mapping import VISIT, as_kept, table_of
from store.persistence.statements import delete_by, insert_into, send, update_by
from store.persistence.tables import OperatorRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.desk_deeds import Thing
    from store.domain.intents import Done
    from store.domain.undo import Bell, TakenBack
    from store.persistence.known import Known

OPERATOR = table_of(OperatorRow)

_CLEARED_THEN = (
    select(*(as_kept(ALARM.c[name]) for name in ALARM_COLUMNS))
    .where(ALARM.c.number == bindparam("number"), ALARM.c.cleared_at == bindparam("cleared_at"))
    .order_by(ALARM.c.id.desc())
    .limit(1)
)
"""Made once: of a plan for the whole board thousands are taken back."""
_ID = func.coalesce(JOURNAL.c.deed, JOURNAL.c.seq)
_DEED = select(_ID).where(JOURNAL.c.seq == bindparam("seq"))
_NUMBERS = (
    select(JOURNAL.c.number)
    .where(or_(JOURNAL.c.seq == bindparam("deed"), JOURNAL.c.deed == bindparam("deed")))
    .where(JOURNAL.c.number.is_not(None))
    .distinct()
    .order_by(JOURNAL.c.number)
)
_TOLD = (
    *(JOURNAL.c.seq, JOURNAL.c.at, JOURNAL.c.by, JOURNAL.c.via),
    *(JOURNAL.c.deed, JOURNAL.c.fact, JOURNAL.c.body, JOURNAL.c.words),
)
_STORIES = (
    select(JOURNAL.c.number, *_TOLD)
    .where(JOURNAL.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(JOURNAL.c.number, JOURNAL.c.seq)
)
_OF_THE_DESK = (
    select(*_TOLD)
    .where(or_(JOURNAL.c.seq == bindparam("deed"), JOURNAL.c.deed == bindparam("deed")))
    .where(JOURNAL.c.number.is_(None))
    .order_by(JOURNAL.c.seq)
)
_DESK_SINCE = (
    select(*_TOLD)
    .where(JOURNAL.c.number.is_(None), JOURNAL.c.seq >= bindparam("since"))
    .where(JOURNAL.c.fact.in_(bindparam("facts", expanding=True)))
    .order_by(JOURNAL.c.seq)
)
_RECALLS = (
    select(VISIT.c.number)
    .where(VISIT.c.technician_id == bindparam("technician"))
    .where(VISIT.c.state == VisitState.RECALLED.value, VISIT.c.seen_at.is_(None))
    .distinct()
    .order_by(VISIT.c.number)
)
_ROW = tuple(field.name for field in fields(Promise) if field.name != "place")
_CLEARING = ("cleared_at", "lapsed_at", "seen_at")
_LOOKED_BACK = 50
"""Commands of an operator that are read at once to find his last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A deed, the orders in whose journals it stands, and what of the desk itself it changed."""

    id: int
    numbers: tuple[int, ...]
    things: tuple[Thing, ...] = ()


def touched(conn: Connection, seq: int) -> Touched | None:
    """The deed that a journal entry belongs to; None where there is no such entry."""
    deed = conn.execute(_DEED, {"seq": seq}).scalar_one_or_none()
    if deed is None:
        return None
    numbers = tuple(conn.execute(_NUMBERS, {"deed": deed}).scalars())
    return Touched(id=deed, numbers=numbers, things=_things(conn, deed))


def _things(conn: Connection, deed: int) -> tuple[Thing, ...]:
    """What its entries of the desk itself changed so that it can be taken back."""
    told = [_read(row) for row in conn.execute(_OF_THE_DESK, {"deed": deed})]
    found = {thing_of(one.fact.name, one.fact.body) for one in told if is_exact(one)}
    return tuple(sorted(thing for thing in found if thing is not None))


def desk_story(conn: Connection, thing: Thing, deed: int) -> list[Told]:
    """What the journal tells of a thing, oldest first, from what a deed goes back to on."""
    root = deed
    while True:
        rows = conn.execute(_OF_THE_DESK, {"deed": root}).all()
        mine = [one for one in map(_read, rows) if thing_of(one.fact.name, one.fact.body) == thing]
        before = mine[0].fact.body.get("undoes") if mine else None
        if before is None:
            break
        root = before
    told = map(_read, conn.execute(_DESK_SINCE, {"since": root, "facts": sorted(STORY)}))
    return [one for one in told if thing_of(one.fact.name, one.fact.body) == thing]


def _read(row: Any) -> Told:
    fact = Fact(name=row.fact, body=row.body, words=row.words)
    return Told(seq=row.seq, at=row.at, by=row.by, via=row.via, deed=row.deed, fact=fact)


def stories(conn: Connection, numbers: Iterable[int]) -> dict[int, list[Told]]:
    """The journals of some orders, oldest entry first."""
    told: dict[int, list[Told]] = {number: [] for number in numbers}
    for row in conn.execute(_STORIES, {"numbers": list(told)}):
        told[row.number].append(_read(row))
    return told


def latest(conn: Connection, *, by: int) -> Iterator[Done]:
    """What an operator's last commands answered, newest first."""
    before = None
    while some := receipts.latest(conn, by=by, before=before, limit=_LOOKED_BACK):
        yield from some
        before = some[-1].seq


class UndoWork(CopyWork):
    """Keeps what the domain made of an order without a deed."""

    def touched(self, seq: int) -> Touched | None:
        """The deed that a journal entry belongs to, and the orders it is about."""
        return touched(self.conn, seq)

    def stories(self, numbers: Iterable[int]) -> dict[int, list[Told]]:
        """The journals of orders that this transaction holds, oldest entry first."""
        return stories(self.conn, numbers)

    def own_latest(self) -> Iterator[Done]:
        """What the asker's last commands answered, newest first."""
        return latest(self.conn, by=self.who.operator)

    def name_of(self, operator: int) -> str:
        """What an operator is called."""
        asked = select(OPERATOR.c.name).where(OPERATOR.c.id == operator)
        return self.conn.execute(asked).scalar_one_or_none() or str(operator)

    def recalls_of(self, technician: int) -> list[int]:
        """The orders that he was recalled from without anybody having seen it."""
        return list(self.conn.execute(_RECALLS, {"technician": technician}).scalars())

    def keep_taken_back(self, number: int, taken: TakenBack, *, done_at: datetime) -> None:
        """The order, its follow-ups and its alarm as they were before what was done then."""
        known = self.known(number)
        before = known.now
        if taken.bell is not None:
            self._silence(known, taken.bell)
        if taken.again is not None:
            self.put_bell_again(known, taken.again)
        for place, promise in taken.promises.items():
            self._promise_again(known, place, promise)
        self.save(before, taken.order, *taken.facts)
        self._reopen_alarm(self.known(number), done_at)

    def _promise_again(self, known: Known, place: int, promise: Promise | None) -> None:
        number = known.now.number
        key = {"number": number, "place": place}
        removal = delete_by(FOLLOW_UP, ("number", "place"))
        send(self.conn, removal, [{f"k_{name}": value for name, value in key.items()}])
        others = tuple(held for held in known.follow_ups if held.place != place)
        if promise is not None:
            row = {name: getattr(promise, name) for name in _ROW}
            send(self.conn, insert_into(FOLLOW_UP), [key | row])
            if promise.done_at is None:
                held = {name: row[name] for name in ("due_at", "kind", "note")}
                others = (*others, FollowUp(place=place, **held))
        known.follow_ups = tuple(sorted(others, key=lambda held: held.place))

    def _silence(self, known: Known, bell: Bell) -> None:
        """Take the silence away or give it again; AlarmChanged for another alarm now."""
        alarm = known.alarm
        was = (None, None) if bell.silent else (bell.at, bell.by)
        if (
            alarm is None
            or (alarm.acknowledged_at, alarm.acknowledged_by) != was
            or bell.heard.misses(rings=alarm.rings, alarm=alarm.id)
        ):
            raise AlarmChanged(number=known.now.number)
        at, by = (bell.at, bell.by) if bell.silent else (None, None)
        known.alarm = replace(alarm, acknowledged_at=at, acknowledged_by=by)

    def _reopen_alarm(self, known: Known, cleared_at: datetime) -> None:
        """The alarm that was cleared then stands again as it was, unless a worse one does now.

        One that took its place at that moment did so only because it went.
        """
        given = {"number": known.now.number, "cleared_at": cleared_at}
        row = self.conn.execute(_CLEARED_THEN, given).one_or_none()
        if row is None:
            return
        alarm, standing = read_alarm(row), known.alarm
        if standing is not None:
            came_since = standing.raised_at != cleared_at
            worse = standing.severity <= alarm.severity and self._is_right(known, standing)
            if came_since and worse:
                return
            self._set_cleared(standing.id, self.at)
        self._set_cleared(alarm.id, None)
        known.stored_alarm = known.alarm = alarm

    def _is_right(self, known: Known, alarm: Any) -> bool:
        return still_stands(
            known.now,
            self.rules(known.now),
            kind=alarm.kind,
            clock=alarm.clock,
            follow_ups=known.follow_ups,
            due_at=alarm.due_at,
            at=self.at,
        )

    def _set_cleared(self, alarm: int | None, at: datetime | None) -> None:
        statement = update_by(ALARM, ("id",), _CLEARING)
        send(
            self.conn,
            statement,
            [{"k_id": alarm, "v_cleared_at": at, "v_lapsed_at": None, "v_seen_at": None}],
        )
