"""Projects: begun, handed from department to department, brought through their stages, ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import (
    CODE,
    LONG,
    NAME,
    REASON,
    TITLE,
    between,
    later,
    line,
    needed,
    one_of,
    paragraph,
)
from store.commands.project_orders import ORDERS_DONE
from store.commands.project_sop import STEPS_DONE
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DropProject,
    EditProject,
    HandProject,
    NewProject,
    PutProjectBack,
    RecallHandoff,
    SaveDepartments,
)
from store.commands.projects_told import done, hours_of, named
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.intents import Done
from store.domain.project_refusals import NotTheirs, SameDepartment
from store.domain.project_steps import (
    bounce,
    close,
    ended,
    enter,
    hand,
    in_hand,
    may_leave,
    open_,
    promise,
    recall,
    retimed,
    take,
    way_back,
)
from store.domain.projects import (
    ACKNOWLEDGE_S,
    HOUR_S,
    WAY,
    Handoff,
    Held,
    Passage,
    Project,
    Stage,
    Went,
)
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command
    from store.persistence.work import Work

MOST_HOURS: Final = 20_000.0
LEAST_HOURS: Final = 0.1
_FIRST: Final = Stage.CONSULTATION
_HEX: Final = frozenset("0123456789abcdef")


def save_departments(work: Work, command: SaveDepartments) -> Done:
    """All of them in one transaction."""
    work.hold_desk()
    made = 0
    for code, name, name_zh in command.departments:
        key = {"code": needed(code, N_("code"), limit=CODE)}
        told = {"name": line(name, N_("name"), limit=NAME)}
        told["name_zh"] = line(name_zh, N_("name in Chinese"), limit=NAME)
        known = work.entry_by("department", key)
        if known is None and not told["name"]:
            told["name"] = needed(told["name_zh"], N_("name"), limit=NAME)
        values = {name: text for name, text in told.items() if text}
        made += work.settle("department", key, values, {"name_zh": ""})[1]
    facts = {"count": len(command.departments), "made": made}
    return Done(sentence=N_("departments kept: {count}, of them new: {made}"), facts=facts)


def new_project(work: Work, command: NewProject) -> Done:
    """In its first stage, whose clock runs."""
    site, asset = _place(work, command)
    customer = None if command.customer is None else work.customer(command.customer).id
    if not work.who.scope.covers(site):
        raise BadInput(
            where=N_("site"), wrong=N_("none is named"), right=N_("name one of your sites")
        )
    work.hold_desk()
    department = work.find("department", command.department).id
    told: dict[str, Any] = {
        f"{stage.value.replace('-', '_')}_s": _seconds(command.hours.get(stage.value), stage)
        for stage in Stage
    }
    unknown = sorted(command.hours.keys() - set(Stage))
    if unknown:
        one_of(unknown[0], list(Stage), N_("stage"))
    project = Project(
        id=0,
        title=needed(command.title, N_("title"), limit=TITLE),
        customer=customer,
        site=site,
        asset=asset,
        stage=_FIRST.value,
        department=department,
        lead=line(command.lead, N_("lead"), limit=NAME),
        opened_at=whole_ms(work.at),
        opened_by=work.who.operator,
        **told,
    )
    added = work.add_project(project)
    began, rows = _entered(work, added, _FIRST, 1)
    project = work.put_project("project_opened", None, began, *rows)
    sentence = N_("project {id} begun: {stage} with {department}, due {due_at}")
    return done(work, project, sentence)


def _place(work: Work, command: NewProject) -> tuple[int | None, int | None]:
    site = None if command.site is None else work.site(command.site).id
    if command.asset is None:
        return site, None
    asset = work.asset(command.asset, site=site)
    where = work.entry_values("asset", asset.id)["site_id"]
    if site is not None and where is not None and where != site:
        raise NotTheirs(asset=asset.code)
    return site if where is None else where, asset.id


def _seconds(hours: float | None, stage: Stage) -> int:
    if hours is None:
        return WAY[stage].within_s
    between(hours, LEAST_HOURS, MOST_HOURS, N_("working hours"))
    return round(hours * HOUR_S)


def _entered(work: Work, project: Project, stage: Stage, place: int) -> tuple[Project, Any]:
    return enter(
        project,
        stage,
        place,
        led=work.procedure_of_stage(stage),
        hours=hours_of(work, project),
        at=work.at,
    )


def edit_project(work: Work, command: EditProject) -> Done:
    """Its title, its lead, the end of the stage at hand; the clock is planned anew with it."""
    held = work.project(command.project, command.seen)
    open_(held)
    project, rows = held.project, tuple[Any, ...]()
    if command.title is not None:
        project = evolve(project, title=needed(command.title, N_("title"), limit=TITLE))
    if command.lead is not None:
        project = evolve(project, lead=line(command.lead, N_("lead"), limit=NAME))
    if command.due_at is not None:
        in_hand(held, _waiting_for(work, held))
        due = later(command.due_at, N_("due"), than=work.at)
        again = replace(held, project=project)
        project, rows = retimed(again, due, hours=hours_of(work, project))
    if project != held.project or rows:
        project = work.put_project("project_changed", held, project, *rows)
    return done(work, project, N_("project {id} changed"))


def hand_project(work: Work, command: HandProject) -> Done:
    """With words and evidence; the clock of the hand-off runs from now on."""
    words = paragraph(command.words, N_("what was done"), limit=LONG)
    words = words or needed(words, N_("what was done"))
    held = work.project(command.project, command.seen)
    in_hand(held, _waiting_for(work, held))
    project = held.project
    taker = work.find("department", command.department)
    if taker.id == project.department:
        raise SameDepartment(id=project.id, department=named(work, taker.id))
    stage = Stage(project.stage)
    then = stage if command.stay else WAY[stage].then
    if then is None:
        raise BadInput(
            where=N_("stage"),
            wrong=N_("nothing follows aftercare"),
            right=N_("advance the project, which closes it, or hand it over within its stage"),
        )
    if not command.stay:
        _gate(work, held)
    seconds = ACKNOWLEDGE_S
    if command.within_h is not None:
        between(command.within_h, LEAST_HOURS, MOST_HOURS, N_("working hours"))
        seconds = round(command.within_h * HOUR_S)
    warn_at, due_at = promise(hours_of(work, project), whole_ms(work.at), seconds)
    handoff = Handoff(
        id=0,
        project=project.id,
        place=held.handoffs + 1,
        stage=stage.value,
        to_stage=then.value,
        giver=project.department,
        taker=taker.id,
        words=words,
        evidence=line(command.evidence, N_("evidence"), limit=1_000),
        sha256=_digest(command.sha256),
        given_at=whole_ms(work.at),
        given_by=work.who.operator,
        warn_at=warn_at,
        due_at=due_at,
    )
    after, rows = hand(held, handoff)
    after = work.put_project("project_handed", held, after, *rows)
    sentence = N_("project {id} handed to {taker}: to be acknowledged by {due_at}")
    return done(work, after, sentence, taker=named(work, taker.id))


def acknowledge_handoff(work: Work, command: AcknowledgeHandoff) -> Done:
    """The next stage begins with it; what came up in its stage meanwhile holds it, too."""
    who = needed(command.who, N_("who took it over"), limit=NAME)
    held = work.project(command.project, command.seen)
    project, handoff, passage = take(held, who, at=work.at, by=work.who.operator)
    rows: tuple[Any, ...] = (handoff, passage)
    if handoff.to_stage != handoff.stage:
        _gate(work, held)
        place = passage.place + 1
        project, begun = _entered(work, project, Stage(handoff.to_stage), place)
        rows = (*rows, *begun)
    project = work.put_project("project_taken", held, project, *rows)
    sentence = N_("project {id} acknowledged: {stage} with {department}, due {due_at}")
    return done(work, project, sentence)


def bounce_handoff(work: Work, command: BounceHandoff) -> Done:
    """Back with the giver, counted."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    project, rows = bounce(held, reason, at=work.at, by=work.who.operator)
    project = work.put_project("project_bounced", held, project, *rows)
    sentence = N_("project {id} bounced back to {department}; times so far: {bounces}")
    return done(work, project, sentence, bounces=project.bounces)


