"""What customers say without being asked: complaints, each with a clock of its own, and praise.

A complaint is answered (what was told to whom), its root cause is found, and then it is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KIND: Final = "complaint"
"""What an alarm of this is called, beside the kinds of timers."""
LABEL: Final = N_("complaint to be answered")
ERASED: Final = N_("whoever complained was erased")
"""Instead of his words, where they were erased with him."""


class About(StrEnum):
    """What a customer complains of."""

    LATE = "late"
    AGAIN = "again"
    WORK = "work"
    MANNER = "manner"
    NOISE = "noise"
    NEWS = "news"
    PRICE = "price"
    OTHER = "other"


ABOUT: Mapping[About, str] = {
    About.LATE: N_("too late"),
    About.AGAIN: N_("came back again"),
    About.WORK: N_("bad work"),
    About.MANNER: N_("bad manner"),
    About.NOISE: N_("noise or dirt"),
    About.NEWS: N_("no news"),
    About.PRICE: N_("price or bill"),
    About.OTHER: N_("something else"),
}
"""In the order of their keys."""


class Channel(StrEnum):
    """How it came."""

    PHONE = "phone"
    MESSAGE = "message"
    LETTER = "letter"
    PERSON = "person"
    SURVEY = "survey"
    OTHER = "other"


CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: N_("phone"),
    Channel.MESSAGE: N_("message"),
    Channel.LETTER: N_("letter or e-mail"),
    Channel.PERSON: N_("in person"),
    Channel.SURVEY: N_("survey"),
    Channel.OTHER: N_("other way"),
}


class Stand(StrEnum):
    """How a complaint stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STANDS: Mapping[Stand, str] = {
    Stand.OPEN: N_("to be answered"),
    Stand.ANSWERED: N_("answered"),
    Stand.CLOSED: N_("closed"),
    Stand.WITHDRAWN: N_("withdrawn"),
}

NEAR, MISSED = 1, 2
"""The levels of its alarm: its time is nearly over, and it is."""
SEVERITIES: Mapping[int, int] = {NEAR: 3, MISSED: 2}
"""How bad each is, 1 worst to 4 quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A complaint or praise, whole. Everything but ids and times is outside text, already safe."""

    id: int
    version: int = 1
    praise: bool
    about: str
    """One of `About`; empty for praise."""
    channel: str
    """One of `Channel`."""
    said: str
    """In his own words."""
    speaker: str
    """Who said it; empty where nobody noted that."""
    customer: int | None
    site: int | None
    """Who sees this site sees it; without one, whoever sees the whole desk."""
    asset: int | None
    technician: int | None
    """Whom it is about; praise counts for him."""
    number: int | None
    """The order that it is about."""
    received_at: datetime
    kept_at: datetime
    kept_by: int
    warn_at: datetime | None = None
    """When it rings before its time is over; None for praise."""
    answer_by: datetime | None = None
    """By when it is to be answered; None for praise."""
    answer: str = ""
    """What he was told."""
    answered_to: str = ""
    """Who was told that."""
    answered_at: datetime | None = None
    """When he was first told something: whatever he is told later, the clock stopped then."""
    answered_by: int | None = None
    cause: str = ""
    """The root cause, see `causes`; empty until somebody looked for it."""
    over_at: datetime | None = None
    """When it was closed or withdrawn."""
    over_by: int | None = None
    withdrawn: str = ""
    """Why it should not have been kept at all; empty for what stands."""
    level: int = 0
    """The level that has rung and stands, `NEAR` or `MISSED`; 0 for none."""
    raised_at: datetime | None = None
    rings: int = 0
    """How often it has rung."""
    seen_at: datetime | None = None
    """When somebody acknowledged its alarm."""
    seen_by: int | None = None

    @property
    def stand(self) -> Stand:
        """Where it is on its way."""
        if self.over_at is not None:
            return Stand.WITHDRAWN if self.withdrawn else Stand.CLOSED
        return Stand.OPEN if self.answered_at is None else Stand.ANSWERED

    @property
    def next_at(self) -> datetime | None:
        """When it rings next; None where it does not."""
        if self.answer_by is None or self.stand is not Stand.OPEN or self.level >= MISSED:
            return None
        return self.answer_by if self.level >= NEAR else self.warn_at
