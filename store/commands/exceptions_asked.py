"""What may be asked of an exception, of limits, and of who stands in: each as a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command

if TYPE_CHECKING:
    from datetime import datetime

Ref = int | str

DECIDE_HOURS = 4
"""Working hours to decide in, where nobody says by when."""
VALID_DAYS = 7
"""Days that one may be used in, where nobody says until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskException(Command):
    """Ask to deviate on an order: granted at once within one's own limit, else somebody decides."""

    number: int
    kind: str
    """One of `Deviation`."""
    reason: str
    size: float | None = None
    """Money or hours, for kinds that are measured."""
    about: str = ""
    """What is done besides, which step, or which SLA clock (one of `ClockKind`)."""
    decide_by: datetime | None = None
    """None for `DECIDE_HOURS` from now."""
    until: datetime | None = None
    """Until when it may be used; None for `VALID_DAYS` from now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantException(Command):
    """Grant it, by one's own limit or that of whom one stands in for."""

    exception: int
    why: str = ""
    seen: int | None = None
    """The version of it that the asker saw; None minds nothing, as in those below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseException(Command):
    """Do not grant it, and say why."""

    exception: int
    why: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseException(Command):
    """Make use of it, all that is left of it or a part."""

    exception: int
    what: str
    """What is done by it."""
    size: float | None = None
    """How much of it; None for all that is left."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawException(Command):
    """Take it back, asked for or granted; what was used of it stays used."""

    exception: int
    why: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExceptionLimit(Command):
    """Say how much of a kind a role, or one person instead of his role, may grant."""

    kind: str
    role: str = ""
    """One of `Role`; with it no operator."""
    operator: Ref | None = None
    each: float | None = None
    month: float | None = None
    count: int | None = None
    """See `Limit`; None is no bound."""
    drop: bool = False
    """Take the limit away: without one nothing is granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn(Command):
    """Have somebody grant in one's own place, or in that of another one, for a time."""

    delegate: Ref | None
    """None: nobody any more."""
    until: datetime | None = None
    since: datetime | None = None
    """None for now."""
    operator: Ref | None = None
    """In whose place; None for one's own. Another's wants the right to administer operators."""
