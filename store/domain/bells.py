"""The life of an alarm that stands: unacknowledged, acknowledged, shelved; and what it wakes for.

A shelf is a promise to look again: when its time is over the alarm rings anew, and earlier where
it gets worse. Acknowledging has no end, but another reason takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from store.domain.alarms import LOUD, QUIET
from store.domain.evolve import maker
from store.domain.replay import epoch_ms
from store.domain.timer_kinds import TimerAim, TimerKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.targets import ServiceLevel


class AlarmState(StrEnum):
    """How an alarm stands to the people at the desk."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"
    CLEARED = "cleared"
    """Its cause went away by itself, and nobody has seen it: cleared-unseen."""


ALARM_STATES: Mapping[AlarmState, str] = {
    AlarmState.UNACKNOWLEDGED: N_("rings"),
    AlarmState.ACKNOWLEDGED: N_("acknowledged"),
    AlarmState.SHELVED: N_("shelved"),
    AlarmState.CLEARED: N_("over, unseen"),
}
"""How lists call them."""


class Rung(Protocol):
    """A standing alarm as far as these rules need to know it."""

    @property
    def kind(self) -> str: ...
    @property
    def clock(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def raised_at(self) -> datetime: ...
    @property
    def asked_at(self) -> datetime | None: ...
    @property
    def acknowledged_at(self) -> datetime | None: ...
    @property
    def shelved_at(self) -> datetime | None: ...
    @property
    def shelved_until(self) -> datetime | None: ...
    @property
    def escalated_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody knows of an order's alarm who does something about it; None is not told."""

    rings: int | None = None
    """How often it had rung when he looked."""
    alarm: int | None = None
    """Its id: once it is gone, another one may ring for the order as often."""

    def misses(self, *, rings: int, alarm: int | None) -> bool:
        """Whether what rings now is something that he has not heard."""
        rang = self.rings is not None and rings > self.rings
        return rang or (self.alarm is not None and alarm != self.alarm)


NOTHING_TOLD = Heard()

_aim = maker(TimerAim)


def rings_now(alarm: Rung) -> bool:
    """Whether nobody has acknowledged or shelved it."""
    return alarm.acknowledged_at is None and alarm.shelved_until is None


def asked_since(alarm: Rung) -> datetime:
    """Since when it has waited for somebody, however often it rang meanwhile."""
    return alarm.asked_at or alarm.raised_at


def leaves_the_shelf(new: Rung, shelved: Rung) -> bool:
    """Whether a reason that rings now is worse than the shelved one, or another one as bad.

    The same reason at a later level is what was shelved; a milder one waits behind it.
    """
    if new.severity != shelved.severity:
        return new.severity < shelved.severity
    return (new.kind, new.clock) != (shelved.kind, shelved.clock)


def lapses(alarm: Rung, *, acted: bool) -> bool:
    """Whether an alarm that goes now goes unseen; not where a person's deed (`acted`) ends it."""
    return rings_now(alarm) and not acted


def is_listed_unseen(severity: int) -> bool:
    """Whether an alarm that went unseen is worth a look; a quiet one never was."""
    return severity < QUIET


def escalates_at(alarm: Rung, policy: ServiceLevel) -> datetime | None:
    """When it goes on to the supervisor unless somebody acknowledges it; None where it does not."""
    after = policy.escalate_after_s
    if after is None or alarm.severity > LOUD or not rings_now(alarm):
        return None
    if alarm.escalated_at is not None:
        return None
    return asked_since(alarm) + timedelta(seconds=after)


def alarm_aims(alarm: Rung | None, policy: ServiceLevel) -> tuple[TimerAim, ...]:
    """What a standing alarm wakes for: the end of its shelf, or that nobody has acknowledged it.

    The run is the second in which the shelf or the waiting began, so that each is a timer of its
    own and fires once.
    """
    if alarm is None:
        return ()
    if alarm.shelved_until is not None:
        began = epoch_ms(alarm.shelved_at or alarm.raised_at) // 1000
        return (_aim(TimerKind.UNSHELVE, "", began, 0, alarm.shelved_until),)
    at = escalates_at(alarm, policy)
    if at is None:
        return ()
    return (_aim(TimerKind.ESCALATE, "", epoch_ms(asked_since(alarm)) // 1000, 0, at),)