def recall_handoff(work: Work, command: RecallHandoff) -> Done:
    """As if nothing had been given; the journal tells of it."""
    reason = line(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    project, rows = recall(held, reason, at=work.at, by=work.who.operator)
    project = work.put_project("project_recalled", held, project, *rows)
    return done(work, project, N_("hand-off of project {id} recalled: {stage} with {department}"))


def advance_project(work: Work, command: AdvanceProject) -> Done:
    """Through the same gate as a hand-off."""
    held = work.project(command.project, command.seen)
    in_hand(held, _waiting_for(work, held))
    _gate(work, held)
    passage = ended(held.passage, Went.ON, handed_at=work.at, at=work.at)
    then = WAY[Stage(held.project.stage)].then
    if then is None:
        over = close(held.project, at=work.at, by=work.who.operator)
        project = work.put_project("project_closed", held, over, passage)
        return done(work, project, N_("project {id} closed"))
    project, begun = _entered(work, held.project, then, passage.place + 1)
    project = work.put_project("project_advanced", held, project, passage, *begun)
    sentence = N_("project {id} advanced: {stage} with {department}, due {due_at}")
    return done(work, project, sentence)


def put_project_back(work: Work, command: PutProjectBack) -> Done:
    """Its steps are to be done again; nothing gates the way back but its reason."""
    stage = Stage(one_of(command.stage, list(Stage), N_("stage")))
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    in_hand(held, _waiting_for(work, held))
    way_back(held, stage)
    passage: Passage = ended(held.passage, Went.BACK, handed_at=work.at, at=work.at)
    passage = evolve(passage, why=reason)
    project, begun = _entered(work, held.project, stage, passage.place + 1)
    project = work.put_project("project_back", held, project, passage, *begun)
    return done(work, project, N_("project {id} put back: {stage} again, due {due_at}"))


def drop_project(work: Work, command: DropProject) -> Done:
    """For good, with its reason."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    in_hand(held, _waiting_for(work, held))
    passage = ended(held.passage, Went.DROPPED, handed_at=work.at, at=work.at)
    over = close(held.project, at=work.at, by=work.who.operator, dropped=reason)
    project = work.put_project("project_dropped", held, over, passage)
    return done(work, project, N_("project {id} dropped"))


def _gate(work: Work, held: Held) -> None:
    """What every door asks before a stage is left forward."""
    open_(held)
    orders, unseen = work.open_orders(held.project.id, held.project.stage)
    may_leave(held, orders, unseen)


def _waiting_for(work: Work, held: Held) -> str:
    return "" if held.handoff is None else named(work, held.handoff.taker)


def _digest(text: str) -> str:
    if text and not (len(text) == len("0" * 64) and set(text) <= _HEX):
        raise BadInput(where="sha256", wrong=text[:40], right=N_("64 digits from 0 to f"))
    return text


PROJECTS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    NewProject: new_project,
    EditProject: edit_project,
    HandProject: hand_project,
    AcknowledgeHandoff: acknowledge_handoff,
    BounceHandoff: bounce_handoff,
    RecallHandoff: recall_handoff,
    AdvanceProject: advance_project,
    PutProjectBack: put_project_back,
    DropProject: drop_project,
    **ORDERS_DONE,
    **STEPS_DONE,
}
"""What is done about projects; a hand-off is recalled and a step undone by commands of their own.
"""
DEPARTMENTS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveDepartments: save_departments,
}
