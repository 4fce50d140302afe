"""What may be done about complaints and praise: each step as a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command
from store.domain.voices import Channel

if TYPE_CHECKING:
    from datetime import datetime

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepComplaint(Command):
    """Write down what a customer complains of; its clock starts when he did.

    It is about an order, or a site, or only a customer: an order says itself whose it is and where.
    """

    said: str
    """In his own words."""
    about: str
    """One of `About`."""
    channel: str = Channel.PHONE.value
    """One of `Channel`."""
    speaker: str = ""
    """Who said it."""
    number: int | None = None
    site: Ref | None = None
    customer: Ref | None = None
    asset: Ref | None = None
    technician: Ref | None = None
    """Whom it is about."""
    received_at: datetime | None = None
    """When he said it; None for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPraise(Command):
    """Write down what a customer is glad of: it counts for the technician.

    About an order it counts for whoever did that last, where nobody is named.
    """

    said: str
    channel: str = Channel.PHONE.value
    speaker: str = ""
    number: int | None = None
    site: Ref | None = None
    customer: Ref | None = None
    asset: Ref | None = None
    technician: Ref | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComplaint(Command):
    """The customer was answered: what he was told, and who of his was told. Its clock stops."""

    complaint: int
    told: str
    whom: str
    seen: int | None = None
    """The version that the asker saw; None minds nothing, as in those below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindComplaintCause(Command):
    """Why it came to that."""

    complaint: int
    cause: str
    """One of `Cause`; that it is not known is no last word."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseComplaint(Command):
    """It is over: he was answered, and it is known why."""

    complaint: int
    cause: str = ""
    """The root cause, where it is found only now."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawVoice(Command):
    """A complaint or praise should not have been kept: it counts nowhere."""

    voice: int
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnComplaint(Command):
    """Make an action of a complaint whose root cause is known.

    It stands at the order that it is about; where there is none, one is made for it.
    """

    complaint: int
    owner: Ref | None = None
    """The operator who sees to it; None for the asker."""
    due_at: datetime | None = None
    """By when its plan is to be there; None for `PLAN_DAYS` from now."""
    seen: int | None = None
