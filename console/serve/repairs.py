"""What of a served board needs somebody, reckoned once for all who look at it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from console.replan.needing import Looking
from console.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from console.replan.needing import Needing
    from store.domain.who import Who
    from store.records import Records


class Repairs:
    """Looks at most once for each commit and each minute, for each scope of sites."""

    def __init__(self) -> None:
        self._looking = Looking()
        self._guard = Lock()
        self._found: dict[Hashable, tuple[Hashable, Needing | None]] = {}

    def needing(self, records: Records, who: Who, at: datetime, open_orders: int) -> Needing | None:
        """What needs somebody; the next who asks waits for the look of the one before."""
        with records.asking(who=who, at=at) as ask:
            who = ask.who  # of the sites that he sees now
        with self._guard:
            state = records.head(), at.replace(second=0, microsecond=0)
            found = self._found.get(who.scope)
            if found is None or found[0] != state:
                seat = Seat(records=records, who=who, name="", now=lambda: at)
                found = state, self._looking.look(seat, open_orders=open_orders)
                self._found[who.scope] = found
            return found[1]

    def end(self) -> None:
        """Nobody wants to know any more."""
        self._looking.end()
