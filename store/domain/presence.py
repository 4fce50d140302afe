"""Presence: which order somebody has before him now, and whether he writes about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

LEASE: Final = timedelta(seconds=45)
"""How long it holds without being renewed: a console that was killed leaves no ghost behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What one console tells the others; it forbids nothing."""

    number: int
    """The order."""
    doing: str
    """The id of the action whose form is open on it; empty while it is only looked at."""
    since: datetime
