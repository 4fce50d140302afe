"""What customers say: whom to ask, who is unhappy and why, and the figures of it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.heard_figures import Score, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """One customer to ask about what was delivered to him."""

    number: int
    version: int
    title: str
    customer: str | None
    contact: str | None
    """Who called, where that is known."""
    phone: str | None
    """His, else the customer's."""
    site: str | None
    technician: str | None
    """Who did the work, where one did it."""
    done_at: datetime | None
    by: datetime
    """By when he is to have been asked."""
    next_at: datetime | None
    """When the desk is rung again, or gives up."""
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """One bad answer that something is still to be done about."""

    number: int
    version: int
    title: str
    customer: str | None
    contact: str | None
    """Who called, where that is known: he is called back."""
    phone: str | None
    """His, else the customer's."""
    site: str | None
    technician: str | None
    since: datetime
    call_by: datetime | None
    """By when he is to be called back, by working hours; None once he was, or is not to be."""
    csat: int | None
    nps: int | None
    said: str
    cause: str | None
    contained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What was asked about one order, and what was answered."""

    number: int
    title: str
    survey: str
    """One of `Survey`."""
    by: datetime | None
    rated_at: datetime | None
    csat: int | None
    nps: int | None
    said: str
    bad_at: datetime | None
    cause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFigures:
    """What the surveys of a period come to."""

    csat: Share
    nps: Score
    response: Share
    open: int
    """How many were due in the period and are still to be asked."""
    bad: int
    """How many answers were bad ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk(Query[tuple[AskLine, ...]]):
    """Whom to ask, the longest due first."""

    limit: int = 200
    text: str = ""
    """Only those of whose order's title, customer or site this is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadAnswers(Query[tuple[BadLine, ...]]):
    """Bad answers that have no action yet, the oldest first."""

    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardOf(Query[tuple[AnswerLine, ...]]):
    """What was asked and answered about one order, or about a customer's, the newest first.

    `customer` is a code or a whole name, which may mean nobody in sight: then nothing.
    """

    number: int | None = None
    customer: str = ""
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Query[HeardFigures]):
    """The figures of the surveys that fell due from one instant up to another, or ended before.

    Each counts once, at the sooner of both; an answer that came late counts where it fell due.
    """

    from_at: datetime
    to_at: datetime
    site: str = ""
    """A code; empty for all that the asker sees."""
    technician: str = ""
    """A code: whose work it was."""
