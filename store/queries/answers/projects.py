"""The answers for projects and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from store.domain.facts import FACTS
from store.domain.project_refusals import ProjectUnknown
from store.domain.project_steps import promise
from store.domain.projects import Answer
from store.domain.projects_told import NAMES
from store.domain.sop import Stage
from store.persistence import contracts, procedures
from store.persistence.journal import JOURNAL
from store.persistence.levels import DEFAULT_LEVEL, Shelf
from store.persistence.project_work import (
    DEPARTMENT,
    HANDOFF,
    LABELLED,
    PASSAGE,
    PROJECT,
    STEP,
    read_row,
)
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS
from store.queries.answers.project_lines import TAKER, projects_asked, read_lines
from store.queries.answers.scope import within
from store.queries.projects import (
    DepartmentLine,
    HandoffLine,
    PassageLine,
    ProjectCard,
    ProjectDeed,
    ProjectOrder,
    ProjectStepLine,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.projects import Handoff, Passage, Project
    from store.domain.sop import Step
    from store.persistence.reader import Reader
    from store.queries.projects import (
        ListDepartments,
        ListProjects,
        ProjectLine,
        ProjectSteps,
        ShowProject,
    )

_P, _D = PROJECT.c, DEPARTMENT.c
_OPERATORS = metadata.tables["operator"]
_MOST_ORDERS = 500
_RANK = case({stage.value: place for place, stage in enumerate(Stage)}, value=_P.stage, else_=9)


def list_departments(reader: Reader, _query: ListDepartments) -> tuple[DepartmentLine, ...]:
    """One statement."""
    held = (
        select(func.count())
        .where(_P.department_id == _D.id, _P.over_at.is_(None), within(reader, _P.site_id))
        .correlate(DEPARTMENT)
        .scalar_subquery()
    )
    asked = select(_D.id, _D.code, _D.name, _D.name_zh, held.label("projects")).order_by(_D.code)
    return tuple(DepartmentLine(**row) for row in reader.conn.execute(asked).mappings())


def list_projects(reader: Reader, query: ListProjects) -> tuple[ProjectLine, ...]:
    """One statement along the index of what is open, or of when it ended."""
    asked = projects_asked(reader)
    if query.department:
        mine = (_D.code == query.department, TAKER.c.code == query.department)
        asked = asked.where(or_(*mine))
    if query.over:
        asked = asked.where(_P.over_at.is_not(None)).order_by(_P.over_at.desc(), _P.id.desc())
    else:
        first = (_P.due_at,) if query.by_due else (_RANK, _P.due_at)
        asked = asked.where(_P.over_at.is_(None)).order_by(*first, _P.id)
    return read_lines(reader, asked, query.limit)


def show_project(reader: Reader, query: ShowProject) -> ProjectCard:
    """As it is listed, and all that came of it."""
    line = _seen(reader, query.project)
    known = reader.conn.execute(select(_D.id, _D.code, _D.name, _D.name_zh))
    called = {row.id: (row.code, (row.name, row.name_zh)) for row in known}
    passages = _rows(reader, "stage", PASSAGE, query.project)
    handoffs = _rows(reader, "handoff", HANDOFF, query.project)
    steps = _rows(reader, "step", STEP, query.project)
    people = {one.given_by for one in handoffs} | {one.answered_by for one in handoffs}
    names = _names(reader, people | {step.done_by for step in steps})
    says = {one.place: (one.stage, _says(reader, one)) for one in passages}
    return ProjectCard(
        line=line,
        passages=tuple(
            PassageLine(passage=one, department=code, department_names=names_of)
            for one in passages
            for code, names_of in (called[one.department],)
        ),
        ahead=_ahead(reader, line.project),
        handoffs=tuple(
            HandoffLine(
                handoff=one,
                giver=called[one.giver][0],
                giver_names=called[one.giver][1],
                taker=called[one.taker][0],
                taker_names=called[one.taker][1],
                given_by=names.get(one.given_by, "?"),
                answered_by=names.get(one.answered_by, ""),
            )
            for one in handoffs
        ),
        steps=tuple(
            ProjectStepLine(
                step=step,
                stage=says[step.passage][0],
                says=says[step.passage][1].get(step.place),
                by=names.get(step.done_by, ""),
            )
            for step in steps
        ),
        orders=_orders(reader, query.project),
        waited_s=sum(_waited(one, reader.at) for one in handoffs),
    )


def _says(reader: Reader, passage: Passage) -> Mapping[int, Step]:
    """By place, what the procedure says that a passage was given."""
    kept = None if passage.procedure is None else procedures.by_id(reader.conn, passage.procedure)
    procedure = None if kept is None else kept.procedure
    return dict(enumerate(() if procedure is None else procedure.steps, 1))


def project_steps(reader: Reader, query: ProjectSteps) -> tuple[ProjectDeed, ...]:
    """Out of the journal of the desk."""
    _seen(reader, query.project)
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.fact, JOURNAL.c.body, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES))
        .order_by(JOURNAL.c.seq)
    )
    return tuple(
        ProjectDeed(at=row.at, by=row.name or "?", fact=FACTS.get(row.fact, row.fact))
        for row in reader.conn.execute(asked)
        if row.body.get("project") == query.project
    )


def project_named(reader: Reader, project: int | None) -> str | None:
    """The title of a project that the asker sees; None of any other."""
    if project is None:
        return None
    asked = select(_P.title).where(_P.id == project, within(reader, _P.site_id))
    found: str | None = reader.conn.execute(asked).scalar_one_or_none()
    return found


def _seen(reader: Reader, project: int) -> ProjectLine:
    found = read_lines(reader, projects_asked(reader).where(_P.id == project), 1)
    if not found:
        raise ProjectUnknown(id=project)
    return found[0]


def _rows(reader: Reader, kind: str, table: Any, project: int) -> list[Any]:
    asked = select(*LABELLED[kind]).where(table.c.project_id == project)
    order = (table.c.passage, table.c.place) if kind == "step" else (table.c.place,)
    return [read_row(kind, row) for row in reader.conn.execute(asked.order_by(*order))]


def _names(reader: Reader, ids: set[Any]) -> Mapping[Any, str]:
    known = sorted(one for one in ids if one is not None)
    if not known:
        return {}
    asked = select(_OPERATORS.c.id, _OPERATORS.c.name).where(_OPERATORS.c.id.in_(known))
    return {row.id: row.name for row in reader.conn.execute(asked)}


def _orders(reader: Reader, project: int) -> tuple[ProjectOrder, ...]:
    o = ORDERS.c
    asked = (
        select(o.number, o.title, o.state, o.project_stage.label("stage"), o.live)
        .where(o.project == project, within(reader, o.site_id))
        .order_by(o.number)
        .limit(_MOST_ORDERS)
    )
    return tuple(ProjectOrder(**row) for row in reader.conn.execute(asked).mappings())


def _waited(handoff: Handoff, at: datetime) -> int:
    if handoff.answer == Answer.RECALLED.value:
        return 0
    return max(0, int(((handoff.answered_at or at) - handoff.given_at).total_seconds()))


def _ahead(reader: Reader, project: Project) -> tuple[tuple[str, datetime], ...]:
    """When each stage to come is due, if none begins before the one before it is due."""
    if project.over_at is not None:
        return ()
    stages = [*Stage]
    left = stages[stages.index(Stage(project.stage)) + 1 :]
    hours, due = _hours(reader, project), max(project.due_at or reader.at, reader.at)
    found = []
    for stage in left:
        due = promise(hours, due, project.within_s(stage))[1]
        found.append((stage.value, due))
    return tuple(found)


def _hours(reader: Reader, project: Project) -> Calendar:
    level = None
    if project.customer is not None:
        level = contracts.level_of(reader.conn, project.customer, at=reader.at)
        own = select(CUSTOMERS.c.level_id).where(CUSTOMERS.c.id == project.customer)
        level = level or reader.conn.execute(own).scalar_one_or_none()
    level = level or reader.conn.execute(DEFAULT_LEVEL).scalar_one_or_none()
    return Shelf(reader.conn).current(level).hours
