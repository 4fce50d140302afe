"""The answers for skills, certificates and trainings."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, select

from store.domain.finding.grams import folded
from store.domain.reminders import Reminder, worst_due
from store.domain.trainings import Came, Training, TrainingUnknown
from store.persistence.figures import figures_of
from store.persistence.reminders import rungs_of
from store.persistence.tables import metadata
from store.queries.answers.lines import ORDERS, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, within
from store.queries.skills import (
    Effect,
    PaperHeld,
    PersonSkills,
    SkillLine,
    Skills,
    TrainingLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.persistence.reader import Reader
    from store.queries.skills import ListTrainings, SkillsMatrix

_T = metadata.tables
_KINDS, _SKILLS, _MASTERED = _T["work_kind"], _T["skill"], _T["technician_skill"]
_PAPERS, _TRAININGS, _OPERATORS = _T["certificate"], _T["training"], _T["operator"]
_MADE, _ENDED = _OPERATORS.alias("made"), _OPERATORS.alias("ended")
_NEVER = datetime.max.replace(tzinfo=UTC)


class Needed(NamedTuple):
    """What a kind of work takes."""

    code: str
    skill: int | None
    level: int
    paper: str
    """Folded; empty for none."""


class Waiting(NamedTuple):
    """Open orders of a kind that are with somebody and begin at a time."""

    technician: int | None
    begins_at: datetime | None
    orders: int


class _Desk:
    """What is known of everybody, to say what becomes of dispatch without somebody's paper."""

    def __init__(self, reader: Reader) -> None:
        who = TECHNICIANS.c
        asked = select(who.id, who.code, who.name).where(
            in_sight(reader, "technician", TECHNICIANS), who.active == 1
        )
        self.people: Sequence[Any] = reader.conn.execute(asked.order_by(who.name, who.id)).all()
        ids = {row.id for row in self.people}
        kept = select(_SKILLS).order_by(_SKILLS.c.code)
        self.skills: Sequence[Any] = reader.conn.execute(kept).all()
        self.levels: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for row in reader.conn.execute(select(_MASTERED)):
            if row.technician_id in ids:
                self.levels[row.technician_id][row.skill_id] = row.level
        self.papers: defaultdict[int, list[Any]] = defaultdict(list)
        for row in reader.conn.execute(select(_PAPERS).order_by(_PAPERS.c.id)):
            if row.technician_id in ids:
                self.papers[row.technician_id].append(row)
        self.kinds = _kinds(reader, self.skills)
        self.waiting = _waiting(reader)
        self._able: dict[str, list[tuple[int, datetime]]] = {}
        self._held: dict[int, dict[str, list[datetime]]] = {}

    def able(self, kind: Needed) -> list[tuple[int, datetime]]:
        """Who masters a kind of work and holds its paper, and until when he does."""
        if kind.code not in self._able:
            self._able[kind.code] = [
                (one.id, max(ends))
                for one in self.people
                if _masters(self.levels[one.id], kind)
                and (ends := self._ends(one.id).get(kind.paper))
            ]
        return self._able[kind.code]

    def _ends(self, who: int) -> dict[str, list[datetime]]:
        """When his papers end, by their folded names."""
        if who not in self._held:
            held: defaultdict[str, list[datetime]] = defaultdict(list)
            for paper in self.papers[who]:
                held[folded(paper.name)].append(paper.expires_at or _NEVER)
            self._held[who] = held
        return self._held[who]

    def effect(self, who: int, paper: Any, at: datetime) -> Effect:
        """What becomes of the kinds of work that take a paper, once that has ended."""
        name = folded(paper.name)
        kinds = [kind for kind in self.kinds if kind.paper == name]
        then = at if paper.expires_at is None else max(at, paper.expires_at)
        able = {
            kind.code: {one for one, ends in self.able(kind) if one != who and ends > then}
            for kind in kinds
        }
        mine = [kind for kind in kinds if _masters(self.levels[who], kind)]
        lines = [line for kind in kinds for line in self.waiting.get(folded(kind.code), ())]
        late = [line for line in lines if line.begins_at is not None and line.begins_at >= then]
        everywhere = set.intersection(*(able[kind.code] for kind in mine)) if mine else set()
        return Effect(
            kinds=tuple(kind.code for kind in kinds),
            open=sum(line.orders for line in lines),
            his=sum(line.orders for line in lines if line.technician == who),
            after=sum(line.orders for line in late),
            others=tuple(row.code for row in self.people if row.id in everywhere),
            alone=tuple(kind.code for kind in mine if not able[kind.code]),
        )

    def open_for(self, skill: int) -> int:
        """Open orders of kinds that take a skill."""
        codes = {folded(kind.code) for kind in self.kinds if kind.skill == skill}
        return sum(line.orders for code in codes for line in self.waiting.get(code, ()))


