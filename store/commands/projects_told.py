"""What every step of a project rests on: its hours, its gate, and what is said after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import between
from store.domain.intents import Done
from store.domain.project_steps import enter, may_leave, open_
from store.domain.project_way import HOUR_S
from store.domain.sop import STAGES, Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.calendar import Calendar
    from store.domain.projects import Held, Project
    from store.persistence.work import Work

LEAST_HOURS: Final = 0.1
MOST_HOURS: Final = 20_000.0


def hours_of(work: Work, project: Project) -> Calendar:
    """The working time of its customer's service level, else of the desk's."""
    level, customer = None, project.customer
    if customer is not None:
        level = work.contract_level(customer) or work.own_level(customer)
    return work.rules_of(level or work.default_level()).hours


def working_s(hours: float) -> int:
    """So many working hours in seconds; `BadInput` for none, and for years."""
    between(hours, LEAST_HOURS, MOST_HOURS, N_("working hours"))
    return round(hours * HOUR_S)


def named(work: Work, department: int) -> str:
    """A department's code, which is the same in every language."""
    return str(work.entry_values("department", department)["code"])


def done(
    work: Work, project: Project, sentence: str, *, numbers: tuple[int, ...] = (), **facts: Any
) -> Done:
    """What was done, with how the project stands now."""
    told = {
        "id": project.id,
        "version": project.version,
        "stage": STAGES[Stage(project.stage)],
        "department": named(work, project.department),
        "due_at": project.due_at,
        **facts,
    }
    return Done(sentence=sentence, facts=told, numbers=numbers)


def entered(work: Work, project: Project, stage: Stage, place: int) -> tuple[Project, Any]:
    """The project at the beginning of a stage, with its procedure and its clock."""
    return enter(
        project,
        stage,
        place,
        led=work.procedure_of_stage(stage),
        hours=hours_of(work, project),
        at=work.at,
    )


def gate(work: Work, held: Held) -> None:
    """What every door asks before a stage is left forward."""
    open_(held)
    orders, unseen = work.open_orders(held.project.id, held.project.stage)
    may_leave(held, orders, unseen)


def waiting_for(work: Work, held: Held) -> str:
    """The department that is to answer; empty where nothing waits."""
    return "" if held.handoff is None else named(work, held.handoff.taker)
