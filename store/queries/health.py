"""How the desk's machinery is doing: timers, outbox, journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """The state of the machinery at one instant."""

    pending: int
    """Timers that have not fired."""
    next_aim_at: datetime | None
    """When the next of them wants to be fired."""
    late: int
    """Those that should have fired by now, and are not known to fail."""
    late_since: datetime | None
    """The oldest of these; long ago means that nobody sweeps."""
    failing: int
    """Those that could not be read, or whose reaction failed, at least once."""
    trouble: str | None
    """What the failing timer that was tried most says."""
    outbox: int
    """Effects outside the store that are still to be had."""
    head: int
    """The journal's highest sequence number."""
    backup_at: datetime | None = None
    """Of when the last good backup is that was made by itself."""
    backup_wrong: str | None = None
    """Why there is an alarm about backups; None where there is none."""

    @property
    def ails(self) -> tuple[object, ...]:
        """What is wrong: equal where the state of the machinery is told in the same words."""
        return self.late_since, self.failing, self.trouble, self.backup_wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Health(Query[Pulse]):
    """Whether timers fire; the same for every asker, since it names no order."""
