"""What rings: the alarm strip, worst first, with the quiet ones summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.bells import AlarmState
from store.domain.floods import CALM, Storm
from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import date, datetime

    from store.domain.floods import AlarmGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """One standing alarm."""

    number: int | None
    """The order; None where it is about a calendar, a complaint, a project or backups."""
    title: str
    """The order's, or the calendar's name."""
    priority: int | None
    site_name: str | None
    kind: str
    """The timer kind that raised it, see `TIMERS`; of a calendar: horizon; else a `Reminder`."""
    clock: str
    """The clock's kind; empty where none is meant."""
    level: int
    severity: int
    """1 worst to 4 quiet."""
    due_at: datetime
    """When it should have been raised."""
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    """The operator's name."""
    rings: int
    calendar: str | None = None
    """The code of the calendar whose holidays run out."""
    known_until: date | None = None
    """The last day of which that calendar knows its holidays."""
    complaint: int | None = None
    """The complaint that waits to be answered, by its id."""
    project: int | None = None
    """The project whose stage or hand-off is due, by its id; its `kind` says which."""
    asked_at: datetime | None = None
    """Since when it has waited to be acknowledged; None as long as since it was raised."""
    shelved_until: datetime | None = None
    shelved_by: str | None = None
    """The operator's name."""
    shelved_why: str | None = None
    escalated_at: datetime | None = None
    """When the supervisor was called."""
    lapsed_at: datetime | None = None
    """When its cause went away by itself; it is over, and nobody has seen it."""
    id: int | None = None
    """The alarm's own; None where it is about a calendar."""
    reminder: int | None = None
    """The id of the certificate or training that it is about; its `kind` says which."""
    ahead_days: int = 0
    """How many days before its end a certificate rings; 0 once it has ended."""
    appointed: bool = False
    """Whether the order has an appointment: that is its promise to arrive."""
    began_at: datetime | None = None
    """Where an alarm falls due only when something has lasted for long: since when it does."""

    @property
    def since(self) -> datetime:
        """Since when what it is about lasts: nobody has the order, nothing came of it, it is late.

        One that is over has nothing but the instant at which it fell due.
        """
        if self.began_at is None or self.lapsed_at is not None:
            return self.due_at
        return min(self.began_at, self.due_at)

    @property
    def state(self) -> AlarmState:
        """How it stands to the people at the desk."""
        if self.lapsed_at is not None:
            return AlarmState.CLEARED
        if self.shelved_until is not None:
            return AlarmState.SHELVED
        seen = self.acknowledged_at is not None
        return AlarmState.ACKNOWLEDGED if seen else AlarmState.UNACKNOWLEDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The quiet alarms as one line."""

    count: int
    oldest_at: datetime | None
    """The earliest due time among them."""
    newest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The alarm strip."""

    alarms: tuple[AlarmLine, ...]
    """Unacknowledged before acknowledged, then worst, then longest due; of the milder ones those
    first that the supervisor was called for.

    Quiet ones stand after all others that nobody acknowledged; those that somebody did are left
    out.
    """
    standing: int
    """All that are listed: quiet, acknowledged and shelved ones too, and those over unseen."""
    unacknowledged: int
    """Those that still ring, quiet ones left out."""
    loud: int
    """Those among them that are as bad as `LOUD` or worse."""
    loud_at: datetime | None
    """When the latest of these rang, by the clock of whoever fired it; None where none is."""
    quiet: Quiet
    worst: int = 0
    """Those of the loud that are as bad as can be."""
    worst_at: datetime | None = None
    """When the latest of these rang."""
    escalated: int = 0
    """Those that the supervisor was called for, and that ring still."""
    escalated_at: datetime | None = None
    """When he was called last."""
    shelved: int = 0
    unseen: int = 0
    """Those whose cause went away by itself before anybody saw them."""
    groups: tuple[AlarmGroup, ...] = ()
    """While there are more new alarms than can be read: what they have in common."""
    alone: tuple[AlarmLine, ...] = ()
    """Those of them that have nothing in common with another: each is a group of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStrip(Query[Strip]):
    """The worst standing alarms, and the sums of all."""

    limit: int = 20
    storm: Storm = CALM
    """How a flood was told that the asker saw before."""
