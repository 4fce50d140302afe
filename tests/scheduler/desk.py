"""A desk as the scheduler's tests see it: orders on a level, timers, alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from store.commands import MoveOrder, NewOrder
from store.domain.who import Who
from store.persistence.types import from_ms

if TYPE_CHECKING:
    from store.domain.lifecycle import Move
    from store.records import Records

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANA = Who(operator=2)


@dataclass
class Desk:
    """One store and how its tests speak to it."""

    records: Records

    def order(self, *, at: datetime = START, priority: int = 1, **more: Any) -> int:
        """A new order around the clock: 30 minutes to respond, an hour to arrive, two in all."""
        new = NewOrder(title="lift stuck", priority=priority, level="critical", **more)
        return self.records.do(new, who=ANA, at=at).numbers[0]

    def move(self, number: int, move: Move, *, at: datetime, **more: Any) -> None:
        """One step of an order."""
        self.records.do(MoveOrder(number=number, move=move, **more), who=ANA, at=at)

    def alarms(self, number: int) -> list[tuple[str, str, int, bool]]:
        """Standing alarms of an order: kind, clock, level, whether somebody acknowledged it."""
        found = self.rows(
            "SELECT kind, clock, level, acknowledged_at FROM alarm"
            " WHERE number = :n AND cleared_at IS NULL",
            n=number,
        )
        return [(kind, clock, level, seen is not None) for kind, clock, level, seen in found]

    def fired(self, number: int) -> list[tuple[str, str, int]]:
        """What fired for an order, in the order of its due times."""
        found = self.rows(
            "SELECT kind, clock, level FROM timer WHERE number = :n AND fired_at IS NOT NULL"
            " ORDER BY due_at, kind, clock",
            n=number,
        )
        return [tuple(row) for row in found]

    def facts(self, number: int) -> list[str]:
        """The journal of an order, by the names of its facts."""
        found = self.rows("SELECT fact FROM journal WHERE number = :n ORDER BY seq", n=number)
        return [fact for (fact,) in found]

    def moments(self, statement: str, **given: Any) -> list[datetime]:
        """Instants that a statement finds."""
        return [from_ms(value) for (value,) in self.rows(statement, **given)]

    def rows(self, statement: str, **given: Any) -> list[Any]:
        """Whatever a statement finds."""
        with self.records.database.reading() as conn:
            return list(conn.execute(text(statement), given))


def after(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)
