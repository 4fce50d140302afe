"""Horizons in a write transaction: how far calendars' holidays are known, and who was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, or_, select

from store.domain.calendar import Calendar
from store.domain.facts import Fact
from store.domain.horizon import KIND, next_due, worst_due
from store.persistence import journal
from store.persistence.contacts import ContactWork
from store.persistence.lookups import REGISTERS
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import HorizonRow
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.horizon import Rung
    from store.persistence.statements import Values

HORIZON = table_of(HorizonRow)
CALENDAR = REGISTERS["calendar"].table

_IS_DUE = or_(
    HORIZON.c.next_at <= bindparam("at"),
    and_(HORIZON.c.level > 0, HORIZON.c.shelved_until <= bindparam("at")),
)
_ANY_DUE = select(select(HORIZON.c.calendar_id).where(_IS_DUE).exists())
_DUE = (
    select(HORIZON, CALENDAR.c.code)
    .join(CALENDAR, CALENDAR.c.id == HORIZON.c.calendar_id)
    .where(_IS_DUE)
    .order_by(HORIZON.c.calendar_id)
)
UNSEEN: Values = {"acknowledged_at": None, "acknowledged_by": None}
OFF_THE_SHELF: Values = dict.fromkeys(("shelved_at", "shelved_until", "shelved_by", "shelved_why"))
_SILENT: Values = {"raised_at": None, **UNSEEN, **OFF_THE_SHELF}


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonRang:
    """A calendar that rang now."""

    calendar: str
    """Its code."""
    known_until: str
    """ISO 8601."""
    rung: Rung
    due_at: datetime
    rings: int
    """How often this calendar has rung by now."""


def any_due(conn: Connection, *, at: datetime) -> bool:
    """Whether a calendar is to ring by then."""
    due: bool = conn.execute(_ANY_DUE, {"at": at}).scalar_one()
    return due


def derived(spec: Mapping[str, Any], *, level: int) -> Values:
    """What a calendar's row must say of its horizon, at the level that has rung."""
    calendar = Calendar.parse(spec)
    horizon, ends_at = calendar.horizon(), calendar.known_before()
    return {
        "known_until": horizon and horizon.isoformat(),
        "ends_at": ends_at,
        "next_at": ends_at and next_due(ends_at, level=level),
    }


class HorizonWork(ContactWork):
    """Rows of horizons are written under the lock of the desk's own facts, which comes first."""

    def follow_horizon(self, calendar: int, spec: Mapping[str, Any]) -> None:
        """Aim at the horizon that a calendar has now; an alarm for another one is over."""
        journal.hold_desk(self.conn, self.kind)
        mine = select(HORIZON).where(HORIZON.c.calendar_id == calendar)
        row = self.conn.execute(mine).one_or_none()
        if row is None:
            wanted = derived(spec, level=0)
            if wanted["ends_at"] is not None:
                send(self.conn, insert_into(HORIZON), [{"calendar_id": calendar, **wanted}])
            return
        wanted = derived(spec, level=row.level)
        if (wanted["known_until"], wanted["ends_at"]) != (row.known_until, row.ends_at):
            wanted = {**derived(spec, level=0), "level": 0, **_SILENT}
            if row.level:
                self._journal_horizon("cleared", calendar, row.level, row.known_until)
        if any(getattr(row, name) != value for name, value in wanted.items()):
            self._change_horizon(calendar, wanted)

    def raise_horizons(self) -> list[HorizonRang]:
        """Ring for every calendar whose next rung is due: at the worst one due, and once.

        What gets worse leaves the shelf; one whose time there is over rings anew.
        """
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        rang = []
        for row in self.conn.execute(_DUE, {"at": self.at}).all():
            rung = worst_due(row.ends_at, at=self.at)
            if rung is not None and rung.level == row.level and _is_over(row, self.at):
                self._come_back(row)
                continue
            if rung is None or rung.level <= row.level:  # a row that only a doctor understands
                self._change_horizon(
                    row.calendar_id, {"next_at": next_due(row.ends_at, level=row.level)}
                )
                continue
            aim: Values = {"level": rung.level, "next_at": next_due(row.ends_at, level=rung.level)}
            rings: Values = {**_SILENT, "raised_at": self.at, "rings": row.rings + 1}
            if not self._change_horizon(row.calendar_id, {**aim, **rings}, level=row.level):
                continue
            due_at = rung.due_at(row.ends_at)
            about = {"severity": rung.severity, "due_at": to_ms(due_at)}
            self._journal_horizon("rang", row.calendar_id, rung.level, row.known_until, about)
            rang.append(
                HorizonRang(
                    calendar=row.code,
                    known_until=row.known_until,
                    rung=rung,
                    due_at=due_at,
                    rings=row.rings + 1,
                )
            )
        return rang

    def _come_back(self, row: Any) -> None:
        """The time on the shelf is over: it rings anew."""
        self._off_the_shelf(row, "came_back", raised_at=self.at, rings=row.rings + 1)

    def _off_the_shelf(self, row: Any, fact: str, **more: Any) -> None:
        self._change_horizon(row.calendar_id, {**OFF_THE_SHELF, **UNSEEN, **more})
        self._journal_horizon(fact, row.calendar_id, row.level, row.known_until)

    def _change_horizon(self, calendar: int, values: Values, **while_: int) -> bool:
        keys = {"calendar_id": calendar, **while_}
        row = {
            **{f"k_{name}": value for name, value in keys.items()},
            **{f"v_{name}": value for name, value in values.items()},
        }
        return send(self.conn, update_by(HORIZON, tuple(keys), tuple(values)), [row]) == 1

    def _journal_horizon(
        self,
        fact: str,
        calendar: int,
        level: int,
        until: str,
        more: Mapping[str, Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        body = {"kind": KIND, "calendar": calendar, "level": level, "known_until": until}
        self.record(Fact(name=fact, body=body | dict(more or {}), words=words))


def _is_over(row: Any, at: datetime) -> bool:
    """Whether an alarm has stood on the shelf for as long as it was to."""
    return row.shelved_until is not None and row.shelved_until <= at
