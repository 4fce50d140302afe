"""The bells of alarms in a write transaction: shelved, back again, escalated, seen when over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.alarm_refusals import NothingRings, NotShelved
from store.domain.bells import NOTHING_TOLD, escalates_at
from store.domain.errors import RangAgain
from store.domain.facts import Fact
from store.domain.undo_refusals import AlarmChanged
from store.persistence.alarms import AlarmWork
from store.persistence.loading import ALARM
from store.persistence.mapping import ORDER, as_kept, instant
from store.persistence.scoping import within
from store.persistence.statements import send, update_by
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.bells import Heard
    from store.domain.order import WorkOrder
    from store.domain.undo import BellAgain
    from store.persistence.known import Alarm, Known

_SHELF = ("shelved_at", "shelved_until", "shelved_by")
_SILENCE = ("acknowledged_at", "acknowledged_by")
_SEEN = ("seen_at", "seen_by")
_UNSEEN = (
    select(ALARM.c.id, ALARM.c.number, ALARM.c.kind, ALARM.c.level)
    .join(ORDER, ORDER.c.number == ALARM.c.number)
    .where(ALARM.c.lapsed_at.is_not(None), ALARM.c.seen_at.is_(None))
    .order_by(ALARM.c.number, ALARM.c.id)
)
_WAS_SEEN = select(*(as_kept(ALARM.c[name]) for name in _SEEN)).where(
    ALARM.c.id == bindparam("alarm")
)


class BellWork(AlarmWork):
    """What people and time do to a standing alarm besides raising and acknowledging it."""

    def shelve(
        self, number: int, *, until: datetime, why: str, heard: Heard = NOTHING_TOLD
    ) -> Alarm:
        """Put the alarm of an order aside until a time; NothingRings where none stands.

        `RangAgain` for one that the asker has not `heard`.
        """
        known = self.known(number)
        alarm = known.alarm
        if alarm is None:
            raise NothingRings(number=number)
        if heard.misses(rings=alarm.rings, alarm=alarm.id):
            raise RangAgain(number=number)
        shelved = replace(
            alarm,
            shelved_at=self.at,
            shelved_until=until,
            shelved_by=self.who.operator,
            shelved_why=why,
        )
        self._become(known, shelved, "shelved", _SHELF)
        return shelved

    def unshelve(self, number: int) -> Alarm:
        """Have it ring again before its time; NotShelved where it is not on the shelf."""
        known = self.known(number)
        if known.alarm is None or known.alarm.shelved_until is None:
            raise NotShelved(number=number)
        alarm = _off_the_shelf(known.alarm, self.at)
        self._become(known, alarm, "unshelved", (*_SHELF, *_SILENCE))
        return alarm

    def come_back(self, order: WorkOrder) -> bool:
        """The time on the shelf is over: it rings anew, unless it is not there any more."""
        known = self.known(order.number)
        alarm = known.alarm
        if alarm is None or alarm.shelved_until is None:
            return False
        back = _off_the_shelf(alarm, self.at)
        known.alarm = replace(back, raised_at=self.at, rings=alarm.rings + 1)
        self._journal(known, Fact(name="came_back", body=_about(alarm)))
        return True

    def escalate(self, order: WorkOrder) -> bool:
        """Call the supervisor, unless somebody has acknowledged it; whether that was done."""
        known = self.known(order.number)
        alarm = known.alarm
        if alarm is None or escalates_at(alarm, self.rules(known.now).policy) is None:
            return False
        known.alarm = replace(alarm, escalated_at=self.at)
        self._journal(known, Fact(name="escalated", body=_about(alarm)))
        return True

    def see_unseen(
        self, numbers: Iterable[int] | None = None, *, upto: int | None = None
    ) -> tuple[int, ...]:
        """Somebody has seen that alarms of these orders, or of all in sight, came and went.

        Returns those orders. `upto` leaves out alarms that came after this one.
        """
        asked = _UNSEEN.where(within(self.who.scope, ORDER.c.site_id, self.kind))
        wanted = None if numbers is None else sorted(set(numbers))
        if wanted is not None:
            asked = asked.where(ALARM.c.number.in_(wanted))
        if upto is not None:
            asked = asked.where(ALARM.c.id <= upto)
        unseen = self.conn.execute(asked).all()
        self.know(row.number for row in unseen)
        seen = []
        for row in unseen:
            known = self._known.get(row.number)
            if known is None:
                continue
            self._put_seen(row.id, self.at, self.who.operator)
            before = dict.fromkeys(_SEEN)
            after = {"seen_at": to_ms(self.at), "seen_by": self.who.operator}
            body = {"kind": row.kind, "level": row.level, "alarm": row.id}
            body |= {"before": before, "after": after}
            self._journal(known, Fact(name="alarm_seen", body=body))
            seen.append(row.number)
        return tuple(dict.fromkeys(seen))

    def put_bell_again(self, known: Known, bell: BellAgain) -> None:
        """What an alarm was told stands again; AlarmChanged where it is not as that left it."""
        changed = AlarmChanged(number=known.now.number)
        if "seen_at" in bell.again:
            row = self.conn.execute(_WAS_SEEN, {"alarm": bell.alarm}).one_or_none()
            if row is None or dict(zip(_SEEN, row, strict=True)) != bell.expect:
                raise changed
            at = bell.again["seen_at"]
            self._put_seen(bell.alarm, None if at is None else instant(at), bell.again["seen_by"])
            return
        alarm = known.alarm
        if alarm is None or alarm.id != bell.alarm or _plain(alarm, bell.expect) != bell.expect:
            raise changed
        values: dict[str, Any] = {
            name: instant(value) if _is_moment(name) and value is not None else value
            for name, value in bell.again.items()
        }
        known.alarm = replace(alarm, **values, shelved_why=bell.why)

    def _become(self, known: Known, after: Alarm, name: str, names: tuple[str, ...]) -> None:
        """The alarm as it becomes, with a fact from which that can be taken back."""
        before = known.alarm
        assert before is not None
        body = _about(before) | {"alarm": before.id}
        body |= {"before": _plain(before, names), "after": _plain(after, names)}
        if after.shelved_until is not None:
            body["until"] = to_ms(after.shelved_until)
        said = {"reason": after.shelved_why, "reason_before": before.shelved_why}
        words = {key: text for key, text in said.items() if text}
        known.alarm = after
        self._journal(known, Fact(name=name, body=body, words=words or None))

    def _put_seen(self, alarm: int, at: datetime | None, by: int | None) -> None:
        row = {"k_id": alarm, "v_seen_at": at, "v_seen_by": by}
        send(self.conn, update_by(ALARM, ("id",), _SEEN), [row])


def _off_the_shelf(alarm: Alarm, at: datetime) -> Alarm:
    return replace(
        alarm,
        shelved_at=None,
        shelved_until=None,
        shelved_by=None,
        shelved_why=None,
        acknowledged_at=None,
        acknowledged_by=None,
        asked_at=at,
        escalated_at=None,
    )


def _about(alarm: Alarm) -> dict[str, Any]:
    return {"kind": alarm.kind, "level": alarm.level}


def _plain(alarm: Alarm, names: Iterable[str]) -> Mapping[str, Any]:
    values = {name: getattr(alarm, name) for name in names}
    return {n: v if v is None or not _is_moment(n) else to_ms(v) for n, v in values.items()}


def _is_moment(name: str) -> bool:
    return name.endswith(("_at", "_until"))
