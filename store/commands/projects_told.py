"""What is said of a project after a step, and the hours that its clocks run by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.intents import Done
from store.domain.projects import STAGES, Stage

if TYPE_CHECKING:
    from store.domain.calendar import Calendar
    from store.domain.projects import Project
    from store.persistence.work import Work


def hours_of(work: Work, project: Project) -> Calendar:
    """The working time of its customer's service level, else of the desk's."""
    level = None
    if project.customer is not None:
        own = work.entry_values("customer", project.customer)["level_id"]
        level = work.contract_level(project.customer) or own
    return work.rules_of(level or work.default_level()).hours


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