def skills_matrix(reader: Reader, _query: SkillsMatrix) -> Skills:
    """Seven statements, however many people there are."""
    desk, rungs = _Desk(reader), rungs_of(reader.conn)[Reminder.CERTIFICATE]
    codes = {row.id: row.code for row in desk.skills}
    planned = _planned(reader)
    people = []
    for row in desk.people:
        papers = []
        for paper in desk.papers[row.id]:
            ends = paper.expires_at
            due = None if ends is None else worst_due(rungs, ends, at=reader.at)
            papers.append(
                PaperHeld(
                    id=paper.id,
                    name=paper.name,
                    expires_at=ends,
                    warned=0 if due is None else due.level,
                    ended=ends is not None and ends <= reader.at,
                    effect=desk.effect(row.id, paper, reader.at),
                )
            )
        people.append(
            PersonSkills(
                id=row.id,
                code=row.code,
                name=row.name,
                skills={codes[skill]: lv for skill, lv in desk.levels[row.id].items()},
                papers=tuple(papers),
                trainings=planned.get(row.id, 0),
            )
        )
    names: dict[str, str] = {}
    for person in people:
        for held in person.papers:
            names.setdefault(folded(held.name), held.name)
    lines = tuple(
        SkillLine(
            code=row.code,
            name=row.name,
            open=desk.open_for(row.id),
            people=sum(1 for who in desk.people if row.id in desk.levels[who.id]),
        )
        for row in desk.skills
    )
    days = tuple(sorted({one for one in figures_of(reader.conn).paper_days if one}, reverse=True))
    return Skills(
        skills=lines, papers=tuple(sorted(names.values())), people=tuple(people), warned_days=days
    )


def list_trainings(reader: Reader, query: ListTrainings) -> tuple[TrainingLine, ...]:
    """One statement."""
    row, who = _TRAININGS.c, TECHNICIANS.c
    source = (
        _TRAININGS.join(TECHNICIANS, who.id == row.technician_id)
        .outerjoin(_SKILLS, _SKILLS.c.id == row.skill_id)
        .outerjoin(_MADE, _MADE.c.id == row.made_by)
        .outerjoin(_ENDED, _ENDED.c.id == row.ended_by)
    )
    planned = row.state == Came.PLANNED.value
    over = func.coalesce(row.held_at, row.planned_at)
    asked = (
        select(
            *row,
            *(who.code, who.name, _SKILLS.c.code.label("skill_code")),
            *(_MADE.c.name.label("maker"), _ENDED.c.name.label("ender")),
        )
        .select_from(source)
        .where(in_sight(reader, "technician", TECHNICIANS))
        .order_by(
            case((planned, 0), else_=1),
            case((planned, row.planned_at)),
            over.desc(),
            row.id.desc(),
        )
        .limit(checked_limit(query.limit))
    )
    if query.technician:
        asked = asked.where((who.code == query.technician) | (who.name == query.technician))
    if query.planned:
        asked = asked.where(planned)
    if query.number is not None:
        asked = asked.where(row.id == query.number)
    found = reader.conn.execute(asked).all()
    if query.number is not None and not found:
        raise TrainingUnknown(id=query.number)
    return tuple(_line(one) for one in found)


def _line(row: Any) -> TrainingLine:
    names = {"technician": "technician_id", "skill": "skill_id"}
    values = {n: getattr(row, names.get(n, n)) for n in Training.__dataclass_fields__}
    return TrainingLine(
        training=Training(**values),
        code=row.code,
        name=row.name,
        skill=row.skill_code or "",
        made_by=row.maker or "",
        ended_by=row.ender or "" if row.state != Came.PLANNED.value else "",
    )


def _kinds(reader: Reader, skills: Iterable[Any]) -> list[Needed]:
    """Those that are kept, and skills by whose names orders ask for them."""
    kept = [
        Needed(row.code, row.skill_id, row.level, folded(row.certificate))
        for row in reader.conn.execute(select(_KINDS).order_by(_KINDS.c.id))
    ]
    known = {folded(kind.code) for kind in kept}
    more = [Needed(row.code, row.id, 1, "") for row in skills if folded(row.code) not in known]
    return kept + more


def _waiting(reader: Reader) -> Mapping[str, list[Waiting]]:
    """Open orders in sight by kind, folded."""
    order = ORDERS.c
    begins = func.coalesce(order.appointment_at, order.planned_at)
    asked = (
        select(order.kind, order.technician_id, begins.label("begins_at"), func.count().label("n"))
        .where(order.live == 1, order.kind != "", within(reader, order.site_id))
        .group_by(order.kind, order.technician_id, begins)
    )
    found: defaultdict[str, list[Waiting]] = defaultdict(list)
    for row in reader.conn.execute(asked):
        found[folded(row.kind.strip())].append(Waiting(row.technician_id, row.begins_at, row.n))
    return found


def _planned(reader: Reader) -> dict[int, int]:
    """How many trainings are planned for each."""
    row = _TRAININGS.c
    asked = select(row.technician_id, func.count().label("n")).where(
        row.state == Came.PLANNED.value
    )
    found = reader.conn.execute(asked.group_by(row.technician_id))
    return {one.technician_id: one.n for one in found}


def _masters(levels: Mapping[int, int], kind: Needed) -> bool:
    return kind.skill is None or levels.get(kind.skill, 0) >= kind.level
