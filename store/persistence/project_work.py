"""Projects in a write transaction: the desk's journal tells of each step, with all its rows.

Whoever changes one holds the desk's own facts before it, and orders before those where he changes
them, too: so nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select, text

from store.domain.evolve import evolve
from store.domain.project_refusals import ProjectChanged, ProjectUnknown
from store.domain.project_steps import acknowledge, ring
from store.domain.projects import Handoff, Held, Passage, Project, ProjectStep
from store.domain.projects_told import BELLS, PLAIN, step_fact
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import delete_by, insert_into, send, update_by
from store.persistence.tables.places import CustomerRow
from store.persistence.tables.projects import (
    DepartmentRow,
    HandoffRow,
    ProjectRow,
    ProjectStageRow,
    ProjectStepRow,
)
from store.persistence.voice_work import VoiceWork

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Column, Connection, Table

DEPARTMENT = table_of(DepartmentRow)
CUSTOMER = table_of(CustomerRow)
PROJECT, PASSAGE = table_of(ProjectRow), table_of(ProjectStageRow)
HANDOFF, STEP = table_of(HandoffRow), table_of(ProjectStepRow)

_TABLES: Final[Mapping[str, Table]] = {
    "project": PROJECT, "stage": PASSAGE, "handoff": HANDOFF, "step": STEP,
}  # fmt: skip
_NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "project": ("customer", "site", "asset", "department"),
    "stage": ("project", "department"),
    "handoff": ("project", "giver", "taker"),
    "step": ("project",),
}
"""Fields that name a row of another table."""
_KINDS: Final[Mapping[type[Any], str]] = {
    Project: "project", Passage: "stage", Handoff: "handoff", ProjectStep: "step",
}  # fmt: skip
_MADE: Final[Mapping[str, type[Any]]] = {kind: made for made, kind in _KINDS.items()}


def _column(kind: str, field: str) -> Column[Any]:
    return _TABLES[kind].c[f"{field}_id" if field in _NAMED[kind] else field]


COLUMNS: Final = {kind: {name: _column(kind, name) for name in PLAIN[kind]} for kind in _TABLES}
"""By kind of row and field, its column."""
LABELLED: Final = {
    kind: tuple(column.label(name) for name, column in columns.items())
    for kind, columns in COLUMNS.items()
}
_P, _S, _H, _T = PROJECT.c, PASSAGE.c, HANDOFF.c, STEP.c
_ONE = select(*LABELLED["project"]).where(_P.id == bindparam("project")).with_for_update()
_PASSAGE = (
    select(*LABELLED["stage"])
    .where(_S.project_id == bindparam("project"))
    .order_by(_S.place.desc())
    .limit(1)
)
_BEFORE = select(*LABELLED["stage"]).where(
    _S.project_id == bindparam("project"), _S.place == bindparam("place")
)
_HANDOFF = select(*LABELLED["handoff"]).where(
    _H.project_id == bindparam("project"), _H.answered_at.is_(None)
)
_HANDOFFS = select(func.count()).where(_H.project_id == bindparam("project"))
_STEPS = (
    select(*LABELLED["step"])
    .where(_T.project_id == bindparam("project"), _T.passage == bindparam("passage"))
    .order_by(_T.place)
)
_ORDERS = (
    select(ORDER.c.number, ORDER.c.site_id)
    .where(ORDER.c.project == bindparam("project"), ORDER.c.project_stage == bindparam("stage"))
    .where(text("live = 1"))
    .order_by(ORDER.c.number)
)
_EVERY_ORDER = (
    select(ORDER.c.number, ORDER.c.site_id)
    .where(ORDER.c.project == bindparam("project"))
    .order_by(ORDER.c.number)
)
_LEVEL = select(CUSTOMER.c.level_id).where(CUSTOMER.c.id == bindparam("customer"))
_IS_DUE = _P.next_at <= bindparam("at")
_ANY_DUE = select(select(_P.id).where(_IS_DUE).exists())
_DUE = select(*LABELLED["project"]).where(_IS_DUE).order_by(_P.next_at, _P.id).limit(200)
_RINGING = select(*LABELLED["project"]).where(_P.alarm != "", _P.seen_at.is_(None)).order_by(_P.id)
_WAITS = select(select(_H.id).where(_HANDOFF.whereclause).exists())  # type: ignore[arg-type]


def read_row(kind: str, row: Any) -> Any:
    """A row of all fields of its kind as the domain has it."""
    return _MADE[kind](**{name: getattr(row, name) for name in PLAIN[kind]})


def any_project_due(conn: Connection, *, at: datetime) -> bool:
    """Whether a project is to ring by then."""
    due: bool = conn.execute(_ANY_DUE, {"at": at}).scalar_one()
    return due


def values_of(kind: str, row: Any) -> dict[str, Any]:
    """A row as its table has it, without its id."""
    kept = {_column(kind, name).name: getattr(row, name) for name in PLAIN[kind] if name != "id"}
    return kept | ({"next_at": row.next_at} if kind == "project" else {})


class ProjectWork(VoiceWork):
    """Its site says who may see it; what is of no site is the whole desk's."""

    def project(self, project: int, version: int | None = None) -> Held:
        """One by its id, locked until the end; `ProjectUnknown` outside the asker's sites.

        `ProjectChanged` where it is not as it was seen any more.
        """
        self.hold_desk()
        self.flush()
        row = self.conn.execute(_ONE, {"project": project}).one_or_none()
        if row is None or not self.who.scope.covers(row.site):
            raise ProjectUnknown(id=project)
        if version is not None and version != row.version:
            raise ProjectChanged(id=project)
        return self._held(read_row("project", row))

    def sees_project(self, project: int) -> bool:
        """Whether it is there, and of one of the asker's sites."""
        site = self.conn.execute(select(_P.site_id).where(_P.id == project)).one_or_none()
        return site is not None and self.who.scope.covers(site.site_id)

    def _held(self, project: Project) -> Held:
        given = {"project": project.id}
        passage = read_row("stage", self.conn.execute(_PASSAGE, given).one())
        waits = self.conn.execute(_HANDOFF, given).one_or_none()
        steps = self.conn.execute(_STEPS, {**given, "passage": passage.place})
        return Held(
            project=project,
            passage=passage,
            handoff=None if waits is None else read_row("handoff", waits),
            handoffs=self.conn.execute(_HANDOFFS, given).scalar_one(),
            steps=tuple(read_row("step", row) for row in steps),
        )

    def open_orders(self, project: int, stage: str) -> tuple[tuple[int, ...], int]:
        """Open orders of a stage of a project: those in sight, and how many are not."""
        self.flush()
        rows = self.conn.execute(_ORDERS, {"project": project, "stage": stage}).all()
        seen = tuple(row.number for row in rows if self.who.scope.covers(row.site_id))
        return seen, len(rows) - len(seen)

    def hold_orders_of(self, project: int) -> None:
        """Lock all orders of a project, before the desk's own facts are held."""
        rows = self.conn.execute(_EVERY_ORDER, {"project": project})
        self.know([row.number for row in rows])

    def own_level(self, customer: int) -> int | None:
        """The service level of a customer himself; no lock, which a merge might wait for."""
        found: int | None = self.conn.execute(_LEVEL, {"customer": customer}).scalar_one_or_none()
        return found

    def orders_of(self, project: int) -> tuple[int, ...]:
        """All orders of a project that are in sight."""
        self.flush()
        rows = self.conn.execute(_EVERY_ORDER, {"project": project})
        return tuple(row.number for row in rows if self.who.scope.covers(row.site_id))

    def add_project(self, project: Project) -> Project:
        """A new one, which has its id from now on; its first passage comes with `put_project`."""
        self.hold_desk()
        self.flush()
        made = self.conn.execute(insert_into(PROJECT), values_of("project", project))
        key = made.inserted_primary_key
        return evolve(project, id=int(key[0]) if key is not None else 0)

    def put_project(
        self,
        fact: str,
        before: Held | None,
        after: Project,
        *rows: Any,
        gone: Sequence[Any] = (),
        more: Mapping[str, Any] | None = None,
    ) -> Project:
        """A project after a step, with the rows that came, changed or went; a bell leaves its
        version."""
        was = None if before is None else before.project
        if was is not None and fact not in BELLS:
            after = evolve(after, version=was.version + 1)
        told: list[tuple[str, Any, Any]] = [("project", was, after)]
        told += [self._put_row(before, row) for row in rows]
        if was is None or was != after:
            self._update("project", after)
        away = [(_KINDS[type(row)], row.id) for row in gone]
        for kind, row in away:
            send(self.conn, delete_by(_TABLES[kind], ("id",)), [{"k_id": row}])
        self.record(step_fact(fact, after.id, told, gone=away, more=more))
        return after

    def passage_before(self, held: Held) -> Passage | None:
        """The one before the passage at hand; None for the first."""
        given = {"project": held.project.id, "place": held.passage.place - 1}
        row = self.conn.execute(_BEFORE, given).one_or_none()
        return None if row is None else read_row("stage", row)

    def _put_row(self, before: Held | None, row: Any) -> tuple[str, Any, Any]:
        kind = _KINDS[type(row)]
        if row.id:
            self._update(kind, row)
            return kind, _before(before, kind, row.id), row
        made = self.conn.execute(insert_into(_TABLES[kind]), values_of(kind, row))
        key = made.inserted_primary_key
        return kind, None, evolve(row, id=int(key[0]) if key is not None else 0)

    def _update(self, kind: str, row: Any) -> None:
        values = values_of(kind, row)
        told = {"k_id": row.id, **{f"v_{name}": value for name, value in values.items()}}
        send(self.conn, update_by(_TABLES[kind], ("id",), tuple(values)), [told])

    def ring_projects(self) -> list[Project]:
        """Ring for every project whose next level is due: at the worst one due, and once."""
        self.hold_desk()
        rang = []
        for row in self.conn.execute(_DUE, {"at": self.at}).all():
            before = read_row("project", row)
            waits = self.conn.execute(_WAITS, {"project": before.id}).scalar_one()
            after = ring(before, waits=waits, at=self.at)
            if after is not None:
                rang.append(self._bell("project_rang", before, after))
        return rang

    def acknowledge_projects(
        self, ids: Collection[int] | None = None, *, rings: int | None = None
    ) -> tuple[int, ...]:
        """Silence the bell of some projects, or of all in sight; returns those that rang.

        One that is named and rang more often than the asker has seen goes on ringing.
        """
        if ids is not None and not ids:
            return ()
        self.hold_desk()
        silenced = []
        for row in self.conn.execute(_RINGING).all():
            if not self.who.scope.covers(row.site) or (ids is not None and row.id not in ids):
                continue
            if ids is not None and rings is not None and row.rings > rings:
                continue
            before = read_row("project", row)
            after = acknowledge(before, at=self.at, by=self.who.operator)
            if after is not None:
                silenced.append(self._bell("project_seen", before, after).id)
        return tuple(silenced)

    def _bell(self, fact: str, before: Project, after: Project) -> Project:
        self._update("project", after)
        self.record(step_fact(fact, after.id, [("project", before, after)]))
        return after


def _before(held: Held | None, kind: str, row: int) -> Any:
    """What a row was."""
    if held is None:
        return None
    known: Sequence[Any] = (held.passage, *(filter(None, (held.handoff,))), *held.steps)
    return next((one for one in known if one.id == row and _KINDS[type(one)] == kind), None)
