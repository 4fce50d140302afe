"""How the desk itself stands: who sits here, the link to the store, the timers, the bell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from console.render_drill import Outage
    from store.domain.errors import Refusal
    from store.queries.health import Pulse

LATE_S = 15
"""A timer that should have fired so long ago means that nobody fires timers."""


class Sweeps(Protocol):
    """What the scheduler of this process tells about itself."""

    @property
    def last_good_at(self) -> datetime | None: ...

    def stalled(self, *, at: datetime) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the status line shows besides the time."""

    name: str = ""
    """The operator's."""
    drill_ends_at: datetime | None = None
    """When the drill is over that this desk is there for; None where it is serious."""
    outage: Outage | None = None
    """While a drill has the system stand still."""
    kind: str = ""
    """Of the store: sqlite or postgresql; empty until it is open."""
    trouble: Refusal | None = None
    """Why the store does not answer; None while it does."""
    trouble_since: datetime | None = None
    seen_at: datetime | None = None
    """Of when the board is that stays on the screen meanwhile; None while it is the present."""
    waiting: int = 0
    """Commands that wait for the store, or for the operator."""
    held: int = 0
    """Those among them that the operator decides about."""
    read_only: bool = False
    bytes_s: int | None = None
    """Bytes a second to the terminal between the last two ticks; None where they are not told."""
    only_looks: bool = False
    """Whether this console takes no commands, as one on a wall."""
    recorded: bool = False
    """Whether somebody keeps what this console shows."""
    muted: bool = False
    flashes: bool = True
    """Whether the first line flashes when something rings."""
    notifies: bool = False
    """Whether the terminal is asked to show a notification then."""
    ringing: int = 0
    """Alarms that nobody has acknowledged, as the store last told of them."""
    escalated: int = 0
    """Those among them that the supervisor is called for."""
    sweeps: Sweeps | None = None
    """This process's scheduler; None where another one fires the timers."""
    offered_from: str = ""
    """Whose desk waits for somebody to take it over; empty where none does, or it is one's own."""
    fires_by: datetime | None = None
    """By when this process fires them itself, if all is well; None where it never does."""
    pulse: Pulse | None = None
    """The timers as the store last told of them."""

    def told(self, at: datetime) -> object:
        """What decides the status line; None where each second changes it."""
        counting = self.drill_ends_at is not None or self.trouble is not None
        if counting or self.stalled_s(at) is not None:
            return None
        return self, at.replace(second=0, microsecond=0)

    def stalled_s(self, at: datetime) -> int | None:
        """For how many seconds no timer has fired that should have; None while all is well."""
        sweeps = None if self.read_only else self.sweeps  # which cannot fire what it finds due
        if sweeps is not None and sweeps.last_good_at is not None and sweeps.stalled(at=at):
            return int((at - sweeps.last_good_at).total_seconds())
        since = self.pulse.late_since if self.pulse is not None else None
        begins = self.fires_by is not None and at < self.fires_by
        if since is None or sweeps is not None or begins:
            return None
        late = int((at - since).total_seconds())
        return late if late >= LATE_S else None
