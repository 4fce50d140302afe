"""The bells of calendars' alarms in a write transaction: silenced, shelved, back from the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.alarm_refusals import CalendarNotShelved, CalendarRangAgain, NoCalendarRings
from store.persistence import journal
from store.persistence.horizons import CALENDAR, HORIZON, HorizonWork
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_STANDING = (
    select(HORIZON, CALENDAR.c.code)
    .join(CALENDAR, CALENDAR.c.id == HORIZON.c.calendar_id)
    .where(HORIZON.c.level > 0)
    .order_by(HORIZON.c.calendar_id)
)


class HorizonBellWork(HorizonWork):
    """Calendars are the whole desk's: an asker of some sites only can do nothing about them."""

    def acknowledge_horizons(
        self, codes: Collection[str] | None = None, *, rings: int | None = None
    ) -> tuple[str, ...]:
        """Silence the bell of some calendars by their codes, or of all; returns those that rang.

        `CalendarRangAgain` for one that is named and rang more often than the asker has seen.
        """
        if self.who.scope.sites is not None or (codes is not None and not codes):
            return ()
        silenced = []
        for row in self._horizons_held():
            if codes is not None and row.code not in codes:
                continue
            if row.acknowledged_at is not None or row.shelved_until is not None:
                continue
            if codes is not None and rings is not None and row.rings > rings:
                raise CalendarRangAgain(code=row.code)
            seen = {"acknowledged_at": self.at, "acknowledged_by": self.who.operator}
            self._change_horizon(row.calendar_id, seen)
            self._journal_horizon("acknowledged", row.calendar_id, row.level, row.known_until)
            silenced.append(row.code)
        return tuple(silenced)

    def shelve_horizon(
        self, code: str, *, until: datetime, why: str, rings: int | None = None
    ) -> None:
        """Put the alarm of a calendar aside until a time; `NoCalendarRings` where none stands."""
        row = self._horizon_held(code)
        if row is None:
            raise NoCalendarRings(code=code)
        if rings is not None and row.rings > rings:
            raise CalendarRangAgain(code=code)
        shelf = {"shelved_at": self.at, "shelved_until": until}
        who = {"shelved_by": self.who.operator, "shelved_why": why}
        self._change_horizon(row.calendar_id, {**shelf, **who})
        told = (row.calendar_id, row.level, row.known_until)
        self._journal_horizon("shelved", *told, {"until_at": to_ms(until)}, {"reason": why})

    def unshelve_horizon(self, code: str) -> None:
        """Have it ring before its time; `CalendarNotShelved` where it is not on the shelf."""
        row = self._horizon_held(code)
        if row is None or row.shelved_until is None:
            raise CalendarNotShelved(code=code)
        self._off_the_shelf(row, "unshelved")

    def _horizon_held(self, code: str) -> Any:
        if self.who.scope.sites is not None:
            return None
        return next((row for row in self._horizons_held() if row.code == code), None)

    def _horizons_held(self) -> list[Any]:
        """Those that have rung; nobody changes them until the end."""
        self.flush()
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        return list(self.conn.execute(_STANDING))
