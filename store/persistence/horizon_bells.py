"""The bells of calendars' alarms in a write transaction: silenced, shelved, back from the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.alarm_refusals import CalendarNotShelved, CalendarRangAgain, NoCalendarRings
from store.persistence import journal
from store.persistence.horizons import CALENDAR, HORIZON, OFF_THE_SHELF, UNSEEN, HorizonWork
from store.persistence.sides import as_told, kept, plain
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from store.domain.deeds import Told
    from store.persistence.statements import Values

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
            self._horizon_becomes(row, "acknowledged", seen)
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
        self._horizon_becomes(row, "shelved", {**shelf, **who}, {"until_at": to_ms(until)})

    def unshelve_horizon(self, code: str) -> None:
        """Have it ring before its time; `CalendarNotShelved` where it is not on the shelf."""
        row = self._horizon_held(code)
        if row is None or row.shelved_until is None:
            raise CalendarNotShelved(code=code)
        self._horizon_becomes(row, "unshelved", {**OFF_THE_SHELF, **UNSEEN})

    def put_horizon_back(self, calendar: int, told: Told) -> bool:
        """What a deed left becomes what was before it; False where that does not stand any more."""
        row = next((one for one in self._horizons_held() if one.calendar_id == calendar), None)
        body, words = told.fact.body, told.fact.words or {}
        if row is None or plain(row, body["after"]) != body["after"]:
            return False
        values = kept(body["before"])
        if "shelved_until" in values:
            on_it = values["shelved_until"] is not None
            values["shelved_why"] = words.get("reason_before", "") if on_it else None
        self._horizon_becomes(row, "alarm_restored", values, {"undoes": told.deed or told.seq})
        return True

    def _horizon_becomes(
        self, row: Any, fact: str, values: Values, more: Mapping[str, Any] | None = None
    ) -> None:
        """The row as it becomes, with a fact from which that can be taken back."""
        names = [name for name in values if name != "shelved_why"]
        changed = {"before": plain(row, names), "after": as_told(values, names)}
        said = {"reason": values.get("shelved_why"), "reason_before": row.shelved_why}
        words = {key: text for key, text in said.items() if text and "shelved_until" in values}
        self._change_horizon(row.calendar_id, values)
        told = (row.calendar_id, row.level, row.known_until)
        self._journal_horizon(fact, *told, {**changed, **(more or {})}, words or None)

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
