"""Complaints and praise: those on the list, of an order or a customer, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.voices import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """One complaint or praise, with the names that its ids stand for."""

    voice: Voice
    customer: str
    place: str
    """The name of its site."""
    asset: str
    technician: str
    title: str
    """Of its order."""
    kept_by: str
    answered_by: str
    action: int | None
    """The action that it led to, unless that was dropped."""
    erased: bool
    """Whether its customer was erased, so that nobody is to be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVoices(Query[tuple[VoiceLine, ...]]):
    """Complaints that are not over: those to be answered first, then what waits to be closed."""

    over: bool = False
    """Those that are over instead, the newest first."""
    praise: bool = False
    """Praise instead, the newest first; with `over` what was withdrawn of it."""
    technician: str = ""
    """Only about the one with this code."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesOf(Query[tuple[VoiceLine, ...]]):
    """Both of one order, or of a customer by code or whole name, the newest first."""

    number: int | None = None
    customer: str = ""
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowVoice(Query[VoiceLine]):
    """One of them; `ComplaintUnknown` where there is none in sight."""

    voice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceStep:
    """One step as the journal has it."""

    at: datetime
    by: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSteps(Query[tuple[VoiceStep, ...]]):
    """What was done about it, the oldest step first."""

    voice: int
