"""Steps of a project, from its first stage to its end, and its bell; pure.

Each gives the project after it, and the rows that came or changed; new rows have the id 0.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.calendar_refusals import CalendarRefused
from store.domain.evolve import evolve
from store.domain.project_refusals import (
    HandoffWaits,
    NoHandoff,
    NoWayBack,
    NoWayBackAtAll,
    ProjectOver,
    StageOrdersOpen,
    StageStepsMissing,
)
from store.domain.project_way import WARN_AT, WAY
from store.domain.projects import (
    MISSED,
    NEAR,
    STANDS,
    Alarm,
    Answer,
    Handoff,
    Held,
    Passage,
    Project,
    ProjectStep,
    Went,
)
from store.domain.replay import whole_ms
from store.domain.sop import STAGES, Stage
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.sop import Procedure

    Row = Passage | Handoff | ProjectStep
    Told = tuple[Project, tuple[Row, ...]]

MOST_NAMED: Final = 6
"""Orders and steps that a refusal names; of more it tells how many."""


def promise(hours: Calendar, since: datetime, seconds: int) -> tuple[datetime, datetime]:
    """When a clock of so much working time rings before its end, and its end."""
    whole = timedelta(seconds=seconds)
    before = timedelta(seconds=int(seconds * WARN_AT))
    try:
        warn_at, due_at = hours.add(since, before), hours.add(since, whole)
    except CalendarRefused:  # beyond all days that it knows
        warn_at, due_at = since + before, since + whole
    return whole_ms(warn_at), whole_ms(due_at)


def enter(
    project: Project,
    stage: Stage,
    place: int,
    *,
    led: tuple[int, Procedure] | None,
    hours: Calendar,
    at: datetime,
) -> Told:
    """The project at the beginning of a stage, with the steps of its procedure."""
    began = whole_ms(at)
    warn_at, due_at = promise(hours, began, project.within_s(stage))
    passage = Passage(
        id=0,
        project=project.id,
        place=place,
        stage=stage.value,
        department=project.department,
        began_at=began,
        warn_at=warn_at,
        due_at=due_at,
        procedure=None if led is None else led[0],
    )
    steps = tuple(
        ProjectStep(
            id=0,
            project=project.id,
            passage=place,
            place=number,
            code=step.code,
            mandatory=step.mandatory,
        )
        for number, step in enumerate(() if led is None else led[1].steps, 1)
    )
    return _clocked(evolve(project, stage=stage.value), passage), (passage, *steps)


def may_leave(held: Held, orders: tuple[int, ...], unseen: int = 0) -> None:
    """The one gate of a stage, whatever door leads through it.

    `orders` are those of this stage that are open and in sight, `unseen` how many are not.
    """
    stage = STAGES[Stage(held.project.stage)]
    lacks = [step.code for step in held.steps if step.mandatory and not step.over]
    if lacks:
        raise StageStepsMissing(id=held.project.id, stage=stage, steps=_named(lacks))
    if orders or unseen:
        told = _named([f"#{number}" for number in orders], unseen)
        raise StageOrdersOpen(id=held.project.id, stage=stage, orders=told)


def hand(held: Held, handoff: Handoff) -> Told:
    """Given to another department: the stage's clock rests, that of the hand-off runs."""
    return _ringing(held.project, handoff.warn_at, handoff.due_at), (handoff,)


def take(held: Held, who: str, *, at: datetime, by: int) -> tuple[Project, Handoff, Passage]:
    """Acknowledged: the taker has it; the passage ends where its stage does."""
    handoff = _answered(held, Answer.TAKEN, at=at, by=by)
    handoff = evolve(handoff, who=who)
    project = evolve(held.project, department=handoff.taker, lead=who)
    passage = held.passage
    if handoff.to_stage == handoff.stage:
        passage = evolve(passage, department=handoff.taker)
        return _clocked(project, passage), handoff, passage
    return project, handoff, ended(passage, Went.ON, handed_at=handoff.given_at, at=at)


def bounce(held: Held, reason: str, *, at: datetime, by: int) -> Told:
    """Back with the giver, where it rings; the stage's clock runs as if nothing had been given."""
    handoff = evolve(_answered(held, Answer.BOUNCED, at=at, by=by), reason=reason)
    project = evolve(held.project, bounces=held.project.bounces + 1)
    return _bounced(_clocked(project, held.passage), at=whole_ms(at)), (handoff,)


def recall(held: Held, reason: str, *, at: datetime, by: int) -> Told:
    """Taken back by the giver before anybody answered: it counts nowhere."""
    handoff = evolve(_answered(held, Answer.RECALLED, at=at, by=by), reason=reason)
    return _clocked(held.project, held.passage), (handoff,)


