"""What the desk wakes for: the kinds of timers, how bad each is, and one aim of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

BREACH_LEVEL = 100
"""The level of the due time itself; the n-th ring after it has the level 100 + n."""


class TimerKind(StrEnum):
    """Why the desk wakes."""

    WARN = "warn"
    BREACH = "breach"
    NOT_ACCEPTED = "not_accepted"
    UPDATE_DUE = "update_due"
    OVERDUE_AGAIN = "overdue_again"
    WAKE = "wake"
    ORPHAN = "orphan"
    FOLLOW_UP = "follow_up"
    SILENCE = "silence"
    SURVEY = "survey"
    ACTION = "action"
    EXCEPTION = "exception"
    STEP = "step"
    DAILY = "daily"
    UNSHELVE = "unshelve"
    ESCALATE = "escalate"


_BY_NAME = {kind.value: kind for kind in TimerKind}
_CLOCKS = frozenset({"", *(clock.value for clock in ClockKind)})


def read_kind(value: str) -> TimerKind:
    """The kind of a stored timer; one that a newer program wrote stays what it says."""
    known = _BY_NAME.get(value)
    if known is not None:
        return known
    strange = str.__new__(TimerKind, value)
    strange._name_, strange._value_ = "UNREADABLE", value
    return strange


def means_something(kind: str, clock: str) -> bool:
    """Whether this program knows what a timer of this kind, for this clock, asks for."""
    return kind in _BY_NAME and clock in _CLOCKS


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSpec:
    """How a kind of timer reads and how bad its alarm is."""

    label: str
    base: int
    """Severity for priority 2 and 3: 1 worst, 4 quiet; priority 1 is one worse, 4 one milder."""
    quiet_below: int = 0
    """The level under which it is quiet whatever the priority."""
    missed: bool = False
    """Whether it tells of a promise that was broken: that is shown before what is as bad."""
    clears: bool = True
    """Whether its alarm goes by itself when its reason is gone."""
    borne: bool = False
    """Whether a parent that is followed bears it for the orders under it, see `bearing`."""
    of_alarm: bool = False
    """Whether it is about an alarm that stands, and is no reason for one itself."""


TIMERS: Mapping[TimerKind, TimerSpec] = {
    TimerKind.WARN: TimerSpec(label=N_("deadline near"), base=3, quiet_below=75),
    TimerKind.BREACH: TimerSpec(label=N_("overdue"), base=2, missed=True),
    TimerKind.NOT_ACCEPTED: TimerSpec(label=N_("not accepted in time"), base=2, missed=True),
    TimerKind.UPDATE_DUE: TimerSpec(label=N_("customer waits for news"), base=2, missed=True),
    TimerKind.OVERDUE_AGAIN: TimerSpec(label=N_("still overdue"), base=1, missed=True),
    TimerKind.WAKE: TimerSpec(label=N_("waiting expired"), base=2),
    TimerKind.ORPHAN: TimerSpec(label=N_("nobody follows"), base=2, borne=True),
    TimerKind.FOLLOW_UP: TimerSpec(label=N_("follow-up due"), base=2),
    TimerKind.SILENCE: TimerSpec(label=N_("no progress"), base=3),
    TimerKind.SURVEY: TimerSpec(label=N_("customer to be asked"), base=3),
    TimerKind.ACTION: TimerSpec(label=N_("action due"), base=3),
    TimerKind.EXCEPTION: TimerSpec(label=N_("exception to be decided"), base=3),
    TimerKind.STEP: TimerSpec(label=N_("step of the procedure due"), base=3, missed=True),
    TimerKind.DAILY: TimerSpec(label=N_("progress note missing"), base=3),
    TimerKind.UNSHELVE: TimerSpec(label=N_("back from the shelf"), base=2, of_alarm=True),
    TimerKind.ESCALATE: TimerSpec(label=N_("nobody acknowledged"), base=2, of_alarm=True),
}

BREACHES: Mapping[ClockKind, TimerKind] = {
    ClockKind.RESPOND: TimerKind.NOT_ACCEPTED,
    ClockKind.ARRIVE: TimerKind.BREACH,
    ClockKind.RESOLVE: TimerKind.BREACH,
    ClockKind.NEXT_UPDATE: TimerKind.UPDATE_DUE,
}
"""What a clock's own due time is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerAim:
    """One moment to wake for; all but the time is its key, within its order."""

    kind: TimerKind
    clock: str = ""
    """The clock's kind; empty where no clock is meant."""
    run: int = 1
    """The clock's run, the pause's or follow-up's place, or an epoch second."""
    level: int = 0
    due_at: datetime


class Promised(Protocol):
    """A follow-up as far as a timer needs to know it."""

    @property
    def place(self) -> int: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def done_at(self) -> datetime | None: ...
