"""Orders inside projects: put in, taken out, written down for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.inputs import one_of
from store.commands.orders import NewOrder, new_order
from store.commands.projects_asked import NewProjectOrder, PutInProject
from store.commands.projects_told import done, named
from store.domain.advance import edit
from store.domain.intents import Done
from store.domain.project_refusals import InProjectAlready, NotInProject, StageBehind
from store.domain.project_steps import in_hand
from store.domain.sop import STAGES, Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command
    from store.domain.order import WorkOrder
    from store.domain.projects import Held
    from store.persistence.work import Work


def put_in_project(work: Work, command: PutInProject) -> Done:
    """The order's own journal tells of it, and it is taken back as any correction is."""
    if command.project is None:
        return _taken_out(work, command)
    order = work.order(command.number, command.version)  # before the desk's own facts
    held = work.project(command.project)
    stage = stage_of(work, held, command.stage)
    if order.project not in {None, held.project.id}:
        raise InProjectAlready(number=order.number, other=order.project)
    _put(work, order, held.project.id, stage)
    sentence = N_("order {number} is a part of project {id}: {of_stage}")
    facts = {"number": order.number, "of_stage": STAGES[stage]}
    return done(work, held.project, sentence, numbers=(order.number,), **facts)


def new_project_order(work: Work, command: NewProjectOrder) -> Done:
    """One more order, with its clocks running, for the project's customer, site and asset."""
    held = work.project(command.project)
    stage, project = stage_of(work, held, command.stage), held.project
    made = new_order(
        work,
        NewOrder(
            title=command.title,
            kind=command.kind,
            priority=command.priority,
            site=project.site,
            customer=project.customer,
            asset=project.asset,
        ),
    )
    work.flush()
    number = made.numbers[0]
    _put(work, work.order(number), project.id, stage)
    sentence = N_("order {number} written down as a part of project {id}: {of_stage}")
    facts = {"number": number, "of_stage": STAGES[stage]}
    return done(work, project, sentence, numbers=(number,), **facts)


def _taken_out(work: Work, command: PutInProject) -> Done:
    order = work.order(command.number, command.version)
    work.hold_desk()
    if order.project is None:
        raise NotInProject(number=order.number)
    before = order.project
    _put(work, order, None, None)
    facts = {"number": order.number, "id": before}
    sentence = N_("order {number} taken out of project {id}")
    return Done(sentence=sentence, facts=facts, numbers=(order.number,))


def stage_of(work: Work, held: Held, said: str) -> Stage:
    """A stage that takes work: that at hand, or one still to come."""
    in_hand(held, "" if held.handoff is None else named(work, held.handoff.taker))
    now = Stage(held.project.stage)
    stage = Stage(one_of(said, list(Stage), N_("stage"))) if said else now
    if [*Stage].index(stage) < [*Stage].index(now):
        told = {"stage": STAGES[stage], "now": STAGES[now]}
        raise StageBehind(id=held.project.id, **told)
    return stage


def _put(work: Work, order: WorkOrder, project: int | None, stage: Stage | None) -> None:
    fields = {"project": project, "project_stage": "" if stage is None else stage.value}
    by = work.who.operator
    after, facts = edit(order, fields, rules=work.rules(order), at=work.at, by=by)
    if facts:
        work.save(order, after, *facts)


ORDERS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    PutInProject: put_in_project,
    NewProjectOrder: new_project_order,
}
