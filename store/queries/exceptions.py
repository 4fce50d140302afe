"""Exceptions: those that wait or may be used, one whole, the limits, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.exception_limits import Limit
    from store.domain.exceptions import Grant, OrderException


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """One exception, with the names that its ids stand for."""

    exception: OrderException
    stands: Grant
    """How it stands now: what was granted may have expired."""
    title: str
    """Of its order."""
    customer: str | None
    place: str | None
    asked_by: str
    decided_by: str
    limit_of: str
    moves: bool = False
    """Whether it moves its clock while it stands; no waiver that was granted before any did."""
    waits_for: tuple[str, ...] = ()
    """Whose turn it is to decide, by name; none once it is decided, or where nobody may."""
    rung: int = 0
    """How many times it has gone one up."""
    mine: bool = False
    """Whether it is the asker's turn to decide."""
    may: bool = False
    """Whether the asker may decide it, his turn or not."""

    @property
    def next_at(self) -> datetime | None:
        """By when it is to be decided or used; None once it is over."""
        one = self.exception
        told = {"asked": one.decide_by, "granted": one.expires_at}
        return told.get(self.stands.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExceptions(Query[tuple[ExceptionLine, ...]]):
    """What waits for the asker first, then what others decide, then what may be used."""

    closed: bool = False
    """Those that are over instead, the newest first."""
    number: int | None = None
    """Only those of one order, live or over."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowException(Query[ExceptionLine]):
    """One exception; `ExceptionUnknown` where there is none in sight."""

    exception: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionStep:
    """One step of an exception as the journal has it."""

    at: datetime
    by: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionSteps(Query[tuple[ExceptionStep, ...]]):
    """What was done about an exception, the oldest step first."""

    exception: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveGrants(Query[tuple["OrderException", ...]]):
    """What is granted on an order and may be used now, what ends first before."""

    number: int
    kind: str = ""
    """One of `Deviation`; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """One limit, and what its holder has granted by it this month."""

    limit: Limit
    name: str
    """Of the person whose own it is; empty for a role's."""
    code: str
    size: float = 0.0
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInLine:
    """Who may grant in whose place, and when."""

    operator: str
    delegate: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsHeld:
    """All limits, and who stands in now or later."""

    limits: tuple[LimitLine, ...]
    stand_ins: tuple[StandInLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLimits(Query[LimitsHeld]):
    """Limits by kind, roles before persons; who sees some sites only is told his own and roles'."""
