"""Alarms in a write transaction: one an order, at its worst level, until its reason is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.alarms import QUIET
from store.domain.bells import NOTHING_TOLD, asked_since, leaves_the_shelf, rings_now
from store.domain.errors import RangAgain
from store.domain.evolve import maker
from store.domain.facts import Fact
from store.domain.timer_kinds import TIMERS, TimerKind, read_kind
from store.persistence.known import Alarm
from store.persistence.loading import ALARM
from store.persistence.mapping import ORDER
from store.persistence.order_work import OrderWork
from store.persistence.scoping import within
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.bells import Heard
    from store.domain.order import WorkOrder

_RINGING = (
    select(ALARM.c.number)
    .join(ORDER, ORDER.c.number == ALARM.c.number)
    .where(ALARM.c.cleared_at.is_(None), ALARM.c.acknowledged_at.is_(None))
    .where(ALARM.c.shelved_until.is_(None))
    .order_by(ALARM.c.number)
)


_new, _fact = maker(Alarm), maker(Fact)


class AlarmWork(OrderWork):
    """Raise and acknowledge; clearing follows from `save`."""

    def raise_alarm(
        self,
        order: WorkOrder,
        *,
        kind: str,
        clock: str = "",
        level: int = 0,
        severity: int,
        due_at: datetime,
    ) -> bool:
        """Ring for an order, unless a worse alarm rings already; whether it rings.

        A worse reason, or another one as bad, takes the place of the one before; of one as bad a
        broken promise gives way only to another one. Any other reason takes its acknowledgement
        back, and it from its shelf where that is as bad; a milder one shows itself when the worse
        one is gone.
        """
        known = self.known(order.number)
        standing = known.alarm
        # One that is worse than what rings already does not begin to wait anew.
        asked = asked_since(standing) if standing and rings_now(standing) else self.at
        new = _new(
            *(None, str(kind), str(clock or ""), level, severity, due_at, self.at, None, None, 1),
            *(asked, None, None, None, None, _escalated(standing)),
        )
        if standing is None:
            known.alarm = new
        elif standing.shelved_until is not None and not leaves_the_shelf(new, standing):
            return False
        elif _rings_over(new, standing):
            known.alarm = replace(new, id=standing.id, rings=standing.rings + 1)
        elif _rings_beside(new, standing):
            known.alarm = replace(
                standing,
                raised_at=self.at,
                asked_at=self.at,
                escalated_at=None,
                acknowledged_at=None,
                acknowledged_by=None,
                shelved_at=None,
                shelved_until=None,
                shelved_by=None,
                shelved_why=None,
                rings=standing.rings + 1,
            )
        else:
            return False
        body = {
            "kind": new.kind,
            "clock": new.clock,
            "level": level,
            "severity": severity,
            "due_at": to_ms(due_at),
        }
        self._journal(known, _fact("rang", body, None))
        return True

    def alarm(self, order: WorkOrder) -> Alarm | None:
        """The standing alarm of an order."""
        return self.known(order.number).alarm

    def alarm_of(self, number: int) -> Alarm | None:
        """The standing alarm of an order by its number, if it was loaded and can be read."""
        known = self._known.get(number)
        return known.alarm if known is not None else None

    def acknowledge(
        self, numbers: Iterable[int] | None = None, *, heard: Heard = NOTHING_TOLD
    ) -> tuple[int, ...]:
        """Silence the bell of some orders, or of all in sight; returns those that it silenced.

        The clocks run on, and a worse level rings again. `RangAgain` for what the asker has not
        `heard`. Of all, those that cannot be read, or whose promises cannot, ring
        on.
        """
        self.flush()
        ringing = self._ringing()
        chosen = sorted(ringing if numbers is None else ringing & set(numbers))
        self.know(chosen)
        silenced = []
        for number in chosen:
            known = self._known.get(number)
            if known is None or known.alarm is None or not rings_now(known.alarm):
                continue
            if heard.misses(rings=known.alarm.rings, alarm=known.alarm.id):
                raise RangAgain(number=number)
            if numbers is None and self.rules_if_readable(known.now) is None:
                continue
            known.alarm = replace(
                known.alarm, acknowledged_at=self.at, acknowledged_by=self.who.operator
            )
            body = {"kind": known.alarm.kind, "level": known.alarm.level}
            which = {"alarm": known.alarm.id, "rings": known.alarm.rings}
            self._journal(known, Fact(name="acknowledged", body=body | which))
            silenced.append(number)
        return tuple(silenced)

    def _ringing(self) -> set[int]:
        asked = _RINGING.where(within(self.who.scope, ORDER.c.site_id, self.kind))
        return set(self.conn.execute(asked).scalars())


def _escalated(standing: Alarm | None) -> datetime | None:
    """When the supervisor was called for what has rung ever since."""
    return standing.escalated_at if standing is not None and rings_now(standing) else None


def _rings_over(new: Alarm, standing: Alarm) -> bool:
    if new.severity != standing.severity:
        return new.severity < standing.severity
    if (new.kind, new.clock) == (standing.kind, standing.clock):
        return new.level > standing.level
    return not _tells_of_a_miss(standing.kind) or _tells_of_a_miss(new.kind)


def _tells_of_a_miss(kind: str) -> bool:
    spec = TIMERS.get(read_kind(kind))
    return spec is not None and spec.missed


def _rings_beside(new: Alarm, standing: Alarm) -> bool:
    """Whether a milder reason is news to those who silenced the alarm; a quiet warning is not."""
    if rings_now(standing) or (new.kind, new.severity) == (TimerKind.WARN, QUIET):
        return False
    return (new.kind, new.clock, new.due_at) != (standing.kind, standing.clock, standing.due_at)