def ended(passage: Passage, went: Went, *, handed_at: datetime, at: datetime) -> Passage:
    """A passage that is over."""
    return evolve(passage, handed_at=whole_ms(handed_at), ended_at=whole_ms(at), went=went.value)


def again_in(project: Project, passage: Passage) -> tuple[Project, Passage]:
    """In a stage as if it had never been left: its clock was running all the while."""
    passage = evolve(passage, handed_at=None, ended_at=None, went="")
    project = evolve(project, stage=passage.stage, over_at=None, over_by=None)
    return _clocked(project, passage), passage


def close(project: Project, *, at: datetime, by: int, dropped: str = "") -> Project:
    """Over: nothing rings any more."""
    over = evolve(project, over_at=whole_ms(at), over_by=by, dropped=dropped)
    return _ringing(over, None, None)


def way_back(held: Held, stage: Stage) -> None:
    """`NoWayBack` where a project cannot be put back to a stage from where it is."""
    now = Stage(held.project.stage)
    told = {"id": held.project.id, "stage": STAGES[now]}
    if not WAY[now].back:
        raise NoWayBackAtAll(**told)
    if stage not in WAY[now].back:
        raise NoWayBack(**told, choices=listed(STAGES[one] for one in WAY[now].back))


def retimed(held: Held, due_at: datetime, *, hours: Calendar) -> Told:
    """The stage at hand with another end; it rings before that as any does."""
    began, due = held.passage.began_at, whole_ms(due_at)
    whole = hours.between(began, due).total_seconds()
    warn_at = promise(hours, began, int(whole))[0]
    passage = evolve(held.passage, warn_at=min(warn_at, due), due_at=due)
    return _clocked(held.project, passage), (passage,)


def open_(held: Held) -> None:
    """`ProjectOver` once it is."""
    if held.project.over_at is not None:
        raise ProjectOver(id=held.project.id, stand=STANDS[held.project.stand])


def in_hand(held: Held, department: str) -> None:
    """`HandoffWaits` while somebody else is to answer; `ProjectOver`."""
    open_(held)
    if held.handoff is not None:
        raise HandoffWaits(id=held.project.id, department=department)


def ring(project: Project, *, waits: bool, at: datetime) -> Project | None:
    """With the worst level that is due by then, rung once; None where none is."""
    due_at = project.next_at
    if due_at is None or due_at > at:
        return None
    missed = project.due_at is not None and project.due_at <= at
    return evolve(
        project,
        reached=MISSED if missed else NEAR,
        alarm=(Alarm.HANDOFF if waits else Alarm.STAGE).value,
        raised_at=whole_ms(at),
        rings=project.rings + 1,
        seen_at=None,
        seen_by=None,
    )


def acknowledge(project: Project, *, at: datetime, by: int) -> Project | None:
    """Its bell is silenced, the clock runs on; None where it does not ring."""
    if not project.alarm or project.seen_at is not None:
        return None
    return evolve(project, seen_at=whole_ms(at), seen_by=by)


def rang_at(project: Project) -> datetime | None:
    """When what stands fell due."""
    if project.is_bounced:
        return project.raised_at
    return project.due_at if project.reached >= MISSED else project.warn_at


def _answered(held: Held, answer: Answer, *, at: datetime, by: int) -> Handoff:
    open_(held)
    if held.handoff is None:
        raise NoHandoff(id=held.project.id)
    told = {"answer": answer.value, "answered_at": whole_ms(at), "answered_by": by}
    return evolve(held.handoff, **told)


def _clocked(project: Project, passage: Passage) -> Project:
    """On the clock of a stage, which was running all the while: what is past rings again."""
    return _ringing(project, passage.warn_at, passage.due_at)


def _bounced(project: Project, *, at: datetime) -> Project:
    """Ringing at the giver; of the stage's clock only what is still to come rings besides."""
    due_at, warn_at = project.due_at, project.warn_at
    near = warn_at is not None and warn_at <= at
    reached = MISSED if due_at is not None and due_at <= at else NEAR if near else 0
    told = {"alarm": Alarm.BOUNCED.value, "raised_at": at, "rings": project.rings + 1}
    return evolve(project, reached=reached, **told)


def _ringing(project: Project, warn_at: datetime | None, due_at: datetime | None) -> Project:
    """On another clock, with no alarm."""
    return evolve(
        project,
        warn_at=warn_at,
        due_at=due_at,
        reached=0,
        alarm="",
        raised_at=None,
        seen_at=None,
        seen_by=None,
    )


def _named(names: list[str], more: int = 0) -> str:
    told = names[:MOST_NAMED]
    left = len(names) - len(told) + more
    if left:
        told.append(N_("{count} more").format(count=left))
    return listed(told)
