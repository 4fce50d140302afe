"""Shift hand-over: what the next shift takes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.handover import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """One item of a hand-over."""

    part: Part
    number: int
    what: str
    """Why it is told, see `WORDS`."""
    at: datetime | None
    """When it happened last, or falls due."""
    times: int
    """How often it happened; of a major incident how many orders stand under it."""
    title: str
    """As it is now; empty where the order has left the asker's sight."""
    priority: int | None
    site_name: str | None
    ticked_by: str | None = None
    """The operator's name."""
    ticked_at: datetime | None = None
    mine: bool = False
    """Whether the asker has ticked it."""
    now: str | None = None
    """While it is offered, why a risk is one now, and a promise one; None where none any more."""
    new: bool = False
    """Whether it is a risk that came since the offer, and nobody has ticked it."""
    shelved_until: datetime | None = None
    """Of a risk: until when its alarm stands on the shelf now."""
    waits: bool = False
    """Of what is open: whether the order waits now."""
    wakes_at: datetime | None = None
    """Until when it waits, where that was said."""
    owner: str = ""
    """Of a major incident: who follows it now, else which technician has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNote:
    """What somebody wrote down for the next shift."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A hand-over with all it tells; one without an id was not offered yet."""

    id: int | None
    version: int
    holder: str
    """In whose name the desk stands until somebody accepts."""
    mine: bool
    """Whether that is the asker."""
    since_at: datetime
    """From when it tells."""
    offered_by: str | None
    offered_at: datetime | None
    accepted_by: str | None
    accepted_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    lines: tuple[HandoverLine, ...]
    notes: tuple[HandoverNote, ...]
    more: tuple[Part, ...]
    """Parts that have more than is told."""
    left: int = 0
    """Deadlines of the next shift that are not among the lines."""
    until_at: datetime | None = None
    """To when it tells what falls due."""

    @property
    def stands(self) -> bool:
        """Whether it is offered and nobody has accepted it yet."""
        over = self.accepted_at is not None or self.withdrawn_at is not None
        return self.id is not None and not over


@dataclass(frozen=True, slots=True, kw_only=True)
class PastHandover:
    """One that was accepted or withdrawn, in a line."""

    id: int
    holder: str
    offered_at: datetime
    accepted_by: str | None
    over_at: datetime
    risks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHandover(Query[Handover]):
    """The offer that stands, else what would be offered now; an old one by its id.

    `HandoverUnknown` for an id that this desk has not.
    """

    handover: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHandovers(Query[tuple[PastHandover, ...]]):
    """Those of the asker's desk that are over, the newest first."""

    limit: int = 20
