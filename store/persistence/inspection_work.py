"""Draws and inspections in a write transaction: the desk's journal tells of each step.

Whoever changes one holds the desk's own facts before it, and an order before those where he changes
that, too: so nobody waits in a circle, and a week is drawn once, however many would draw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.domain.corrective import Finding
from store.domain.evolve import evolve
from store.domain.inspection_weeks import after
from store.domain.inspections import (
    WEEKS_BACK,
    Draw,
    Inspection,
    InspectionChanged,
    InspectionUnknown,
)
from store.domain.inspections_told import OF_DRAW, PLAIN, draw_fact, step_fact
from store.persistence.figures import figures_of
from store.persistence.inspection_population import last_week
from store.persistence.inspection_sheets import sheet_of
from store.persistence.mapping import VISIT, table_of
from store.persistence.people_state import TECHNICIAN
from store.persistence.project_work import ProjectWork
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import InspectionDrawRow, InspectionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.inspection_sheet import Sheet

DRAW, INSPECTION = table_of(InspectionDrawRow), table_of(InspectionRow)
_NAMED = {name: f"{name}_id" for name in ("draw", "site", "technician", "sheet")}
COLUMNS = {name: INSPECTION.c[_NAMED.get(name, name)] for name in PLAIN}
"""By the field of `Inspection`, its column."""
ALL = tuple(column.label(name) for name, column in COLUMNS.items())
DRAW_COLUMNS = tuple(DRAW.c[name] for name in OF_DRAW)
_NUMBER = select(INSPECTION.c.number).where(INSPECTION.c.id == bindparam("inspection"))
_ONE = select(*ALL).where(INSPECTION.c.id == bindparam("inspection")).with_for_update()


def read_inspection(row: Any) -> Inspection:
    """A row of all fields as the domain has it."""
    return Inspection(**{name: getattr(row, name) for name in PLAIN})


def read_draw(row: Any) -> Draw:
    """The same of a draw; its population lies apart."""
    return Draw(**{name: getattr(row, name) for name in OF_DRAW})


def weeks_owed(conn: Connection, *, at: datetime) -> tuple[str, ...]:
    """The weeks that are to be drawn by themselves, the oldest first.

    None as long as the desk has set no share. What was missed since the last draw is made up, up
    to `WEEKS_BACK`; before the first draw only the last week is drawn.
    """
    if not figures_of(conn).inspect_share:
        return ()
    last = last_week(conn, at=at)
    newest = conn.execute(select(func.max(DRAW.c.week))).scalar_one()
    if newest is None:
        return (last,)
    owed, week = list[str](), after(newest)
    while week <= last:
        owed.append(week)
        week = after(week)
    return tuple(owed[-WEEKS_BACK:])


def _values(inspection: Inspection) -> dict[str, Any]:
    return {_NAMED.get(name, name): getattr(inspection, name) for name in PLAIN}


class InspectionWork(ProjectWork):
    """Its site says who may see an inspection; what is of no site is the whole desk's."""

    def inspection(self, inspection: int, version: int | None = None) -> Inspection:
        """One by its id, locked until the end; `InspectionUnknown` outside the asker's sites.

        `InspectionChanged` where it is not as it was seen any more.
        """
        self.hold_desk()
        row = self.conn.execute(_ONE, {"inspection": inspection}).one_or_none()
        if row is None or not self.who.scope.covers(row.site):
            raise InspectionUnknown(id=inspection)
        if version is not None and version != row.version:
            raise InspectionChanged(id=inspection)
        return read_inspection(row)

    def hold_inspected(self, inspection: int) -> None:
        """Lock the order that one is about, before the desk's own facts are held."""
        number = self.conn.execute(_NUMBER, {"inspection": inspection}).scalar_one_or_none()
        if number is not None:
            self.know([number])

    def sheet_of(self, inspection: Inspection) -> Sheet | None:
        """What it is scored by."""
        return sheet_of(self.conn, inspection.sheet)

    def who_did(self, number: int) -> tuple[tuple[str, str], ...]:
        """Code and name of everybody who was ever sent to an order."""
        asked = (
            select(TECHNICIAN.c.code, TECHNICIAN.c.name)
            .join(VISIT, VISIT.c.technician_id == TECHNICIAN.c.id)
            .where(VISIT.c.number == number)
            .distinct()
        )
        return tuple((row.code, row.name or "") for row in self.conn.execute(asked))

    def action_of_inspection(self, inspection: Inspection) -> int | None:
        """The action that sees to what it found, or has."""
        if inspection.scored_at is None:
            return None
        return self.action_of(Finding.INSPECTION, inspection.id, inspection.scored_at)

    def draws_of(self, week: str) -> tuple[Draw, ...]:
        """The draws of a week, the first of them first."""
        asked = select(*DRAW_COLUMNS).where(DRAW.c.week == week).order_by(DRAW.c.nth)
        return tuple(read_draw(row) for row in self.conn.execute(asked))

    def draw_week(
        self, week: str, *, share: int | None = None, again: bool = False
    ) -> tuple[Draw, tuple[Inspection, ...]]:
        """Draw what is to be inspected of a week; see `inspection_drawing`."""
        from store.persistence.inspection_drawing import draw_week

        return draw_week(self, week, share=share, again=again)

    def draw_owed(self) -> tuple[Draw, ...]:
        """Draw the weeks that are to be drawn by themselves, each once."""
        self.hold_desk()
        return tuple(self.draw_week(week)[0] for week in weeks_owed(self.conn, at=self.at))

    def last_week(self) -> str:
        """The last one that can be drawn."""
        return last_week(self.conn, at=self.at)

    def inspected_of(self, week: str) -> frozenset[int]:
        """Orders that a draw of that week has."""
        asked = (
            select(INSPECTION.c.number)
            .join(DRAW, DRAW.c.id == INSPECTION.c.draw_id)
            .where(DRAW.c.week == week)
        )
        return frozenset(self.conn.execute(asked).scalars())

    def add_draw(self, draw: Draw, population: str) -> Draw:
        """A new one; the database refuses a second of the same count."""
        self.hold_desk()
        self.flush()
        row = {name: getattr(draw, name) for name in OF_DRAW if name != "id"}
        made = self.conn.execute(insert_into(DRAW), row | {"population": population})
        key = made.inserted_primary_key
        new = evolve(draw, id=int(key[0]) if key is not None else 0)
        self.record(draw_fact(new))
        return new

    def add_inspection(self, inspection: Inspection) -> Inspection:
        """A new one of a draw."""
        row = {name: value for name, value in _values(inspection).items() if name != "id"}
        key = self.conn.execute(insert_into(INSPECTION), row).inserted_primary_key
        new = evolve(inspection, id=int(key[0]) if key is not None else 0)
        self.record(step_fact("inspection_made", None, new))
        return new

    def put_inspection(self, fact: str, before: Inspection, after_: Inspection) -> Inspection:
        """One after a step."""
        became = evolve(after_, version=before.version + 1)
        old, new = _values(before), _values(became)
        changed = tuple(name for name, value in new.items() if value != old[name])
        row = {"k_id": became.id, **{f"v_{name}": new[name] for name in changed}}
        send(self.conn, update_by(INSPECTION, ("id",), changed), [row])
        self.record(step_fact(fact, before, became))
        return became
