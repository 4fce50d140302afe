"""Projects: begun, handed from department to department, brought through their stages, ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from store.commands.departments import save_departments
from store.commands.handoffs import HANDOFFS_DONE
from store.commands.inputs import (
    NAME,
    REASON,
    TITLE,
    later,
    line,
    needed,
    one_of,
)
from store.commands.project_orders import ORDERS_DONE
from store.commands.project_sop import STEPS_DONE
from store.commands.project_stages import ahead, place_of
from store.commands.projects_asked import (
    AdvanceProject,
    DropProject,
    EditProject,
    NewProject,
    PutProjectBack,
    SaveDepartments,
)
from store.commands.projects_told import done, entered, hours_of, waiting_for, working_s
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.project_refusals import NotTheirs
from store.domain.project_steps import (
    close,
    ended,
    in_hand,
    open_,
    retimed,
    way_back,
)
from store.domain.project_way import WAY
from store.domain.projects import Passage, Project, Went
from store.domain.replay import whole_ms
from store.domain.sop import Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done
    from store.persistence.work import Work

_FIRST: Final = Stage.CONSULTATION
_HEX: Final = frozenset("0123456789abcdef")


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
    began, rows = entered(work, added, _FIRST, 1)
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
    return working_s(hours)


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
        in_hand(held, waiting_for(work, held))
        due = later(command.due_at, N_("due"), than=work.at)
        again = replace(held, project=project)
        project, rows = retimed(again, due, hours=hours_of(work, project))
    if project != held.project or rows:
        project = work.put_project("project_changed", held, project, *rows)
    return done(work, project, N_("project {id} changed"))


def advance_project(work: Work, command: AdvanceProject) -> Done:
    """Through the same gate as a hand-off."""
    held = work.project(command.project, command.seen)
    project, rows = ahead(work, held)
    if project.over_at is not None:
        project = work.put_project("project_closed", held, project, *rows, more=place_of(rows))
        return done(work, project, N_("project {id} closed"))
    project = work.put_project("project_advanced", held, project, *rows, more=place_of(rows))
    sentence = N_("project {id} advanced: {stage} with {department}, due {due_at}")
    return done(work, project, sentence)


def put_project_back(work: Work, command: PutProjectBack) -> Done:
    """Its steps are to be done again; nothing gates the way back but its reason."""
    stage = Stage(one_of(command.stage, list(Stage), N_("stage")))
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    in_hand(held, waiting_for(work, held))
    way_back(held, stage)
    passage: Passage = ended(held.passage, Went.BACK, handed_at=work.at, at=work.at)
    passage = evolve(passage, why=reason)
    project, begun = entered(work, held.project, stage, passage.place + 1)
    project = work.put_project("project_back", held, project, passage, *begun)
    return done(work, project, N_("project {id} put back: {stage} again, due {due_at}"))


def drop_project(work: Work, command: DropProject) -> Done:
    """For good, with its reason."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    in_hand(held, waiting_for(work, held))
    passage = ended(held.passage, Went.DROPPED, handed_at=work.at, at=work.at)
    over = close(held.project, at=work.at, by=work.who.operator, dropped=reason)
    project = work.put_project("project_dropped", held, over, passage)
    return done(work, project, N_("project {id} dropped"))


PROJECTS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    NewProject: new_project,
    EditProject: edit_project,
    **HANDOFFS_DONE,
    AdvanceProject: advance_project,
    PutProjectBack: put_project_back,
    DropProject: drop_project,
    SaveDepartments: save_departments,
    **ORDERS_DONE,
    **STEPS_DONE,
}
"""What is done about projects; a hand-off is recalled, a step undone by commands of their own."""
